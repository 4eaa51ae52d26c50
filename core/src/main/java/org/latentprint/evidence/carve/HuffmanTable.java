package org.latentprint.evidence.carve;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** One Huffman table of a JPEG (ITU-T T.81, annex C and F.2.2.3): the codes are given by how many there are of each length. */
final class HuffmanTable {
    /** Bits of a code; the format has no longer ones. */
    static final int LONGEST_CODE = 16;

    private static final int QUICK = 9;

    /** For the next nine bits: length and symbol of the code that they begin with; 0 where it is longer. */
    private final short[] quick = new short[1 << QUICK];

    private final int[] lastCode = new int[LONGEST_CODE + 1];
    private final int[] firstIndex = new int[LONGEST_CODE + 1];
    private final byte[] symbols;

    private HuffmanTable(int[] counts, byte[] symbols) {
        this.symbols = symbols;
        int code = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST_CODE; length++) {
            firstIndex[length] = index - code;
            for (int i = 0; i < counts[length]; i++, code++, index++) {
                if (length <= QUICK) {
                    int from = code << (QUICK - length);
                    short entry = (short) (length << Byte.SIZE | (symbols[index] & 0xFF));
                    Arrays.fill(quick, from, from + (1 << (QUICK - length)), entry);
                }
            }
            lastCode[length] = counts[length] == 0 ? -1 : code - 1;
            code <<= 1;
        }
    }

    /** Returns the table whose counts begin at that place; empty where there are more codes of a length than fit. */
    static Optional<HuffmanTable> read(SpaceReader in, long place) throws IOException {
        int[] counts = new int[LONGEST_CODE + 1];
        int room = 1;
        int codes = 0;
        for (int length = 1; length <= LONGEST_CODE; length++) {
            counts[length] = in.u8(place + length - 1);
            codes += counts[length];
            room = 2 * room - counts[length];
            if (room < 0) {
                return Optional.empty();
            }
        }
        return codes == 0 || codes > 256
                ? Optional.empty()
                : Optional.of(new HuffmanTable(counts, in.bytes(place + LONGEST_CODE, codes)));
    }

    /** Returns how many bytes it takes in its segment. */
    int size() {
        return LONGEST_CODE + symbols.length;
    }

    /**
     * Finds the code that the bits begin with.
     *
     * @param bits the next sixteen
     * @return the code's length above its symbol of eight bits; 0 where no code fits
     */
    int decode(int bits) {
        int entry = quick[bits >> (LONGEST_CODE - QUICK)];
        if (entry != 0) {
            return entry;
        }
        for (int length = QUICK + 1; length <= LONGEST_CODE; length++) {
            int code = bits >> (LONGEST_CODE - length);
            if (code <= lastCode[length]) {
                return length << Byte.SIZE | (symbols[firstIndex[length] + code] & 0xFF);
            }
        }
        return 0;
    }
}
