package org.latentprint.evidence.image.sleuthkit;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.latentprint.evidence.ByteRun;
import org.latentprint.evidence.ByteRun.Content;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.RunBytes;

/**
 * Opens the content of files by the address of their metadata. What lies in the image as it is, is then read from the image,
 * without the library; what is compressed, or lies inside the file's metadata at a place that is not known, is read through
 * the library.
 */
public final class FileContent {
    /** A file of a terabyte in fragments of a megabyte. */
    public static final int MAX_RUNS = 1_000_000;

    /** Files with holes may be larger than their disk; more than so many times is damage. */
    public static final int MAX_TIMES_IMAGE = 4;

    /** Even in a small image a file may have holes of this many bytes together. */
    public static final long LEAST_BOUND = 1L << 30;

    private static final int COMPARED = 4_096;
    private static final int MAIN = -1;
    private static final int DEFAULT_CONTENT = 1;
    private static final int NTFS_DATA = 128;
    private static final int HFS_DATA = 4352;
    private static final int NOT_RESIDENT = 2;
    private static final int ENCRYPTED = 16;
    private static final int COMPRESSED = 32;
    private static final int LIVE = 1;
    private static final int FILLER = 1;
    private static final int SPARSE = 2;

    private FileContent() {}

    /** Which content of which file: what {@link Entry} gives, as one text such as {@code 64-128-3}. */
    public record Address(long metadata, int type, int id) {

        /** Returns the address of a file's only content. */
        public static Address main(long metadata) {
            return new Address(metadata, MAIN, MAIN);
        }

        /** Reads the text. */
        public static Optional<Address> parse(String text) {
            String[] parts = text.split("-", -1);
            if (parts.length != 1 && parts.length != 3) {
                return Optional.empty();
            }
            try {
                return Optional.of(
                        parts.length == 1
                                ? main(Long.parseUnsignedLong(parts[0]))
                                : new Address(
                                        Long.parseUnsignedLong(parts[0]),
                                        Integer.parseUnsignedInt(parts[1]),
                                        Integer.parseUnsignedInt(parts[2])));
            } catch (NumberFormatException other) {
                return Optional.empty();
            }
        }

        /** Returns the address as The Sleuth Kit's programs take it. */
        public String text() {
            return type == MAIN
                    ? Long.toUnsignedString(metadata)
                    : Long.toUnsignedString(metadata) + "-" + type + "-" + id;
        }
    }

    /**
     * Opens a content.
     *
     * @param fileSystem that has it
     * @param image bytes of the image, which several threads may read at once
     * @return its bytes, to be closed before the file system is
     * @throws IOException where there is no such content, or it is encrypted
     */
    public static EvidenceBytes open(FileSystem fileSystem, EvidenceBytes image, Address address) throws IOException {
        SleuthKit kit = fileSystem.kit();
        synchronized (fileSystem.image()) {
            fileSystem.image().allow(FileSystem.TIME);
            MemorySegment file = kit.fileOpen(fileSystem.pointer(), address.metadata);
            if (file.equals(MemorySegment.NULL)) {
                throw fileSystem.failed("the file's metadata could not be read");
            }
            boolean keep = false;
            try {
                long fileSize = plausibleSize(fileSystem, file);
                if (fileSystem.type() == FileSystemType.APFS
                        && address.type == MAIN
                        && fileSize == 0
                        && kit.attrCount(file) == 0) {
                    return new RunBytes(image, List.of(), 0);
                }
                Struct attribute = attribute(fileSystem, file, address);
                int flags = attribute.int32("flags");
                long size = attribute.int64("content_size");
                if (size < 0) {
                    throw new IOException("the file system gives a size of " + size);
                }
                if ((flags & ENCRYPTED) != 0) {
                    throw new IOException("the file is encrypted by its file system");
                }
                if ((flags & NOT_RESIDENT) != 0 && (flags & COMPRESSED) == 0) {
                    RunBytes bytes =
                            new RunBytes(image, runs(fileSystem, attribute, size, isLive(fileSystem, file)), size);
                    // A container may place its volumes elsewhere than is known here.
                    if (fileSystem.type() != FileSystemType.APFS || agree(fileSystem, attribute, bytes)) {
                        return bytes;
                    }
                }
                if ((flags & NOT_RESIDENT) == 0 && fileSystem.type() == FileSystemType.NTFS) {
                    Optional<RunBytes> resident = fileSystem
                            .records(image)
                            .flatMap(records -> records.content(fileSystem, file, address.metadata, attribute, size));
                    if (resident.isPresent()) {
                        return resident.get();
                    }
                }
                keep = true;
                return new LibraryBytes(fileSystem, file, attribute.pointer(), size);
            } finally {
                if (!keep) {
                    kit.fileClose(file);
                }
            }
        }
    }

    /** Says whether the library gives the same beginning as the image at the place where it should lie. */
    private static boolean agree(FileSystem fileSystem, Struct attribute, RunBytes bytes) {
        byte[] direct = new byte[(int) Math.min(bytes.size(), COMPARED)];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment target = arena.allocate(Math.max(1, direct.length));
            return bytes.read(0, direct, 0, direct.length) == direct.length
                    && fileSystem.kit().attrRead(attribute.pointer(), 0, target, direct.length) == direct.length
                    && Arrays.equals(target.asSlice(0, direct.length).toArray(ValueLayout.JAVA_BYTE), direct);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** For some file systems the library looks up each block of a file; of a size out of damage it would do so for hours. */
    private static long plausibleSize(FileSystem fileSystem, MemorySegment file) throws IOException {
        long size = new Struct(fileSystem.kit().layout(), Struct.Type.TSK_FS_FILE, file)
                .follow("meta", Struct.Type.TSK_FS_META)
                .map(metadata -> metadata.int64("file_size"))
                .orElse(0L);
        long most = Math.max(LEAST_BOUND, fileSystem.image().size() * MAX_TIMES_IMAGE);
        if (size < 0 || size > most) {
            throw new IOException("the file system gives a size of " + Long.toUnsignedString(size)
                    + " bytes; in this image, files of up to " + most + " are read");
        }
        return size;
    }

    private static Struct attribute(FileSystem fileSystem, MemorySegment file, Address address) throws IOException {
        Optional<Struct> found = attribute(fileSystem, file, attribute -> {
            int type = attribute.int32("type");
            return address.type == MAIN
                    ? type == DEFAULT_CONTENT || type == NTFS_DATA || type == HFS_DATA
                    : type == address.type && attribute.uint16("id") == address.id;
        });
        if (found.isEmpty()) {
            throw fileSystem.failed("the file has no such content any more");
        }
        return found.get();
    }

    /** Returns the first attribute of an opened file that is wanted. */
    static Optional<Struct> attribute(FileSystem fileSystem, MemorySegment file, Predicate<Struct> wanted) {
        SleuthKit kit = fileSystem.kit();
        int count = Math.min(FileSystem.MAX_STREAMS, kit.attrCount(file));
        for (int index = 0; index < count; index++) {
            MemorySegment pointer = kit.attrGet(file, index);
            if (!pointer.equals(MemorySegment.NULL)) {
                Struct attribute = new Struct(kit.layout(), Struct.Type.TSK_FS_ATTR, pointer);
                if (wanted.test(attribute)) {
                    return Optional.of(attribute);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the places of NTFS's table of files, whose own record is its first.
     *
     * @throws IOException where the library does not know them
     */
    static RunBytes tableOfFiles(FileSystem fileSystem, EvidenceBytes image) throws IOException {
        MemorySegment file = fileSystem.kit().fileOpen(fileSystem.pointer(), 0);
        if (file.equals(MemorySegment.NULL)) {
            throw fileSystem.failed("the table of files could not be read");
        }
        try {
            Struct attribute = attribute(fileSystem, file, Address.main(0));
            long size = attribute.int64("content_size");
            if (size < 0 || (attribute.int32("flags") & NOT_RESIDENT) == 0) {
                throw new IOException("the table of files has no places in the image");
            }
            return new RunBytes(image, runs(fileSystem, attribute, size, true), size);
        } finally {
            fileSystem.kit().fileClose(file);
        }
    }

    private static boolean isLive(FileSystem fileSystem, MemorySegment file) {
        return new Struct(fileSystem.kit().layout(), Struct.Type.TSK_FS_FILE, file)
                .follow("meta", Struct.Type.TSK_FS_META)
                .filter(metadata -> (metadata.int32("flags") & LIVE) != 0)
                .isPresent();
    }

    private static List<ByteRun> runs(FileSystem fileSystem, Struct attribute, long size, boolean live)
            throws IOException {
        long block = fileSystem.blockSize();
        long imageSize = fileSystem.image().size();
        long skipped = Integer.toUnsignedLong(attribute.int32("nrd.skiplen"));
        // Behind this, a file system has set no bytes yet, and gives zeros.
        long set =
                fileSystem.type() == FileSystemType.NTFS ? Math.clamp(attribute.int64("nrd.initsize"), 0, size) : size;
        // These file systems store nothing for a hole, and the library fills it in; elsewhere it fills in what it
        // misses.
        boolean hasHoles =
                live && (fileSystem.type() == FileSystemType.EXT || fileSystem.type() == FileSystemType.APFS);
        Content unstored = hasHoles ? Content.ZEROS : Content.LOST;
        RunList runs = new RunList(size, set, unstored);
        Optional<Struct> next = attribute.follow("nrd.run", Struct.Type.TSK_FS_ATTR_RUN);
        for (int count = 0; next.isPresent() && runs.wantsMore(); count++) {
            if (count >= MAX_RUNS) {
                throw new IOException("the file lies in more than " + MAX_RUNS + " pieces");
            }
            Struct run = next.get();
            long blocks = run.int64("len");
            long address = run.int64("addr");
            int flags = run.int32("flags");
            if (blocks < 0 || blocks > Long.MAX_VALUE / 2 / block) {
                throw new IOException("the file system gives a piece of " + Long.toUnsignedString(blocks) + " blocks");
            }
            Content content = (flags & FILLER) != 0 ? unstored : (flags & SPARSE) != 0 ? Content.ZEROS : Content.STORED;
            boolean inside = address >= 0 && address <= (imageSize - fileSystem.offset()) / block;
            if (content == Content.STORED && !inside) {
                content = Content.LOST;
            }
            long at = content == Content.STORED ? fileSystem.offset() + address * block : 0;
            long skip = Math.min(skipped, blocks * block);
            skipped -= skip;
            runs.add(at + (content == Content.STORED ? skip : 0), blocks * block - skip, content);
            next = run.follow("next", Struct.Type.TSK_FS_ATTR_RUN);
        }
        return runs.ended();
    }

    /** Puts the pieces of a content one behind the other, cut at its size, and joins neighbours. */
    private static final class RunList {
        private final long size;
        private final long set;
        private final Content unstored;
        private final List<ByteRun> runs = new ArrayList<>();
        private long end;

        RunList(long size, long set, Content unstored) {
            this.size = size;
            this.set = set;
            this.unstored = unstored;
        }

        boolean wantsMore() {
            return end < size;
        }

        void add(long imageOffset, long length, Content content) {
            long known = Math.min(length, Math.max(0, set - end));
            append(imageOffset, known, content);
            append(0, Math.min(length - known, size - end), Content.ZEROS);
        }

        List<ByteRun> ended() {
            append(0, Math.max(0, Math.min(size, set) - end), unstored);
            append(0, size - end, Content.ZEROS);
            return runs;
        }

        private void append(long imageOffset, long length, Content content) {
            if (length <= 0) {
                return;
            }
            if (!runs.isEmpty() && continues(runs.getLast(), imageOffset, content)) {
                ByteRun last = runs.removeLast();
                runs.add(new ByteRun(last.offset(), last.imageOffset(), last.length() + length, content));
            } else {
                runs.add(new ByteRun(end, imageOffset, length, content));
            }
            end += length;
        }

        private static boolean continues(ByteRun last, long imageOffset, Content content) {
            return last.content() == content
                    && (content != Content.STORED || last.imageOffset() + last.length() == imageOffset);
        }
    }
}
