package org.latentprint.evidence.carve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.latentprint.evidence.EvidenceBytes;

/**
 * Finds files, and metadata that stand alone, in the unallocated space of an image by their structure.
 *
 * <p>Whole files ({@link CarvedKind}) are looked for where a sector of the image begins, since file systems begin files there; a
 * PNG also where its text stands directly behind its header chunk, as generators write it, wherever that is. Metadata that
 * stand alone are looked for at every byte. Ranges that touch are joined, and a file whose structure holds on behind a gap is
 * followed there: into the next unallocated range, and no other. A file that was moved about more than that is cut.
 *
 * <p>What random bytes would have to be, in 10 GiB of them (2^33 bytes, 2^24 sectors), to be taken for something:
 *
 * <table>
 *   <caption>Expected false items in 10 GiB of random bytes</caption>
 *   <tr><td>PNG</td><td>signature (64 bits), header chunk (length and type 64 bits, checksum 32 bits) at a sector: 2^-136</td></tr>
 *   <tr><td>JPEG</td><td>three bytes at a sector, then a segment whose length leads to a next marker, five letters of a named
 *       segment (40 bits) or a frame header whose numbers agree (some 40 bits): 2^-45 and less</td></tr>
 *   <tr><td>RIFF</td><td>two names (64 bits) and the first chunk's (32 bits) at a sector: 2^-70</td></tr>
 *   <tr><td>GIF</td><td>signature (48 bits) at a sector, a picture's block and sub-blocks: 2^-30 and less</td></tr>
 *   <tr><td>MP4</td><td>{@code ftyp} with a short length (54 bits) at a sector, then {@code moov} filled exactly: 2^-130</td></tr>
 *   <tr><td>safetensors</td><td>five zeros and an opening brace (40 bits) at a sector, then strict JSON to its stated end with names
 *       such as {@code data_offsets}: 2^-150</td></tr>
 *   <tr><td>PNG text</td><td>type (three of 2^32) and checksum (32 bits) at any byte, and a length that fits: 2^-35</td></tr>
 *   <tr><td>infotext</td><td>{@code Steps: }, {@code , Seed: } and one more name (160 bits) at any byte: 2^-125</td></tr>
 *   <tr><td>JSON</td><td>a name of 96 bits or more within strict JSON at any byte: 2^-90</td></tr>
 * </table>
 *
 * <p>The bytes of {@code "ss_t} alone (40 bits) lead to a search for an object with two such names, so they are no item either.
 * Two threads or more look through windows; hits are then followed on the calling thread, in their order, so that the same
 * image gives the same items whatever the number of threads.
 */
public final class Carver {
    /** Threads beyond this wait for the image. */
    private static final int MAX_THREADS = 4;

    /** What a thread takes at a time, so that handing over costs little: sixteen windows. */
    private static final long STRETCH = 16L * WindowScan.WINDOW;

    /** Stretches that are looked through ahead of the one whose hits are followed, for each thread. */
    private static final int AHEAD = 3;

    private static final long NO_HURRY = 1;

    private final FreeSpace space;
    private final CarvedSink sink;
    private final ConcurrentLinkedQueue<WindowScan> scans = new ConcurrentLinkedQueue<>();
    private Optional<WindowScan.Unread> pending = Optional.empty();
    private volatile boolean stopped;

    private Carver(FreeSpace space, CarvedSink sink) {
        this.space = space;
        this.sink = sink;
    }

    /**
     * Carves. What cannot be read is skipped and told to the sink.
     *
     * @param image that several threads may read at once
     * @param unallocated ranges in the order of their offsets, not overlapping; may be a million
     * @param sink takes the items in the order of their first bytes, on the calling thread
     * @throws InterruptedException where the sink or the thread is interrupted
     */
    public static void carve(EvidenceBytes image, Iterable<ByteRange> unallocated, CarvedSink sink)
            throws InterruptedException {
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MAX_THREADS);
        carve(image, unallocated, sink, threads);
    }

    static void carve(EvidenceBytes image, Iterable<ByteRange> unallocated, CarvedSink sink, int threads)
            throws InterruptedException {
        FreeSpace space = FreeSpace.of(image, unallocated);
        long stretches = (space.size() + STRETCH - 1) / STRETCH;
        if (stretches > 0) {
            new Carver(space, sink).run((int) Math.min(threads, stretches));
        }
        Optional<ByteRange> leftOut = space.leftOut();
        if (leftOut.isPresent()) {
            sink.unreadable(
                    leftOut.get().offset(),
                    leftOut.get().length(),
                    "more than " + FreeSpace.MAX_RANGES + " unallocated ranges; those from here on were not searched");
        }
    }

    private void run(int threads) throws InterruptedException {
        Candidates candidates = new Candidates(space, sink);
        ExecutorService workers = Executors.newFixedThreadPool(
                threads,
                Thread.ofPlatform().name("latentprint-carve-", 0).daemon().factory());
        Deque<Future<List<WindowScan.Found>>> ahead = new ArrayDeque<>();
        try {
            long next = 0;
            while (next < space.size() || !ahead.isEmpty()) {
                while (next < space.size() && ahead.size() < AHEAD * threads) {
                    long start = next;
                    ahead.add(workers.submit(() -> scan(start)));
                    next += STRETCH;
                }
                for (WindowScan.Found found : ahead.remove().get()) {
                    follow(found, candidates);
                }
            }
            candidates.end();
            flush();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("free space could not be searched: " + failure.getMessage(), failure);
        } finally {
            // Not interrupted: that would close the image, which is not ours.
            stopped = true;
            ahead.forEach(each -> each.cancel(false));
            workers.shutdown();
            waitFor(workers);
        }
    }

    private void follow(WindowScan.Found found, Candidates candidates) throws InterruptedException {
        for (WindowScan.Unread unread : found.unread()) {
            tell(unread);
        }
        for (long hit : found.hits()) {
            candidates.look(hit);
            // An interrupt that came while bytes were read may look like bytes that cannot be read.
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private List<WindowScan.Found> scan(long start) {
        WindowScan scan = Optional.ofNullable(scans.poll()).orElseGet(() -> new WindowScan(space));
        List<WindowScan.Found> found = new ArrayList<>();
        long end = Math.min(space.size(), start + STRETCH);
        for (long window = start; window < end && !stopped; window += WindowScan.WINDOW) {
            found.add(scan.scan(window));
        }
        scans.add(scan);
        return found;
    }

    /** Joins what cannot be read over the windows. */
    private void tell(WindowScan.Unread unread) throws InterruptedException {
        boolean goesOn = pending.filter(before -> before.offset() + before.length() == unread.offset()
                        && before.message().equals(unread.message()))
                .isPresent();
        if (goesOn) {
            pending = pending.map(before ->
                    new WindowScan.Unread(before.offset(), before.length() + unread.length(), before.message()));
        } else {
            flush();
            pending = Optional.of(unread);
        }
    }

    private void flush() throws InterruptedException {
        if (pending.isPresent()) {
            WindowScan.Unread unread = pending.get();
            pending = Optional.empty();
            sink.unreadable(unread.offset(), unread.length(), unread.message());
        }
    }

    private static void waitFor(ExecutorService workers) {
        boolean interrupted = false;
        while (true) {
            try {
                if (workers.awaitTermination(NO_HURRY, TimeUnit.SECONDS)) {
                    break;
                }
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
