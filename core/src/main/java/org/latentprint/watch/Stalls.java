package org.latentprint.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latentprint.casefile.InFlightJournal.InFlight;
import org.latentprint.casefile.InFlightJournal.State;

/** Tells which workers have not moved for too long. Used by one thread. */
final class Stalls {
    private record Seen(InFlight worker, long since) {}

    private final long limit;
    private final Map<Integer, Seen> seen = new HashMap<>();

    Stalls(Duration limit) {
        this.limit = limit.toNanos();
    }

    /**
     * Takes what the workers are on now.
     *
     * @param now by {@link System#nanoTime}
     * @return paths of the items at which a worker reads and has not moved since the limit
     */
    List<String> look(List<InFlight> workers, long now) {
        List<String> stalled = new ArrayList<>();
        for (InFlight worker : workers) {
            Seen before = seen.get(worker.worker());
            if (worker.state() != State.READING
                    || before == null
                    || !before.worker().equals(worker)) {
                seen.put(worker.worker(), new Seen(worker, now));
            } else if (now - before.since() > limit) {
                stalled.add(worker.path());
            }
        }
        return stalled;
    }
}
