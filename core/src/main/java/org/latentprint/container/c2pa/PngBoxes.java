package org.latentprint.container.c2pa;

import java.io.IOException;

/** The chunks of a PNG by their types, with the file's first eight bytes before them (C2PA Technical Specification 2.x,
 * "PNG-specific Handling"). */
final class PngBoxes {
    private static final int SIGNATURE = 8;

    /** Length, type and checksum. */
    private static final int FRAMING = 12;

    private PngBoxes() {}

    static void read(ItemBytes item, NamedBoxes.Found found) throws IOException {
        found.add("PNGh", 0, SIGNATURE);
        long at = SIGNATURE;
        String type = "";
        while (item.size() - at >= FRAMING && !type.equals("IEND")) {
            type = item.code(at + 4);
            long end = at + FRAMING + item.u32(at);
            if (end > item.size()) {
                throw new IOException("the chunk at " + at + " is cut off");
            }
            found.add(type, at, end);
            at = end;
        }
    }
}
