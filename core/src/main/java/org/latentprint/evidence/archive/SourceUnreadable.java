package org.latentprint.evidence.archive;

import java.io.IOException;

/** Says that the archive's own bytes could not be had from the source, which is no fault of the archive. */
final class SourceUnreadable extends IOException {
    private static final long serialVersionUID = 1L;

    SourceUnreadable(IOException cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }
}
