package org.latentprint.fingerprint;

import java.io.IOException;
import org.latentprint.evidence.EvidenceBytes;

/** Computes the three digests of an item in one read. */
public final class DigestComputer {
    private DigestComputer() {}

    /**
     * Reads the whole item.
     *
     * @return its digests
     * @throws ReadFailure where a range cannot be read, or the item ends before the size it had when it was opened, or is
     *     longer; digests of a part of an item are never given
     */
    public static Digests compute(EvidenceBytes bytes) throws ReadFailure {
        return new DigestingBytes(bytes).finish();
    }

    /** Returns the digests of an item whose bytes are in memory. */
    public static Digests compute(byte[] all) {
        return DigestingBytes.digestsOf(all);
    }

    /** Says that an item could not be read to its end, and where. */
    public static final class ReadFailure extends IOException {
        private static final long serialVersionUID = 1L;
        private final long offset;

        public ReadFailure(long offset, String message) {
            super(message);
            this.offset = offset;
        }

        /** Returns the offset within the item, in bytes, from which it could not be read. */
        public long offset() {
            return offset;
        }
    }
}
