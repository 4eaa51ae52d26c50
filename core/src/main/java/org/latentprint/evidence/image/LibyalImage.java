package org.latentprint.evidence.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * An image that one of the libyal libraries reads. Each thread that reads takes a handle of its own out of a pool, since a
 * handle unpacks one chunk at a time.
 */
final class LibyalImage implements ImageBytes {
    private final LibyalLibrary library;
    private final HandlePool<LibyalHandle> handles;
    private final long size;
    private final long chunkSize;
    private final SortedMap<String, String> storedHashes;
    private final List<Path> files;

    private LibyalImage(LibyalLibrary library, Path first, LibyalHandle handle) throws IOException {
        this.library = library;
        this.handles = new HandlePool<>(() -> new LibyalHandle(library, first));
        this.size = handle.mediaSize();
        this.chunkSize = handle.chunkSize();
        this.files = handle.files();
        this.storedHashes = Collections.unmodifiableSortedMap(handle.storedHashes());
        handles.give(handle);
    }

    /**
     * Opens an image.
     *
     * @param first the first of its files
     * @throws IOException where the library is not installed, or does not take the image, with what to do
     */
    static LibyalImage open(LibyalLibrary.Kind kind, Path first) throws IOException {
        LibyalLibrary library = LibyalLibrary.load(kind);
        try {
            return opened(library, first);
        } catch (IOException failure) {
            throw new IOException(
                    first
                            + " cannot be opened as an image; if it is whole, convert it to raw or E01 with the program that"
                            + " made it: " + failure.getMessage(),
                    failure);
        }
    }

    private static LibyalImage opened(LibyalLibrary library, Path first) throws IOException {
        LibyalHandle handle = new LibyalHandle(library, first);
        try {
            return new LibyalImage(library, first, handle);
        } catch (IOException failure) {
            handle.close();
            throw failure;
        }
    }

    @Override
    public String format() {
        return library.kind().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<String> files() {
        return files.stream().map(file -> String.valueOf(file.getFileName())).toList();
    }

    /** Returns the paths of those files. */
    List<Path> paths() {
        return files;
    }

    /** Returns the size of the pieces that are unpacked one at a time, in bytes; 0 where the format has none. */
    long chunkSize() {
        return chunkSize;
    }

    @Override
    public SortedMap<String, String> storedHashes() {
        return storedHashes;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
        int wanted = (int) Math.min(length, Math.max(0, size - offset));
        if (wanted == 0) {
            return 0;
        }
        LibyalHandle handle = handles.take();
        try {
            int done = 0;
            while (done < wanted) {
                done += handle.read(offset + done, target, targetOffset + done, wanted - done);
            }
            return done;
        } finally {
            handles.give(handle);
        }
    }

    @Override
    public void close() throws IOException {
        handles.close();
    }
}
