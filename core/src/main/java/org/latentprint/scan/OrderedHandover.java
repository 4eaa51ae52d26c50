package org.latentprint.scan;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

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
    private final ReentrantLock lock = new ReentrantLock();

    /** The next result has come, or none will. */
    private final Condition ready = lock.newCondition();

    /** There may be room for another result. */
    private final Condition room = lock.newCondition();

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

    private void put(long number, Held<T> result) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (mustWait(number, result.weight)) {
                room.await();
            }
            held.computeIfAbsent(number, first -> new ArrayDeque<>()).add(result);
            heldWeight += result.weight;
            if (number == next) {
                ready.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean mustWait(long number, long weight) {
        boolean tooHeavy = heldWeight + weight > maximumWeight;
        return number == next ? tooHeavy && held.containsKey(number) : tooHeavy || number >= next + maximumCount;
    }

    /** Says that there are so many results in all. */
    void end(long count) {
        tell(() -> total = count);
    }

    /** Says that not all results will come. The first cause counts. */
    void fail(Throwable cause) {
        tell(() -> failure = failure.or(() -> Optional.of(cause)));
    }

    /** Says that no more results are wanted. */
    void stop() {
        tell(() -> stopped = true);
    }

    private void tell(Runnable change) {
        lock.lock();
        try {
            change.run();
            ready.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next result; empty after the last.
     *
     * @throws IOException where a thread failed
     * @throws InterruptedException where no more results are wanted, or this thread was interrupted
     */
    Optional<T> take() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (next < total) {
                if (stopped) {
                    throw new InterruptedException("the scan was asked to stop");
                }
                if (failure.isPresent()) {
                    throw asIoException(failure.get());
                }
                Deque<Held<T>> waiting = held.get(next);
                if (waiting != null) {
                    return Optional.of(removeFirst(waiting));
                }
                ready.await();
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private T removeFirst(Deque<Held<T>> waiting) {
        Held<T> first = waiting.remove();
        heldWeight -= first.weight();
        if (waiting.isEmpty()) {
            held.remove(next);
        }
        if (first.last()) {
            next++;
        }
        // What one makes room for depends on its weight, so all that wait look again
        room.signalAll();
        return first.value();
    }

    private static IOException asIoException(Throwable cause) {
        return switch (cause) {
            case IOException known -> known;
            default -> new IOException("the scan could not go on: " + cause, cause);
        };
    }
}
