package org.latentprint.evidence;

/** The bytes of a small item, held in memory so that digests and readers share one pass over the evidence. */
public final class HeapBytes implements EvidenceBytes {
    private final byte[] bytes;

    private HeapBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps the array without copying it; the caller does not change it afterwards. */
    public static HeapBytes wrap(byte[] bytes) {
        return new HeapBytes(bytes);
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public int read(long offset, byte[] target, int targetOffset, int length) {
        if (offset < 0) {
            throw new IllegalArgumentException("negative offset " + offset);
        }
        if (offset >= bytes.length) {
            return 0;
        }
        int count = (int) Math.min(length, bytes.length - offset);
        System.arraycopy(bytes, (int) offset, target, targetOffset, count);
        return count;
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
