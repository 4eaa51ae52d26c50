package org.latentprint.evidence;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A source that tells of every read, so that a slow disk is not taken for a reader that hangs. */
public final class BeatingSource extends ForwardingSource {
    private final Runnable beat;

    /**
     * Makes one.
     *
     * @param source that is read
     * @param beat is run behind each read, and before an item is opened
     */
    public BeatingSource(EvidenceSource source, Runnable beat) {
        super(source);
        this.beat = beat;
    }

    @Override
    public Optional<EvidenceBytes> image() {
        return super.image().map(bytes -> new Bytes(bytes, beat));
    }

    @Override
    public EvidenceBytes open(ItemRef item) throws IOException {
        beat.run();
        return new Bytes(super.open(item), beat);
    }

    private record Bytes(EvidenceBytes bytes, Runnable beat) implements EvidenceBytes {
        @Override
        public long size() {
            return bytes.size();
        }

        @Override
        public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
            int read = bytes.read(offset, target, targetOffset, length);
            beat.run();
            return read;
        }

        @Override
        public List<ByteRun> runs() {
            return bytes.runs();
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
