package org.latentprint.scan;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Hands results from many threads to one, in the order of their numbers. A number may have several results, handed over one
 * by one. Results that come early wait here, and their threads wait where too many or too heavy ones are held. Of the number
 * that is next, a result is always let in; since numbers are given out in order, its thread is at work already, and nobody
 * waits for ever.
 */
final class OrderedHandover<T> {
    private record Held<T>(T value, long weight, boolean last) {}

    private final int maximumCount;
    private final long maximumWeight;
    private final Map<Long, Deque<Held<T>>> held = new HashMap<>();
    private long next;
    private long heldWeight;
    private long total = Long.MAX_VALUE;
    private Optional<Throwable> failure = Optional.empty();
    private boolean stopped;

    OrderedHandover(int maximumCount, long maximumWeight) {
        this.maximumCount = maximumCount;
        this.maximumWeight = maximumWeight;
    }

    /**
     * Puts the only or last result with that number, and waits until there is room for it.
     *
     * @param weight what it takes of memory, roughly, in bytes
     */
    void put(long number, T value, long weight) throws InterruptedException {
        put(number, new Held<>(value, weight, true));
    }

    /** Puts a result with that number that others follow, and waits until there is room for it. */
    void putPart(long number, T value, long weight) throws InterruptedException {
        put(number, new Held<>(value, weight, false));
    }

    private synchronized void put(long number, Held<T> result) throws InterruptedException {
        while (mustWait(number, result.weight)) {
            wait();
        }
        held.computeIfAbsent(number, first -> new ArrayDeque<>()).add(result);
        heldWeight += result.weight;
        notifyAll();
    }

    private boolean mustWait(long number, long weight) {
        boolean tooHeavy = heldWeight + weight > maximumWeight;
        return number == next ? tooHeavy && held.containsKey(number) : tooHeavy || number >= next + maximumCount;
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

    /** Says that no more results are wanted. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /**
     * Waits for the next result; empty after the last.
     *
     * @throws IOException where a thread failed
     * @throws InterruptedException where no more results are wanted, or this thread was interrupted
     */
    synchronized Optional<T> take() throws IOException, InterruptedException {
        while (next < total) {
            if (stopped) {
                throw new InterruptedException("the scan was asked to stop");
            }
            if (failure.isPresent()) {
                throw asIoException(failure.get());
            }
            Deque<Held<T>> waiting = held.get(next);
            if (waiting != null) {
                Held<T> ready = waiting.remove();
                heldWeight -= ready.weight();
                if (waiting.isEmpty()) {
                    held.remove(next);
                }
                if (ready.last()) {
                    next++;
                }
                notifyAll();
                return Optional.of(ready.value());
            }
            wait();
        }
        return Optional.empty();
    }

    private static IOException asIoException(Throwable cause) {
        return switch (cause) {
            case IOException known -> known;
            default -> new IOException("the scan could not go on: " + cause, cause);
        };
    }
}
