package org.latentprint.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of a file, by positional reads, which several threads may make at once. A link is refused, also one that was put
 * in the file's place after the walk.
 */
public final class FileBytes implements EvidenceBytes {
    /** Java keeps a native buffer of the largest size read for each thread; reading in pieces keeps it at this. */
    private static final int PIECE = 1 << 20;

    private final FileChannel channel;
    private final long size;

    private FileBytes(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    /**
     * Opens a file for reading.
     *
     * @throws IOException where it cannot be opened, or is a link
     */
    public static FileBytes open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            return new FileBytes(channel, channel.size());
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            ByteBuffer piece = ByteBuffer.wrap(target, targetOffset + done, Math.min(PIECE, length - done));
            int read = channel.read(piece, offset + done);
            if (read <= 0) {
                break;
            }
            done += read;
        }
        return done;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
