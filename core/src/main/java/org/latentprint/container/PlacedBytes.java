package org.latentprint.container;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.evidence.EvidenceBytes;

/**
 * Bytes of one block that lie in several runs of the item, such as a packet that spans pages, and know where each of them
 * lies. Used by one thread, for one item.
 */
final class PlacedBytes {
    /** A cover picture of ten megabytes has some ten thousand; a file made to fill the memory has millions. */
    static final int MAX_RUNS = 1 << 18;

    private static final int ID3_FILLER = 0;

    private final byte[] bytes;
    /** Where each run begins in the bytes, and where in the item. */
    private final int[] starts;

    private final long[] offsets;
    private final int runs;
    /** How far the packed bytes reach in the item that these come from; -1 where these lie there as they are. */
    private final long packedSpan;

    private PlacedBytes(byte[] bytes, int[] starts, long[] offsets, int runs, long packedSpan) {
        this.bytes = bytes;
        this.starts = starts;
        this.offsets = offsets;
        this.runs = runs;
        this.packedSpan = packedSpan;
    }

    /** Takes bytes that lie in one run. */
    static PlacedBytes at(byte[] bytes, long offset) {
        return new PlacedBytes(bytes, new int[] {0}, new long[] {offset}, 1, -1);
    }

    /**
     * Takes bytes that were unpacked: every part of them comes from the same place.
     *
     * @param offset of the packed bytes
     * @param span how far these reach
     */
    static PlacedBytes unplaced(byte[] bytes, long offset, long span) {
        return new PlacedBytes(bytes, new int[] {0}, new long[] {offset}, 1, span);
    }

    /**
     * Reads the ranges one behind the other.
     *
     * @param ranges whose lengths together are no more than an array holds
     * @throws EOFException where the item ends within one of them
     */
    static PlacedBytes read(EvidenceBytes item, List<ByteRange> ranges) throws IOException {
        int length =
                Math.toIntExact(ranges.stream().mapToLong(ByteRange::length).sum());
        byte[] bytes = new byte[length];
        int[] starts = new int[Math.max(1, ranges.size())];
        long[] offsets = new long[starts.length];
        int filled = 0;
        int runs = 0;
        for (ByteRange range : ranges) {
            if (item.size() - range.offset() < range.length()) {
                throw new EOFException("the item ends at " + item.size() + ", " + range.end() + " expected");
            }
            byte[] part = item.readExactly(range.offset(), (int) range.length());
            System.arraycopy(part, 0, bytes, filled, part.length);
            starts[runs] = filled;
            offsets[runs] = range.offset();
            filled += part.length;
            runs++;
        }
        return new PlacedBytes(bytes, starts, offsets, Math.max(1, runs), -1);
    }

    /**
     * Returns the bytes without the zero that ID3's unsynchronisation puts behind a byte FF.
     *
     * @return empty where there are more such zeros than {@link #MAX_RUNS}
     */
    Optional<PlacedBytes> withoutUnsynchronisation() {
        byte[] kept = new byte[bytes.length];
        int[] keptStarts = new int[] {0};
        long[] keptOffsets = new long[] {offset(0)};
        int keptRuns = 1;
        int length = 0;
        for (int at = 0; at < bytes.length; at++) {
            boolean filler = bytes[at] == ID3_FILLER && at > 0 && bytes[at - 1] == (byte) 0xFF;
            if (!filler) {
                kept[length++] = bytes[at];
            } else if (at + 1 < bytes.length) {
                if (keptRuns == MAX_RUNS) {
                    return Optional.empty();
                }
                if (keptRuns == keptStarts.length) {
                    keptStarts = Arrays.copyOf(keptStarts, keptRuns * 2);
                    keptOffsets = Arrays.copyOf(keptOffsets, keptRuns * 2);
                }
                keptStarts[keptRuns] = length;
                keptOffsets[keptRuns] = offset(at + 1);
                keptRuns++;
            }
        }
        return Optional.of(new PlacedBytes(Arrays.copyOf(kept, length), keptStarts, keptOffsets, keptRuns, -1));
    }

    /** Returns a part of the bytes as bytes of its own. */
    PlacedBytes part(int from, int to) {
        List<ByteRange> ranges = ranges(from, to);
        int[] partStarts = new int[Math.max(1, ranges.size())];
        long[] partOffsets = new long[partStarts.length];
        partOffsets[0] = offset(from);
        int start = 0;
        for (int i = 0; i < ranges.size(); i++) {
            partStarts[i] = start;
            partOffsets[i] = ranges.get(i).offset();
            start += (int) ranges.get(i).length();
        }
        return new PlacedBytes(bytes(from, to), partStarts, partOffsets, partStarts.length, packedSpan);
    }

    /** Says whether the bytes lie in the item as they are. */
    boolean isPlaced() {
        return packedSpan < 0;
    }

    /** Returns how many bytes there are. */
    int length() {
        return bytes.length;
    }

    /** Returns a part of the bytes as a copy. */
    byte[] bytes(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** Returns the unsigned byte at that index. */
    int u8(int index) {
        return bytes[index] & 0xFF;
    }

    /** Returns four bytes as an unsigned number, the high byte first. */
    long u32(int index) {
        return (long) u8(index) << 24 | u8(index + 1) << 16 | u8(index + 2) << 8 | u8(index + 3);
    }

    /** Returns four bytes as an unsigned number, the low byte first. */
    long u32LowFirst(int index) {
        return Integer.toUnsignedLong(Integer.reverseBytes((int) u32(index)));
    }

    /** Returns the index of the first such byte from that index to the end, or -1. */
    int indexOf(int value, int from) {
        return indexOf(value, from, bytes.length);
    }

    /** Returns the index of the first such byte within that part, or -1. */
    int indexOf(int value, int from, int to) {
        for (int at = from; at < to; at++) {
            if (u8(at) == value) {
                return at;
            }
        }
        return -1;
    }

    /** Returns where in the item the byte at that index lies; for the index behind the last, the place behind it. */
    long offset(int index) {
        if (!isPlaced()) {
            return offsets[0];
        }
        int found = Arrays.binarySearch(starts, 0, runs, index);
        int run = found >= 0 ? found : -found - 2;
        return offsets[run] + (index - starts[run]);
    }

    /** Returns how far the part reaches in the item, with whatever lies between its runs. */
    long span(int from, int to) {
        if (!isPlaced()) {
            return packedSpan;
        }
        return from >= to ? 0 : offset(to - 1) + 1 - offset(from);
    }

    /** Returns the runs of the item that hold the part. */
    List<ByteRange> ranges(int from, int to) {
        List<ByteRange> ranges = new ArrayList<>();
        int at = from;
        while (at < to) {
            int found = Arrays.binarySearch(starts, 0, runs, at);
            int run = found >= 0 ? found : -found - 2;
            int end = run + 1 < runs ? Math.min(to, starts[run + 1]) : to;
            ranges.add(new ByteRange(offset(at), (long) end - at));
            at = end;
        }
        return ranges;
    }
}
