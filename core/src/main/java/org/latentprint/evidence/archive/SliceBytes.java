package org.latentprint.evidence.archive;

import java.io.IOException;
import org.latentprint.evidence.EvidenceBytes;

/** A member that lies unpacked in its archive: a range of the archive's bytes, read where it lies. */
final class SliceBytes implements EvidenceBytes {
    private final SharedBytes archive;
    private final long start;
    private final long length;
    private boolean closed;

    /** The range must lie within the archive. */
    SliceBytes(SharedBytes archive, long start, long length) {
        this.archive = archive.share();
        this.start = start;
        this.length = length;
    }

    @Override
    public long size() {
        return length;
    }

    @Override
    public int read(long offset, byte[] target, int targetOffset, int count) throws IOException {
        if (offset < 0) {
            throw new IllegalArgumentException("negative offset " + offset);
        }
        return offset >= length
                ? 0
                : archive.bytes().read(start + offset, target, targetOffset, (int) Math.min(count, length - offset));
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            archive.close();
        }
    }
}
