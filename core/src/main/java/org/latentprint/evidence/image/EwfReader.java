package org.latentprint.evidence.image;

import java.io.Closeable;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads chunks of an image of the Expert Witness format from its files, and gives none whose own checksum is wrong. Used by one
 * thread at a time.
 *
 * <p>Source: libyal/libewf, {@code documentation/Expert Witness Compression Format (EWF).asciidoc}, sectors section: a chunk is
 * a zlib stream, or its bytes and their Adler-32.
 */
final class EwfReader implements Closeable {
    private static final int CHECKSUM = Integer.BYTES;
    private static final long NONE = -1;

    private final EwfChunks chunks;
    private final EwfChunks.Window window = new EwfChunks.Window();
    private final Inflater inflater = new Inflater();
    private final byte[] stored;
    private final byte[] inflated;

    private long chunk = NONE;
    private byte[] bytes = {};

    EwfReader(EwfChunks chunks) {
        this.chunks = chunks;
        // What zlib makes of bytes that it cannot shorten is a little longer than they are.
        this.stored = new byte[chunks.chunkSize() + (chunks.chunkSize() >>> 3) + 64];
        // One more, to see that a stream ends where it should.
        this.inflated = new byte[chunks.chunkSize() + 1];
    }

    /**
     * Reads from one chunk.
     *
     * @param offset within the disk, in bytes; the disk has it
     * @return how many bytes were read, at most to the chunk's end; 0 where the chunk is damaged or cannot be read
     */
    int read(long offset, byte[] target, int targetOffset, int length) {
        long wanted = offset / chunks.chunkSize();
        if (wanted != chunk && !load(wanted)) {
            return 0;
        }
        int within = (int) (offset % chunks.chunkSize());
        int got = Math.min(length, chunks.length(chunk) - within);
        System.arraycopy(bytes, within, target, targetOffset, got);
        return got;
    }

    private boolean load(long wanted) {
        chunk = NONE;
        try {
            EwfChunks.Place place = chunks.place(wanted, window);
            if (place.length() > stored.length) {
                return false;
            }
            int length = (int) place.length();
            if (place.bytes().read(place.offset(), stored, 0, length) < length) {
                return false;
            }
            boolean whole = place.compressed()
                    ? inflates(length, chunks.length(wanted))
                    : length == chunks.length(wanted) + CHECKSUM && EwfSections.sumIsRight(stored, length);
            if (!whole) {
                return false;
            }
            bytes = place.compressed() ? inflated : stored;
            chunk = wanted;
            return true;
        } catch (IOException | DataFormatException unreadable) {
            return false;
        }
    }

    /** Says whether the stored bytes are a stream of that many, with the right checksum at its end. */
    private boolean inflates(int length, int expected) throws DataFormatException {
        inflater.reset();
        inflater.setInput(stored, 0, length);
        int done = 0;
        int got;
        do {
            got = inflater.inflate(inflated, done, inflated.length - done);
            done += got;
        } while (got > 0 && !inflater.finished());
        return inflater.finished() && done == expected;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
