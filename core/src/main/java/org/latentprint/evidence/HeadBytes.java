package org.latentprint.evidence;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * An item whose beginning is read once and then served from memory, a small item whole: readers ask for a dozen short ranges
 * there, each of which would be a read of the source.
 */
public final class HeadBytes implements EvidenceBytes {
    /** Up to this size an item is held whole; the texts of most pictures with a graph fit into it. */
    private static final int WHOLE = 64 << 10;

    /** So much of a larger item is held: its headers and a short text, and not what nobody may ask for. */
    private static final int HEAD = 16 << 10;

    private final EvidenceBytes bytes;
    private final byte[] head;

    private HeadBytes(EvidenceBytes bytes, byte[] head) {
        this.bytes = bytes;
        this.head = head;
    }

    /**
     * Reads the beginning of an item. Where it cannot be read as one range, ranges are left to the readers, so that one bad
     * sector costs them no more than it has to.
     *
     * @param bytes of the item; closed with the object returned
     */
    public static HeadBytes of(EvidenceBytes bytes) {
        return new HeadBytes(bytes, read(bytes));
    }

    private static byte[] read(EvidenceBytes bytes) {
        byte[] head = new byte[bytes.size() <= WHOLE ? (int) bytes.size() : HEAD];
        try {
            int read = bytes.read(0, head, 0, head.length);
            return read == head.length ? head : Arrays.copyOf(head, Math.max(0, read));
        } catch (IOException unreadable) {
            return new byte[0];
        }
    }

    @Override
    public long size() {
        return bytes.size();
    }

    @Override
    public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
        long end = Math.min(offset + length, bytes.size());
        if (offset < 0 || end > head.length) {
            return bytes.read(offset, target, targetOffset, length);
        }
        int count = (int) Math.max(0, end - offset);
        if (count > 0) {
            System.arraycopy(head, (int) offset, target, targetOffset, count);
        }
        return count;
    }

    @Override
    public List<ByteRun> runs() {
        return bytes.runs();
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
