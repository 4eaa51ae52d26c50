package org.latentprint.container.c2pa;

import java.security.MessageDigest;
import java.util.Optional;

/**
 * A hash as a manifest states it, with the algorithm that makes it. The algorithm's name is taken from the nearest place that
 * has one (C2PA Technical Specification 2.x, "Hashing"): beside the hash, around it, or in the claim.
 *
 * @param algorithm as recorded
 * @param stated the hash; empty where there is none
 */
record HashStatement(String algorithm, Optional<byte[]> stated) {

    /** Takes the hash of a map in an assertion. */
    static HashStatement of(CborValue map, CborValue around, Optional<String> claimAlgorithm) {
        String algorithm = map.get("alg")
                .text()
                .or(() -> around.get("alg").text())
                .or(() -> claimAlgorithm)
                .orElse("sha256");
        return new HashStatement(algorithm, map.get("hash").bytes());
    }

    /** Returns a new digest; empty where the algorithm is not known. */
    Optional<MessageDigest> digest() {
        return Hashes.named(algorithm);
    }

    /** Says whether the digest comes to the stated hash. */
    boolean isMetBy(MessageDigest digest) {
        return MessageDigest.isEqual(digest.digest(), stated.orElse(new byte[0]));
    }
}
