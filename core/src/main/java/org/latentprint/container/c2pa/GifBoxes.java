package org.latentprint.container.c2pa;

import java.io.IOException;

/** The blocks of a GIF (C2PA Technical Specification 2.x, "GIF-specific Handling"): a table of colours belongs to the block that announces it. */
final class GifBoxes {
    private static final int HEADER = 6;
    private static final int SCREEN = 7;
    private static final int IMAGE = 10;
    private static final int TRAILER_MARK = 0x3B;
    private static final int EXTENSION_MARK = 0x21;
    private static final int IMAGE_MARK = 0x2C;

    private GifBoxes() {}

    static void read(ItemBytes item, NamedBoxes.Found found) throws IOException {
        found.add("GIF89a", 0, HEADER);
        long at = HEADER + SCREEN + colours(item.u8(HEADER + 4));
        found.add("LSD", HEADER, at);
        while (at < item.size()) {
            int mark = item.u8(at);
            if (mark == TRAILER_MARK) {
                found.add("3B", at, at + 1);
                return;
            }
            if (mark == EXTENSION_MARK) {
                long end = subBlocksEnd(item, at + 2);
                found.add(String.format(java.util.Locale.ROOT, "21%02X", item.u8(at + 1)), at, end);
                at = end;
            } else if (mark == IMAGE_MARK) {
                long data = at + IMAGE + colours(item.u8(at + IMAGE - 1));
                found.add("2C", at, data);
                at = subBlocksEnd(item, data + 1);
                found.add("TBID", data, at);
            } else {
                throw new IOException("no block begins at " + at);
            }
        }
    }

    private static long colours(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1);
    }

    private static long subBlocksEnd(ItemBytes item, long from) throws IOException {
        long at = from;
        int length = item.u8(at);
        while (length > 0) {
            at += 1 + length;
            length = item.u8(at);
        }
        return at + 1;
    }
}
