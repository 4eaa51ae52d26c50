package org.latentprint.evidence.image.sleuthkit;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the table of a disk's volumes: MBR, GPT and the other tables that the library knows. */
public final class Volumes {
    /** A GPT has 128 entries; chains of logical volumes rarely have twenty. */
    public static final int MAX_VOLUMES = 1_024;

    /** Names of GPT have 36 characters. */
    private static final int MAX_DESCRIPTION = 256;

    private static final Duration TIME = Duration.ofMinutes(2);
    private static final int ALLOCATED = 1;
    private static final int META = 4;

    private Volumes() {}

    /** What a part of the disk is to the table. */
    public enum Use {
        VOLUME,
        /** In no volume. */
        UNALLOCATED,
        /** The table itself. */
        TABLE
    }

    /**
     * One part of the disk.
     *
     * @param number that the library gives it, as its program {@code mmls} shows it
     * @param offset in bytes
     * @param length in bytes
     * @param description by the table's type code
     */
    public record Volume(int number, Use use, long offset, long length, String description) {}

    /**
     * Returns the parts of the disk in their order.
     *
     * @return empty where the image has no table
     */
    public static List<Volume> of(SleuthKitImage image) {
        SleuthKit kit = image.kit();
        image.allow(TIME);
        MemorySegment table = kit.vsOpen(image.pointer(), 0);
        if (table.equals(MemorySegment.NULL)) {
            kit.takeError();
            return List.of();
        }
        try {
            Struct volumes = new Struct(kit.layout(), Struct.Type.TSK_VS_INFO, table);
            long block = Integer.toUnsignedLong(volumes.int32("block_size"));
            long start = volumes.int64("offset");
            List<Volume> found = new ArrayList<>();
            Optional<Struct> next = volumes.follow("part_list", Struct.Type.TSK_VS_PART_INFO);
            while (next.isPresent() && found.size() < MAX_VOLUMES) {
                Struct part = next.get();
                volume(part, start, block, image.size()).ifPresent(found::add);
                next = part.follow("next", Struct.Type.TSK_VS_PART_INFO);
            }
            return found;
        } finally {
            kit.vsClose(table);
        }
    }

    /** Returns nothing where the part lies outside of the image. */
    private static Optional<Volume> volume(Struct part, long start, long block, long size) {
        long offset = saturatedSum(start, saturatedProduct(part.int64("start"), block));
        long length = Math.min(saturatedProduct(part.int64("len"), block), size - offset);
        if (offset < 0 || offset >= size || length <= 0) {
            return Optional.empty();
        }
        int flags = part.int32("flags");
        Use use = (flags & META) != 0 ? Use.TABLE : (flags & ALLOCATED) != 0 ? Use.VOLUME : Use.UNALLOCATED;
        String description = new String(part.text("desc", MAX_DESCRIPTION), StandardCharsets.UTF_8);
        return Optional.of(new Volume(part.int32("addr"), use, offset, length, description));
    }

    private static long saturatedProduct(long count, long block) {
        return count < 0 || Math.multiplyHigh(count, block) != 0 || count * block < 0 ? Long.MAX_VALUE : count * block;
    }

    private static long saturatedSum(long a, long b) {
        return a + b < 0 ? Long.MAX_VALUE : a + b;
    }
}
