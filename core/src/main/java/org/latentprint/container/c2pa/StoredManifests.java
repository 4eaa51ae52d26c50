package org.latentprint.container.c2pa;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The manifests of a store that could be opened, and what their claims say was taken out of others. Used by one thread.
 */
final class StoredManifests {
    private final List<StoredManifest> manifests = new ArrayList<>();

    /** Manifest's label, a line's end, assertion's label. */
    private final Set<String> redacted = new HashSet<>();

    void add(StoredManifest manifest) {
        manifests.add(manifest);
        try {
            for (String address : manifest.claim().get("redacted_assertions").texts()) {
                Assertions.manifestLabel(address)
                        .ifPresent(label -> redacted.add(label + "\n" + Assertions.label(address)));
            }
        } catch (MalformedStoreException unreadable) {
            // A claim that cannot be read says nothing of others; its own reading tells why.
            return;
        }
    }

    Optional<StoredManifest> find(String label) {
        return manifests.stream()
                .filter(manifest -> manifest.label().equals(label))
                .findFirst();
    }

    /** Says whether a claim of the store states that this assertion was taken out. */
    boolean isRedacted(String manifest, String assertion) {
        return redacted.contains(manifest + "\n" + assertion);
    }
}
