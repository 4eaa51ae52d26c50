package org.latentprint.container.c2pa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.container.c2pa.Check.Outcome;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.ClaimSigner;
import org.latentprint.fixture.CredentialsFixture;
import org.latentprint.fixture.ManifestFixture;
import org.latentprint.fixture.TimeStampFixture;

/** Certificates and time stamps beside a claim's signature: as they are, and where one of them does not fit. */
class SignatureCompanionsTest {
    private static final Instant WITHIN = Instant.parse("2025-06-01T12:00:00Z");
    private static final String GENERATOR = "Garden Painter";

    @Test
    void aChainHoldsWithinTheFileAndNoMore() {
        ClaimSignature signature = signature(ClaimSigner.issuedBy("Garden Works", "Garden House"));

        assertThat(signature.check().outcome()).isEqualTo(Outcome.PASSED);
        assertThat(signature.chain().outcome()).isEqualTo(Outcome.PASSED);
        assertThat(signature.chain().reason())
                .startsWith("the 2 certificates hold within the file")
                .contains("validity in time is not checked")
                .contains("e-mail protection, C2PA claim signing")
                .endsWith("trust list none");
        assertThat(signature.timeStampCheck().outcome()).isEqualTo(Outcome.NOT_CHECKED);
    }

    @Test
    void oneCertificateVouchesForNothing() {
        assertThat(signature(ClaimSigner.ofOne("Garden Works")).chain())
                .matches(check -> check.outcome() == Outcome.NOT_CHECKED)
                .matches(check -> check.reason().startsWith("one certificate, self-signed"));
    }

    @Test
    void aCertificateThatItsIssuerDidNotSignFailsTheChain() {
        ClaimSigner signer =
                ClaimSigner.issuedBy("Garden Works", "Garden House").withAnotherIssuer("Garden House");
        ClaimSignature signature = signature(signer);

        assertThat(signature.check().outcome()).isEqualTo(Outcome.PASSED);
        assertThat(signature.chain().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(signature.chain().reason()).startsWith("certificate 1 of 2 does not fit its issuer's key");
    }

    @Test
    void anIssuerOfAnotherNameOrWithoutTheRightToIssueFailsTheChain() {
        assertThat(signature(ClaimSigner.issuedBy("Garden Works", "Garden House")
                                .withAnotherIssuer("Other House"))
                        .chain()
                        .reason())
                .startsWith("certificate 1 of 2 names another issuer than the next");
        assertThat(signature(ClaimSigner.issuedByNoAuthority("Garden Works", "Garden House"))
                        .chain()
                        .reason())
                .startsWith("certificate 1 of 2 is issued by one that may not issue any");
    }

    @Test
    void bothFormsOfTimeStampsAreChecked() {
        for (TimeStampFixture stamp : List.of(TimeStampFixture.first(WITHIN), TimeStampFixture.second(WITHIN))) {
            ClaimSignature signature = signature(
                    ClaimSigner.issuedBy("Garden Works", "Garden House").stamped(stamp));

            assertThat(signature.timeStamp()).contains(WITHIN);
            assertThat(signature.timeStampCheck().outcome())
                    .as(signature.timeStampCheck().reason())
                    .isEqualTo(Outcome.PASSED);
            assertThat(signature.timeStampCheck().reason())
                    .isEqualTo("over this signature, signed by the key of CN=Garden Clock; trust list none");
            assertThat(signature.chain().reason()).contains("valid at the time stamp, " + WITHIN);
        }
    }

    @Test
    void aCertificateThatWasNotYetOrNoLongerValidFailsTheChain() {
        for (Instant time : List.of(ClaimSigner.VALID_FROM.minusSeconds(1), ClaimSigner.VALID_UNTIL.plusSeconds(1))) {
            ClaimSignature signature = signature(
                    ClaimSigner.issuedBy("Garden Works", "Garden House").stamped(TimeStampFixture.second(time)));

            assertThat(signature.chain().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(signature.chain().reason()).startsWith("certificate 1 of 2 is not valid at the time stamp");
        }
    }

    @Test
    void aTimeStampOverOtherBytesFailsAndItsTimeCountsForNothing() {
        byte[] file = file(ClaimSigner.issuedBy("Garden Works", "Garden House")
                .stamped(TimeStampFixture.first(ClaimSigner.VALID_UNTIL.plusSeconds(1))));
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf(GENERATOR);
        file[at] ^= 1;
        ClaimSignature signature = signature(file);

        assertThat(signature.check().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(signature.timeStampCheck().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(signature.timeStampCheck().reason())
                .isEqualTo("the time stamp is one over other bytes than this signature's");
        assertThat(signature.chain().reason()).contains("validity in time is not checked");
    }

    @Test
    void aTimeStampWithoutItsAuthoritysCertificateIsNotChecked() {
        ClaimSignature signature = signature(ClaimSigner.ofOne("Garden Works")
                .stamped(TimeStampFixture.second(WITHIN).withoutCertificate()));

        assertThat(signature.timeStamp()).contains(WITHIN);
        assertThat(signature.timeStampCheck().outcome()).isEqualTo(Outcome.NOT_CHECKED);
        assertThat(signature.timeStampCheck().reason()).contains("certificate is not in it");
    }

    private static ClaimSignature signature(ClaimSigner signer) {
        return signature(file(signer));
    }

    private static byte[] file(ClaimSigner signer) {
        return new CredentialsFixture()
                .add(ManifestFixture.by(GENERATOR)
                        .actions(List.of(Map.of("action", "c2pa.created")))
                        .signedBy(signer))
                .png(32, 24);
    }

    private static ClaimSignature signature(byte[] file) {
        Optional<Manifest> active = MetadataExtractor.extract("garden.png", HeapBytes.wrap(file))
                .credentials()
                .getFirst()
                .active();
        return active.orElseThrow().signature();
    }
}
