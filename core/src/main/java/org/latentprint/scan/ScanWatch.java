package org.latentprint.scan;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.latentprint.casefile.InFlightJournal;
import org.latentprint.casefile.InFlightJournal.State;
import org.latentprint.casefile.ItemFindings;
import org.latentprint.casefile.SuspectItems;
import org.latentprint.evidence.BeatingSource;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.ImageCheck;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.Problem;

/**
 * What a scan does so that another process can watch over it: workers note what they read, an item under suspicion is read
 * while nothing else is, and one that was given up is not read again. Shared by all workers.
 */
public final class ScanWatch {
    private static final String ID = "scan/1";

    /** Stands for the source as a whole where paths of items stand. */
    private static final String WHOLE = "(the whole image)";

    /** Many readers at once, or one alone. */
    private final ReentrantReadWriteLock together = new ReentrantReadWriteLock();

    private final Optional<InFlightJournal> journal;
    private final Optional<SuspectItems> suspects;
    private boolean stopped;
    private Runnable whenStopped = () -> {};

    private ScanWatch(Optional<InFlightJournal> journal, Optional<SuspectItems> suspects) {
        this.journal = journal;
        this.suspects = suspects;
    }

    /** Returns the watch of a scan that nobody watches. */
    public static ScanWatch none() {
        return new ScanWatch(Optional.empty(), Optional.empty());
    }

    /** Returns the watch of a scan whose journal another process reads. */
    public static ScanWatch of(InFlightJournal journal, SuspectItems suspects) {
        return new ScanWatch(Optional.of(journal), Optional.of(suspects));
    }

    /** Asks the scan to stop: it writes what it has found so far and ends with an {@link InterruptedException}. */
    public synchronized void stop() {
        stopped = true;
        whenStopped.run();
    }

    /** Has that run when the scan is asked to stop, at once where it was. */
    synchronized void whenStopped(Runnable then) {
        whenStopped = then;
        if (stopped) {
            then.run();
        }
    }

    /** Returns the findings of an item that was given up; empty for one that is to be read. */
    Optional<ItemFindings> givenUp(ItemRef item) {
        return suspects.flatMap(all -> all.verdict(item.path()))
                .map(verdict -> ItemFindings.failed(item, Problem.of(verdict.category(), ID, verdict.words())));
    }

    /** Says whether a part of the source that a library lists was given up. */
    boolean isGivenUp(String path) {
        return suspects.flatMap(all -> all.verdict(path)).isPresent();
    }

    /** Returns how many places in the journal a scan needs: its threads, the one that walks, and the check of an image. */
    public static int places(int threads) {
        return threads + 2;
    }

    /** Returns a worker's part in it. */
    Worker worker(int number) {
        return new Worker(journal.map(all -> all.slot(number)));
    }

    /**
     * Has a source checked as a whole, as the work of a worker behind all others. Items may be examined at the same time; one
     * that has to be read alone waits for a piece of the check only.
     *
     * @return empty where it is no image; where the check was given up before, only what the image keeps
     */
    Optional<ImageCheck> checking(int threads, EvidenceSource source) throws IOException, InterruptedException {
        if (isGivenUp(WHOLE)) {
            return Optional.of(ImageCheck.notMade(source.storedHashes()));
        }
        Worker worker = worker(threads + 1);
        worker.begin(WHOLE);
        try {
            return source.check(threads, worker::movesAndGivesWay);
        } finally {
            worker.ends();
        }
    }

    /** One worker's part. Used by that worker only. */
    final class Worker {
        private final Optional<InFlightJournal.Slot> slot;
        private Optional<Lock> held = Optional.empty();
        private Lock lock = together.readLock();

        private Worker(Optional<InFlightJournal.Slot> slot) {
            this.slot = slot;
        }

        /** Begins an item; waits until it may be read. */
        void begin(ItemRef item) throws InterruptedException {
            begin(item.path());
        }

        /** Begins an item or a part of the source by its path. */
        void begin(String path) throws InterruptedException {
            boolean alone = suspects.filter(all -> all.isSuspect(path)).isPresent();
            lock = alone ? together.writeLock() : together.readLock();
            take();
            slot.ifPresent(own -> own.begin(path));
        }

        /** Notes that it has moved. */
        void moves() {
            slot.ifPresent(InFlightJournal.Slot::beat);
        }

        /** Notes that it has moved, and lets one through that has to read alone. */
        void movesAndGivesWay() {
            moves();
            if (together.hasQueuedThreads()) {
                handsOver();
                try {
                    readsOn();
                } catch (InterruptedException ending) {
                    // Whoever waits next in this thread is told.
                    Thread.currentThread().interrupt();
                }
            }
        }

        /** Goes over to handing findings on, which may take as long as other items take. */
        void handsOver() {
            slot.ifPresent(own -> own.state(State.HANDING_OVER));
            release();
        }

        /** Goes on reading the item. */
        void readsOn() throws InterruptedException {
            take();
            slot.ifPresent(own -> own.state(State.READING));
        }

        /** Has nothing any more. */
        void ends() {
            slot.ifPresent(own -> own.state(State.IDLE));
            release();
        }

        /** Returns the source, with every read noted. */
        EvidenceSource noting(EvidenceSource source) {
            return slot.<EvidenceSource>map(own -> new BeatingSource(source, own::beat))
                    .orElse(source);
        }

        private void take() throws InterruptedException {
            lock.lockInterruptibly();
            held = Optional.of(lock);
        }

        private void release() {
            held.ifPresent(Lock::unlock);
            held = Optional.empty();
        }
    }
}
