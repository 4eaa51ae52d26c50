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
 * it, which is faster. Everything else it reads, and says what is damaged.
 */
final class EwfImage implements ImageBytes {
    private final LibyalImage library;
    private final EwfSegments segments;
    private final Optional<String> missing;
    private final Optional<Plain> plain;

    /** Chunks that are read without libewf, and what reads them. */
    private record Plain(EwfChunks chunks, HandlePool<EwfReader> readers) {}

    private EwfImage(LibyalImage library, EwfSegments segments) throws IOException {
        this.library = library;
        this.segments = segments;
        this.missing = segments.missing();
        this.plain = EwfChunks.of(segments, library.size(), library.chunkSize())
                .filter(chunks -> agree(chunks, library))
                .map(chunks -> new Plain(chunks, new HandlePool<>(() -> new EwfReader(chunks))));
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
        return plain.isPresent();
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
        if (plain.isEmpty()) {
            return library.read(offset, target, targetOffset, length);
        }
        int wanted = (int) Math.min(length, Math.max(0, size() - offset));
        int chunkSize = plain.get().chunks.chunkSize();
        HandlePool<EwfReader> readers = plain.get().readers;
        EwfReader reader = readers.take();
        try {
            int done = 0;
            while (done < wanted) {
                int got = reader.read(offset + done, target, targetOffset + done, wanted - done);
                if (got == 0) {
                    // The library reads this chunk after all, or says what is wrong with it.
                    int left = chunkSize - (int) ((offset + done) % chunkSize);
                    got = library.read(offset + done, target, targetOffset + done, Math.min(wanted - done, left));
                }
                done += got;
            }
            return done;
        } finally {
            readers.give(reader);
        }
    }

    @Override
    public void close() throws IOException {
        if (plain.isPresent()) {
            plain.get().readers.close();
        }
        segments.close();
        library.close();
    }
}
