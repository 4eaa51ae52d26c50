package org.latentprint.container;

import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Decodes the EXIF tag UserComment: eight bytes that name the encoding, then the text. Programs leave the code out, write
 * UTF-16 in either byte order behind it, or UTF-8 behind any code. Source: EXIF 2.32, section 4.6.5.
 */
final class UserComment {
    private static final int CODE_LENGTH = 8;

    private UserComment() {}

    /**
     * Decodes the value.
     *
     * @param order of the EXIF block's numbers; decides only where both orders read equally well
     * @return empty where no text is in it
     */
    static Optional<DecodedText> decode(byte[] value, ByteOrder order) {
        return Optional.of(decodeAny(value, order))
                .filter(decoded -> !decoded.text().isEmpty());
    }

    private static DecodedText decodeAny(byte[] value, ByteOrder order) {
        if (value.length < CODE_LENGTH) {
            return narrow(value, order);
        }
        String code = new String(value, 0, CODE_LENGTH, StandardCharsets.ISO_8859_1);
        byte[] text = Arrays.copyOfRange(value, CODE_LENGTH, value.length);
        return switch (code) {
            case "UNICODE\0", "Unicode\0" -> WideText.decode(text, order);
            case "JIS\0\0\0\0\0" -> japanese(text, order);
            case "ASCII\0\0\0", "\0\0\0\0\0\0\0\0", "        " -> narrow(text, order);
            default -> narrow(value, order);
        };
    }

    /** Decodes text in single bytes; zeros within it show that it is UTF-16 all the same. */
    private static DecodedText narrow(byte[] bytes, ByteOrder order) {
        byte[] text = TextDecoder.withoutTrailingZeros(bytes);
        for (byte each : text) {
            if (each == 0) {
                return WideText.decode(bytes, order);
            }
        }
        return TextDecoder.utf8OrLatin1(text);
    }

    private static DecodedText japanese(byte[] bytes, ByteOrder order) {
        byte[] text = TextDecoder.withoutTrailingZeros(bytes);
        boolean escapes = new String(text, StandardCharsets.ISO_8859_1).indexOf('\u001B') >= 0;
        if (escapes && Charset.isSupported("ISO-2022-JP")) {
            Optional<String> decoded = TextDecoder.strictly(text, Charset.forName("ISO-2022-JP"));
            if (decoded.isPresent()) {
                return DecodedText.of(decoded.get(), "iso-2022-jp");
            }
        }
        return narrow(bytes, order);
    }
}
