package org.latentprint.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.latentprint.casefile.CaseVerify;

/**
 * Watches over a check of a case from a thread of its own. Where the reading of an item does not move for too long, it hands
 * out what was found until then: whoever reads may be in a library and never come back.
 */
public final class VerifyWatch implements CaseVerify.Watcher, AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Duration limit;
    private final Consumer<Stall> stalled;
    private final List<CaseVerify.Difference> found = new ArrayList<>();
    private final Thread watching;
    private Optional<Reading> reading = Optional.empty();

    private record Reading(String item, long movedAt) {}

    /**
     * A check that does not move.
     *
     * @param item exhibit and path of what it reads
     * @param limit that is over
     * @param found what does not agree in the items before
     */
    public record Stall(String item, Duration limit, List<CaseVerify.Difference> found) {
        public Stall {
            found = List.copyOf(found);
        }
    }

    /**
     * Begins to watch.
     *
     * @param limit so long may the reading of an item go on without reading a byte
     * @param stalled takes the stall, once, in the thread that watches
     */
    public VerifyWatch(Duration limit, Consumer<Stall> stalled) {
        this.limit = limit;
        this.stalled = stalled;
        this.watching =
                Thread.ofPlatform().daemon().name("latentprint-verify-watch").start(this::watch);
    }

    @Override
    public synchronized void begins(String exhibit, String item) {
        reading = Optional.of(new Reading(exhibit + ": " + item, System.nanoTime()));
    }

    @Override
    public synchronized void moves() {
        reading = reading.map(at -> new Reading(at.item, System.nanoTime()));
    }

    @Override
    public synchronized void ends() {
        reading = Optional.empty();
    }

    @Override
    public synchronized void differs(CaseVerify.Difference difference) {
        if (found.size() < CaseVerify.MAX_DIFFERENCES) {
            found.add(difference);
        }
    }

    private void watch() {
        try {
            Optional<Stall> stall = Optional.empty();
            while (stall.isEmpty()) {
                Thread.sleep(LOOK);
                stall = look();
            }
            stalled.accept(stall.get());
        } catch (InterruptedException ended) {
            // Nothing is left to watch.
        }
    }

    private synchronized Optional<Stall> look() {
        return reading.filter(at -> System.nanoTime() - at.movedAt > limit.toNanos())
                .map(at -> new Stall(at.item, limit, found));
    }

    /** Ends the watch. */
    @Override
    public void close() {
        watching.interrupt();
    }
}
