package org.latentprint.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.container.c2pa.StoreForm;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;

/** Keeps where a reader says that a manifest store lies. */
final class StorePlaces implements BlockSink {
    private final List<ByteRange> ranges = new ArrayList<>();

    /** Returns the bytes of the store that the reader finds in the file; none where it finds none. */
    static byte[] store(ContainerReader reader, byte[] file) {
        StorePlaces places = new StorePlaces();
        try {
            reader.read(HeapBytes.wrap(file), places);
            PlacedBytes store = PlacedBytes.read(HeapBytes.wrap(file), places.ranges);
            return store.bytes(0, store.length());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void block(
            String container, String key, long offset, long length, MetadataBlock.Crc crc, Optional<DecodedText> text) {
        // Only the store counts here.
    }

    @Override
    public void manifestStore(List<ByteRange> found, StoreForm form) {
        if (form != StoreForm.PLAIN) {
            throw new AssertionError("a store that is " + form);
        }
        ranges.addAll(found);
    }

    @Override
    public void pixels(int width, int height) {
        // Only the store counts here.
    }

    @Override
    public void trailing(long offset, long length) {
        // Only the store counts here.
    }

    @Override
    public void problem(Problem problem) {
        throw new AssertionError(problem.message());
    }
}
