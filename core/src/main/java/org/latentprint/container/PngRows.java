package org.latentprint.container;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.evidence.EvidenceBytes;

/**
 * Unpacks the pixel rows of a PNG from the top, one at a time, so that a look at the first rows costs no more than these. Only
 * eight bits a sample and no interlacing. Source: PNG, third edition, sections 9 (filters) and 10 (compression).
 */
final class PngRows implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final EvidenceBytes bytes;
    private final Iterator<ByteRange> chunks;
    private final int channels;
    private final Inflater inflater = new Inflater();
    private final byte[] buffer = new byte[BUFFER];
    private final byte[] filtered;
    private byte[] above;
    private long position;
    private long end;

    /**
     * Starts above the first row.
     *
     * @param pixelData the data of the IDAT chunks, in their order
     * @param rowBytes width times channels, bounded by the caller
     * @param channels samples of a pixel, one byte each
     */
    PngRows(EvidenceBytes bytes, List<ByteRange> pixelData, int rowBytes, int channels) {
        this.bytes = bytes;
        this.chunks = pixelData.iterator();
        this.channels = channels;
        this.filtered = new byte[1 + rowBytes];
        this.above = new byte[rowBytes];
    }

    /** Returns the next row's samples; empty where the data end or are damaged. Valid until the next call. */
    Optional<byte[]> next() throws IOException {
        int have = 0;
        try {
            while (have < filtered.length) {
                int count = inflater.inflate(filtered, have, filtered.length - have);
                have += count;
                if (count == 0 && (inflater.finished() || inflater.needsDictionary() || !refill())) {
                    return Optional.empty();
                }
            }
        } catch (DataFormatException damaged) {
            return Optional.empty();
        }
        return unfilter() ? Optional.of(above) : Optional.empty();
    }

    private boolean refill() throws IOException {
        while (position == end) {
            if (!chunks.hasNext()) {
                return false;
            }
            ByteRange chunk = chunks.next();
            position = chunk.offset();
            end = chunk.offset() + chunk.length();
        }
        int count = bytes.read(position, buffer, 0, (int) Math.min(buffer.length, end - position));
        if (count <= 0) {
            return false;
        }
        position += count;
        inflater.setInput(buffer, 0, count);
        return true;
    }

    /** Undoes the row's filter; {@code above} holds the row before and is the row itself afterwards. */
    private boolean unfilter() {
        byte[] row = new byte[above.length];
        int filter = filtered[0];
        if (filter < 0 || filter > 4) {
            return false;
        }
        for (int index = 0; index < row.length; index++) {
            int left = index >= channels ? row[index - channels] & 0xFF : 0;
            int up = above[index] & 0xFF;
            int upLeft = index >= channels ? above[index - channels] & 0xFF : 0;
            int predicted = switch (filter) {
                case 1 -> left;
                case 2 -> up;
                case 3 -> (left + up) / 2;
                case 4 -> paeth(left, up, upLeft);
                default -> 0;
            };
            row[index] = (byte) (filtered[index + 1] + predicted);
        }
        above = row;
        return true;
    }

    private static int paeth(int left, int up, int upLeft) {
        int estimate = left + up - upLeft;
        int toLeft = Math.abs(estimate - left);
        int toUp = Math.abs(estimate - up);
        int toUpLeft = Math.abs(estimate - upLeft);
        if (toLeft <= toUp && toLeft <= toUpLeft) {
            return left;
        }
        return toUp <= toUpLeft ? up : upLeft;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
