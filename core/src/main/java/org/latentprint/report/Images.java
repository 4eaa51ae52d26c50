package org.latentprint.report;

import java.util.List;
import java.util.Optional;

/**
 * What is known of the exhibits that are disk images.
 *
 * @param states how many items of each state each image has
 * @param hashes that the images keep of themselves
 * @param withoutHash images of which none was compared
 * @param ranges that could not be read
 */
public record Images(List<State> states, List<Hash> hashes, List<WithoutHash> withoutHash, Capped<Range> ranges) {
    public Images {
        states = List.copyOf(states);
        hashes = List.copyOf(hashes);
        withoutHash = List.copyOf(withoutHash);
    }

    /** Says whether no exhibit is an image. */
    public boolean isEmpty() {
        return states.isEmpty();
    }

    /**
     * Items of one state.
     *
     * @param exhibit reference
     * @param sourceKind such as {@code image (ewf)}
     * @param allocation allocated, deleted, orphan or carved
     * @param items how many
     * @param generations found in them
     */
    public record State(
            EvidenceText exhibit, EvidenceText sourceKind, EvidenceText allocation, long items, long generations) {}

    /**
     * A digest of a whole disk.
     *
     * @param stored in the image
     * @param computed from its bytes; empty where not all of them could be read
     * @param verdict match, mismatch or not computed
     */
    public record Hash(
            EvidenceText exhibit,
            EvidenceText algorithm,
            EvidenceText stored,
            Optional<EvidenceText> computed,
            EvidenceText verdict) {}

    /**
     * An image that was not compared with a hash of itself.
     *
     * @param exhibit reference
     * @param sourceKind such as {@code image (raw)}
     * @param scannedInFull whether a scan ended that looked for one
     */
    public record WithoutHash(EvidenceText exhibit, EvidenceText sourceKind, boolean scannedInFull) {}

    /**
     * A range of an image that could not be read.
     *
     * @param offset within the disk, in bytes
     * @param length in bytes
     */
    public record Range(EvidenceText exhibit, long offset, long length, EvidenceText reason) {}
}
