package org.latentprint.evidence;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** An item's bytes, put together from where they lie in an image. The image stays with whoever opened it. */
public final class RunBytes implements EvidenceBytes {
    private final EvidenceBytes image;
    private final List<ByteRun> runs;
    private final long size;

    /**
     * Makes the bytes of an item.
     *
     * @param image that several threads may read at once
     * @param runs in the order of their offsets, without gaps, from offset 0
     * @param size of the item in bytes; where the runs end before, the rest is lost
     */
    public RunBytes(EvidenceBytes image, List<ByteRun> runs, long size) {
        this.image = image;
        this.runs = List.copyOf(runs);
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public List<ByteRun> runs() {
        return runs;
    }

    @Override
    public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
        int wanted = (int) Math.min(length, Math.max(0, size - offset));
        int done = 0;
        int index = indexOf(offset);
        while (done < wanted) {
            long position = offset + done;
            if (index >= runs.size()) {
                throw lost(position);
            }
            ByteRun run = runs.get(index);
            int piece = (int) Math.min(wanted - done, run.end() - position);
            switch (run.content()) {
                case STORED -> readStored(run, position, target, targetOffset + done, piece);
                case ZEROS -> Arrays.fill(target, targetOffset + done, targetOffset + done + piece, (byte) 0);
                case LOST -> throw lost(position);
            }
            done += piece;
            index++;
        }
        return done;
    }

    private void readStored(ByteRun run, long position, byte[] target, int targetOffset, int length)
            throws IOException {
        long at = run.imageOffset() + (position - run.offset());
        int read = image.read(at, target, targetOffset, length);
        if (read < length) {
            throw new EOFException(
                    "the image ends at byte " + (at + read) + ", and the item goes on to " + (at + length));
        }
    }

    private static IOException lost(long position) {
        return new IOException("the file system no longer says where the bytes from " + position + " lie");
    }

    /** Returns the number of the run that holds the offset. */
    private int indexOf(long offset) {
        int low = 0;
        int high = runs.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (runs.get(middle).end() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public void close() {
        // The image stays open for other items.
    }
}
