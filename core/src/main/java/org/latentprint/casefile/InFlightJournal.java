package org.latentprint.casefile;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Which item each worker of a scan is on: a small file in the case that two processes have in their memory. The one that
 * scans writes it; the one that watches reads it while the other runs, and after it has died. Nothing is written to the disk
 * for an item, so that keeping it costs next to nothing.
 *
 * <p>Layout, all numbers big-endian: 4 bytes {@code LPIF}; version; number of slots; length of the exhibit's reference;
 * the watch's number (8 bytes); the reference in UTF-8; then from byte {@value #HEADER} one slot of {@value #SLOT} bytes for each worker: state, length of
 * the path, beat (8 bytes, grows with whatever the worker does), path in UTF-8.
 */
public final class InFlightJournal {
    /** Name of the file in the case's folder. */
    public static final String FILE = "in-flight.bin";

    private static final int MAGIC = 0x4C504946;
    private static final int VERSION = 1;
    private static final int EXHIBIT_LENGTH_AT = 12;
    private static final int WATCH_AT = 16;
    private static final int EXHIBIT_AT = 24;
    private static final int HEADER = 4096;
    private static final int SLOT = 4096 + 64;
    private static final int LENGTH_AT = 4;
    private static final int BEAT_AT = 8;
    private static final int PATH_AT = 16;

    /** No path of the usual file systems is longer; of a longer one, this much tells it well enough. */
    private static final int MAX_PATH = SLOT - PATH_AT;

    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** What a worker is doing. */
    public enum State {
        /** Nothing, or waiting for an item. */
        IDLE(0),
        /** Reading an item. */
        READING(1),
        /** Holding findings until those before them are written; it does not read, and is not at fault if this is long. */
        HANDING_OVER(2);

        private final int code;

        State(int code) {
            this.code = code;
        }

        private static State ofCode(int code) {
            return switch (code) {
                case 1 -> READING;
                case 2 -> HANDING_OVER;
                default -> IDLE;
            };
        }
    }

    /**
     * One worker as the watcher sees it.
     *
     * @param worker its number
     * @param path of its item; cut where it is very long
     * @param beat differs whenever it has moved
     */
    public record InFlight(int worker, State state, String path, long beat) {}

    private final MappedByteBuffer bytes;
    private final int slots;

    private InFlightJournal(MappedByteBuffer bytes, int slots) {
        this.bytes = bytes;
        this.slots = slots;
    }

    /**
     * Makes the file anew, for a scan about to start.
     *
     * @param folder of the case
     * @param workers how many there will be
     * @param watch number by which the watching process knows that the journal is of its own child
     * @param exhibit reference of what is scanned; cut where it is very long
     * @throws IOException where it cannot be written
     */
    public static InFlightJournal create(Path folder, int workers, long watch, String exhibit) throws IOException {
        int size = HEADER + workers * SLOT;
        try (FileChannel channel = FileChannel.open(
                folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // Written in full: a mapped file with holes would end the process where the disk is full.
            ByteBuffer zeros = ByteBuffer.allocate(size);
            byte[] reference = exhibit.getBytes(StandardCharsets.UTF_8);
            int length = Math.min(reference.length, HEADER - EXHIBIT_AT);
            zeros.putInt(MAGIC)
                    .putInt(VERSION)
                    .putInt(workers)
                    .putInt(length)
                    .putLong(watch)
                    .put(reference, 0, length)
                    .rewind();
            while (zeros.hasRemaining()) {
                channel.write(zeros, zeros.position());
            }
            channel.truncate(size);
            return new InFlightJournal(channel.map(FileChannel.MapMode.READ_WRITE, 0, size), workers);
        }
    }

    /**
     * Opens the file of a scan that another process runs or has run.
     *
     * @param watch as given to that process
     * @throws IOException where there is none, or it is of another form or another watch
     */
    public static InFlightJournal open(Path folder, long watch) throws IOException {
        Path file = folder.resolve(FILE);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
            boolean known = bytes.capacity() >= HEADER
                    && bytes.getInt(0) == MAGIC
                    && bytes.getInt(4) == VERSION
                    && bytes.getInt(8) == (bytes.capacity() - HEADER) / SLOT
                    && bytes.getLong(WATCH_AT) == watch;
            if (!known) {
                throw new IOException(file + " is no journal of this watch");
            }
            return new InFlightJournal(bytes, bytes.getInt(8));
        }
    }

    /** Returns the slot of a worker, for the worker itself. */
    public Slot slot(int worker) {
        if (worker < 0 || worker >= slots) {
            throw new IllegalArgumentException("worker " + worker + " of " + slots);
        }
        return new Slot(HEADER + worker * SLOT);
    }

    /** Returns the reference of the exhibit that is scanned. */
    public String exhibit() {
        byte[] reference = new byte[Math.clamp(bytes.getInt(EXHIBIT_LENGTH_AT), 0, HEADER - EXHIBIT_AT)];
        bytes.get(EXHIBIT_AT, reference);
        return new String(reference, StandardCharsets.UTF_8);
    }

    /** Returns the workers that have an item. */
    public List<InFlight> inFlight() {
        List<InFlight> found = new ArrayList<>();
        for (int worker = 0; worker < slots; worker++) {
            int at = HEADER + worker * SLOT;
            State state = State.ofCode((int) INT.getVolatile(bytes, at));
            if (state != State.IDLE) {
                long beat = (long) LONG.getVolatile(bytes, at + BEAT_AT);
                byte[] path = new byte[Math.clamp((int) INT.getVolatile(bytes, at + LENGTH_AT), 0, MAX_PATH)];
                bytes.get(at + PATH_AT, path);
                found.add(new InFlight(worker, state, new String(path, StandardCharsets.UTF_8), beat));
            }
        }
        return found;
    }

    /** Returns a path as the journal keeps it. */
    public static String kept(String path) {
        byte[] all = path.getBytes(StandardCharsets.UTF_8);
        return new String(all, 0, Math.min(all.length, MAX_PATH), StandardCharsets.UTF_8);
    }

    /** One worker's place in the journal. Used by that worker only. */
    public final class Slot {
        private final int at;

        private Slot(int at) {
            this.at = at;
        }

        /** Notes that the worker begins to read an item. */
        public void begin(String path) {
            byte[] all = path.getBytes(StandardCharsets.UTF_8);
            int length = Math.min(all.length, MAX_PATH);
            state(State.IDLE);
            bytes.put(at + PATH_AT, all, 0, length);
            INT.setVolatile(bytes, at + LENGTH_AT, length);
            beat();
            state(State.READING);
        }

        /** Notes that the worker has moved: that it has read bytes, say. Threads that help it may do so, too. */
        public void beat() {
            long _ = (long) LONG.getAndAddRelease(bytes, at + BEAT_AT, 1L);
        }

        /** Notes what the worker goes over to. */
        public void state(State state) {
            INT.setVolatile(bytes, at, state.code);
            beat();
        }
    }
}
