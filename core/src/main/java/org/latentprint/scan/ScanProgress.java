package org.latentprint.scan;

import java.time.Duration;
import java.util.Optional;
import org.latentprint.casefile.ScanCounts;

/**
 * How far a scan has come.
 *
 * @param counts of the items written so far
 * @param total what the source holds; empty until it has been counted
 * @param elapsed since the start
 */
public record ScanProgress(ScanCounts counts, Optional<Total> total, Duration elapsed) {
    /** One item costs about as much time as reading this many bytes; measured on small pictures. */
    private static final long ITEM_COST = 200_000;

    /** An estimate from fewer items than this jumps about and helps nobody. */
    private static final long MINIMUM_ITEMS = 100;

    /** What a source holds. */
    public record Total(long items, long bytes) {
        private double cost() {
            return (double) items * ITEM_COST + bytes;
        }
    }

    /** Takes the progress; called at most twice a second, and once at the end, by the thread that scans. */
    @FunctionalInterface
    public interface Listener {
        void progress(ScanProgress progress);
    }

    /** Returns the items per second so far. */
    public double itemsPerSecond() {
        return counts.seen() / Math.max(1e-3, elapsed.toNanos() / 1e9);
    }

    /** Returns the time left, if it can be told; bytes and numbers of items both count. */
    public Optional<Duration> timeLeft() {
        if (total.isEmpty() || counts.seen() < MINIMUM_ITEMS) {
            return Optional.empty();
        }
        double done = new Total(counts.seen(), counts.bytes()).cost();
        double left = Math.max(0, total.get().cost() - done);
        return Optional.of(Duration.ofMillis((long) (elapsed.toMillis() * left / done)));
    }
}
