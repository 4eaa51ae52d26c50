package org.latentprint.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import org.latentprint.container.ExifEntry.Directory;

/**
 * Lists the entries of an EXIF block, which is a TIFF file: directories of twelve-byte entries, chained and nested by
 * offsets. Source: TIFF 6.0 and EXIF 2.32.
 */
final class ExifDirectories {
    private static final int HEADER_LENGTH = 8;
    private static final int ENTRY_LENGTH = 12;
    private static final int TIFF = 42;
    /** Programs put {@code Exif} and two zeros before the header, also where the format has none, and also twice. */
    private static final int SEARCH_HEADER = 16;
    /** The picture's, the thumbnail's, EXIF and GPS of each; more is a loop or damage. */
    private static final int MAX_DIRECTORIES = 8;
    /** EXIF defines some 150 tags. */
    private static final int MAX_ENTRIES = 1000;

    private record Pending(long offset, Directory directory) {}

    private final byte[] block;
    private final int base;
    private final ByteBuffer buffer;
    private final ObjIntConsumer<String> malformed;
    private final List<ExifEntry> entries = new ArrayList<>();
    private final Deque<Pending> pending = new ArrayDeque<>();

    private ExifDirectories(byte[] block, int base, ByteOrder order, ObjIntConsumer<String> malformed) {
        this.block = block;
        this.base = base;
        this.buffer = ByteBuffer.wrap(block).order(order);
        this.malformed = malformed;
    }

    /**
     * Finds the TIFF header.
     *
     * @param malformed takes what is wrong and where in the block
     * @return empty where there is no header
     */
    static Optional<ExifDirectories> of(byte[] block, ObjIntConsumer<String> malformed) {
        for (int at = 0; at <= Math.min(SEARCH_HEADER, block.length - HEADER_LENGTH); at++) {
            Optional<ByteOrder> order = order(block[at], block[at + 1]);
            if (order.isPresent() && ByteBuffer.wrap(block).order(order.get()).getShort(at + 2) == TIFF) {
                return Optional.of(new ExifDirectories(block, at, order.get(), malformed));
            }
        }
        return Optional.empty();
    }

    private static Optional<ByteOrder> order(byte first, byte second) {
        if (first != second) {
            return Optional.empty();
        }
        return switch (first) {
            case 'I' -> Optional.of(ByteOrder.LITTLE_ENDIAN);
            case 'M' -> Optional.of(ByteOrder.BIG_ENDIAN);
            default -> Optional.empty();
        };
    }

    ByteOrder order() {
        return buffer.order();
    }

    /** Returns all entries, directory by directory; their offsets count from the start of the block. */
    List<ExifEntry> entries() {
        pending.add(new Pending(Integer.toUnsignedLong(buffer.getInt(base + 4)), Directory.IMAGE));
        Set<Long> seen = new HashSet<>();
        while (!pending.isEmpty()) {
            Pending next = pending.removeFirst();
            if (!seen.add(next.offset()) || seen.size() > MAX_DIRECTORIES) {
                malformed.accept("EXIF directories run in a circle", base);
                break;
            }
            readDirectory(next);
        }
        return entries;
    }

    private void readDirectory(Pending directory) {
        long start = base + directory.offset();
        if (directory.offset() < HEADER_LENGTH || start + 2 > block.length) {
            malformed.accept(
                    "an EXIF directory is said to stand at " + directory.offset() + ", out of its block", base);
            return;
        }
        int at = (int) start;
        int stated = Short.toUnsignedInt(buffer.getShort(at));
        int count = Math.min(stated, Math.min(MAX_ENTRIES, (block.length - at - 2) / ENTRY_LENGTH));
        if (count < stated) {
            malformed.accept("an EXIF directory states " + stated + " entries; " + count + " can be read", at);
        }
        for (int i = 0; i < count; i++) {
            readEntry(directory.directory(), at + 2 + i * ENTRY_LENGTH);
        }
        int nextAt = at + 2 + count * ENTRY_LENGTH;
        if (directory.directory() == Directory.IMAGE && count == stated && nextAt + 4 <= block.length) {
            long next = Integer.toUnsignedLong(buffer.getInt(nextAt));
            // Some writers leave the link out and begin with the values here; what is no place in the block is no link.
            if (next >= HEADER_LENGTH && base + next + 2 <= block.length) {
                pending.add(new Pending(next, Directory.THUMBNAIL));
            }
        }
    }

    private void readEntry(Directory directory, int at) {
        int tag = Short.toUnsignedInt(buffer.getShort(at));
        int type = Short.toUnsignedInt(buffer.getShort(at + 2));
        long length = Integer.toUnsignedLong(buffer.getInt(at + 4)) * ExifEntry.sizeOf(type);
        long value = Integer.toUnsignedLong(buffer.getInt(at + 8));
        if (directory == Directory.IMAGE && tag == ExifTags.EXIF_DIRECTORY) {
            pending.add(new Pending(value, Directory.EXIF));
        } else if (directory == Directory.IMAGE && tag == ExifTags.GPS_DIRECTORY) {
            pending.add(new Pending(value, Directory.GPS));
        } else if (ExifEntry.sizeOf(type) == 0) {
            malformed.accept("EXIF tag " + ExifTags.nameOf(directory, tag) + " has the unknown field type " + type, at);
        } else if (length > 0) {
            long offset = length <= ExifEntry.INLINE ? at + 8 : base + value;
            entries.add(new ExifEntry(directory, tag, type, offset, length));
        }
    }
}
