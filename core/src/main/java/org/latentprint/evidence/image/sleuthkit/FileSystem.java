package org.latentprint.evidence.image.sleuthkit;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.MemberPath;

/** A file system of an image. Used by one thread at a time, as its image is. */
public final class FileSystem implements AutoCloseable {
    /** More names than any honest folder has; the library holds a folder's names in memory. */
    public static final int MAX_ENTRIES = 2_000_000;

    /** A file has a handful of streams; NTFS keeps their list in records of limited size. */
    public static final int MAX_STREAMS = 4_096;

    /** The longest name of a file system has 255 characters of four bytes. */
    private static final int MAX_NAME = 4_096;
    /** Paths of Unix systems end at 4,096 bytes; targets of NTFS are longer. */
    private static final int MAX_TARGET = 65_536;

    /** A folder of a million files on a slow disk takes minutes; the search for orphans reads the whole volume's tables. */
    static final Duration TIME = Duration.ofMinutes(30);

    private static final int LIVE = 1;
    private static final int USED = 4;
    private static final int DEFAULT_CONTENT = 1;
    private static final int NTFS_DATA = 128;
    private static final int HFS_DATA = 4352;
    private static final int HFS_RESOURCE_FORK = 4353;

    private final SleuthKitImage image;
    private final SleuthKit kit;
    private final Struct info;
    private final FileSystemType type;
    private Optional<NtfsRecords> records = Optional.empty();
    private boolean soughtRecords;

    private FileSystem(SleuthKitImage image, MemorySegment pointer) {
        this.image = image;
        this.kit = image.kit();
        this.info = new Struct(kit.layout(), Struct.Type.TSK_FS_INFO, pointer);
        this.type = FileSystemType.of(info.int32("ftype"));
    }

    /**
     * Opens the file system that begins at a byte of the image.
     *
     * @return empty where there is none that the library knows
     */
    public static Optional<FileSystem> open(SleuthKitImage image, long offset) {
        return open(image, image.pointer(), offset);
    }

    /** Opens one in an image that the library itself makes, such as that of a volume in a container. */
    static Optional<FileSystem> open(SleuthKitImage image, MemorySegment inside, long offset) {
        image.allow(TIME);
        MemorySegment pointer = image.kit().fsOpen(inside, offset, 0);
        if (pointer.equals(MemorySegment.NULL)) {
            image.kit().takeError();
            return Optional.empty();
        }
        return Optional.of(new FileSystem(image, pointer));
    }

    /** Returns what kind it is. */
    public FileSystemType type() {
        return type;
    }

    /** Returns the library's word for it, such as {@code ntfs}. */
    public String typeName() {
        return kit.typeName(info.int32("ftype"));
    }

    /** Returns the address of the topmost folder. */
    public long root() {
        return info.int64("root_inum");
    }

    long offset() {
        return info.int64("offset");
    }

    /** Returns the size of its blocks in bytes, at least 1. */
    long blockSize() {
        return Math.max(1, Integer.toUnsignedLong(info.int32("block_size")));
    }

    /** Returns how many bytes of the file system would lie behind the end of the image; 0 where none do. */
    public long bytesBehindTheImage() {
        long blocks = Math.max(0, info.int64("last_block") - Math.max(0, info.int64("last_block_act")));
        return blocks > Long.MAX_VALUE / blockSize() ? Long.MAX_VALUE : blocks * blockSize();
    }

    /**
     * Says whether the file system has room for as many files as it claims. The search for orphans goes through all that are
     * claimed.
     */
    public boolean hasRoomForItsFiles() {
        long room = (image.size() - offset()) / type.leastMetadata();
        return info.int64("last_inum") >= 0 && info.int64("last_inum") <= room + 64;
    }

    SleuthKitImage image() {
        return image;
    }

    /**
     * Lists a folder: its names, each with its metadata, without {@code .} and {@code ..}.
     *
     * @param address of the folder's metadata
     * @return in the file system's order
     * @throws IOException where it cannot be listed, or only a part of it
     */
    public List<Entry> list(long address) throws IOException {
        image.allow(TIME);
        MemorySegment folder = kit.dirOpen(info.pointer(), address);
        if (folder.equals(MemorySegment.NULL)) {
            throw failed("the folder could not be listed");
        }
        try {
            long size = kit.dirSize(folder);
            if (size > MAX_ENTRIES) {
                throw new IOException("the folder has " + size + " names; " + MAX_ENTRIES + " are listed at most");
            }
            List<Entry> entries = new ArrayList<>();
            for (long index = 0; index < size; index++) {
                MemorySegment file = kit.dirGet(folder, index);
                if (file.equals(MemorySegment.NULL)) {
                    kit.takeError();
                    continue;
                }
                try {
                    entry(new Struct(kit.layout(), Struct.Type.TSK_FS_FILE, file))
                            .ifPresent(entries::add);
                } finally {
                    kit.fileClose(file);
                }
            }
            if (image.failure().isPresent()) {
                throw failed("only a part of the folder could be listed");
            }
            return entries;
        } finally {
            kit.dirClose(folder);
        }
    }

    private Optional<Entry> entry(Struct file) {
        Optional<Struct> name = file.follow("name", Struct.Type.TSK_FS_NAME);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        byte[] text = name.get().text("name", Math.clamp(name.get().int64("name_size"), 0, MAX_NAME));
        boolean dots = text.length > 0 && text.length <= 2 && text[0] == '.' && text[text.length - 1] == '.';
        if (dots) {
            return Optional.empty();
        }
        Optional<Struct> meta = file.follow("meta", Struct.Type.TSK_FS_META);
        boolean live = (name.get().int32("flags") & LIVE) != 0;
        if (meta.isEmpty() && !live && name.get().int64("meta_addr") != 0) {
            return deleted(text, name.get());
        }
        return Optional.of(entry(text, live, name.get(), file, meta));
    }

    /**
     * NTFS counts a record's number of use up when its file is deleted, and the library then takes the record for another
     * file's. It is this file's while it is free and counted up by one.
     */
    private Optional<Entry> deleted(byte[] text, Struct name) {
        MemorySegment pointer = kit.fileOpen(info.pointer(), name.int64("meta_addr"));
        if (pointer.equals(MemorySegment.NULL)) {
            kit.takeError();
            return Optional.of(entry(text, false, name, name, Optional.empty()));
        }
        try {
            Struct file = new Struct(kit.layout(), Struct.Type.TSK_FS_FILE, pointer);
            int use = name.int32("meta_seq");
            Optional<Struct> meta = file.follow("meta", Struct.Type.TSK_FS_META)
                    .filter(found -> (found.int32("flags") & LIVE) == 0)
                    .filter(found -> found.int32("seq") == use || found.int32("seq") == use + 1);
            return Optional.of(entry(text, false, name, file, meta));
        } finally {
            kit.fileClose(pointer);
        }
    }

    private Entry entry(byte[] text, boolean live, Struct name, Struct file, Optional<Struct> meta) {
        Entry.Kind kind = kindOfName(name.int32("type"));
        if (meta.isPresent()) {
            Entry.Kind byMetadata = kindOfMetadata(meta.get().int32("type"));
            kind = byMetadata == Entry.Kind.UNKNOWN ? kind : byMetadata;
        }
        boolean content = kind == Entry.Kind.FILE || kind == Entry.Kind.UNKNOWN;
        List<Entry.Stream> streams = content && type.hasStreams() && meta.isPresent() ? streams(file) : List.of();
        return new Entry(
                MemberPath.single(text),
                kind,
                live,
                name.int64("meta_addr"),
                meta.map(found -> metadata(found, streams)));
    }

    private Entry.Metadata metadata(Struct meta, List<Entry.Stream> streams) {
        int flags = meta.int32("flags");
        byte[] target = meta.text("link", MAX_TARGET);
        long size = streams.stream()
                .filter(stream -> stream.name().isEmpty())
                .mapToLong(Entry.Stream::size)
                .findFirst()
                .orElseGet(() -> streams.isEmpty() ? meta.int64("file_size") : 0);
        return new Entry.Metadata(
                (flags & LIVE) != 0,
                (flags & USED) != 0,
                Math.max(0, meta.int32("nlink")),
                Math.max(0, size),
                FileTimes.of(meta, type),
                target.length == 0 ? Optional.empty() : Optional.of(MemberPath.name(target)),
                streams);
    }

    private List<Entry.Stream> streams(Struct file) {
        List<Entry.Stream> streams = new ArrayList<>();
        int count = Math.min(MAX_STREAMS, kit.attrCount(file.pointer()));
        for (int index = 0; index < count; index++) {
            MemorySegment attribute = kit.attrGet(file.pointer(), index);
            if (attribute.equals(MemorySegment.NULL)) {
                kit.takeError();
                continue;
            }
            Struct found = new Struct(kit.layout(), Struct.Type.TSK_FS_ATTR, attribute);
            int sort = found.int32("type");
            if (sort == NTFS_DATA || sort == HFS_DATA || sort == HFS_RESOURCE_FORK || sort == DEFAULT_CONTENT) {
                Optional<byte[]> name = streamName(found);
                Entry.Stream stream = new Entry.Stream(
                        sort,
                        found.uint16("id"),
                        name.map(MemberPath::single),
                        Math.max(0, found.int64("content_size")));
                streams.add(name.isEmpty() ? 0 : streams.size(), stream);
            }
        }
        return streams;
    }

    /** Returns the name of a content in UTF-8; empty where it is the main one. */
    static Optional<byte[]> streamName(Struct attribute) {
        int sort = attribute.int32("type");
        byte[] name = attribute.text("name", Math.clamp(attribute.int64("name_size"), 0, MAX_NAME));
        boolean main = sort == HFS_DATA || sort == DEFAULT_CONTENT || name.length == 0 || isDefaultName(name);
        return main ? Optional.empty() : Optional.of(name);
    }

    /** The library gives NTFS's nameless content this name. */
    private static boolean isDefaultName(byte[] name) {
        String text = new String(name, StandardCharsets.ISO_8859_1);
        return text.equals("N/A") || text.equals("$Data");
    }

    /** By {@code TSK_FS_NAME_TYPE_ENUM}. */
    private static Entry.Kind kindOfName(int number) {
        return switch (number) {
            case 1, 2, 4, 7, 8, 9 -> Entry.Kind.SPECIAL;
            case 3 -> Entry.Kind.FOLDER;
            case 5 -> Entry.Kind.FILE;
            case 6 -> Entry.Kind.LINK;
            case 10 -> Entry.Kind.VIRTUAL;
            case 11 -> Entry.Kind.ORPHANS;
            default -> Entry.Kind.UNKNOWN;
        };
    }

    /** By {@code TSK_FS_META_TYPE_ENUM}. */
    private static Entry.Kind kindOfMetadata(int number) {
        return switch (number) {
            case 1 -> Entry.Kind.FILE;
            case 2 -> Entry.Kind.FOLDER;
            case 3, 4, 5, 7, 8, 9 -> Entry.Kind.SPECIAL;
            case 6 -> Entry.Kind.LINK;
            case 10 -> Entry.Kind.VIRTUAL;
            case 11 -> Entry.Kind.ORPHANS;
            default -> Entry.Kind.UNKNOWN;
        };
    }

    /** Takes ranges of the image, in bytes. */
    @FunctionalInterface
    public interface RangeSink {
        void add(long offset, long length);
    }

    /**
     * Lists the space that no file holds, block by block, neighbouring blocks joined.
     *
     * @throws IOException where the tables that say so cannot be read to their end; what was given until then is right
     */
    public void unallocated(RangeSink sink) throws IOException {
        image.allow(TIME);
        UnallocatedBlocks blocks = new UnallocatedBlocks(this, sink);
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle target = MethodHandles.lookup()
                    .findVirtual(
                            UnallocatedBlocks.class,
                            "add",
                            MethodType.methodType(int.class, MemorySegment.class, MemorySegment.class))
                    .bindTo(blocks);
            MemorySegment callback = kit.upcall(target, FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS), arena);
            boolean done = kit.blockWalk(
                    info.pointer(),
                    info.int64("first_block"),
                    info.int64("last_block_act"),
                    UnallocatedBlocks.FLAGS,
                    callback);
            blocks.end();
            if (!done) {
                throw failed("the space that no file holds could not be listed to its end");
            }
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("a method of this package", impossible);
        }
    }

    IOException failed(String what) {
        String said = kit.takeError();
        return new IOException(what + ": " + image.failure().orElse("The Sleuth Kit says: " + said));
    }

    /**
     * Returns NTFS's records as the image has them.
     *
     * @param bytes of the image, the same each time
     * @return empty where their places are not known
     */
    Optional<NtfsRecords> records(EvidenceBytes bytes) {
        if (!soughtRecords) {
            soughtRecords = true;
            try {
                records = NtfsRecords.of(this, bytes);
            } catch (IOException unreadable) {
                // The library found the table when it opened the file system, and gives the contents.
                records = Optional.empty();
            }
        }
        return records;
    }

    SleuthKit kit() {
        return kit;
    }

    MemorySegment pointer() {
        return info.pointer();
    }

    @Override
    public void close() {
        kit.fsClose(info.pointer());
    }
}
