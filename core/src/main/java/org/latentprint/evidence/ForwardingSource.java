package org.latentprint.evidence;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;

/** A source that is another one, but for what is changed of it. */
public abstract class ForwardingSource implements EvidenceSource {
    private final EvidenceSource source;

    /** Makes one that asks another source for everything. */
    protected ForwardingSource(EvidenceSource source) {
        this.source = source;
    }

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
        return source.image();
    }

    @Override
    public void walk(ItemVisitor visitor) throws IOException, InterruptedException {
        source.walk(visitor);
    }

    @Override
    public EvidenceBytes open(ItemRef item) throws IOException {
        return source.open(item);
    }

    @Override
    public SortedMap<String, String> storedHashes() {
        return source.storedHashes();
    }

    @Override
    public Optional<ImageCheck> check(int threads, Runnable beat) throws IOException, InterruptedException {
        return source.check(threads, beat);
    }

    @Override
    public void requirePresent() throws IOException {
        source.requirePresent();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
