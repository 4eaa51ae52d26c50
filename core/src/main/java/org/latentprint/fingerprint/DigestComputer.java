package org.latentprint.fingerprint;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.latentprint.evidence.EvidenceBytes;

/**
 * Computes the three digests of an item in one read. They run one after the other on each buffer: items are examined on
 * all cores at once, so that a thread for each digest would only compete with them.
 */
public final class DigestComputer {
    private static final int BUFFER = 1 << 20;

    private DigestComputer() {}

    /**
     * Reads the whole item.
     *
     * @return its digests
     * @throws ReadFailure where a range cannot be read, or the item ends before the size it had when it was opened, or is
     *     longer; digests of a part of an item are never given
     */
    public static Digests compute(EvidenceBytes bytes) throws ReadFailure {
        List<MessageDigest> digests = List.of(digest("MD5"), digest("SHA-1"), digest("SHA-256"));
        // One byte more than the item has: a read past the end shows an item that grew.
        byte[] buffer = new byte[(int) Math.min(BUFFER, bytes.size() + 1)];
        long position = 0;
        int read = readAt(bytes, position, buffer);
        while (read > 0) {
            for (MessageDigest digest : digests) {
                digest.update(buffer, 0, read);
            }
            position += read;
            read = readAt(bytes, position, buffer);
        }
        if (position != bytes.size()) {
            throw new ReadFailure(
                    Math.min(position, bytes.size()),
                    "the item changed while it was read: it had " + bytes.size() + " bytes when it was opened, "
                            + position + " were read");
        }
        return new Digests(hex(digests.get(0)), hex(digests.get(1)), hex(digests.get(2)));
    }

    private static int readAt(EvidenceBytes bytes, long position, byte[] buffer) throws ReadFailure {
        if (position > bytes.size()) {
            return 0;
        }
        try {
            return bytes.read(position, buffer, 0, buffer.length);
        } catch (IOException failure) {
            throw new ReadFailure(position, "bytes from " + position + " could not be read: " + failure);
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has " + algorithm, impossible);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
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
