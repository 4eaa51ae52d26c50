package org.latentprint.evidence.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.latentprint.evidence.EvidenceBytes;

/** Shows an item to a library that wants a channel. Read-only; closing it leaves the item open. */
final class EvidenceChannel implements SeekableByteChannel {
    /** Libraries read directories in pieces of a few bytes. */
    private static final int WINDOW = 1 << 13;

    private final EvidenceBytes bytes;
    private final byte[] window = new byte[WINDOW];
    private long windowStart;
    private int windowLength;
    private long position;
    private long readable = Long.MAX_VALUE;
    private String bound = "";

    EvidenceChannel(EvidenceBytes bytes) {
        this.bytes = bytes;
    }

    /** Lets only so many bytes be read from here on, since a library keeps what it reads now in memory. */
    void allow(long count, String message) {
        readable = count;
        bound = message;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int wanted = (int) Math.min(target.remaining(), Math.max(0, bytes.size() - position));
        if (wanted == 0) {
            return target.hasRemaining() ? -1 : 0;
        }
        readable -= wanted;
        if (readable < 0) {
            throw new BoundReached(bound);
        }
        int done = 0;
        while (done < wanted) {
            if (position < windowStart || position >= windowStart + windowLength) {
                fill();
                if (windowLength == 0) {
                    break;
                }
            }
            int at = (int) (position - windowStart);
            int count = Math.min(wanted - done, windowLength - at);
            target.put(window, at, count);
            position += count;
            done += count;
        }
        return done == 0 ? -1 : done;
    }

    private void fill() throws IOException {
        windowStart = position;
        windowLength = 0;
        try {
            windowLength = bytes.read(position, window, 0, WINDOW);
        } catch (IOException failure) {
            throw new SourceUnreadable(failure);
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
        if (newPosition < 0) {
            throw new IOException("the archive points to a place before its beginning: " + newPosition);
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return bytes.size();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // The item belongs to whoever opened it.
    }
}
