package org.latentprint.evidence.image.sleuthkit;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.latentprint.evidence.EvidenceBytes;

/** A content that only the library can read: compressed, or inside the file's metadata. */
final class LibraryBytes implements EvidenceBytes {
    private static final int PIECE = 1 << 20;

    private final FileSystem fileSystem;
    private final MemorySegment file;
    private final MemorySegment attribute;
    private final long size;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment buffer;

    /** Takes over the file, which is closed with this. */
    LibraryBytes(FileSystem fileSystem, MemorySegment file, MemorySegment attribute, long size) {
        this.fileSystem = fileSystem;
        this.file = file;
        this.attribute = attribute;
        this.size = size;
        this.buffer = arena.allocate(Math.clamp(size, 1, PIECE));
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
        int wanted = (int) Math.min(length, Math.max(0, size - offset));
        int done = 0;
        while (done < wanted) {
            int piece = (int) Math.min(wanted - done, buffer.byteSize());
            synchronized (fileSystem.image()) {
                fileSystem.image().allow(FileSystem.TIME);
                long read = fileSystem.kit().attrRead(attribute, offset + done, buffer, piece);
                if (read <= 0) {
                    throw fileSystem.failed("bytes from " + (offset + done) + " cannot be read");
                }
                int got = (int) Math.min(read, piece);
                MemorySegment.copy(buffer, JAVA_BYTE, 0, target, targetOffset + done, got);
                done += got;
            }
        }
        return done;
    }

    @Override
    public void close() {
        synchronized (fileSystem.image()) {
            fileSystem.kit().fileClose(file);
        }
        arena.close();
    }
}
