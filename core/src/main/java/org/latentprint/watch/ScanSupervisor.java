package org.latentprint.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.latentprint.casefile.InFlightJournal;
import org.latentprint.casefile.InFlightJournal.InFlight;
import org.latentprint.casefile.InFlightJournal.State;
import org.latentprint.casefile.SuspectItems;

/**
 * Starts the scanner as a process of its own and watches it. Where it dies or stops moving, the items that it was reading come
 * under suspicion and it is started again: it goes on where the case ends, and reads those alone. The one that kills again is
 * given up and becomes a problem.
 */
public final class ScanSupervisor {
    /** How often the watcher looks; an item in which a worker stalls has cost the limit of the stall already. */
    private static final Duration LOOK = Duration.ofMillis(200);

    /** A scanner that dies so often while it reads nothing dies of something else than the evidence. */
    private static final int MAX_BARREN_DEATHS = 3;

    /** Ends a child that does not heed a polite request. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Highest exit status by which the program says something itself. */
    private static final int OWN_STATUS = 3;

    private final Path caseFolder;
    private final Duration stall;
    private final Consumer<String> notice;
    private volatile Optional<Process> running = Optional.empty();
    private volatile boolean stopping;
    private long watch;

    /**
     * Makes a supervisor.
     *
     * @param caseFolder where the child keeps its journal
     * @param stall so long a reader may go without reading a byte of evidence or ending
     * @param notice takes a line for the examiner whenever the child had to be started again
     */
    public ScanSupervisor(Path caseFolder, Duration stall, Consumer<String> notice) {
        this.caseFolder = caseFolder;
        this.stall = stall;
        this.notice = notice;
    }

    /** Starts the scanner, with its output connected. */
    @FunctionalInterface
    public interface Starter {
        /**
         * Starts it.
         *
         * @param watch number that the child puts into its journal
         */
        Process start(long watch) throws IOException;
    }

    /**
     * Runs the scanner to its end, as often as that takes.
     *
     * @return the exit status of the last child, which ended by itself
     * @throws IOException where it cannot be started, or dies again and again with no item at fault
     * @throws InterruptedException where this thread was interrupted; the child is asked to stop
     */
    public int run(Starter starter) throws IOException, InterruptedException {
        int barren = 0;
        while (true) {
            watch = ThreadLocalRandom.current().nextLong();
            Process child = starter.start(watch);
            running = Optional.of(child);
            Optional<List<String>> stalled;
            try {
                stalled = watch(child);
            } catch (InterruptedException interrupted) {
                stop();
                throw interrupted;
            }
            int status = child.waitFor();
            List<String> reading = reading();
            if (stopping || (stalled.isEmpty() && reading.isEmpty() && status <= OWN_STATUS)) {
                return status;
            }
            Death death = stalled.map(paths -> Death.timedOut(stall.toSeconds(), paths))
                    .orElseGet(() -> Death.of(status, reading));
            barren = suspect(death) ? 0 : barren + 1;
            if (barren >= MAX_BARREN_DEATHS) {
                throw new IOException("the scanner died " + barren + " times and no item was at fault: " + death.words()
                        + "; what was found is in the case, and the same command goes on");
            }
            notice.accept(
                    "the scanner had to be started again (" + death.category().word() + "); "
                            + death.paths().size() + " items that it was reading are now read alone");
        }
    }

    /** Asks the child to stop and waits for it; what it has found is in the case then. For a hook at the program's end. */
    public void stop() {
        stopping = true;
        running.ifPresent(child -> {
            // Process.destroy would close the pipes, and with them what the child says of its end
            child.toHandle().destroy();
            try {
                if (!child.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    child.destroyForcibly();
                }
            } catch (InterruptedException hurried) {
                child.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Watches until the child has ended; returns the items at which it stalled, if it had to be ended for that. */
    private Optional<List<String>> watch(Process child) throws InterruptedException {
        Stalls stalls = new Stalls(stall);
        Optional<InFlightJournal> journal = Optional.empty();
        while (!child.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            journal = journal.or(this::journal);
            List<String> stalled = journal.map(found -> stalls.look(found.inFlight(), System.nanoTime()))
                    .orElse(List.of());
            if (!stalled.isEmpty()) {
                child.destroyForcibly().waitFor();
                return Optional.of(stalled);
            }
        }
        return Optional.empty();
    }

    private Optional<InFlightJournal> journal() {
        try {
            return Optional.of(InFlightJournal.open(caseFolder, watch));
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }

    private List<String> reading() {
        return journal().map(InFlightJournal::inFlight).orElse(List.of()).stream()
                .filter(worker -> worker.state() == State.READING)
                .map(InFlight::path)
                .toList();
    }

    /** Notes who may have done it; says whether that is news. */
    private boolean suspect(Death death) throws IOException {
        Optional<InFlightJournal> journal = journal();
        if (journal.isEmpty() || death.paths().isEmpty()) {
            return false;
        }
        SuspectItems suspects = SuspectItems.of(caseFolder, journal.get().exhibit());
        boolean wasAlone =
                death.paths().size() == 1 && suspects.isSuspect(death.paths().getFirst());
        if (wasAlone) {
            suspects.giveUp(
                    death.paths().getFirst(), new SuspectItems.Verdict(death.category(), death.words() + ", alone"));
            return true;
        }
        for (String path : death.paths()) {
            suspects.suspect(path);
        }
        return true;
    }
}
