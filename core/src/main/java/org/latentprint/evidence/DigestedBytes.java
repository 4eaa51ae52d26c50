package org.latentprint.evidence;

import java.util.Optional;

/** Bytes that are digested as they are read, so that a reader that needs the digest need not compute it a second time. */
public interface DigestedBytes extends EvidenceBytes {
    /** Returns the SHA-256 of all bytes, in hexadecimal; empty as long as not all were read from the beginning to the end. */
    Optional<String> sha256();
}
