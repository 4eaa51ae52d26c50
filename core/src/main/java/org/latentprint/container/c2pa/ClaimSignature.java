package org.latentprint.container.c2pa;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who signed a claim, and whether the signature fits. Certificates were not validated against a trust list: anyone can make
 * one that bears any name.
 *
 * @param check whether the signature is one over the claim's bytes by the key of the first certificate
 * @param algorithm such as {@code ES256}
 * @param timeStamp that a time stamp token beside the signature states
 * @param timeStampCheck whether that token is one over this signature, signed by the key of a certificate in it
 * @param chain whether each certificate holds against the next, within the file
 * @param certificates the signer's first, then those that it names as issuers
 */
public record ClaimSignature(
        Check check,
        Optional<String> algorithm,
        Optional<Instant> timeStamp,
        Check timeStampCheck,
        Check chain,
        List<SignerCertificate> certificates) {
    public ClaimSignature {
        certificates = List.copyOf(certificates);
    }

    /** Returns the name in the signer's certificate: its organisation, else its common name. */
    public Optional<String> signer() {
        return certificates.stream().findFirst().flatMap(SignerCertificate::shortName);
    }
}
