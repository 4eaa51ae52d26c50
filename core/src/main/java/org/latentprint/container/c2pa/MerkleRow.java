package org.latentprint.container.c2pa;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One row of a tree of hashes, as an assertion states it, to be held against the tree's leaves. Every leaf of a whole file can
 * be computed, so the row is computed from them all, and the proofs beside the fragments are not needed. Source: C2PA
 * Technical Specification 2.x, "Validation" of the BMFF-based hash; c2pa-rs, {@code check_merkle_tree} in {@code sdk/src/assertions/bmff_hash.rs}: a node without a neighbour
 * goes up unchanged.
 *
 * @param map as recorded
 * @param hash names the algorithm
 */
record MerkleRow(CborValue map, HashStatement hash) {
    /** A film of two hours in fragments of a second. */
    static final int MAX_LEAVES = 20_000;

    static MerkleRow of(CborValue map, CborValue assertion, Optional<String> claimAlgorithm) {
        return new MerkleRow(map, HashStatement.of(map, assertion, claimAlgorithm));
    }

    long leaves() {
        return map.get("count").whole().orElse(-1L);
    }

    /** Says whether the leaves lead to the stated row. */
    boolean isMetBy(List<byte[]> leaves) {
        List<CborValue> stated = map.get("hashes").items();
        Optional<MessageDigest> digest = hash.digest();
        List<byte[]> row = leaves;
        while (row.size() > stated.size() && row.size() > 1 && digest.isPresent()) {
            row = above(row, digest.get());
        }
        if (row.isEmpty() || row.size() != stated.size()) {
            return false;
        }
        for (int i = 0; i < row.size(); i++) {
            if (!stated.get(i).isBytes(row.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<byte[]> above(List<byte[]> row, MessageDigest digest) {
        List<byte[]> above = new ArrayList<>();
        for (int i = 0; i < row.size(); i += 2) {
            if (i + 1 == row.size()) {
                above.add(row.get(i));
            } else {
                digest.update(row.get(i));
                above.add(digest.digest(row.get(i + 1)));
            }
        }
        return above;
    }
}
