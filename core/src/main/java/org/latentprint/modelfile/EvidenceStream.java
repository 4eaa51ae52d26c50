package org.latentprint.modelfile;

import java.io.IOException;
import java.io.InputStream;
import org.latentprint.evidence.EvidenceBytes;

/** A range of an item as a stream, so that a length field never decides how much memory is taken. */
final class EvidenceStream extends InputStream {
    private static final int BUFFER = 1 << 16;

    private final EvidenceBytes bytes;
    private final long end;
    private final byte[] buffer = new byte[BUFFER];
    private long next;
    private int at;
    private int filled;

    EvidenceStream(EvidenceBytes bytes, long offset, long length) {
        this.bytes = bytes;
        next = offset;
        end = Math.min(bytes.size(), offset + Math.min(length, Long.MAX_VALUE - offset));
    }

    /** Returns the offset within the item of the next byte. */
    long position() {
        return next - (filled - at);
    }

    @Override
    public int read() throws IOException {
        return at < filled || fill() ? buffer[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == filled && !fill()) {
            return -1;
        }
        int count = Math.min(length, filled - at);
        System.arraycopy(buffer, at, target, offset, count);
        at += count;
        return count;
    }

    private boolean fill() throws IOException {
        if (next >= end) {
            return false;
        }
        filled = bytes.read(next, buffer, 0, (int) Math.min(BUFFER, end - next));
        at = 0;
        next += filled;
        return filled > 0;
    }
}
