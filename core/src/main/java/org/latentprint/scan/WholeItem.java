package org.latentprint.scan;

import java.io.IOException;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.fingerprint.DigestComputer.ReadFailure;

/** Reads a small item into memory. */
final class WholeItem {
    /** The unit in which a failing range is located. */
    private static final int PIECE = 1 << 20;

    private WholeItem() {}

    /**
     * Returns all bytes of an item.
     *
     * @throws ReadFailure where a range cannot be read, or the item is no longer as long as it was when it was opened
     */
    static byte[] read(EvidenceBytes bytes) throws ReadFailure {
        byte[] all = new byte[Math.toIntExact(bytes.size())];
        for (int position = 0; position < all.length; position += PIECE) {
            int length = Math.min(PIECE, all.length - position);
            if (readAt(bytes, position, all, position, length) < length) {
                throw changed(position, "it ended early");
            }
        }
        if (readAt(bytes, all.length, new byte[1], 0, 1) > 0) {
            throw changed(all.length, "it grew");
        }
        return all;
    }

    private static int readAt(EvidenceBytes bytes, long offset, byte[] target, int targetOffset, int length)
            throws ReadFailure {
        try {
            return bytes.read(offset, target, targetOffset, length);
        } catch (IOException failure) {
            throw new ReadFailure(offset, "bytes from " + offset + " could not be read: " + failure);
        }
    }

    private static ReadFailure changed(long offset, String how) {
        return new ReadFailure(offset, "the item changed while it was read: " + how);
    }
}
