package org.latentprint.scan;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Hands results from many threads to one, in the order of their numbers. Results that come early wait here, and their
 * threads wait where too many or too heavy ones are held. The result that is next is always let in; since numbers are given
 * out in order, its thread is at work already, and nobody waits for ever.
 */
final class OrderedHandover<T> {
    private record Held<T>(T value, long weight) {}

    private final int maximumCount;
    private final long maximumWeight;
    private final Map<Long, Held<T>> held = new HashMap<>();
    private long next;
    private long heldWeight;
    private long total = Long.MAX_VALUE;
    private Optional<Throwable> failure = Optional.empty();

    OrderedHandover(int maximumCount, long maximumWeight) {
        this.maximumCount = maximumCount;
        this.maximumWeight = maximumWeight;
    }

    /**
     * Puts the result with that number, and waits until there is room for it.
     *
     * @param weight what it takes of memory, roughly, in bytes
     */
    synchronized void put(long number, T value, long weight) throws InterruptedException {
        while (number != next && (number >= next + maximumCount || heldWeight + weight > maximumWeight)) {
            wait();
        }
        held.put(number, new Held<>(value, weight));
        heldWeight += weight;
        notifyAll();
    }

    /** Says that there are so many results in all. */
    synchronized void end(long count) {
        total = count;
        notifyAll();
    }

    /** Says that not all results will come. The first cause counts. */
    synchronized void fail(Throwable cause) {
        if (failure.isEmpty()) {
            failure = Optional.of(cause);
        }
        notifyAll();
    }

    /**
     * Waits for the next result; empty after the last.
     *
     * @throws IOException where a thread failed
     */
    synchronized Optional<T> take() throws IOException, InterruptedException {
        while (next < total) {
            if (failure.isPresent()) {
                throw new IOException("the scan could not go on: " + failure.get(), failure.get());
            }
            Held<T> ready = held.remove(next);
            if (ready != null) {
                heldWeight -= ready.weight();
                next++;
                notifyAll();
                return Optional.of(ready.value());
            }
            wait();
        }
        return Optional.empty();
    }
}
