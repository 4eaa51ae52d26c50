package org.latentprint.evidence.image.sleuthkit;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;

/**
 * An image as the library sees it: its reads come back to Java, which reads the image. Used by one thread at a time, with all
 * that was opened through it.
 */
@SuppressWarnings(
        "restricted") // The library is called on purpose: its functions and structures are those of a known release.
public final class SleuthKitImage implements AutoCloseable {
    private static final int TAG = 0x39204231;
    private static final int SECTOR = 512;

    /** The library reads 64 KiB at a time, and some megabytes where it loads a table; it never needs more at once. */
    private static final long MAX_READ = 64L << 20;

    private final SleuthKit kit;
    private final EvidenceBytes bytes;
    private final Runnable beat;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment pointer;
    private byte[] buffer = new byte[1 << 16];
    private Optional<String> failure = Optional.empty();
    private long deadline = Long.MAX_VALUE;

    /**
     * Opens an image.
     *
     * @param bytes of the image, which stay with whoever opened them
     * @param beat is run at each read of the library's
     */
    public SleuthKitImage(SleuthKit kit, EvidenceBytes bytes, Runnable beat) throws IOException {
        this.kit = kit;
        this.bytes = bytes;
        this.beat = beat;
        MemorySegment info = arena.allocate(kit.layout().sizeOfImage(), 16);
        info.set(java.lang.foreign.ValueLayout.JAVA_INT, 0, TAG);
        pointer = kit.imgOpenExternal(
                info,
                bytes.size(),
                SECTOR,
                kit.upcall(
                        own(
                                "read",
                                MethodType.methodType(
                                        long.class, MemorySegment.class, long.class, MemorySegment.class, long.class)),
                        FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG),
                        arena),
                kit.upcall(
                        own("closed", MethodType.methodType(void.class, MemorySegment.class)),
                        FunctionDescriptor.ofVoid(ADDRESS),
                        arena),
                kit.upcall(
                        own("described", MethodType.methodType(void.class, MemorySegment.class, MemorySegment.class)),
                        FunctionDescriptor.ofVoid(ADDRESS, ADDRESS),
                        arena));
        if (pointer.equals(MemorySegment.NULL)) {
            arena.close();
            throw new IOException("The Sleuth Kit does not take the image: " + kit.takeError());
        }
    }

    private MethodHandle own(String name, MethodType type) {
        try {
            return MethodHandles.lookup()
                    .findVirtual(SleuthKitImage.class, name, type)
                    .bindTo(this);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("a method of this class", impossible);
        }
    }

    SleuthKit kit() {
        return kit;
    }

    MemorySegment pointer() {
        return pointer;
    }

    Arena arena() {
        return arena;
    }

    /** Returns the image's size in bytes. */
    public long size() {
        return bytes.size();
    }

    /**
     * Lets what the library does from now on read for so long, and forgets what failed before. A damaged file system can send
     * the library round in circles; each round reads, and at the end of the time the reads fail.
     */
    void allow(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
        failure = Optional.empty();
    }

    /** Returns why a read of the library's failed since the last {@link #allow}, if one did. */
    Optional<String> failure() {
        return failure;
    }

    /** Called by the library, which takes an exception for the end of the program. */
    @SuppressWarnings("unused")
    private long read(MemorySegment image, long offset, MemorySegment target, long length) {
        try {
            beat.run();
            if (System.nanoTime() - deadline > 0) {
                failure = Optional.of("it did not come to an end in the time that it may take");
                return -1;
            }
            if (offset < 0 || length < 0 || length > MAX_READ || offset >= bytes.size()) {
                failure = failure.or(
                        () -> Optional.of("bytes " + offset + " + " + length + " of the image were asked for"));
                return -1;
            }
            int wanted = (int) Math.min(length, bytes.size() - offset);
            if (buffer.length < wanted) {
                buffer = new byte[wanted];
            }
            int read = bytes.read(offset, buffer, 0, wanted);
            MemorySegment.copy(buffer, 0, target.reinterpret(length), JAVA_BYTE, 0, read);
            return read;
        } catch (IOException unreadable) {
            failure = Optional.of(
                    "bytes " + offset + " + " + length + " of the image cannot be read: " + unreadable.getMessage());
            return -1;
        } catch (RuntimeException | Error unforeseen) {
            failure = Optional.of("bytes " + offset + " + " + length + " of the image cannot be read: " + unforeseen);
            return -1;
        }
    }

    @SuppressWarnings("unused")
    private void closed(MemorySegment image) {
        // The bytes stay with whoever opened them.
    }

    @SuppressWarnings("unused")
    private void described(MemorySegment image, MemorySegment stream) {
        // Nothing is printed.
    }

    @Override
    public void close() {
        kit.imgClose(pointer);
        arena.close();
    }
}
