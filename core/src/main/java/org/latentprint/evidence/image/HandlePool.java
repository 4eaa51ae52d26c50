package org.latentprint.evidence.image;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Handles of an image that one thread at a time may use: each thread that reads takes one, and gives it back. As many are opened as
 * threads read at a time. Safe for threads.
 *
 * @param <T> the handle
 */
final class HandlePool<T extends Closeable> implements Closeable {
    private final Opener<T> opener;
    private final Deque<T> idle = new ArrayDeque<>();
    private boolean closed;

    /** Opens one more handle. */
    interface Opener<T> {
        T open() throws IOException;
    }

    HandlePool(Opener<T> opener) {
        this.opener = opener;
    }

    /**
     * Takes a handle.
     *
     * @throws IOException where the pool is closed, or no further handle can be opened
     */
    T take() throws IOException {
        synchronized (this) {
            if (closed) {
                throw new IOException("the image is closed");
            }
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return opener.open();
    }

    /** Gives a handle back; closes it where the pool is closed. */
    void give(T handle) throws IOException {
        synchronized (this) {
            if (!closed) {
                idle.push(handle);
                return;
            }
        }
        handle.close();
    }

    /** Closes the handles that are not in use; others are closed when they are given back. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
        }
        for (T handle : idle) {
            handle.close();
        }
    }
}
