package org.latentprint.container.c2pa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.container.c2pa.Check.Outcome;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.CredentialsFixture;

/** Signature and hashes of Content Credentials that a test signed, as they are and with one byte changed. */
class CredentialChecksTest {
    private static final String GENERATOR = "Garden Painter";
    private static final String TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    private final CredentialsFixture credentials =
            new CredentialsFixture().created(GENERATOR, "Garden Brush", Optional.of(TYPE));

    @Test
    void allChecksPassOnAJpegAndAPng() {
        for (byte[] file : new byte[][] {credentials.jpeg(64, 48), credentials.png(64, 48)}) {
            ItemMetadata metadata = read(file);
            assertThat(metadata.problems()).isEmpty();
            Manifest manifest = active(file);
            expect(file, Outcome.PASSED, Outcome.PASSED, Outcome.PASSED);
            assertThat(manifest.claimGenerator()).contains(GENERATOR);
            assertThat(manifest.signature().algorithm()).contains("ES256");
            assertThat(manifest.signature().signer()).contains(CredentialsFixture.SIGNER);
            assertThat(manifest.actions())
                    .extracting(CredentialAction::sourceTypeName)
                    .containsExactly(Optional.of("trainedAlgorithmicMedia"));
        }
    }

    @Test
    void aFlippedPictureByteFailsTheHashOfTheData() {
        for (byte[] file : new byte[][] {credentials.jpeg(64, 48), credentials.png(64, 48)}) {
            file[file.length - 24] ^= 1;
            expect(file, Outcome.PASSED, Outcome.PASSED, Outcome.FAILED);
        }
    }

    @Test
    void aFlippedClaimByteFailsTheSignature() {
        for (byte[] file : new byte[][] {credentials.jpeg(64, 48), credentials.png(64, 48)}) {
            flip(file, GENERATOR);
            assertThat(active(file).claimGenerator()).contains("Farden Painter");
            expect(file, Outcome.FAILED, Outcome.PASSED, Outcome.PASSED);
        }
    }

    @Test
    void aFlippedAssertionByteFailsTheAssertionsHash() {
        for (byte[] file : new byte[][] {credentials.jpeg(64, 48), credentials.png(64, 48)}) {
            flip(file, "Garden Brush");
            expect(file, Outcome.PASSED, Outcome.FAILED, Outcome.PASSED);
        }
    }

    @Test
    void theLastManifestIsTheActiveOne() {
        byte[] file = credentials
                .created("Garden Editor", "Garden Editor", Optional.empty())
                .png(64, 48);

        assertThat(active(file).claimGenerator()).contains("Garden Editor");
        ContentCredentials read = read(file).credentials().getFirst();
        assertThat(read.manifests()).hasSize(2);
        assertThat(read.manifests().getFirst().dataHash().outcome()).isEqualTo(Outcome.NOT_CHECKED);
    }

    @Test
    void noOtherManifestTakesThePlaceOfAnActiveOneThatCannotBeRead() {
        byte[] file = credentials.unreadable().png(64, 48);

        ItemMetadata metadata = read(file);
        ContentCredentials read = metadata.credentials().getFirst();
        assertThat(read.manifests()).extracting(Manifest::claimGenerator).containsExactly(Optional.of(GENERATOR));
        assertThat(read.active()).isEmpty();
        assertThat(read.manifests().getFirst().dataHash().outcome()).isEqualTo(Outcome.NOT_CHECKED);
        assertThat(metadata.problems())
                .singleElement()
                .matches(problem -> problem.category() == Category.MALFORMED)
                .matches(problem -> problem.message().contains("urn:c2pa:garden-1"));
    }

    @Test
    void noManifestIsTheActiveOneWhereDamageHidesThoseBehindIt() {
        byte[] file = credentials
                .created("Garden Editor", "Garden Editor", Optional.empty())
                .jpeg(64, 48);
        // Label, description's header and type, superbox's header: the length of the second manifest.
        int length = text(file).indexOf("urn:c2pa:garden-1") - 1 - 16 - 8 - 8;
        assertThat(text(file).substring(length + 4, length + 8)).isEqualTo("jumb");
        file[length] = 0x7F;

        ContentCredentials read = read(file).credentials().getFirst();
        assertThat(read.manifests()).extracting(Manifest::claimGenerator).containsExactly(Optional.of(GENERATOR));
        assertThat(read.active()).isEmpty();
    }

    private static void expect(byte[] file, Outcome signature, Outcome assertions, Outcome data) {
        Manifest manifest = active(file);
        assertThat(manifest.signature().check().outcome())
                .as(manifest.signature().check().reason())
                .isEqualTo(signature);
        assertThat(manifest.assertionHashes().outcome())
                .as(manifest.assertionHashes().reason())
                .isEqualTo(assertions);
        assertThat(manifest.dataHash().outcome())
                .as(manifest.dataHash().reason())
                .isEqualTo(data);
    }

    private static Manifest active(byte[] file) {
        return read(file).credentials().getFirst().active().orElseThrow();
    }

    private static ItemMetadata read(byte[] file) {
        return MetadataExtractor.extract("garden", HeapBytes.wrap(file));
    }

    private static void flip(byte[] file, String text) {
        int at = text(file).indexOf(text);
        assertThat(at).isPositive();
        file[at] ^= 1;
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }
}
