package org.latentprint.container.c2pa;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TSPValidationException;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * Reads and checks the time stamp token (RFC 3161) of a signature: whether what it stamps is this signature, and whether it
 * is signed by the key of a certificate in it that is for time stamping. No authority is trusted here. Sources: C2PA
 * Technical Specification 2.x, "Time-stamps"; c2pa-rs, {@code time_stamp} of its crypto crate.
 */
final class TokenReader {
    /** Real ones have some kilobytes: up to four certificates. */
    private static final int MAX_TOKEN = 1 << 18;

    /** More than one authority for one signature does not occur. */
    private static final int MAX_TOKENS = 4;

    private static final String CONTEXT = "CounterSignature";

    /** Not over a claim but over its signature, since version 2.1 of the specification. */
    private static final String SECOND = "sigTst2";

    private static final String FIRST = "sigTst";

    private final byte[] protectedHeader;
    private final byte[] claim;
    private final byte[] signature;

    /** Takes the parts of the signature that a token may stamp. */
    TokenReader(byte[] protectedHeader, byte[] claim, byte[] signature) {
        this.protectedHeader = protectedHeader;
        this.claim = claim;
        this.signature = signature;
    }

    /** Returns the first token that passes, else the first that states a time. */
    TimeStamp read(CborValue unprotectedHeader) {
        TimeStamp best = TimeStamp.none("no time stamp stands with the signature");
        for (String form : List.of(SECOND, FIRST)) {
            List<CborValue> tokens =
                    unprotectedHeader.get(form).get("tstTokens").items();
            for (CborValue each : tokens.subList(0, Math.min(MAX_TOKENS, tokens.size()))) {
                TimeStamp stamp = each.get("val")
                        .bytes()
                        .map(bytes -> read(bytes, form.equals(SECOND)))
                        .orElseGet(() -> TimeStamp.none("a time stamp without its token"));
                if (stamp.check().outcome() == Check.Outcome.PASSED) {
                    return stamp;
                }
                best = best.time().isPresent() ? best : stamp;
            }
        }
        return best;
    }

    private TimeStamp read(byte[] bytes, boolean overSignature) {
        if (bytes.length > MAX_TOKEN) {
            return TimeStamp.none("a time stamp of " + bytes.length + " bytes; up to " + MAX_TOKEN + " are read");
        }
        try {
            TimeStampToken token = new TimeStampToken(new CMSSignedData(contentInfo(bytes)));
            Instant time = token.getTimeStampInfo().getGenTime().toInstant();
            return new TimeStamp(Optional.of(time), check(token, overSignature));
        } catch (IOException | CMSException | TSPException | RuntimeException unreadable) {
            // The library answers damaged bytes with unchecked exceptions of many kinds.
            return TimeStamp.none("the time stamp cannot be read: " + unreadable.getMessage());
        }
    }

    /** The first form holds an authority's whole response, the second its token; both are told apart by what they begin with. */
    private static ContentInfo contentInfo(byte[] bytes) throws IOException {
        try (ASN1InputStream in = new ASN1InputStream(bytes)) {
            ASN1Sequence outer = ASN1Sequence.getInstance(in.readObject());
            if (outer == null || outer.size() == 0) {
                throw new IOException("an empty token");
            }
            boolean isToken = outer.getObjectAt(0) instanceof ASN1ObjectIdentifier;
            if (!isToken && outer.size() < 2) {
                throw new IOException("a response without a token");
            }
            return ContentInfo.getInstance(isToken ? outer : outer.getObjectAt(1));
        }
    }

    private Check check(TimeStampToken token, boolean overSignature) {
        String algorithm = token.getTimeStampInfo().getMessageImprintAlgOID().getId();
        Optional<MessageDigest> digest = digest(algorithm);
        if (digest.isEmpty()) {
            return Check.notChecked("the time stamp is over a hash that is not known, " + algorithm);
        }
        byte[] imprint = token.getTimeStampInfo().getMessageImprintDigest();
        if (stamped(overSignature).stream()
                .noneMatch(bytes -> MessageDigest.isEqual(digest.get().digest(bytes), imprint))) {
            return Check.failed("the time stamp is one over other bytes than this signature's");
        }
        Optional<X509CertificateHolder> named = token.getCertificates().getMatches(null).stream()
                .filter(token.getSID()::match)
                .findFirst();
        if (named.isEmpty()) {
            return Check.notChecked("the time stamp is over this signature; its authority's certificate is not in it");
        }
        X509CertificateHolder signer = named.get();
        String authority = signer.getSubject().toString();
        try {
            token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
            return Check.passed("over this signature, signed by the key of " + authority + "; trust list none");
        } catch (TSPValidationException unfit) {
            return Check.failed("the time stamp of " + authority + " does not hold: " + unfit.getMessage());
        } catch (TSPException | OperatorCreationException | CertificateException | RuntimeException unusable) {
            return Check.notChecked("the time stamp of " + authority + " cannot be checked: " + unusable.getMessage());
        }
    }

    /**
     * What a token may stamp: over the claim in the first form, over the signature in the second, each under the protected
     * header. The first writers took a header that has the algorithm only.
     */
    private List<byte[]> stamped(boolean overSignature) {
        if (overSignature) {
            return List.of(SigStructure.of(CONTEXT, protectedHeader, SigStructure.bytes(signature)));
        }
        return List.of(
                SigStructure.of(CONTEXT, protectedHeader, claim),
                SigStructure.of(CONTEXT, CoseSignature.headerOfAlgorithm(protectedHeader), claim));
    }

    private static Optional<MessageDigest> digest(String algorithm) {
        return switch (algorithm) {
            case "2.16.840.1.101.3.4.2.1" -> Hashes.named("sha256");
            case "2.16.840.1.101.3.4.2.2" -> Hashes.named("sha384");
            case "2.16.840.1.101.3.4.2.3" -> Hashes.named("sha512");
            default -> Optional.empty();
        };
    }
}
