package org.latentprint.evidence.carve;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Decodes the codes of a sequential scan, without making pixels of them (ITU-T T.81, F.2): all blocks of the picture must be there, no
 * block may have more than 64 values, and the last must end where the scan does. Foreign bytes break this soon, which the
 * markers alone do not show: one FF in 256 is followed by D9 by chance.
 */
final class JpegScan {
    /** Bytes that encoders leave behind the last code. */
    private static final int MAX_PADDING = 64;

    /** The largest category of a difference at twelve bits a sample. */
    private static final int MOST_BITS = 15;

    private static final int VALUES = 64;
    private static final int FULL = 48;

    /**
     * A component's part in the scan.
     *
     * @param blocks of it in each unit
     */
    record Part(int blocks, HuffmanTable dc, HuffmanTable ac) {}

    private final SpaceReader in;
    private final long end;
    private final int restartInterval;
    private long place;
    private long bits;
    private int count;

    /** Bits behind the end or before a marker, which stand for what is not there. */
    private int invented;

    private JpegScan(SpaceReader in, long start, long end, int restartInterval) {
        this.in = in;
        this.place = start;
        this.end = end;
        this.restartInterval = restartInterval;
    }

    /**
     * Decodes a scan.
     *
     * @param units how many there are
     * @return the place at which it breaks; empty where it does not
     */
    static Optional<Long> breaks(
            SpaceReader in, long start, long end, List<Part> parts, long units, int restartInterval)
            throws IOException {
        return new JpegScan(in, start, end, restartInterval).breaks(parts, units);
    }

    private Optional<Long> breaks(List<Part> parts, long units) throws IOException {
        for (long unit = 0; unit < units; unit++) {
            if (restartInterval > 0 && unit > 0 && unit % restartInterval == 0 && !restart()) {
                return Optional.of(place);
            }
            for (Part part : parts) {
                for (int block = 0; block < part.blocks(); block++) {
                    if (!block(part)) {
                        return Optional.of(Math.min(place, end));
                    }
                }
            }
        }
        long left = end - place + count / Byte.SIZE - invented / Byte.SIZE;
        return left <= MAX_PADDING ? Optional.empty() : Optional.of(place);
    }

    private boolean block(Part part) throws IOException {
        int category = next(part.dc());
        if (category < 0 || category > MOST_BITS) {
            return false;
        }
        skip(category);
        for (int value = 1; value < VALUES; value++) {
            int code = next(part.ac());
            if (code < 0) {
                return false;
            }
            int run = code >> 4;
            int size = code & 15;
            if (size == 0 && run != 15) {
                return run == 0 && count >= invented;
            }
            value += run;
            if (value >= VALUES) {
                return false;
            }
            skip(size);
        }
        return count >= invented;
    }

    private int next(HuffmanTable table) throws IOException {
        fill();
        int code = table.decode((int) (bits >>> (count - HuffmanTable.LONGEST_CODE)) & 0xFFFF);
        count -= code >> Byte.SIZE;
        return code == 0 ? -1 : code & 0xFF;
    }

    /** Up to fifteen bits, which are there: {@link #next} left at least as many. */
    private void skip(int length) {
        count -= length;
    }

    private void fill() throws IOException {
        while (count < FULL) {
            int value = place < end ? in.u8(place) : 0xFF;
            if (value == 0xFF) {
                if (place + 1 >= end || in.u8(place + 1) != 0) {
                    value = 0;
                    invented += Byte.SIZE;
                } else {
                    place += 2;
                }
            } else {
                place++;
            }
            bits = bits << Byte.SIZE | value;
            count += Byte.SIZE;
        }
    }

    /** Steps over a restart marker, which must be next. */
    private boolean restart() throws IOException {
        boolean here = count - invented < Byte.SIZE && place + 1 < end && in.u8(place) == 0xFF;
        count = 0;
        bits = 0;
        invented = 0;
        place += 2;
        return here;
    }
}
