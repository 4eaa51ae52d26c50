package org.latentprint.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Native buffers through which files are read, as many as threads read at a time. Java's own stand where {@code malloc} puts
 * them, sixteen bytes behind the beginning of a page; to such an address some processors copy out of the kernel's cache at a
 * third of their rate ({@code bench/read-rate}). These begin with a line of the processor's cache. Safe for threads.
 */
public final class ReadBuffers {
    /** As much as the second cache of a processor holds beside other things: from there the bytes are copied once more. */
    private static final int SIZE = 256 << 10;

    private static final int CACHE_LINE = 64;

    private final Queue<ByteBuffer> idle = new ConcurrentLinkedQueue<>();

    /**
     * Reads as much as there is, up to {@code length} bytes.
     *
     * @param channel whose position stays as it is
     * @return how many bytes were read; less than {@code length} only where the file ends
     * @throws IOException where a range cannot be read
     */
    int read(FileChannel channel, long offset, byte[] target, int targetOffset, int length) throws IOException {
        ByteBuffer buffer = Optional.ofNullable(idle.poll()).orElseGet(ReadBuffers::aligned);
        try {
            int done = 0;
            while (done < length) {
                buffer.clear().limit(Math.min(SIZE, length - done));
                int read = channel.read(buffer, offset + done);
                if (read <= 0) {
                    break;
                }
                buffer.flip().get(target, targetOffset + done, read);
                done += read;
            }
            return done;
        } finally {
            idle.add(buffer);
        }
    }

    private static ByteBuffer aligned() {
        ByteBuffer whole = ByteBuffer.allocateDirect(SIZE + CACHE_LINE)
                .alignedSlice(CACHE_LINE)
                .limit(SIZE);
        return whole.slice();
    }
}
