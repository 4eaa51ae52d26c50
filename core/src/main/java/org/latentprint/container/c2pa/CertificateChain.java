package org.latentprint.container.c2pa;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds each certificate beside a signature against the next, which should be its issuer's: signature, issuer's name, the
 * right to issue, validity. What holds so holds within the file only: there is no list of trusted issuers, and whether a
 * certificate was revoked is not asked. Sources: RFC 5280, sections 4.1 and 4.2; C2PA Technical Specification 2.x, "X.509 Certificates".
 */
final class CertificateChain {
    /** Uses of a key that stand in certificates of signers; RFC 5280, RFC 9336, and the C2PA's own. */
    private static final Map<String, String> USES = Map.of(
            "1.3.6.1.5.5.7.3.1", "server authentication",
            "1.3.6.1.5.5.7.3.2", "client authentication",
            "1.3.6.1.5.5.7.3.3", "code signing",
            "1.3.6.1.5.5.7.3.4", "e-mail protection",
            "1.3.6.1.5.5.7.3.8", "time stamping",
            "1.3.6.1.5.5.7.3.9", "OCSP signing",
            "1.3.6.1.5.5.7.3.36", "document signing",
            "1.3.6.1.4.1.62558.2.1", "C2PA claim signing",
            "2.5.29.37.0", "any use");

    private static final String NO_LIST = "; trust list none";

    private CertificateChain() {}

    /**
     * Checks a chain.
     *
     * @param certificates the signer's first, then each one's issuer
     * @param signed when the claim was signed, as a time stamp says that was checked
     */
    static Check check(List<X509Certificate> certificates, Optional<Instant> signed) {
        if (certificates.isEmpty()) {
            return Check.notChecked("no certificate stands with the signature");
        }
        String uses = "; the signer's key is for " + uses(certificates.getFirst());
        for (int i = 0; i < certificates.size(); i++) {
            Optional<String> wrong = wrong(certificates, i, signed);
            if (wrong.isPresent()) {
                return Check.failed(
                        "certificate " + (i + 1) + " of " + certificates.size() + " " + wrong.get() + uses + NO_LIST);
            }
        }
        String time = signed.map(when -> "; valid at the time stamp, " + when)
                .orElse("; no checked time stamp says when it was signed, so validity in time is not checked");
        if (certificates.size() == 1) {
            return Check.notChecked("one certificate, "
                    + (isSelfIssued(certificates.getFirst()) ? "self-signed" : "its issuer's is not in the file") + time
                    + uses + NO_LIST);
        }
        return Check.passed(
                "the " + certificates.size() + " certificates hold within the file" + time + uses + NO_LIST);
    }

    private static Optional<String> wrong(List<X509Certificate> certificates, int index, Optional<Instant> signed) {
        X509Certificate certificate = certificates.get(index);
        if (signed.isPresent() && !isValid(certificate, signed.get())) {
            return Optional.of("is not valid at the time stamp, " + signed.get() + ": it is from "
                    + certificate.getNotBefore().toInstant() + " to "
                    + certificate.getNotAfter().toInstant());
        }
        boolean last = index + 1 == certificates.size();
        if (last && !isSelfIssued(certificate)) {
            return Optional.empty();
        }
        X509Certificate issuer = last ? certificate : certificates.get(index + 1);
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return Optional.of("names another issuer than the next");
        }
        if (!last && issuer.getBasicConstraints() < 0) {
            return Optional.of("is issued by one that may not issue any");
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return Optional.empty();
        } catch (GeneralSecurityException unfit) {
            return Optional.of("does not fit its issuer's key: " + unfit.getMessage());
        }
    }

    private static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }

    private static boolean isValid(X509Certificate certificate, Instant time) {
        return !time.isBefore(certificate.getNotBefore().toInstant())
                && !time.isAfter(certificate.getNotAfter().toInstant());
    }

    private static String uses(X509Certificate certificate) {
        try {
            List<String> recorded = certificate.getExtendedKeyUsage();
            if (recorded == null || recorded.isEmpty()) {
                return "no use that it names";
            }
            List<String> words = new ArrayList<>();
            recorded.forEach(use -> words.add(USES.getOrDefault(use, use)));
            return String.join(", ", words);
        } catch (CertificateParsingException unreadable) {
            return "uses that cannot be read";
        }
    }
}
