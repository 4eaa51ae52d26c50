package org.latentprint.report;

import java.util.Optional;

/**
 * What the Content Credentials of the case state, summed up.
 *
 * @param items that hold at least one manifest
 * @param manifests in all of them; a file's own, and those of the files that it was made from
 * @param itemsWithoutActive items whose active manifest, the one that speaks for the file, was not read
 * @param claimGenerators programs that wrote the claims, as recorded
 * @param signers as their certificates state
 * @param signatures what came of checking the claims' signatures
 * @param assertionHashes what came of comparing the assertions with their claims
 * @param dataHashes what came of comparing the files with their active manifests
 * @param sourceTypes the digital source types that actions declare, as recorded
 */
public record Credentials(
        long items,
        long manifests,
        long itemsWithoutActive,
        Capped<Use> claimGenerators,
        Capped<Use> signers,
        Capped<Use> signatures,
        Capped<Use> assertionHashes,
        Capped<Use> dataHashes,
        Capped<Use> sourceTypes) {

    /** Says whether no item holds any. */
    public boolean isEmpty() {
        return items == 0;
    }

    /**
     * One value and where it stands.
     *
     * @param value empty where the manifests state none
     * @param items that hold it
     * @param manifests that hold it
     * @param exhibit of the example, the first item in the walk
     * @param item path of the example
     * @param ground the example's manifest store
     */
    public record Use(
            Optional<EvidenceText> value,
            long items,
            long manifests,
            EvidenceText exhibit,
            EvidenceText item,
            Ground ground) {}
}
