package org.latentprint.evidence;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A source that tells of every read, so that a slow disk is not taken for a reader that hangs.
 *
 * @param source that is read
 * @param beat is run behind each read, and before an item is opened
 */
public record BeatingSource(EvidenceSource source, Runnable beat) implements EvidenceSource {
    @Override
    public String location() {
        return source.location();
    }

    @Override
    public String kind() {
        return source.kind();
    }

    @Override
    public boolean walksCheaply() {
        return source.walksCheaply();
    }

    @Override
    public Optional<EvidenceBytes> image() {
        return source.image().map(bytes -> new Bytes(bytes, beat));
    }

    @Override
    public void walk(ItemVisitor visitor) throws IOException, InterruptedException {
        source.walk(visitor);
    }

    @Override
    public SortedMap<String, String> storedHashes() {
        return source.storedHashes();
    }

    @Override
    public Optional<ImageCheck> check(int threads, Runnable moved) throws IOException, InterruptedException {
        return source.check(threads, moved);
    }

    @Override
    public void requirePresent() throws IOException {
        source.requirePresent();
    }

    @Override
    public EvidenceBytes open(ItemRef item) throws IOException {
        beat.run();
        return new Bytes(source.open(item), beat);
    }

    @Override
    public void close() throws IOException {
        source.close();
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
