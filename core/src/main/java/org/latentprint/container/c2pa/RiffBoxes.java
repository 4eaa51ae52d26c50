package org.latentprint.container.c2pa;

import java.io.IOException;

/**
 * The chunks of a RIFF file such as WebP (C2PA Technical Specification 2.x, "RIFF-specific Handling"): the first twelve bytes by the media type, and every
 * chunk at the first level with its padding, a list by the list's type.
 */
final class RiffBoxes {
    private static final int FIRST = 12;
    private static final int HEADER = 8;
    private static final String LIST = "LIST";

    private RiffBoxes() {}

    static void read(ItemBytes item, NamedBoxes.Found found) throws IOException {
        found.add(item.code(HEADER), 0, FIRST);
        long limit = Math.min(item.size(), HEADER + item.u32LowFirst(4));
        long at = FIRST;
        while (limit - at >= HEADER) {
            long length = item.u32LowFirst(at + 4);
            long end = at + HEADER + length + length % 2;
            if (end > item.size()) {
                throw new IOException("the chunk at " + at + " is cut off");
            }
            String type = item.code(at);
            found.add(type.equals(LIST) && length >= 4 ? item.code(at + HEADER) : type, at, end);
            at = end;
        }
    }
}
