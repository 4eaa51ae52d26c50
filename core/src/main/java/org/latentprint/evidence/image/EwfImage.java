package org.latentprint.evidence.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.LongStream;

/**
 * An image of the Expert Witness format (E01). libewf opens it; chunks whose tables and checksums are right are read without
 * it, since it takes several times as long for them. Everything else it reads, and says what is damaged.
 */
final class EwfImage implements ImageBytes {
    private final LibyalImage library;
    private final EwfSegments segments;
    private final Optional<String> missing;
    private final Optional<EwfChunks> chunks;
    private final Optional<HandlePool<EwfReader>> readers;

    private EwfImage(LibyalImage library, EwfSegments segments) throws IOException {
        this.library = library;
        this.segments = segments;
        this.missing = segments.missing();
        Optional<EwfChunks> plain = EwfChunks.of(segments, library.size(), library.chunkSize());
        this.chunks = plain.isPresent() && agree(plain.get(), library) ? plain : Optional.empty();
        this.readers = chunks.map(these -> new HandlePool<>(() -> new EwfReader(these)));
    }

    /**
     * Opens an image.
     *
     * @param first the first of its files
     * @throws IOException where the library is not installed, or does not take the image
     */
    static EwfImage open(Path first) throws IOException {
        LibyalImage library = LibyalImage.open(LibyalLibrary.Kind.EWF, first);
        try {
            EwfSegments segments = EwfSegments.open(library.paths());
            try {
                return new EwfImage(library, segments);
            } catch (IOException failure) {
                segments.close();
                throw failure;
            }
        } catch (IOException failure) {
            library.close();
            throw failure;
        }
    }

    /** Says whether the first chunk, the last and one between are those that the library gives. */
    private static boolean agree(EwfChunks chunks, LibyalImage library) {
        try (EwfReader reader = new EwfReader(chunks)) {
            return LongStream.of(0, chunks.count() / 2, chunks.count() - 1).allMatch(chunk -> {
                byte[] own = new byte[chunks.length(chunk)];
                long offset = chunk * chunks.chunkSize();
                return reader.read(offset, own, 0, own.length) == own.length
                        && Arrays.equals(own, readByLibrary(library, offset, own.length));
            });
        }
    }

    private static byte[] readByLibrary(LibyalImage library, long offset, int length) {
        try {
            return library.readExactly(offset, length);
        } catch (IOException damaged) {
            return new byte[0];
        }
    }

    /** Says whether chunks are read without the library. */
    boolean readsChunks() {
        return chunks.isPresent();
    }

    @Override
    public String format() {
        return library.format();
    }

    @Override
    public List<String> files() {
        return library.files();
    }

    @Override
    public SortedMap<String, String> storedHashes() {
        return library.storedHashes();
    }

    @Override
    public boolean keepsChecksums() {
        return true;
    }

    @Override
    public Optional<String> missing() {
        return missing;
    }

    @Override
    public long size() {
        return library.size();
    }

    @Override
    public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
        if (readers.isEmpty()) {
            return library.read(offset, target, targetOffset, length);
        }
        int wanted = (int) Math.min(length, Math.max(0, size() - offset));
        EwfReader reader = readers.get().take();
        try {
            int done = 0;
            while (done < wanted) {
                int got = reader.read(offset + done, target, targetOffset + done, wanted - done);
                done += got > 0 ? got : readOne(offset + done, target, targetOffset + done, wanted - done);
            }
            return done;
        } finally {
            readers.get().give(reader);
        }
    }

    /** Has the library read to the end of a chunk that is not plain, or say what is wrong with it. */
    private int readOne(long offset, byte[] target, int targetOffset, int length) throws IOException {
        int chunkSize = chunks.map(EwfChunks::chunkSize).orElse(length);
        int left = chunkSize - (int) (offset % chunkSize);
        return library.read(offset, target, targetOffset, Math.min(length, left));
    }

    @Override
    public void close() throws IOException {
        if (readers.isPresent()) {
            readers.get().close();
        }
        segments.close();
        library.close();
    }
}
