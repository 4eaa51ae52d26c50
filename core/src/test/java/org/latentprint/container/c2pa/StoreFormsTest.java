package org.latentprint.container.c2pa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.container.c2pa.Check.Outcome;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.CredentialsFixture;
import org.latentprint.fixture.ManifestFixture;

/** Stores with compressed and update manifests, with assertions that were taken out, and in files of each format. */
class StoreFormsTest {
    private static final String PARENT = "urn:c2pa:parent";
    private static final Map<String, Object> ACTION = Map.of("action", "c2pa.created");

    @Test
    void aCompressedManifestIsReadAndCheckedLikeAnyOther() {
        byte[] file = new CredentialsFixture()
                .add(ManifestFixture.by("Garden Painter")
                        .actions(List.of(ACTION))
                        .compressed())
                .png(64, 48);
        ItemMetadata metadata = read(file);
        Manifest active = active(metadata);

        assertThat(metadata.problems()).isEmpty();
        assertThat(active.claimGenerator()).contains("Garden Painter");
        assertThat(active.signature().check().outcome()).isEqualTo(Outcome.PASSED);
        assertThat(active.assertionHashes().outcome()).isEqualTo(Outcome.PASSED);
        assertThat(active.dataHash().outcome()).isEqualTo(Outcome.PASSED);
        file[file.length - 24] ^= 1;
        assertThat(active(read(file)).dataHash().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aDamagedCompressedManifestIsAProblemAndNoMore() {
        byte[] file = new CredentialsFixture()
                .add(ManifestFixture.by("Garden Painter")
                        .actions(List.of(ACTION))
                        .compressed())
                .png(64, 48);
        int brob = text(file).indexOf("brob") + 4;
        for (int i = 0; i < 200; i++) {
            byte[] damaged = file.clone();
            damaged[brob + i * 7 % 90] ^= (byte) (1 + i);
            assertThat(read(damaged).problems()).noneMatch(problem -> problem.category() == Category.READER_FAILED);
        }
        file[brob] = 0x11;
        assertThat(read(file).problems())
                .anyMatch(problem -> problem.message().contains("cannot be read"))
                .allMatch(problem -> problem.category() == Category.MALFORMED);
        assertThat(read(file).credentials().getFirst().active()).isEmpty();
    }

    @Test
    void anUpdateManifestIsBoundByTheManifestThatItAddsTo() {
        CredentialsFixture credentials = new CredentialsFixture()
                .add(ManifestFixture.by("Garden Painter").label(PARENT).actions(List.of(ACTION)))
                .add(update("urn:c2pa:update-1", PARENT))
                .add(update("urn:c2pa:update-2", "urn:c2pa:update-1"));
        for (byte[] file : List.of(credentials.png(64, 48), credentials.jpeg(64, 48))) {
            Manifest active = active(read(file));
            assertThat(active.update()).isTrue();
            assertThat(active.dataHash().outcome())
                    .as(active.dataHash().reason())
                    .isEqualTo(Outcome.PASSED);
            assertThat(active.dataHash().reason()).contains("by the manifest that the update manifest adds to");
            file[file.length - 24] ^= 1;
            assertThat(active(read(file)).dataHash().outcome()).isEqualTo(Outcome.FAILED);
        }
    }

    @Test
    void updatesWithoutTheirParentOrInACircleAreNotChecked() {
        for (String parent : List.of("urn:c2pa:elsewhere", "urn:c2pa:update")) {
            byte[] file = new CredentialsFixture()
                    .add(ManifestFixture.by("Garden Painter").label(PARENT).actions(List.of(ACTION)))
                    .add(update("urn:c2pa:update", parent))
                    .png(64, 48);
            assertThat(active(read(file)).dataHash().outcome()).isEqualTo(Outcome.NOT_CHECKED);
        }
    }

    @Test
    void anAssertionThatALaterClaimTookOutIsMissedByNobody() {
        String taken = "self#jumbf=/c2pa/" + PARENT + "/c2pa.assertions/garden.note";
        for (ManifestFixture parent : List.of(parent().leftOut("garden.note"), parent().emptied("garden.note"))) {
            ItemMetadata metadata = read(new CredentialsFixture()
                    .add(parent)
                    .add(update("urn:c2pa:update", PARENT).claim("redacted_assertions", List.of(taken)))
                    .png(64, 48));
            Manifest first = metadata.credentials().getFirst().manifests().getFirst();

            assertThat(first.assertionHashes().outcome()).isEqualTo(Outcome.PASSED);
            assertThat(first.assertionHashes().reason()).endsWith("; 1 were taken out, as a later claim says");
            assertThat(active(metadata).redacted()).containsExactly(taken);
        }
    }

    @Test
    void anAssertionThatNoClaimTookOutIsMissed() {
        assertThat(first(parent().leftOut("garden.note")).assertionHashes().outcome())
                .isEqualTo(Outcome.NOT_CHECKED);
        assertThat(first(parent().emptied("garden.note")).assertionHashes().outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void aClaimCannotExcuseAChangedAssertionByTakingItOut() {
        String taken = "self#jumbf=/c2pa/" + PARENT + "/c2pa.assertions/garden.note";
        byte[] file = new CredentialsFixture()
                .add(parent())
                .add(update("urn:c2pa:update", PARENT).claim("redacted_assertions", List.of(taken)))
                .png(64, 48);
        file[text(file).indexOf("a bicycle")] ^= 1;
        assertThat(read(file)
                        .credentials()
                        .getFirst()
                        .manifests()
                        .getFirst()
                        .assertionHashes()
                        .outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void aFileOfSeveralPartsDoesNotFailByTheHashOverTheWhole() {
        byte[] file = new CredentialsFixture()
                .add(ManifestFixture.by("Garden Camera")
                        .actions(List.of(ACTION))
                        .cbor("c2pa.hash.multi-asset", Map.of("parts", List.of())))
                .png(64, 48);
        assertThat(active(read(file)).dataHash().outcome()).isEqualTo(Outcome.PASSED);
        file[file.length - 24] ^= 1;
        assertThat(active(read(file)).dataHash().outcome()).isEqualTo(Outcome.NOT_CHECKED);
    }

    @Test
    void storesAreFoundInEachFormat() {
        CredentialsFixture credentials = new CredentialsFixture().created("Garden Painter", "Brush", Optional.empty());
        for (byte[] file : List.of(
                credentials.webp(32, 24),
                credentials.gif(32, 24),
                credentials.tiff(),
                credentials.heic(32, 24),
                credentials.mp4())) {
            ItemMetadata metadata = read(file);
            assertThat(metadata.credentials()).as("%s", metadata.mediaType()).hasSize(1);
            assertThat(active(metadata).claimGenerator()).contains("Garden Painter");
            assertThat(active(metadata).signature().check().outcome()).isEqualTo(Outcome.PASSED);
            assertThat(metadata.problems()).as("%s", metadata.mediaType()).isEmpty();
        }
    }

    @Test
    void aFilmIsBoundByTheHashOverItsBoxes() {
        byte[] file = new CredentialsFixture()
                .created("Garden Painter", "Brush", Optional.empty())
                .mp4();
        assertThat(active(read(file)).dataHash().outcome())
                .as(active(read(file)).dataHash().reason())
                .isEqualTo(Outcome.PASSED);
        file[text(file).indexOf("mvhd") + 20] ^= 1;
        assertThat(active(read(file)).dataHash().outcome()).isEqualTo(Outcome.FAILED);
    }

    private static ManifestFixture parent() {
        return ManifestFixture.by("Garden Painter")
                .label(PARENT)
                .actions(List.of(ACTION))
                .cbor("garden.note", Map.of("note", "a bicycle"));
    }

    private static ManifestFixture update(String label, String parent) {
        return ManifestFixture.by("Garden Editor")
                .label(label)
                .update()
                .ingredient(
                        "c2pa.ingredient.v3",
                        Map.of("relationship", "parentOf", "activeManifest", ManifestFixture.manifestAddress(parent)));
    }

    private static Manifest first(ManifestFixture manifest) {
        return read(new CredentialsFixture().add(manifest).png(64, 48))
                .credentials()
                .getFirst()
                .manifests()
                .getFirst();
    }

    private static Manifest active(ItemMetadata metadata) {
        return metadata.credentials().getFirst().active().orElseThrow();
    }

    private static ItemMetadata read(byte[] file) {
        return MetadataExtractor.extract("garden", HeapBytes.wrap(file));
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }
}
