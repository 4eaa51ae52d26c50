package org.latentprint.scan;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.latentprint.casefile.CaseException;
import org.latentprint.casefile.ItemFindings;
import org.latentprint.casefile.Profile;
import org.latentprint.casefile.ScanCounts;
import org.latentprint.casefile.ScanStart;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.ItemRef;
import org.latentprint.fingerprint.BatchDigester;

/**
 * Walks a source, examines its items on several threads, and hands the findings to the calling thread in the order of the
 * walk: one thread walks, N examine, one writes, and another counts ahead so that the time left can be told. All queues are
 * bounded. Platform threads, since examining keeps a core busy and the number of threads is small.
 */
public final class ScanPipeline {
    private static final int QUEUE = 32;

    /** So many stretches may wait for a slow item before them. */
    private static final int MAX_WAITING = 256;

    /** Results that wait hold at most about this many bytes of text, and each thread some more. */
    private static final long MAX_WAITING_WEIGHT = 256L << 20;

    /** Enough for a picture in each lane of a processor's vectors; see {@link BatchDigester}. */
    private static final long MAX_DIGESTED_TOGETHER = 32L << 20;

    /** With few threads, what all of them hold to digest it together is at most this part of the memory that Java may use. */
    private static final int MEMORY_PARTS = 16;

    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(500);

    private final EvidenceSource source;
    private final ItemExaminer examiner;
    private final int threads;
    private final ScanProgress.Listener listener;
    private final BlockingQueue<Stretch> queue = new ArrayBlockingQueue<>(QUEUE);
    private final OrderedHandover<List<ItemFindings>> handover = new OrderedHandover<>(MAX_WAITING, MAX_WAITING_WEIGHT);
    private final AtomicReference<Optional<ScanProgress.Total>> total = new AtomicReference<>(Optional.empty());
    private final ScanWatch watch;
    private final BatchDigester digester = new BatchDigester();
    private final long stretchBytes;

    /** Makes a pipeline for one scan that nobody watches. */
    public ScanPipeline(EvidenceSource source, ItemExaminer examiner, int threads, ScanProgress.Listener listener) {
        this(source, examiner, threads, listener, ScanWatch.none());
    }

    /** Makes a pipeline for one scan. */
    public ScanPipeline(
            EvidenceSource source,
            ItemExaminer examiner,
            int threads,
            ScanProgress.Listener listener,
            ScanWatch watch) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads);
        }
        this.source = source;
        this.examiner = examiner;
        this.threads = threads;
        this.listener = listener;
        this.watch = watch;
        this.stretchBytes = examiner.profile() == Profile.FULL
                ? Math.clamp(
                        Runtime.getRuntime().maxMemory() / MEMORY_PARTS / threads,
                        Stretch.MAX_BYTES,
                        MAX_DIGESTED_TOGETHER)
                : Stretch.MAX_BYTES;
    }

    /** Takes findings in the order of the walk; those of an archive follow those of its members. */
    @FunctionalInterface
    public interface Writer {
        void add(ItemFindings findings) throws CaseException;
    }

    /** Runs the scan from the beginning, as {@link #run(Writer, ScanStart)}. */
    public ScanCounts run(Writer writer) throws IOException, CaseException, InterruptedException {
        return run(writer, ScanStart.BEGINNING);
    }

    /**
     * Runs the scan.
     *
     * @param writer called by this thread only
     * @param start where in the walk to begin
     * @return the counts, with those that were there before
     * @throws IOException where the source itself cannot be walked, has gone, or is not the one that was begun
     * @throws CaseException where the writer failed
     * @throws InterruptedException where this thread was interrupted; what the writer has taken is a beginning of the walk
     */
    public ScanCounts run(Writer writer, ScanStart start) throws IOException, CaseException, InterruptedException {
        List<Thread> helpers = new ArrayList<>();
        ScanWatch.Worker walker = watch.worker(threads);
        helpers.add(thread("walk", () -> walk(start, walker)));
        if (examiner.profile() == Profile.FULL) {
            helpers.add(thread("ready-digests", digester::prepare));
        }
        if (source.walksCheaply()) {
            helpers.add(thread("count", this::countAhead));
        }
        for (int i = 0; i < threads; i++) {
            ScanWatch.Worker worker = watch.worker(i);
            helpers.add(thread("examine-" + i, () -> examine(worker)));
        }
        watch.whenStopped(handover::stop);
        try {
            helpers.forEach(Thread::start);
            return write(writer, start.done());
        } finally {
            helpers.forEach(Thread::interrupt);
            joinAll(helpers);
        }
    }

    private ScanCounts write(Writer writer, ScanCounts before) throws IOException, CaseException, InterruptedException {
        long begun = System.nanoTime();
        long lastReport = begun;
        ScanCounts counts = before;
        for (Optional<List<ItemFindings>> next = handover.take(); next.isPresent(); next = handover.take()) {
            for (ItemFindings findings : next.get()) {
                writer.add(findings);
                counts = counts.with(findings);
            }
            long now = System.nanoTime();
            if (now - lastReport >= PROGRESS_INTERVAL.toNanos()) {
                lastReport = now;
                listener.progress(new ScanProgress(counts, total.get(), Duration.ofNanos(now - begun)));
            }
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
        Optional<ScanProgress.Total> all = Optional.of(new ScanProgress.Total(counts.seen(), counts.bytes()));
        listener.progress(new ScanProgress(counts, all, elapsed));
        return counts;
    }

    private void walk(ScanStart start, ScanWatch.Worker walker) throws IOException, InterruptedException {
        long[] seen = {0};
        Stretch.Cutter cutter = new Stretch.Cutter(queue::put, stretchBytes);
        source.walk(new WatchedWalk(walker, watch, item -> {
            long number = seen[0]++;
            if (number >= start.itemsDone()) {
                cutter.add(item);
            } else if (number == start.itemsDone() - 1 && !start.isLast(item.path())) {
                handover.fail(otherSource(start, item.path()));
                throw new InterruptedException("the source is another");
            }
        }));
        if (seen[0] < start.itemsDone()) {
            throw otherSource(start, "nothing more");
        }
        long stretches = cutter.end();
        for (int i = 0; i < threads; i++) {
            queue.put(new Stretch(stretches, List.of()));
        }
        handover.end(stretches);
    }

    private static IOException otherSource(ScanStart start, String found) {
        return new IOException("the source is not as it was when its scan was begun: where "
                + start.lastPath().orElse("") + " was, there is " + found + "; scan it into a new case");
    }

    private void countAhead() throws IOException, InterruptedException {
        long[] sums = {0, 0};
        source.walk(item -> {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            sums[0]++;
            sums[1] += item.size();
        });
        total.set(Optional.of(new ScanProgress.Total(sums[0], sums[1])));
    }

    private void examine(ScanWatch.Worker worker) throws IOException, InterruptedException {
        EvidenceSource noting = worker.noting(source);
        for (Stretch next = queue.take(); !next.items().isEmpty(); next = queue.take()) {
            StretchResults kept = new StretchResults(next.number(), handover, digester, stretchBytes);
            for (ItemRef item : next.items()) {
                kept.add(examine(noting, kept, item, worker));
                worker.ends();
            }
            kept.end();
        }
    }

    private Examined examine(EvidenceSource noting, StretchResults kept, ItemRef item, ScanWatch.Worker worker)
            throws IOException, InterruptedException {
        Optional<ItemFindings> givenUp = watch.givenUp(item);
        if (givenUp.isPresent()) {
            return Examined.complete(givenUp.get());
        }
        worker.begin(item);
        try {
            Examined examined = examiner.examineUndigested(noting, item, member -> {
                endIfInterrupted();
                worker.handsOver();
                kept.add(member);
                worker.readsOn();
            });
            endIfInterrupted();
            if (examined.findings().outcome() == ItemFindings.Outcome.FAILED) {
                source.requirePresent();
            }
            return examined;
        } finally {
            worker.handsOver();
        }
    }

    /** An interrupted read looks like a failed one, and must not be noted as such. */
    private static void endIfInterrupted() throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException();
        }
    }

    /** The work of a thread of the pipeline. */
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private Thread thread(String name, Work work) {
        return Thread.ofPlatform().name("latentprint-" + name).daemon().unstarted(() -> {
            try {
                work.run();
            } catch (InterruptedException ended) {
                // The pipeline is ending; whoever interrupted knows why.
            } catch (IOException | RuntimeException | Error broken) {
                handover.fail(broken);
            }
        });
    }

    /** Waits for the threads even when interrupted, since the source is closed after them. */
    private static void joinAll(List<Thread> helpers) {
        boolean interrupted = false;
        for (Thread helper : helpers) {
            while (helper.isAlive()) {
                try {
                    helper.join();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
