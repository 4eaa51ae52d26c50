package org.latentprint.scan;

import java.util.Optional;
import org.latentprint.casefile.ItemFindings;
import org.latentprint.fingerprint.DigestComputer;

/**
 * An item that was examined and may still have to be digested, which is done for several items at once.
 *
 * @param findings without digests where these are to be computed
 * @param undigested all its bytes; empty where the findings are complete
 */
record Examined(ItemFindings findings, Optional<byte[]> undigested) {
    static Examined complete(ItemFindings findings) {
        return new Examined(findings, Optional.empty());
    }

    /** Returns the complete findings. */
    ItemFindings digested() {
        return undigested
                .map(bytes -> findings.withDigests(DigestComputer.compute(bytes)))
                .orElse(findings);
    }

    /** Returns how many bytes it holds on to. */
    int bytes() {
        return undigested.map(bytes -> bytes.length).orElse(0);
    }
}
