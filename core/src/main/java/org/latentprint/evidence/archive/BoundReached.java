package org.latentprint.evidence.archive;

import java.io.IOException;

/** Ends reading where a bound of {@link ArchiveLimits} says so; the message says what was asked and granted. */
final class BoundReached extends IOException {
    private static final long serialVersionUID = 1L;

    BoundReached(String message) {
        super(message);
    }
}
