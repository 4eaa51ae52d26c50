package org.latentprint.evidence.image.sleuthkit;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latentprint.evidence.ByteRun;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.RunBytes;

/**
 * Says where the image has the small contents that NTFS keeps inside the records of its table of files, the {@code $MFT}. What
 * is said was read from the image at those places, and was the same as what the library gives; where it is not, nothing is
 * said.
 *
 * <p>Source: The Sleuth Kit, {@code tsk/fs/tsk_ntfs.h} (boot sector, record, attribute, attribute list).
 */
final class NtfsRecords {
    /** Windows makes records of 1,024 or 4,096 bytes. */
    private static final int MAX_RECORD = 64 << 10;

    /** NTFS itself allows no longer list of attributes. */
    private static final int MAX_LIST = 256 << 10;

    /** A file in many pieces has some dozens of records. */
    private static final int MAX_RECORDS = 256;

    /** The table is kept in a few pieces; they are gone through for each content. */
    private static final int MAX_TABLE_RUNS = 10_000;

    /** Place of the record's size in the boot sector. */
    private static final int BOOT_RECORD_SIZE = 64;

    private static final int LEAST_RECORD = 64;
    private static final int LEAST_LIST_ENTRY = 26;
    private static final int ATTRIBUTE_LIST = 32;
    private static final long RECORD_NUMBER = 0xFFFF_FFFF_FFFFL;

    private final EvidenceBytes image;
    private final RunBytes table;
    private final int recordSize;

    private NtfsRecords(EvidenceBytes image, RunBytes table, int recordSize) {
        this.image = image;
        this.table = table;
        this.recordSize = recordSize;
    }

    /**
     * Makes the records of a file system.
     *
     * @param image bytes of the image
     * @return empty where the boot sector gives no size that a record can have, or the table lies in too many pieces
     * @throws IOException where the boot sector or the places of the table cannot be read
     */
    static Optional<NtfsRecords> of(FileSystem fileSystem, EvidenceBytes image) throws IOException {
        RunBytes table = FileContent.tableOfFiles(fileSystem, image);
        // Above 0 it is a number of clusters, below it is a power of two.
        int said = image.readExactly(fileSystem.offset() + BOOT_RECORD_SIZE, 1)[0];
        long size = said > 0 ? said * fileSystem.blockSize() : said > -Integer.SIZE + 1 ? 1L << -said : 0;
        return size >= LEAST_RECORD && size <= MAX_RECORD && table.runs().size() <= MAX_TABLE_RUNS
                ? Optional.of(new NtfsRecords(image, table, (int) size))
                : Optional.empty();
    }

    /**
     * Returns a resident content as the image has it.
     *
     * @param file that the library has opened
     * @param address of the file's metadata
     * @param attribute the content as the library knows it
     * @param size of it in bytes
     * @return empty where its place is not known for sure
     */
    Optional<RunBytes> content(FileSystem fileSystem, MemorySegment file, long address, Struct attribute, long size) {
        if (size <= 0 || size > recordSize) {
            return Optional.empty();
        }
        byte[] expected = given(fileSystem, attribute, (int) size);
        if (expected.length != size) {
            return Optional.empty();
        }
        Optional<String> name = FileSystem.streamName(attribute).map(text -> new String(text, StandardCharsets.UTF_8));
        for (long number : numbers(fileSystem, file, address)) {
            Optional<RunBytes> found = record(number, address)
                    .map(record -> places(number, record.places(attribute.int32("type"), name, expected.length)))
                    .filter(runs -> !runs.isEmpty())
                    .map(runs -> new RunBytes(image, runs, size))
                    .filter(bytes -> gives(bytes, expected));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean gives(RunBytes bytes, byte[] expected) {
        try {
            return Arrays.equals(bytes.readExactly(0, expected.length), expected);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Returns the numbers of the records that may hold a file's contents: its own, and those that its list names. */
    private static Set<Long> numbers(FileSystem fileSystem, MemorySegment file, long address) {
        Set<Long> numbers = new LinkedHashSet<>();
        numbers.add(address);
        Optional<Struct> list =
                FileContent.attribute(fileSystem, file, attribute -> attribute.int32("type") == ATTRIBUTE_LIST);
        if (list.isEmpty()) {
            return numbers;
        }
        byte[] bytes = given(fileSystem, list.get(), Math.clamp(list.get().int64("content_size"), 0, MAX_LIST));
        ByteBuffer entries = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at + LEAST_LIST_ENTRY <= bytes.length && numbers.size() < MAX_RECORDS; ) {
            int length = Short.toUnsignedInt(entries.getShort(at + 4));
            if (length < LEAST_LIST_ENTRY) {
                break;
            }
            numbers.add(entries.getLong(at + 16) & RECORD_NUMBER);
            at += length;
        }
        return numbers;
    }

    /** Returns what the library gives of an attribute, or nothing where it does not give all of it. */
    private static byte[] given(FileSystem fileSystem, Struct attribute, int size) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment target = arena.allocate(Math.max(1, size));
            if (fileSystem.kit().attrRead(attribute.pointer(), 0, target, size) != size) {
                fileSystem.kit().takeError();
                return new byte[0];
            }
            return target.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /** Returns a record of the file; empty where it is another's, or cannot be read: the library may still have it. */
    private Optional<NtfsRecord> record(long number, long base) {
        if (number < 0 || number >= table.size() / recordSize) {
            return Optional.empty();
        }
        try {
            return NtfsRecord.of(table.readExactly(number * recordSize, recordSize))
                    .filter(record -> number == base || record.base() == base);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Brings places within a record to where the image has them. */
    private List<ByteRun> places(long number, List<NtfsRecord.Place> places) {
        List<ByteRun> runs = new ArrayList<>();
        long end = 0;
        for (NtfsRecord.Place place : places) {
            long from = number * recordSize + place.offset();
            long to = from + place.length();
            for (ByteRun run : table.runs()) {
                long start = Math.max(from, run.offset());
                long length = Math.min(to, run.end()) - start;
                if (length > 0 && run.content() == ByteRun.Content.STORED) {
                    runs.add(new ByteRun(
                            end, run.imageOffset() + (start - run.offset()), length, ByteRun.Content.STORED));
                    end += length;
                }
            }
        }
        return runs;
    }
}
