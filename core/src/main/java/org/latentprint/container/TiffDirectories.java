package org.latentprint.container;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.ExifEntry.Directory;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Walks the directories of one TIFF or BigTIFF file, whose values may stand anywhere: only those that become blocks are read.
 * The two differ in the width of counts and offsets (four and eight bytes). Source: TIFF 6.0; for BigTIFF ExifTool
 * ({@code BigTIFF.pm}), and not verified against a file of a program; for Content Credentials c2pa-rs, {@code
 * sdk/src/asset_handlers/tiff_io.rs}.
 */
final class TiffDirectories {
    private static final int IMAGE_WIDTH = 0x0100;
    private static final int IMAGE_LENGTH = 0x0101;

    /** Tag of the C2PA manifest store. */
    private static final int C2PA = 0xCD41;

    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int DIRECTORY = 13;
    private static final int WIDE_LONG = 16;
    private static final int WIDE_SIGNED_LONG = 17;
    private static final int WIDE_DIRECTORY = 18;

    /** Directories of pictures whose tags are read: the first picture's, and the one behind it. */
    private static final int READ_PICTURES = 2;

    /** Those two, EXIF and GPS of each; more is a loop or damage. */
    private static final int MAX_DIRECTORIES = 8;

    /** TIFF and EXIF define some 300 tags. */
    private static final int MAX_ENTRIES = 1_000;

    private record Pending(long offset, Directory directory) {}

    private final ByteWindow window;
    private final String reader;
    private final boolean lowFirst;
    private final boolean big;
    private final BlockSink sink;
    private final ExifValues values;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private int pictures;
    private long width;
    private long height;
    private long firstStart;
    private long firstLength;
    private boolean damaged;

    TiffDirectories(ByteWindow window, String reader, boolean lowFirst, boolean big, BlockSink sink) {
        this.window = window;
        this.reader = reader;
        this.lowFirst = lowFirst;
        this.big = big;
        this.sink = sink;
        this.values = new ExifValues("tiff/exif", reader, Crc.NONE, sink, window.size());
    }

    /** Reads all directories from the one that the header names. */
    void read() throws IOException {
        pending.add(new Pending(big ? u64(8) : u32(4), Directory.IMAGE));
        Set<Long> seen = new HashSet<>();
        while (!pending.isEmpty()) {
            Pending next = pending.removeFirst();
            if (!seen.add(next.offset())) {
                problem(Category.MALFORMED, "TIFF directories run in a circle", next.offset());
            } else if (seen.size() > MAX_DIRECTORIES) {
                problem(
                        Category.LIMIT,
                        "more than " + MAX_DIRECTORIES + " directories; the rest was not read",
                        next.offset());
                return;
            } else {
                directory(next);
            }
        }
        if (!damaged) {
            // Of a file that is cut, the list would be another than that of the whole file.
            values.giveFigures(firstStart, firstLength);
        }
    }

    private void directory(Pending directory) throws IOException {
        long start = directory.offset();
        int countBytes = big ? 8 : 2;
        if (start < headerLength() || start > window.size() - countBytes) {
            problem(Category.MALFORMED, "a TIFF directory is said to stand at " + start + ", out of the file", 0);
            return;
        }
        boolean picture = directory.directory() == Directory.IMAGE || directory.directory() == Directory.THUMBNAIL;
        if (picture && ++pictures > READ_PICTURES) {
            problem(
                    Category.LIMIT,
                    "more than " + READ_PICTURES + " directories; the tags of the others were not read",
                    start);
            return;
        }
        long stated = big ? u64(start) : u16(start);
        long entries = start + countBytes;
        int entryLength = big ? 20 : 12;
        long room = (window.size() - entries) / entryLength;
        int count = (int) Math.min(stated < 0 ? Long.MAX_VALUE : stated, Math.min(MAX_ENTRIES, room));
        if (count != stated) {
            problem(
                    room < MAX_ENTRIES ? Category.MALFORMED : Category.LIMIT,
                    "a TIFF directory states " + Long.toUnsignedString(stated) + " entries; " + count + " are read",
                    start);
        }
        if (directory.directory() == Directory.IMAGE) {
            firstStart = start;
            firstLength = countBytes + (long) count * entryLength;
        }
        for (int i = 0; i < count; i++) {
            entry(directory.directory(), entries + (long) i * entryLength);
        }
        if (picture && count == stated) {
            link(entries + (long) count * entryLength);
        }
        if (directory.directory() == Directory.IMAGE
                && width > 0
                && height > 0
                && width <= Integer.MAX_VALUE
                && height <= Integer.MAX_VALUE) {
            sink.pixels((int) width, (int) height);
        }
    }

    private void link(long at) throws IOException {
        if (at + (big ? 8 : 4) <= window.size()) {
            long next = big ? u64(at) : u32(at);
            if (next >= headerLength() && next <= window.size() - 2) {
                pending.add(new Pending(next, Directory.THUMBNAIL));
            }
        }
    }

    private void entry(Directory directory, long at) throws IOException {
        int tag = u16(at);
        int type = u16(at + 2);
        long count = big ? u64(at + 4) : u32(at + 4);
        long valueAt = big ? at + 12 : at + 8;
        int size = sizeOf(type);
        if (size == 0) {
            problem(
                    Category.MALFORMED,
                    "TIFF tag " + ExifTags.nameOf(directory, tag) + " has the unknown field type " + type,
                    at);
            return;
        }
        if (directory == Directory.IMAGE) {
            switch (tag) {
                case IMAGE_WIDTH -> width = number(type, count, valueAt);
                case IMAGE_LENGTH -> height = number(type, count, valueAt);
                case ExifTags.EXIF_DIRECTORY -> {
                    pending.add(new Pending(number(type, count, valueAt), Directory.EXIF));
                    return;
                }
                case ExifTags.GPS_DIRECTORY -> {
                    pending.add(new Pending(number(type, count, valueAt), Directory.GPS));
                    return;
                }
                case C2PA -> {
                    store(type, count, big ? u64(valueAt) : u32(valueAt), at);
                    return;
                }
                default -> {}
            }
        }
        if (count == 0) {
            return;
        }
        boolean fits = count > 0 && count <= window.size() / size;
        boolean inline = fits && count * size <= (big ? 8 : 4);
        long offset = inline ? valueAt : big ? u64(valueAt) : u32(valueAt);
        ExifEntry entry = new ExifEntry(directory, tag, type, offset, fits ? count * size : Long.MAX_VALUE);
        boolean wanted = ExifValues.isWanted(entry);
        if (!wanted && ExifEntry.sizeOf(type) == 0) {
            return;
        }
        if (!fits || offset < 0 || offset > window.size() - entry.length()) {
            problem(
                    Category.MALFORMED,
                    "TIFF tag " + entry.name() + " states " + Long.toUnsignedString(count) + " values at "
                            + Long.toUnsignedString(offset) + "; the file has " + window.size() + " bytes",
                    at);
            return;
        }
        ByteOrder order = lowFirst ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        if (!wanted) {
            values.note(entry, window.bytes(offset, (int) Math.min(ExifFigures.HEAD, entry.length())), order);
        } else if (values.take(entry, at)) {
            byte[] value = window.bytes(offset, (int) entry.length());
            values.give(entry, value, offset, order, Optional.empty());
        }
    }

    /** Takes a manifest store: an entry of single bytes, which stand elsewhere in the file. */
    private void store(int type, long length, long offset, long at) {
        if ((type != ExifEntry.BYTE && type != ExifEntry.UNDEFINED) || length <= (big ? 8 : 4)) {
            problem(Category.MALFORMED, "the tag of Content Credentials has no bytes", at);
        } else if (length < 0 || offset < 0 || length > window.size() || offset > window.size() - length) {
            problem(
                    Category.MALFORMED,
                    "Content Credentials are said to have " + Long.toUnsignedString(length) + " bytes at "
                            + Long.toUnsignedString(offset) + "; the file has " + window.size(),
                    at);
        } else {
            sink.block("tiff/c2pa", "", offset, length, Crc.NONE, Optional.empty());
            sink.manifestStore(List.of(new ByteRange(offset, length)));
        }
    }

    /** Returns an entry's single number; 0 where it holds something else. */
    private long number(int type, long count, long at) throws IOException {
        if (count != 1) {
            return 0;
        }
        return switch (type) {
            case SHORT -> u16(at);
            case LONG, DIRECTORY -> u32(at);
            case WIDE_LONG, WIDE_DIRECTORY -> big ? u64(at) : 0;
            default -> 0;
        };
    }

    private int sizeOf(int type) {
        boolean wide = type == WIDE_LONG || type == WIDE_SIGNED_LONG || type == WIDE_DIRECTORY;
        return big && wide ? 8 : ExifEntry.sizeOf(type);
    }

    private int headerLength() {
        return big ? 16 : 8;
    }

    private int u16(long offset) throws IOException {
        int number = window.u16(offset);
        return lowFirst ? Short.toUnsignedInt(Short.reverseBytes((short) number)) : number;
    }

    private long u32(long offset) throws IOException {
        return lowFirst ? window.u32LowFirst(offset) : window.u32(offset);
    }

    /** Returns eight bytes as a number; negative where it exceeds 63 bits, which no file can have. */
    private long u64(long offset) throws IOException {
        long number = window.u64(offset);
        return lowFirst ? Long.reverseBytes(number) : number;
    }

    private void problem(Category category, String message, long offset) {
        damaged = true;
        sink.problem(Problem.at(category, reader, message, Math.max(0, offset)));
    }
}
