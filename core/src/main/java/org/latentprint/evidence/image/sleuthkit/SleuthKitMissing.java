package org.latentprint.evidence.image.sleuthkit;

import java.io.IOException;

/** Says that The Sleuth Kit's library is not there or cannot be used, and what to do. */
public final class SleuthKitMissing extends IOException {
    private static final long serialVersionUID = 1L;

    SleuthKitMissing(String message) {
        super(message);
    }
}
