package org.latentprint.evidence.image.sleuthkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One record of NTFS's table of files, as it is stored. NTFS puts a check number over the last two bytes of each 512 bytes of a
 * record when it writes it, and keeps the two bytes themselves in an array near the record's beginning.
 *
 * <p>Source: The Sleuth Kit, {@code tsk/fs/tsk_ntfs.h} ({@code ntfs_mft}, {@code ntfs_upd}, {@code ntfs_attr}).
 */
final class NtfsRecord {
    /** The check numbers stand at this distance on disks of every kind. */
    private static final int STRIDE = 512;

    private static final int CHECK = 2;
    private static final byte[] MAGIC = "FILE".getBytes(StandardCharsets.US_ASCII);
    private static final int LEAST_HEADER = 42;
    private static final int LEAST_ATTRIBUTE = 24;
    private static final int LAST = -1;
    private static final long RECORD_NUMBER = 0xFFFF_FFFF_FFFFL;

    /** The record with its check numbers replaced, as NTFS uses it. */
    private final ByteBuffer whole;

    private final int array;

    private NtfsRecord(ByteBuffer whole, int array) {
        this.whole = whole;
        this.array = array;
    }

    /** A piece of the record as it is stored. */
    record Place(int offset, int length) {}

    /**
     * Reads a record.
     *
     * @param stored its bytes in the image
     * @return empty where it is none, or its check numbers do not hold
     */
    static Optional<NtfsRecord> of(byte[] stored) {
        if (stored.length < LEAST_HEADER || !Arrays.equals(stored, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return Optional.empty();
        }
        ByteBuffer whole = ByteBuffer.wrap(stored.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int array = uint16(whole, 4);
        int strides = uint16(whole, 6) - 1;
        if (strides != stored.length / STRIDE || array + (strides + 1) * CHECK > STRIDE - CHECK) {
            return Optional.empty();
        }
        short check = whole.getShort(array);
        for (int stride = 1; stride <= strides; stride++) {
            int at = stride * STRIDE - CHECK;
            if (whole.getShort(at) != check) {
                return Optional.empty();
            }
            whole.putShort(at, whole.getShort(array + stride * CHECK));
        }
        return Optional.of(new NtfsRecord(whole, array));
    }

    /** Returns the number of the record that this one continues; 0 where it continues none. */
    long base() {
        return whole.getLong(32) & RECORD_NUMBER;
    }

    /**
     * Finds a content that the record holds itself.
     *
     * @param type of the attribute
     * @param name of it; empty for one without
     * @param size of the content in bytes
     * @return its pieces in order, where the stored record has them; empty where there is no such content
     */
    List<Place> places(int type, Optional<String> name, int size) {
        int end = whole.capacity();
        for (int at = uint16(whole, 20); at + LEAST_ATTRIBUTE <= end; ) {
            int length = whole.getInt(at + 4);
            if (whole.getInt(at) == LAST || length < LEAST_ATTRIBUTE || length > end - at) {
                break;
            }
            boolean resident = whole.get(at + 8) == 0;
            if (resident && whole.getInt(at) == type && whole.getInt(at + 16) == size && nameAt(at, length, name)) {
                int content = uint16(whole, at + 20);
                return content + size <= length ? stored(at + content, size) : List.of();
            }
            at += length;
        }
        return List.of();
    }

    private boolean nameAt(int at, int length, Optional<String> name) {
        int bytes = 2 * Byte.toUnsignedInt(whole.get(at + 9));
        int offset = uint16(whole, at + 10);
        if (bytes == 0 || offset + bytes > length) {
            return bytes == 0 && name.isEmpty();
        }
        byte[] found = new byte[bytes];
        whole.get(at + offset, found);
        return name.filter(new String(found, StandardCharsets.UTF_16LE)::equals).isPresent();
    }

    /** Takes the bytes that lie under a check number from the array. */
    private List<Place> stored(int from, int size) {
        List<Place> places = new ArrayList<>();
        int end = from + size;
        for (int at = from; at < end; ) {
            int stride = at / STRIDE + 1;
            int check = stride * STRIDE - CHECK;
            boolean replaced = at >= check;
            int to = Math.min(end, replaced ? check + CHECK : check);
            places.add(new Place(replaced ? array + stride * CHECK + (at - check) : at, to - at));
            at = to;
        }
        return places;
    }

    private static int uint16(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }
}
