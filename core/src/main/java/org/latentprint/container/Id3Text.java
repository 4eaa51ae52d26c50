package org.latentprint.container;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The texts of one frame of an ID3v2 tag, whose first byte says how they are written. Sources: see {@link Id3Tag}. */
final class Id3Text {
    private static final int LATIN_1 = 0;
    private static final int UTF_16 = 1;
    private static final int UTF_16_BIG_ENDIAN = 2;
    private static final int UTF_8 = 3;

    private final PlacedBytes content;
    private final int encoding;
    /** Of the frame's text before; the last of several may stand without a mark of its own. */
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    private Id3Text(PlacedBytes content, int encoding) {
        this.content = content;
        this.encoding = encoding;
        if (encoding == UTF_16_BIG_ENDIAN) {
            order = ByteOrder.BIG_ENDIAN;
        }
    }

    /** Returns the texts of that frame; empty where its first byte names no encoding. */
    static Optional<Id3Text> encoding(PlacedBytes content) {
        if (content.length() == 0 || content.u8(0) > UTF_8) {
            return Optional.empty();
        }
        return Optional.of(new Id3Text(content, content.u8(0)));
    }

    /** Returns how many bytes the zero has that ends a text. */
    int width() {
        return encoding == LATIN_1 || encoding == UTF_8 ? 1 : 2;
    }

    /** Returns the end of the text that begins at that index: where its zero stands, or the end of the frame. */
    int end(int from) {
        if (from >= content.length()) {
            return content.length();
        }
        if (width() == 1) {
            int zero = content.indexOf(0, from);
            return zero < 0 ? content.length() : zero;
        }
        for (int at = from; at + 1 < content.length(); at += 2) {
            if (content.u8(at) == 0 && content.u8(at + 1) == 0) {
                return at;
            }
        }
        return content.length();
    }

    /** Decodes a part of the frame. */
    DecodedText decode(int from, int to) {
        byte[] bytes = content.bytes(Math.min(from, to), to);
        return switch (encoding) {
            case UTF_16, UTF_16_BIG_ENDIAN -> wide(bytes);
            default -> TextDecoder.utf8OrLatin1(bytes);
        };
    }

    private DecodedText wide(byte[] bytes) {
        int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        if (mark == 0xFEFF || mark == 0xFFFE) {
            order = mark == 0xFEFF ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            return TextDecoder.byMark(bytes);
        }
        boolean big = order == ByteOrder.BIG_ENDIAN;
        String text = new String(bytes, big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
        return DecodedText.of(text, big ? "utf-16be" : "utf-16le");
    }
}
