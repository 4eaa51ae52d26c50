package org.latentprint.container.c2pa;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks the signature of a claim: a COSE_Sign1 structure (RFC 9052, section 4.2) whose payload is the claim's bytes, with
 * the certificates in its headers (RFC 9360). Nothing is fetched: no revocation list, no missing certificate.
 */
final class CoseSignature {
    /** Labels of the headers: RFC 9052, section 3.1, and RFC 9360; c2pa-rs wrote the chain's label as text first. */
    private static final String ALGORITHM = "1";

    private static final String CHAIN = "33";
    private static final String CHAIN_AS_TEXT = "x5chain";

    /** Real chains have two or three. */
    private static final int MAX_CERTIFICATES = 16;

    /** The algorithms of C2PA 2.1, by their number in the COSE register. */
    private enum Algorithm {
        ES256(-7, "SHA256withECDSA", 64),
        ES384(-35, "SHA384withECDSA", 96),
        ES512(-36, "SHA512withECDSA", 132),
        PS256(-37, "SHA-256", 32),
        PS384(-38, "SHA-384", 48),
        PS512(-39, "SHA-512", 64),
        EDDSA(-8, "Ed25519", 64);

        private final long number;
        private final String javaName;
        /** Of the raw signature, or of the salt. */
        private final int length;

        Algorithm(long number, String javaName, int length) {
            this.number = number;
            this.javaName = javaName;
            this.length = length;
        }

        static Optional<Algorithm> of(long number) {
            for (Algorithm each : values()) {
                if (each.number == number) {
                    return Optional.of(each);
                }
            }
            return Optional.empty();
        }

        Signature signature(byte[] value) throws GeneralSecurityException {
            return switch (this) {
                case ES256, ES384, ES512 -> {
                    // Some signers write the two numbers in DER, which COSE does not have.
                    boolean der = value.length != length && value.length > 0 && value[0] == 0x30;
                    yield Signature.getInstance(der ? javaName : javaName + "inP1363Format");
                }
                case PS256, PS384, PS512 -> {
                    Signature pss = Signature.getInstance("RSASSA-PSS");
                    pss.setParameter(
                            new PSSParameterSpec(javaName, "MGF1", new MGF1ParameterSpec(javaName), length, 1));
                    yield pss;
                }
                case EDDSA -> Signature.getInstance(javaName);
            };
        }
    }

    private record Certified(X509Certificate certificate, SignerCertificate description) {}

    private CoseSignature() {}

    /**
     * Checks the signature.
     *
     * @param cose content of the signature box
     * @param claim content of the claim box
     */
    static ClaimSignature check(byte[] cose, byte[] claim) {
        try {
            List<CborValue> parts = CborReader.read(cose).items();
            if (parts.size() != 4) {
                throw new MalformedStoreException("no COSE_Sign1 of four parts");
            }
            byte[] protectedHeader = parts.getFirst().bytes().orElse(new byte[0]);
            CborValue signed = protectedHeader.length == 0 ? CborValue.nothing() : CborReader.read(protectedHeader);
            CborValue unsigned = parts.get(1);
            byte[] value = parts.get(3).bytes().orElse(new byte[0]);
            Optional<Long> number = signed.get(ALGORITHM).whole();
            Optional<Algorithm> algorithm = number.flatMap(Algorithm::of);
            CborValue chain = signed.get(CHAIN, CHAIN_AS_TEXT);
            List<Certified> certificates = certificates(chain.isPresent() ? chain : unsigned.get(CHAIN, CHAIN_AS_TEXT));
            TimeStamp stamp = new TokenReader(protectedHeader, claim, value).read(unsigned);
            return new ClaimSignature(
                    verify(
                            number,
                            algorithm,
                            certificates,
                            SigStructure.of("Signature1", protectedHeader, claim),
                            value),
                    algorithm.map(Algorithm::name).or(() -> number.map(unknown -> "COSE algorithm " + unknown)),
                    stamp.time(),
                    stamp.check(),
                    CertificateChain.check(
                            certificates.stream().map(Certified::certificate).toList(), stamp.checkedTime()),
                    certificates.stream().map(Certified::description).toList());
        } catch (MalformedStoreException | CertificateException unreadable) {
            return none("the signature cannot be read: " + unreadable.getMessage());
        }
    }

    /** Returns what stands for a signature that is not there or cannot be read. */
    static ClaimSignature none(String reason) {
        Check none = Check.notChecked(reason);
        return new ClaimSignature(none, Optional.empty(), Optional.empty(), none, none, List.of());
    }

    private static Check verify(
            Optional<Long> number,
            Optional<Algorithm> algorithm,
            List<Certified> certificates,
            byte[] toBeSigned,
            byte[] value) {
        if (algorithm.isEmpty()) {
            return Check.notChecked(number.map(unknown -> "COSE algorithm " + unknown + " is not known")
                    .orElse("the protected header names no algorithm"));
        }
        if (certificates.isEmpty()) {
            return Check.notChecked("no certificate stands with the signature");
        }
        try {
            Signature signature = algorithm.get().signature(value);
            signature.initVerify(certificates.getFirst().certificate().getPublicKey());
            signature.update(toBeSigned);
            return signature.verify(value)
                    ? Check.passed("over the claim's bytes, by the key of the first certificate")
                    : Check.failed("does not fit the claim's bytes and the key of the first certificate");
        } catch (java.security.InvalidKeyException | java.security.NoSuchAlgorithmException unusable) {
            return Check.notChecked("the key cannot be used: " + unusable.getMessage());
        } catch (GeneralSecurityException malformed) {
            return Check.failed("is no signature of its algorithm: " + malformed.getMessage());
        }
    }

    private static List<Certified> certificates(CborValue chain) throws CertificateException, MalformedStoreException {
        List<CborValue> values = chain.items().isEmpty() ? List.of(chain) : chain.items();
        if (values.size() > MAX_CERTIFICATES) {
            throw new MalformedStoreException("more than " + MAX_CERTIFICATES + " certificates");
        }
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<Certified> certificates = new ArrayList<>();
        for (CborValue value : values) {
            Optional<byte[]> encoded = value.bytes();
            if (encoded.isPresent()
                    && factory.generateCertificate(new ByteArrayInputStream(encoded.get()))
                            instanceof X509Certificate certificate) {
                certificates.add(new Certified(certificate, SignerCertificate.of(certificate, encoded.get())));
            }
        }
        return certificates;
    }

    /** Returns a protected header that has nothing but the algorithm of the given one. */
    static byte[] headerOfAlgorithm(byte[] protectedHeader) {
        try {
            long number =
                    CborReader.read(protectedHeader).get(ALGORITHM).whole().orElse(0L);
            byte[] value = number >= -24
                    ? new byte[] {(byte) (0x20 | (-1 - number))}
                    : new byte[] {0x38, (byte) (-1 - number)};
            return ByteBuffer.allocate(2 + value.length)
                    .put((byte) 0xA1)
                    .put((byte) 1)
                    .put(value)
                    .array();
        } catch (MalformedStoreException noHeader) {
            return new byte[0];
        }
    }
}
