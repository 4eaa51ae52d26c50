package org.latentprint.evidence.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/**
 * An image that one of the libyal libraries reads. Each thread that reads takes a handle of its own out of a pool, since a
 * handle unpacks one chunk at a time.
 */
final class LibyalImage implements ImageBytes {
    private final LibyalLibrary library;
    private final Path first;
    private final Deque<LibyalHandle> idle = new ArrayDeque<>();
    private final long size;
    private final SortedMap<String, String> storedHashes;
    private final List<Path> files;
    private boolean closed;

    private LibyalImage(LibyalLibrary library, Path first, LibyalHandle handle) throws IOException {
        this.library = library;
        this.first = first;
        this.size = handle.mediaSize();
        this.files = handle.files();
        this.storedHashes = Collections.unmodifiableSortedMap(handle.storedHashes());
        idle.push(handle);
    }

    /**
     * Opens an image.
     *
     * @param first the first of its files
     * @throws IOException where the library is not installed, or does not take the image
     */
    static LibyalImage open(LibyalLibrary.Kind kind, Path first) throws IOException {
        LibyalLibrary library = LibyalLibrary.load(kind);
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

    @Override
    public boolean keepsChecksums() {
        return library.kind() == LibyalLibrary.Kind.EWF;
    }

    @Override
    public Optional<String> missing() {
        return library.kind() == LibyalLibrary.Kind.EWF ? EwfSegments.missing(files) : Optional.empty();
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
        LibyalHandle handle = take();
        try {
            int done = 0;
            while (done < wanted) {
                done += handle.read(offset + done, target, targetOffset + done, wanted - done);
            }
            return done;
        } finally {
            give(handle);
        }
    }

    private LibyalHandle take() throws IOException {
        synchronized (this) {
            if (closed) {
                throw new IOException("the image is closed");
            }
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return new LibyalHandle(library, first);
    }

    private void give(LibyalHandle handle) throws IOException {
        synchronized (this) {
            if (!closed) {
                idle.push(handle);
                return;
            }
        }
        handle.close();
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
        }
        for (LibyalHandle handle : idle) {
            handle.close();
        }
    }
}
