package org.latentprint.container.c2pa;

import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * A certificate of a signature, by what it states.
 *
 * @param subject distinguished name (RFC 2253)
 * @param issuer distinguished name (RFC 2253)
 * @param serial in lower-case hex
 * @param sha256 digest of the certificate
 */
public record SignerCertificate(String subject, String issuer, String serial, String sha256) {

    static SignerCertificate of(X509Certificate certificate, byte[] encoded) {
        return new SignerCertificate(
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                certificate.getSerialNumber().toString(16).toLowerCase(Locale.ROOT),
                Hashes.sha256(encoded));
    }

    /** Returns the subject's organisation, else its common name. */
    public Optional<String> shortName() {
        return part("O").or(() -> part("CN"));
    }

    private Optional<String> part(String type) {
        try {
            return new LdapName(subject)
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase(type))
                            .map(Rdn::getValue)
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .findFirst();
        } catch (InvalidNameException unreadable) {
            return Optional.empty();
        }
    }
}
