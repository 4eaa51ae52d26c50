package org.latentprint.container.c2pa;

import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.Origin;

/**
 * A C2PA manifest store: what the programs that handled a file state about it, signed. Its presence is not truth, and its
 * absence is not falsehood.
 *
 * @param origin from the first to the last byte of the store in the item; where the format cuts the store into segments,
 *     their headers are among these bytes
 * @param manifests those that could be read, in the order of the store
 * @param active the manifest that speaks for the file as it is: the last of the store (C2PA 2.1); empty where
 *     that one could not be read, for then no other takes its place
 */
public record ContentCredentials(Origin origin, List<Manifest> manifests, Optional<Manifest> active) {
    /** What is known of the trust in a signer's certificate: the program has no list of trusted ones. */
    public static final String TRUST = "not validated against a trust list";

    public ContentCredentials {
        manifests = List.copyOf(manifests);
    }

    /** Returns the manifest of that label. */
    public Optional<Manifest> manifest(String label) {
        return manifests.stream()
                .filter(manifest -> manifest.label().equals(label))
                .findFirst();
    }
}
