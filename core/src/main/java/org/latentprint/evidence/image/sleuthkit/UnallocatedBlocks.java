package org.latentprint.evidence.image.sleuthkit;

import java.lang.foreign.MemorySegment;
import org.latentprint.evidence.image.sleuthkit.FileSystem.RangeSink;

/** Joins neighbouring blocks that no file holds to ranges of the image. Called by the library. */
final class UnallocatedBlocks {
    /** The blocks wanted: free ones, and their addresses without their content. */
    static final int FLAGS = 0x02 | 0x10;

    private static final int GO_ON = 0;
    private static final int STOP_WITH_ERROR = 2;

    private final SleuthKitLayout layout;
    private final long offset;
    private final long blockSize;
    private final long imageSize;
    private final RangeSink sink;
    private long start;
    private long length;

    UnallocatedBlocks(FileSystem fileSystem, RangeSink sink) {
        this.layout = fileSystem.kit().layout();
        this.offset = fileSystem.offset();
        this.blockSize = fileSystem.blockSize();
        this.imageSize = fileSystem.image().size();
        this.sink = sink;
    }

    /** Takes a block. Must not throw: the library takes an exception for the end of the program. */
    int add(MemorySegment block, MemorySegment unused) {
        try {
            long address = new Struct(layout, Struct.Type.TSK_FS_BLOCK, block).int64("addr");
            if (address < 0 || address > (imageSize - offset) / blockSize) {
                return GO_ON;
            }
            long at = offset + address * blockSize;
            if (length > 0 && at == start + length) {
                length += blockSize;
            } else {
                end();
                start = at;
                length = blockSize;
            }
            return GO_ON;
        } catch (RuntimeException | Error unforeseen) {
            return STOP_WITH_ERROR;
        }
    }

    /** Hands the last range over. */
    void end() {
        long inside = Math.min(length, imageSize - start);
        if (inside > 0) {
            sink.add(start, inside);
        }
        length = 0;
    }
}
