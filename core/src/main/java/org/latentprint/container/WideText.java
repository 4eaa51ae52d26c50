package org.latentprint.container;

import java.lang.Character.UnicodeScript;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Decodes text that is said to be UTF-16 but does not say in which byte order, or is UTF-8 all the same. Decides by the
 * text: what comes out must look like writing. A header's byte order is no guide; much software writes the other one.
 */
final class WideText {
    /** Enough to tell; reading a whole workflow three times would cost more than it tells. */
    private static final int SAMPLE_CHARACTERS = 2048;

    private static final int PLAIN = 3;
    private static final int LETTER = 2;
    private static final int UNUSUAL_SPACE = -2;
    private static final int NO_TEXT = -10;
    /** Text keeps to few scripts; swapped bytes spread over many. */
    private static final int EACH_SCRIPT = -2;

    private WideText() {}

    /**
     * Decodes the bytes.
     *
     * @param bytes the text, with or without a byte order mark, possibly padded with zeros
     * @param fallback the byte order to take where both read equally well
     */
    static DecodedText decode(byte[] bytes, ByteOrder fallback) {
        if (bytes.length >= 2) {
            int mark = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
            if (mark == 0xFEFF || mark == 0xFFFE) {
                DecodedText marked = TextDecoder.byMark(bytes);
                return DecodedText.of(TextDecoder.withoutTrailingZeros(marked.text()), marked.encoding());
            }
        }
        int even = bytes.length & ~1;
        String bigEndian = TextDecoder.withoutTrailingZeros(new String(bytes, 0, even, StandardCharsets.UTF_16BE));
        String littleEndian = TextDecoder.withoutTrailingZeros(new String(bytes, 0, even, StandardCharsets.UTF_16LE));
        double bigEndianScore = score(bigEndian);
        double littleEndianScore = score(littleEndian);
        Optional<DecodedText> narrow = TextDecoder.utf8(TextDecoder.withoutTrailingZeros(bytes));
        if (narrow.isPresent()) {
            double narrowScore = score(narrow.get().text());
            if (narrowScore > bigEndianScore && narrowScore > littleEndianScore) {
                return narrow.get();
            }
        }
        boolean big = bigEndianScore == littleEndianScore
                ? fallback == ByteOrder.BIG_ENDIAN
                : bigEndianScore > littleEndianScore;
        return big ? DecodedText.of(bigEndian, "utf-16be") : DecodedText.of(littleEndian, "utf-16le");
    }

    /** Returns how much a text looks like writing, on average for each character. */
    private static double score(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        int sum = 0;
        int count = 0;
        int at = 0;
        while (at < text.length() && count < SAMPLE_CHARACTERS) {
            int character = text.codePointAt(at);
            sum += scoreOf(character);
            UnicodeScript script = UnicodeScript.of(character);
            if (script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED) {
                scripts.add(script);
            }
            at += Character.charCount(character);
            count++;
        }
        return (double) (sum + EACH_SCRIPT * scripts.size()) / count;
    }

    private static int scoreOf(int character) {
        if (character < 0x7F) {
            return TextDecoder.isControl(character) ? NO_TEXT : PLAIN;
        }
        return switch (Character.getType(character)) {
            case Character.UNASSIGNED, Character.PRIVATE_USE, Character.SURROGATE, Character.CONTROL -> NO_TEXT;
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                character == '\u3000' || character == '\u00A0' ? LETTER : UNUSUAL_SPACE;
            default -> isCommon(character) ? LETTER : 0;
        };
    }

    /** Says whether prompts are commonly written with it: Latin, Greek, Cyrillic, East Asian writing, emoji. */
    private static boolean isCommon(int character) {
        return character < 0x0530
                || (character >= 0x3000 && character < 0x3100)
                || (character >= 0x4E00 && character < 0xA000)
                || (character >= 0xAC00 && character < 0xD7A4)
                || (character >= 0xFE00 && character < 0xFE10)
                || (character >= 0xFF00 && character < 0xFFF0)
                || (character >= 0x1F000 && character < 0x1FB00);
    }
}
