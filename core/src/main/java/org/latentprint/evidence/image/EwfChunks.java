package org.latentprint.evidence.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.latentprint.evidence.EvidenceBytes;

/**
 * Where the chunks of an image of the Expert Witness format lie, by the tables in its files. Made only of images whose tables
 * are plain: all of their checksums are right, they list as many chunks as the disk has, and these follow each other in front
 * of their table. Everything else is left to the library.
 *
 * <p>Source: libyal/libewf, {@code documentation/Expert Witness Compression Format (EWF).asciidoc}, table and sectors section.
 */
final class EwfChunks {
    /** Imaging programs offer chunks of up to 32,768 sectors. */
    static final int MAX_CHUNK = 16 << 20;

    /** 4,194,304 chunks, 128 GiB of a disk in chunks of 32 KiB; libewf begins a new table after 65,534 of them. */
    private static final int MAX_TABLE = 16 << 20;

    private static final int ENTRY = Integer.BYTES;
    private static final int OFFSET = 0x7fff_ffff;
    private static final int WINDOW = 1_024;
    private static final Set<String> KNOWN = Set.of(
            "header",
            "header2",
            "xheader",
            "volume",
            "disk",
            "data",
            "sectors",
            "table",
            "table2",
            "digest",
            "hash",
            "xhash",
            "error2",
            "session",
            EwfSections.FOLLOWED,
            EwfSections.DONE);

    private final long size;
    private final int chunkSize;
    private final NavigableMap<Long, Table> tables;

    /**
     * One table.
     *
     * @param bytes of the file that it lies in
     * @param first number of the first chunk that it lists
     * @param count of chunks
     * @param entries where its entries begin in the file
     * @param base to which their offsets are added
     * @param end of its last chunk in the file
     */
    private record Table(EvidenceBytes bytes, long first, int count, long entries, long base, long end) {}

    /**
     * Where a chunk lies.
     *
     * @param bytes of the file that it lies in
     * @param offset within that
     * @param length as it is stored, in bytes
     */
    record Place(EvidenceBytes bytes, long offset, long length, boolean compressed) {}

    /** Some entries of a table, kept by a thread that reads, since it will want the next one. */
    static final class Window {
        private Optional<Table> table = Optional.empty();
        private int first;
        private int[] entries = {};
    }

    private EwfChunks(long size, int chunkSize, NavigableMap<Long, Table> tables) {
        this.size = size;
        this.chunkSize = chunkSize;
        this.tables = tables;
    }

    /**
     * Looks at the tables of an image.
     *
     * @param size of the disk, in bytes
     * @param chunkSize in bytes
     * @return empty where they are not plain
     */
    static Optional<EwfChunks> of(EwfSegments segments, long size, long chunkSize) throws IOException {
        if (size <= 0
                || chunkSize <= 0
                || chunkSize > MAX_CHUNK
                || segments.missing().isPresent()) {
            return Optional.empty();
        }
        NavigableMap<Long, Table> tables = new TreeMap<>();
        long wanted = chunks(size, chunkSize);
        long chunks = 0;
        for (EwfSegments.Segment segment : segments.list()) {
            List<EwfSections.Section> sections =
                    segment.sections().map(EwfSections::list).orElse(List.of());
            if (!sections.stream().allMatch(section -> KNOWN.contains(section.type()))) {
                return Optional.empty();
            }
            for (int index = 1; index < sections.size(); index++) {
                if (sections.get(index).type().equals("table")) {
                    Optional<Table> table =
                            table(segment.bytes(), sections.get(index - 1), sections.get(index), chunks);
                    // More chunks than the disk has would be read in vain.
                    if (table.isEmpty() || table.get().count > wanted - chunks) {
                        return Optional.empty();
                    }
                    tables.put(chunks, table.get());
                    chunks += table.get().count;
                }
            }
        }
        return chunks == wanted ? Optional.of(new EwfChunks(size, (int) chunkSize, tables)) : Optional.empty();
    }

    private static Optional<Table> table(
            EvidenceBytes bytes, EwfSections.Section chunks, EwfSections.Section section, long first)
            throws IOException {
        long entriesBytes = section.end() - section.data() - EwfSections.TABLE;
        if (!chunks.type().equals("sectors") || entriesBytes <= ENTRY || entriesBytes > MAX_TABLE) {
            return Optional.empty();
        }
        ByteBuffer header = EwfSections.littleEndian(bytes.readExactly(section.data(), EwfSections.TABLE));
        int count = header.getInt(0);
        byte[] entries = bytes.readExactly(section.data() + EwfSections.TABLE, (int) entriesBytes);
        Table table = new Table(
                bytes, first, count, section.data() + EwfSections.TABLE, header.getLong(8), section.position());
        return count > 0
                        && entriesBytes == (count + 1L) * ENTRY
                        && EwfSections.sumIsRight(entries)
                        && followEachOther(entries, table, chunks.data())
                ? Optional.of(table)
                : Optional.empty();
    }

    private static boolean followEachOther(byte[] entries, Table table, long from) {
        ByteBuffer offsets = EwfSections.littleEndian(entries);
        if (table.base < 0 || table.base > table.end) {
            return false;
        }
        long before = from - 1;
        for (int index = 0; index < table.count; index++) {
            long at = table.base + (offsets.getInt(index * ENTRY) & OFFSET);
            if (at <= before) {
                return false;
            }
            before = at;
        }
        return before < table.end;
    }

    int chunkSize() {
        return chunkSize;
    }

    /** Returns how many bytes of the disk a chunk holds. */
    int length(long chunk) {
        return (int) Math.min(chunkSize, size - chunk * chunkSize);
    }

    /** Returns how many chunks the disk has. */
    long count() {
        return chunks(size, chunkSize);
    }

    private static long chunks(long size, long chunkSize) {
        return (size - 1) / chunkSize + 1;
    }

    /**
     * Returns where a chunk lies.
     *
     * @param window of the thread that asks, which is moved to the chunk
     */
    Place place(long chunk, Window window) throws IOException {
        Table table = tables.floorEntry(chunk).getValue();
        int index = (int) (chunk - table.first);
        boolean there = window.table.filter(table::equals).isPresent()
                && index >= window.first
                && index - window.first < window.entries.length - 1;
        if (!there) {
            move(window, table, index);
        }
        int entry = window.entries[index - window.first];
        long begin = table.base + (entry & OFFSET);
        long end =
                index == table.count - 1 ? table.end : table.base + (window.entries[index - window.first + 1] & OFFSET);
        return new Place(table.bytes, begin, end - begin, entry < 0);
    }

    /** Reads entries from one on; behind the last one stands the checksum over them, which is not looked at. */
    private static void move(Window window, Table table, int index) throws IOException {
        int wanted = Math.min(WINDOW, table.count - index) + 1;
        int[] entries = new int[wanted];
        EwfSections.littleEndian(table.bytes.readExactly(table.entries + (long) index * ENTRY, wanted * ENTRY))
                .asIntBuffer()
                .get(entries);
        window.table = Optional.of(table);
        window.first = index;
        window.entries = entries;
    }
}
