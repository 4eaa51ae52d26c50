package org.latentprint.evidence.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.latentprint.evidence.EvidenceBytes;

/** Reads an item from its first byte on. Closing it leaves the item open. */
final class EvidenceInputStream extends InputStream {
    private final EvidenceBytes bytes;
    private final byte[] buffer = new byte[1 << 15];
    private int next;
    private int filled;
    private long bufferEnd;

    EvidenceInputStream(EvidenceBytes bytes) {
        this.bytes = bytes;
    }

    /** Returns the offset of the byte that is read next. */
    long position() {
        return bufferEnd - (filled - next);
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer[next++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, filled - next);
        System.arraycopy(buffer, next, target, offset, count);
        next += count;
        return count;
    }

    @Override
    public long skip(long count) {
        long target = Math.min(bytes.size(), position() + Math.max(0, count));
        long skipped = target - position();
        if (skipped <= filled - next) {
            next += (int) skipped;
        } else {
            next = 0;
            filled = 0;
            bufferEnd = target;
        }
        return skipped;
    }

    @Override
    public int available() {
        return filled - next;
    }

    private boolean fill() throws IOException {
        if (next < filled) {
            return true;
        }
        next = 0;
        filled = 0;
        try {
            filled = bytes.read(bufferEnd, buffer, 0, buffer.length);
        } catch (IOException failure) {
            throw new SourceUnreadable(failure);
        }
        bufferEnd += filled;
        return filled > 0;
    }
}
