package org.latentprint.container;

import java.io.IOException;
import org.latentprint.evidence.EvidenceBytes;

/** Searches one JPEG for its markers, buffer by buffer. */
final class JpegMarkers {
    private static final int BUFFER = 1 << 16;

    private final EvidenceBytes bytes;
    private final byte[] buffer = new byte[BUFFER];
    private long start;
    private int filled;

    JpegMarkers(EvidenceBytes bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns the place of the next marker: the last 0xFF before a byte that is neither 0xFF nor zero; -1 where there is
     * none.
     */
    long next(long from) throws IOException {
        return search(from, false);
    }

    /** Returns the place of the next marker that ends a scan, or the item's end: restart markers belong to the scan. */
    long endOfScan(long from) throws IOException {
        long found = search(from, true);
        return found < 0 ? bytes.size() : found;
    }

    private long search(long from, boolean inScan) throws IOException {
        boolean escaped = false;
        for (long at = from; ; at++) {
            if (at < start || at >= start + filled) {
                start = at;
                filled = bytes.read(at, buffer, 0, BUFFER);
                if (filled <= 0) {
                    filled = 0;
                    return -1;
                }
            }
            int each = buffer[(int) (at - start)] & 0xFF;
            if (escaped && each != 0 && each != 0xFF && !(inScan && each >= 0xD0 && each <= 0xD7)) {
                return at - 1;
            }
            escaped = each == 0xFF;
        }
    }
}
