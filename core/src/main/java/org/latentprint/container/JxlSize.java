package org.latentprint.container;

import java.util.Optional;

/**
 * The size in the header of a JPEG XL codestream, before a rotation. Bits run from the lowest of each byte. Source: libjxl
 * ({@code lib/jxl/headers.cc}, SizeHeader; {@code fields.cc}, U32Coder).
 *
 * @param width and {@code height}: in pixels
 */
record JxlSize(int width, int height) {
    /** Marker, and the longest size: two numbers of 30 bits with their selectors, and three bits. */
    static final int LENGTH = 12;

    private static final int[] NUMBER_BITS = {9, 13, 18, 30};

    /** Width to height, by the number that names the ratio less one. */
    private static final int[][] RATIOS = {{1, 1}, {12, 10}, {4, 3}, {3, 2}, {16, 9}, {5, 4}, {2, 1}};

    /** Reads the size from a codestream's first bytes; empty where they are none or end too early. */
    static Optional<JxlSize> read(byte[] start) {
        if (start.length < 2 || (start[0] & 0xFF) != 0xFF || start[1] != 0x0A) {
            return Optional.empty();
        }
        Bits bits = new Bits(start, 16);
        boolean small = bits.read(1) == 1;
        long height = number(bits, small);
        int ratio = (int) bits.read(3);
        long width = ratio == 0 ? number(bits, small) : height * RATIOS[ratio - 1][0] / RATIOS[ratio - 1][1];
        return bits.ended || width == 0 || width > Integer.MAX_VALUE
                ? Optional.empty()
                : Optional.of(new JxlSize((int) width, (int) height));
    }

    private static long number(Bits bits, boolean small) {
        return small ? (bits.read(5) + 1) * 8 : bits.read(NUMBER_BITS[(int) bits.read(2)]) + 1;
    }

    private static final class Bits {
        private final byte[] bytes;
        private int at;
        private boolean ended;

        Bits(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        long read(int count) {
            long value = 0;
            for (int i = 0; i < count; i++, at++) {
                if (at / 8 >= bytes.length) {
                    ended = true;
                    return 0;
                }
                value |= (long) (bytes[at / 8] >> at % 8 & 1) << i;
            }
            return value;
        }
    }
}
