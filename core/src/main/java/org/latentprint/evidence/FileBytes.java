package org.latentprint.evidence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The bytes of a file, by positional reads, which several threads may make at once. A link or a pipe is refused, also one that
 * was put in the file's place after the walk.
 */
public final class FileBytes implements EvidenceBytes {
    private final FileChannel channel;
    private final ReadBuffers buffers;
    private final long size;

    private FileBytes(FileChannel channel, ReadBuffers buffers, long size) {
        this.channel = channel;
        this.buffers = buffers;
        this.size = size;
    }

    /**
     * Opens a file for reading.
     *
     * @param buffers through which it is read; files may share them
     * @throws IOException where it cannot be opened, or is a link or no ordinary file
     */
    public static FileBytes open(Path file, ReadBuffers buffers) throws IOException {
        // Opening a named pipe waits until somebody writes into it.
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isOther()) {
            throw new IOException("no ordinary file now: " + file);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            return new FileBytes(channel, buffers, channel.size());
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
        return buffers.read(channel, offset, target, targetOffset, length);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
