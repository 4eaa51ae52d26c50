package org.latentprint.container.c2pa;

import java.io.IOException;
import java.util.List;
import org.latentprint.evidence.EvidenceBytes;

/**
 * Where a store lies in its item, with what the format puts around it: these bytes are what a data hash leaves out. Source:
 * C2PA Technical Specification 2.x, "Validating a data hash"; c2pa-rs, the writers of its format readers.
 *
 * @param ranges in the order in which they make the store
 * @param item the item
 */
record StorePlace(List<ByteRange> ranges, EvidenceBytes item) {
    /** Marker, length, {@code JP}, and the numbers of the box and of the segment. */
    private static final int BEFORE_IN_JPEG = 12;

    private static final int BEFORE_IN_CHUNK = 8;
    private static final int CHECKSUM = 4;

    StorePlace {
        ranges = List.copyOf(ranges);
    }

    /** Returns the run of bytes from the first segment's or chunk's begin to the last one's end. */
    ByteRange framed() throws IOException {
        ItemBytes bytes = new ItemBytes(item);
        long start = ranges.getFirst().offset();
        long end = ranges.getLast().end();
        if (bytes.has(0, "ffd8")) {
            start -= BEFORE_IN_JPEG;
        } else if (bytes.has(0, "89504e47")) {
            start -= BEFORE_IN_CHUNK;
            end += CHECKSUM;
        } else if (bytes.has(0, "52494646")) {
            start -= BEFORE_IN_CHUNK;
            end += (end - start) % 2;
        }
        long first = Math.max(0, start);
        return new ByteRange(first, Math.min(end, item.size()) - first);
    }
}
