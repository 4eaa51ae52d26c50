package org.latentprint.evidence.image;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.latentprint.evidence.image.LibyalLibrary.Function;
import org.latentprint.evidence.image.LibyalLibrary.Kind;

/**
 * One open handle of an image. Used by one thread at a time; each thread that reads at the same time has its own.
 *
 * <p>libewf gives zeros for a chunk whose checksum is wrong or that is missing, and notes the chunk. Here such a chunk is a range
 * that cannot be read.
 */
final class LibyalHandle implements Closeable {
    private static final int READ_ONLY = 1;
    private static final int BUFFER = 1 << 20;

    private final LibyalLibrary library;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment holder = arena.allocate(ADDRESS);
    private final MemorySegment buffer = arena.allocate(BUFFER);
    private final MemorySegment number = arena.allocate(JAVA_LONG);
    private final MemorySegment otherNumber = arena.allocate(JAVA_LONG);
    private final Function read;
    private final Optional<Function> damageCount;
    private final Optional<Function> damage;
    private final long sectorSize;
    private final List<Path> files = new ArrayList<>();

    /** A range whose checksum is wrong, in bytes. */
    private record Damage(long offset, long length) {
        long end() {
            return offset + length;
        }
    }

    /** Opens an image by the first of its files. */
    LibyalHandle(LibyalLibrary library, Path first) throws IOException {
        this.library = library;
        Kind kind = library.kind();
        boolean ewf = kind == Kind.EWF;
        boolean opened = false;
        try {
            read = library.function(kind.readFunction(), JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG);
            damageCount = ewf
                    ? Optional.of(
                            library.function("libewf_handle_get_number_of_checksum_errors", JAVA_INT, ADDRESS, ADDRESS))
                    : Optional.empty();
            damage = ewf
                    ? Optional.of(library.function(
                            "libewf_handle_get_checksum_error", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS))
                    : Optional.empty();
            library.function(kind.handle() + "_initialize", JAVA_INT, ADDRESS).call(holder);
            if (ewf) {
                openSegments(first);
            } else {
                files.add(first);
                library.function(kind.handle() + "_open", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT)
                        .call(handle(), arena.allocateFrom(first.toString()), READ_ONLY);
            }
            if (kind == Kind.VMDK) {
                library.function("libvmdk_handle_open_extent_data_files", JAVA_INT, ADDRESS)
                        .call(handle());
            }
            sectorSize = ewf ? sectorSize() : 1;
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    private MemorySegment handle() {
        return holder.get(ADDRESS, 0);
    }

    private void openSegments(Path first) throws IOException {
        MemorySegment names = arena.allocate(ADDRESS);
        MemorySegment count = arena.allocate(JAVA_INT);
        MemorySegment name = arena.allocateFrom(first.toString());
        library.function("libewf_glob", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_BYTE, ADDRESS, ADDRESS)
                .call(name, name.byteSize() - 1, (byte) 0, names, count);
        try {
            for (String found : LibyalLibrary.texts(names.get(ADDRESS, 0), count.get(JAVA_INT, 0))) {
                files.add(Path.of(found));
            }
            library.function("libewf_handle_open", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT)
                    .call(handle(), names.get(ADDRESS, 0), count.get(JAVA_INT, 0), READ_ONLY);
        } finally {
            library.function("libewf_glob_free", JAVA_INT, ADDRESS, JAVA_INT)
                    .call(names.get(ADDRESS, 0), count.get(JAVA_INT, 0));
        }
    }

    private long sectorSize() throws IOException {
        library.function("libewf_handle_get_bytes_per_sector", JAVA_INT, ADDRESS, ADDRESS)
                .call(handle(), number);
        return Math.max(1, Integer.toUnsignedLong(number.get(JAVA_INT, 0)));
    }

    /** Returns the files that make up the image, in their order, as far as the library found them. */
    List<Path> files() {
        return List.copyOf(files);
    }

    /** Returns the size of the disk in bytes. */
    long mediaSize() throws IOException {
        library.function(library.kind().handle() + "_get_media_size", JAVA_INT, ADDRESS, ADDRESS)
                .call(handle(), number);
        long size = number.get(JAVA_LONG, 0);
        if (size < 0) {
            throw new IOException("the image says that its disk has " + Long.toUnsignedString(size) + " bytes");
        }
        return size;
    }

    /** Returns how many bytes of the disk an E01 keeps in one piece; 0 of other formats. */
    long chunkSize() throws IOException {
        if (library.kind() != Kind.EWF) {
            return 0;
        }
        library.function("libewf_handle_get_chunk_size", JAVA_INT, ADDRESS, ADDRESS)
                .call(handle(), number);
        return Integer.toUnsignedLong(number.get(JAVA_INT, 0));
    }

    /** Returns the digests that the image keeps. */
    SortedMap<String, String> storedHashes() throws IOException {
        SortedMap<String, String> hashes = new TreeMap<>();
        if (library.kind() == Kind.EWF) {
            addHash(hashes, "md5", "libewf_handle_get_md5_hash", 16);
            addHash(hashes, "sha1", "libewf_handle_get_sha1_hash", 20);
        }
        return hashes;
    }

    private void addHash(SortedMap<String, String> hashes, String algorithm, String function, int length)
            throws IOException {
        MemorySegment hash = arena.allocate(length);
        long found = library.function(function, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG)
                .call(handle(), hash, (long) length);
        if (found == 1) {
            hashes.put(algorithm, HexFormat.of().formatHex(hash.toArray(JAVA_BYTE)));
        }
    }

    /**
     * Reads one piece.
     *
     * @return how many bytes were read, at least 1
     * @throws IOException where the range cannot be read, or a checksum over it is wrong
     */
    int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
        int piece = Math.min(length, BUFFER);
        int got = (int) Math.min(piece, read.call(handle(), buffer, (long) piece, offset));
        if (got == 0) {
            throw new IOException("the image gives no bytes at " + offset);
        }
        requireIntact(offset, got);
        MemorySegment.copy(buffer, JAVA_BYTE, 0, target, targetOffset, got);
        return got;
    }

    /**
     * The library keeps the damaged ranges that it has met in their order, and joins neighbours: a range may grow, and a new one
     * may come before others ({@code libcdata_range_list_insert_range}). So nothing is remembered here of an earlier read.
     */
    private void requireIntact(long offset, int length) throws IOException {
        if (damageCount.isEmpty() || damage.isEmpty()) {
            return;
        }
        damageCount.get().call(handle(), number);
        int count = number.get(JAVA_INT, 0);
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (damage(damage.get(), middle).end() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low < count) {
            Damage first = damage(damage.get(), low);
            if (first.offset < offset + length) {
                throw new DamagedRange(first.offset, first.length);
            }
        }
    }

    private Damage damage(Function get, int index) throws IOException {
        get.call(handle(), index, number, otherNumber);
        return new Damage(number.get(JAVA_LONG, 0) * sectorSize, otherNumber.get(JAVA_LONG, 0) * sectorSize);
    }

    /** Closes the handle. */
    @Override
    public void close() throws IOException {
        try {
            if (!handle().equals(MemorySegment.NULL)) {
                library.function(library.kind().handle() + "_free", JAVA_INT, ADDRESS)
                        .call(holder);
            }
        } finally {
            arena.close();
        }
    }
}
