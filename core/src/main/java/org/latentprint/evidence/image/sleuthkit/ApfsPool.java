package org.latentprint.evidence.image.sleuthkit;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.image.sleuthkit.FileSystem.RangeSink;

/** A container of APFS, in which several volumes share the space. Used by one thread at a time, as its image is. */
public final class ApfsPool implements AutoCloseable {
    /** APFS itself allows so many volumes in a container. */
    public static final int MAX_VOLUMES = 100;

    /** A container of 16 TB has four thousand million blocks; its free space lies in far fewer pieces. */
    public static final int MAX_FREE_RUNS = 4_000_000;

    private static final Duration TIME = Duration.ofMinutes(30);
    private static final int APFS = 1;
    private static final int ENCRYPTED = 1;

    private final SleuthKitImage image;
    private final SleuthKit kit;
    private final Struct info;
    private final long offset;

    private ApfsPool(SleuthKitImage image, MemorySegment pointer, long offset) {
        this.image = image;
        this.kit = image.kit();
        this.info = new Struct(kit.layout(), Struct.Type.TSK_POOL_INFO, pointer);
        this.offset = offset;
    }

    /**
     * A volume of the container.
     *
     * @param number from 0
     * @param block where its metadata begin, as The Sleuth Kit's programs take it behind {@code -B}
     * @param encrypted whether its files are
     */
    public record PoolVolume(int number, long block, boolean encrypted) {}

    /**
     * Opens a container.
     *
     * @param offset where it begins in the image, in bytes
     * @return empty where there is none
     */
    public static Optional<ApfsPool> open(SleuthKitImage image, long offset) {
        image.allow(TIME);
        MemorySegment pointer = image.kit().poolOpen(image.pointer(), offset, APFS);
        if (pointer.equals(MemorySegment.NULL)) {
            image.kit().takeError();
            return Optional.empty();
        }
        return Optional.of(new ApfsPool(image, pointer, offset));
    }

    /** Returns the volumes. */
    public List<PoolVolume> volumes() {
        List<PoolVolume> volumes = new ArrayList<>();
        Optional<Struct> next = info.follow("vol_list", Struct.Type.TSK_POOL_VOLUME_INFO);
        while (next.isPresent() && volumes.size() < MAX_VOLUMES) {
            Struct volume = next.get();
            volumes.add(new PoolVolume(
                    volume.int32("index"), volume.int64("block"), (volume.int32("flags") & ENCRYPTED) != 0));
            next = volume.follow("next", Struct.Type.TSK_POOL_VOLUME_INFO);
        }
        return volumes;
    }

    /** Opens a volume's file system; to be closed before the container is. */
    public Optional<FileSystem> open(PoolVolume volume) {
        image.allow(TIME);
        MemorySegment inside = kit.poolImage(info, volume.block);
        if (inside.equals(MemorySegment.NULL)) {
            kit.takeError();
            return Optional.empty();
        }
        return FileSystem.open(image, inside, offset);
    }

    /**
     * Lists the space that no volume holds.
     *
     * @throws IOException where it lies in too many pieces
     */
    public void unallocated(RangeSink sink) throws IOException {
        image.allow(TIME);
        MemorySegment first = kit.poolFree(info.pointer());
        try {
            long block = Math.max(1, Integer.toUnsignedLong(info.int32("block_size")));
            Optional<Struct> next = first.equals(MemorySegment.NULL)
                    ? Optional.empty()
                    : Optional.of(new Struct(kit.layout(), Struct.Type.TSK_FS_ATTR_RUN, first));
            for (int count = 0; next.isPresent(); count++) {
                if (count >= MAX_FREE_RUNS) {
                    throw new IOException("the free space lies in more than " + MAX_FREE_RUNS + " pieces");
                }
                long address = next.get().int64("addr");
                long length = next.get().int64("len");
                long room = (image.size() - offset) / block;
                if (address >= 0 && length > 0 && address < room) {
                    sink.add(offset + address * block, Math.min(length, room - address) * block);
                }
                next = next.get().follow("next", Struct.Type.TSK_FS_ATTR_RUN);
            }
        } finally {
            kit.freeRuns(first);
        }
    }

    @Override
    public void close() {
        kit.poolClose(info.pointer());
    }
}
