package org.latentprint.evidence;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;

/**
 * Read-only random access to the bytes of one item. Used by one thread at a time. Positional reads, never a memory map: a
 * failing disk then gives an ordinary error for one range.
 */
public interface EvidenceBytes extends Closeable {

    /** Returns the item's size in bytes when it was opened. */
    long size();

    /**
     * Reads as much as there is, up to {@code length} bytes.
     *
     * @return how many bytes were read; less than {@code length} only where the item ends
     * @throws IOException where the range cannot be read
     */
    int read(long offset, byte[] target, int targetOffset, int length) throws IOException;

    /**
     * Returns exactly the given range.
     *
     * @throws EOFException where the item ends before the range does
     * @throws IOException where the range cannot be read
     */
    default byte[] readExactly(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || offset + length > size()) {
            throw new EOFException("bytes " + offset + " to " + (offset + length) + " asked, the item has " + size());
        }
        byte[] bytes = new byte[length];
        int read = read(offset, bytes, 0, length);
        if (read < length) {
            throw new EOFException("item ended at " + (offset + read) + ", " + (offset + length) + " expected");
        }
        return bytes;
    }

    /**
     * Returns where the bytes lie in the exhibit's image.
     *
     * @return in the order of the item's bytes; empty where the source is no image, or keeps these bytes in another form, such
     *     as compressed
     */
    default List<ByteRun> runs() {
        return List.of();
    }

    @Override
    void close() throws IOException;
}
