package org.latentprint.scan;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.latentprint.casefile.Profile;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.ImageCheck;

/**
 * The check of an image against its own hash, in a thread beside those that examine items: its digest takes one processor, and
 * leaves the others idle where it runs alone.
 */
final class WholeCheck implements AutoCloseable {
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().name("latentprint-check").daemon().unstarted(task));

    private final Future<Optional<ImageCheck>> check;

    /**
     * Begins the check, where the profile reads all bytes.
     *
     * @param threads that may read
     */
    WholeCheck(Profile profile, int threads, EvidenceSource source, ScanWatch watch) {
        check = switch (profile) {
            case FULL -> executor.submit(() -> watch.checking(threads, source));
            case TRIAGE -> CompletableFuture.completedFuture(Optional.empty());
        };
    }

    /**
     * Waits for its end.
     *
     * @return empty where the source is no image, or the profile has no check
     * @throws IOException where the image could not be checked
     * @throws InterruptedException where the check was stopped, or this thread interrupted
     */
    Optional<ImageCheck> await() throws IOException, InterruptedException {
        try {
            return check.get();
        } catch (CancellationException stopped) {
            throw new InterruptedException("the check was stopped");
        } catch (ExecutionException failure) {
            switch (failure.getCause()) {
                case IOException unreadable -> throw unreadable;
                case InterruptedException stopped -> throw stopped;
                case RuntimeException fault -> throw fault;
                case Error fault -> throw fault;
                case null, default -> throw new IllegalStateException(failure);
            }
        }
    }

    /** Stops it; whoever waits for it gets an {@link InterruptedException}. */
    void stop() {
        check.cancel(true);
    }

    /** Stops it, and waits until it no longer reads. */
    @Override
    public void close() {
        stop();
        executor.close();
    }
}
