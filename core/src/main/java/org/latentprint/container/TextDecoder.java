package org.latentprint.container;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Decodes the texts of metadata, whose true encoding is often not the one their format prescribes. */
final class TextDecoder {
    /** What a lenient decoder puts where bytes are no text. */
    private static final char REPLACEMENT = '\uFFFD';

    private TextDecoder() {}

    /**
     * Decodes as UTF-8 where the bytes are valid, else as Latin-1, which every byte is valid in. Most programs write UTF-8
     * even where a format says Latin-1.
     */
    static DecodedText utf8OrLatin1(byte[] bytes) {
        return utf8(bytes).orElseGet(() -> DecodedText.of(new String(bytes, StandardCharsets.ISO_8859_1), "latin-1"));
    }

    /** Decodes as UTF-8 without its byte order mark, or gives nothing where the bytes are not valid. */
    static Optional<DecodedText> utf8(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0
                && strictly(bytes, StandardCharsets.UTF_8).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(DecodedText.of(text.startsWith("\uFEFF") ? text.substring(1) : text, "utf-8"));
    }

    /** Decodes an XMP packet or another text that may begin with a byte order mark: UTF-16 then, else UTF-8 or Latin-1. */
    static DecodedText byMark(byte[] bytes) {
        if (bytes.length >= 2) {
            int mark = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
            if (mark == 0xFEFF) {
                return DecodedText.of(new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE), "utf-16be");
            }
            if (mark == 0xFFFE) {
                return DecodedText.of(new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE), "utf-16le");
            }
        }
        return utf8OrLatin1(bytes);
    }

    /**
     * Decodes bytes whose kind the format does not tell, only where they can be nothing but text: valid UTF-8 without
     * control characters.
     */
    static Optional<DecodedText> plainText(byte[] bytes) {
        return utf8(withoutTrailingZeros(bytes))
                .filter(decoded -> !decoded.text().isEmpty())
                .filter(decoded -> decoded.text().chars().noneMatch(TextDecoder::isControl));
    }

    /** Decodes with that charset, or gives nothing where a byte is not valid in it. */
    static Optional<String> strictly(byte[] bytes, Charset charset) {
        try {
            CharBuffer characters = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            return Optional.of(characters.toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    /** Returns the text without the zeros that pad it. */
    static String withoutTrailingZeros(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == 0) {
            end--;
        }
        return text.substring(0, end);
    }

    /** Returns the bytes without the zeros that pad them. */
    static byte[] withoutTrailingZeros(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }

    /** Says whether a character is a control character other than those that lay out a text. */
    static boolean isControl(int character) {
        return (character < ' ' && character != '\n' && character != '\r' && character != '\t') || character == 0x7F;
    }
}
