package org.latentprint.evidence.archive;

import java.io.IOException;

/** Ends the reading of what is packed by a method that this program does not unpack. */
final class NoUnpacker extends IOException {
    private static final long serialVersionUID = 1L;

    NoUnpacker(String message) {
        super(message);
    }
}
