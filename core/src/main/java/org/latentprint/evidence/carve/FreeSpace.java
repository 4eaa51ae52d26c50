package org.latentprint.evidence.carve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;

/**
 * The unallocated ranges of an image, end to end, as one space: what a file system wrote in pieces, because allocated clusters
 * lay between, stands here in one piece. Places in this space are called places; those in the image, offsets. Several threads
 * may read at once.
 */
final class FreeSpace {
    /** Ranges that are kept, sixteen bytes each; a badly fragmented disk of some TB has a million. */
    static final int MAX_RANGES = 16_000_000;

    private static final int FIRST_CAPACITY = 1024;

    private final EvidenceBytes image;
    private long[] places = new long[FIRST_CAPACITY];
    private long[] offsets = new long[FIRST_CAPACITY];
    private int count;
    private long size;
    private final List<ByteRange> leftOut = new ArrayList<>();

    private FreeSpace(EvidenceBytes image) {
        this.image = image;
    }

    /** Joins ranges that touch; what overlaps one before, or lies behind the image's end, is cut off. */
    static FreeSpace of(EvidenceBytes image, Iterable<ByteRange> unallocated) {
        FreeSpace space = new FreeSpace(image);
        long done = 0;
        long left = -1;
        long last = 0;
        for (ByteRange range : unallocated) {
            long from = Math.max(range.offset(), done);
            long end = range.length() < 0 || range.offset() < 0 ? 0 : range.offset() + range.length();
            end = end < 0 ? image.size() : Math.min(end, image.size());
            if (end <= from) {
                continue;
            }
            if (!space.add(from, end - from)) {
                left = left < 0 ? from : left;
                last = end;
            }
            done = end;
        }
        if (left >= 0) {
            space.leftOut.add(new ByteRange(left, last - left));
        }
        return space;
    }

    private boolean add(long offset, long length) {
        if (count > 0 && offsetBehind(count - 1) == offset) {
            size += length;
            return true;
        }
        if (count == MAX_RANGES) {
            return false;
        }
        if (count == places.length) {
            places = Arrays.copyOf(places, 2 * count);
            offsets = Arrays.copyOf(offsets, 2 * count);
        }
        places[count] = size;
        offsets[count++] = offset;
        size += length;
        return true;
    }

    private long offsetBehind(int range) {
        return offsets[range] + rangeEnd(range) - places[range];
    }

    private long rangeEnd(int range) {
        return range + 1 < count ? places[range + 1] : size;
    }

    private int range(long place) {
        int found = Arrays.binarySearch(places, 0, count, place);
        return found >= 0 ? found : -found - 2;
    }

    /** Returns how many bytes the space has. */
    long size() {
        return size;
    }

    /** Returns what was not taken in since there were too many ranges; from the first byte to the last. */
    Optional<ByteRange> leftOut() {
        return leftOut.stream().findFirst();
    }

    /** Returns the offset in the image of a place; of the place behind the last one, the offset behind the last byte. */
    long offset(long place) {
        if (place >= size) {
            return count == 0 ? 0 : offsetBehind(count - 1);
        }
        int range = range(place);
        return offsets[range] + place - places[range];
    }

    /** Returns where the range begins in which that place lies. */
    long rangeStart(long place) {
        return places[range(place)];
    }

    /** Returns where the range ends in which that place lies, as a place. */
    long rangeEnd(long place) {
        return place >= size ? size : rangeEnd(range(place));
    }

    /** Returns the ranges of the image that make up a part of the space. */
    List<ByteRange> runs(long start, long end) {
        List<ByteRange> runs = new ArrayList<>();
        for (long place = start; place < end; ) {
            long stop = Math.min(end, rangeEnd(place));
            runs.add(new ByteRange(offset(place), stop - place));
            place = stop;
        }
        return runs;
    }

    /**
     * Reads bytes that lie in one range.
     *
     * @throws IOException where they cannot be read or the image ends among them
     */
    void readWithin(long place, byte[] target, int at, int length) throws IOException {
        long offset = offset(place);
        int read = image.read(offset, target, at, length);
        if (read < length) {
            throw new IOException("the image ends at " + (offset + read));
        }
    }

    /**
     * Reads bytes wherever they lie, up to the end of the space. Returns how many.
     *
     * @throws IOException where some of them cannot be read
     */
    int read(long place, byte[] target, int at, int length) throws IOException {
        int done = 0;
        while (done < length && place + done < size) {
            int piece = (int) Math.min(length - done, rangeEnd(place + done) - place - done);
            readWithin(place + done, target, at + done, piece);
            done += piece;
        }
        return done;
    }
}
