package org.latentprint.fingerprint;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.DigestedBytes;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.fingerprint.DigestComputer.ReadFailure;

/**
 * Passes reads on, and digests the bytes that continue where the last ones ended. Whoever reads an item from its beginning to
 * its end for a purpose of its own thereby spares it another pass. The three digests run one after the other on each buffer:
 * items are examined on all cores at once, so that a thread for each digest would only compete with them.
 */
public final class DigestingBytes implements DigestedBytes {
    private static final int BUFFER = 1 << 20;

    /** So much stays in the processor's cache while the three digests pass over it. */
    private static final int PIECE = 64 << 10;

    private final EvidenceBytes bytes;
    private final List<MessageDigest> digests = all();
    private long next;

    /** Wraps an item's bytes, which stay with whoever opened them. */
    public DigestingBytes(EvidenceBytes bytes) {
        this.bytes = bytes;
    }

    @Override
    public long size() {
        return bytes.size();
    }

    @Override
    public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
        int read = bytes.read(offset, target, targetOffset, length);
        if (read > 0 && offset <= next && offset + read > next) {
            int known = (int) (next - offset);
            for (MessageDigest digest : digests) {
                digest.update(target, targetOffset + known, read - known);
            }
            next = offset + read;
        }
        return read;
    }

    @Override
    public Optional<String> sha256() {
        if (next != bytes.size()) {
            return Optional.empty();
        }
        try {
            return Optional.of(hex((MessageDigest) digests.getLast().clone()));
        } catch (CloneNotSupportedException otherwise) {
            throw new IllegalStateException("Java's own SHA-256 can be asked for what it has so far", otherwise);
        }
    }

    /**
     * Reads what has not passed yet. To be called once.
     *
     * @return the digests of the whole item
     * @throws ReadFailure where a range cannot be read, or the item ends before the size it had when it was opened, or is
     *     longer; digests of a part of an item are never given
     */
    public Digests finish() throws ReadFailure {
        // One byte more than is left: a read past the end shows an item that grew.
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(0, bytes.size() - next) + 1)];
        int read = readNext(buffer);
        while (read > 0) {
            read = readNext(buffer);
        }
        if (next != bytes.size()) {
            throw new ReadFailure(
                    Math.min(next, bytes.size()),
                    "the item changed while it was read: it had " + bytes.size() + " bytes when it was opened, " + next
                            + " were read");
        }
        return digests(digests);
    }

    static Digests digestsOf(byte[] bytes) {
        List<MessageDigest> digests = all();
        update(digests, bytes);
        return digests(digests);
    }

    /** Returns the digests of bytes whose MD5 is known. */
    static Digests digestsOf(byte[] bytes, String md5) {
        List<MessageDigest> others = others();
        update(others, bytes);
        return new Digests(md5, hex(others.get(0)), hex(others.get(1)));
    }

    private static void update(List<MessageDigest> digests, byte[] bytes) {
        for (int at = 0; at < bytes.length; at += PIECE) {
            for (MessageDigest digest : digests) {
                digest.update(bytes, at, Math.min(PIECE, bytes.length - at));
            }
        }
    }

    private static List<MessageDigest> all() {
        return List.of(digest("MD5"), digest("SHA-1"), digest("SHA-256"));
    }

    private static List<MessageDigest> others() {
        return List.of(digest("SHA-1"), digest("SHA-256"));
    }

    private static Digests digests(List<MessageDigest> digests) {
        return new Digests(hex(digests.get(0)), hex(digests.get(1)), hex(digests.get(2)));
    }

    private int readNext(byte[] buffer) throws ReadFailure {
        if (next > bytes.size()) {
            return 0;
        }
        try {
            // Up to a multiple of the buffer, so that a bad range is given by the same offsets whatever has passed
            // before.
            return read(next, buffer, 0, (int) Math.min(buffer.length, BUFFER - next % BUFFER));
        } catch (IOException failure) {
            throw new ReadFailure(next, "bytes from " + next + " could not be read: " + failure);
        }
    }

    /** Does nothing: whoever opened the bytes closes them. */
    @Override
    public void close() {}

    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has " + algorithm, impossible);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
