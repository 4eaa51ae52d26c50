package org.latentprint.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.fixture.CaseRowsFixture;
import org.latentprint.fixture.SampleCase;

class CredentialQueriesTest {
    private static final String TRAINED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    @TempDir
    private Path folder;

    private CaseRowsFixture rows;

    @BeforeEach
    void makeCase() throws Exception {
        rows = CaseRowsFixture.create(folder.resolve("case.duckdb"))
                .exhibit(1, "EX-1")
                .run(1, 1, "/mnt/EX-1")
                .item(1, 1, "cat.jpg", null)
                .item(2, 1, "garden.jpg", null)
                .item(3, 1, "bicycle.png", null)
                .item(4, 1, "lighthouse.png", null);
    }

    @AfterEach
    void closeCase() throws Exception {
        rows.close();
    }

    @Test
    void countsItemsAndManifestsOfEachValueWithItsFirstExample() throws Exception {
        rows.manifest(2, 0, "Garden Camera", false, "valid", "not checked")
                .manifest(2, 1, "Garden Editor", true, "valid", "match")
                .manifest(3, 0, "Garden Camera", true, "invalid", "mismatch")
                .manifest(4, 0, null, true, "not checked", "match");

        Credentials credentials = read();

        assertThat(credentials.items()).isEqualTo(3);
        assertThat(credentials.manifests()).isEqualTo(4);
        assertThat(credentials.claimGenerators().rows())
                .containsExactly(
                        use("Garden Camera", 2, 2, "garden.jpg", 20),
                        use("Garden Editor", 1, 1, "garden.jpg", 20),
                        use(null, 1, 1, "lighthouse.png", 40));
        assertThat(credentials.signers().rows())
                .extracting(Credentials.Use::value)
                .containsExactly(
                        Optional.of(EvidenceText.line("Garden Camera Works")),
                        Optional.of(EvidenceText.line("Garden Editor Works")),
                        Optional.empty());
        assertThat(credentials.signatures().rows())
                .containsExactly(
                        use("signature valid; not validated against a trust list", 1, 2, "garden.jpg", 20),
                        use("signature invalid; not validated against a trust list", 1, 1, "bicycle.png", 30),
                        use("signature not checked; not validated against a trust list", 1, 1, "lighthouse.png", 40));
        assertThat(credentials.assertionHashes().rows()).containsExactly(use("match", 3, 4, "garden.jpg", 20));
    }

    @Test
    void theHashOfTheDataIsThatOfActiveManifestsOnly() throws Exception {
        rows.manifest(2, 0, "Garden Camera", false, "valid", "not checked")
                .manifest(2, 1, "Garden Editor", true, "valid", "match")
                .manifest(3, 0, "Garden Camera", false, "valid", "not checked");

        Credentials credentials = read();

        assertThat(credentials.dataHashes().rows()).containsExactly(use("match", 1, 1, "garden.jpg", 20));
        assertThat(credentials.itemsWithoutActive()).isEqualTo(1);
        assertThat(html()).contains("In 1 item the active manifest");
    }

    @Test
    void aTypeThatAManifestDeclaresTwiceCountsOnce() throws Exception {
        rows.manifest(1, 0, "Garden Painter", true, "valid", "match")
                .sourceType(1, 0, 0, TRAINED)
                .sourceType(1, 0, 1, TRAINED)
                .sourceType(1, 0, 2, null)
                .manifest(2, 0, "Garden Painter", true, "valid", "match")
                .sourceType(2, 0, 0, TRAINED)
                .manifest(3, 0, "Garden Painter", true, "valid", "match");

        assertThat(read().sourceTypes().rows()).containsExactly(use(TRAINED, 2, 2, "cat.jpg", 10));
    }

    @Test
    void theReportKeepsWithinWhatWasChecked() throws Exception {
        rows.manifest(1, 0, "<b>Garden</b>\u202E", true, "valid", "mismatch");

        assertThat(html())
                .contains("Content Credentials are present in 1 item, with 1 manifest")
                .contains("signature valid; not validated against a trust list")
                .contains("Presence is not truth, absence is not falsehood.")
                .contains("&lt;b&gt;Garden&lt;/b&gt;<span class=\"esc\">⟨U+202E⟩</span>")
                .contains("offset 10, length 4000 bytes, read by <bdi>c2pa/1</bdi>")
                .contains("No action in what was read declares a digital source type.")
                .doesNotContain("counts as no generation")
                .doesNotContain("<bdi>Content Credentials, c2pa/1</bdi></span>");
    }

    @Test
    void withoutAnyTheReaderIsNamedAmongThoseWithoutResult() throws Exception {
        String html = html();

        assertThat(html).doesNotContain("id=\"credentials\"");
        assertThat(html.substring(html.indexOf("Checked with no result:"), html.indexOf("Readers and what they found")))
                .contains("<bdi>Content Credentials, c2pa/1</bdi>");
    }

    @Test
    void manyValuesAreCapped() throws Exception {
        for (int i = 0; i < ReportLimits.SUMMARY_ROWS + 5; i++) {
            rows.manifest(1, i, "Garden Program " + i, i == 0, "valid", "match");
        }

        assertThat(read().claimGenerators().rows()).hasSize(ReportLimits.SUMMARY_ROWS);
        assertThat(html()).contains("First 300 of 305, ordered by the number of items; the rest is in the export.");
    }

    private Credentials read() throws Exception {
        return ReportQueries.read(rows.connection(), SampleCase.header()).credentials();
    }

    private String html() throws Exception {
        StringWriter out = new StringWriter();
        new ReportWriter().write(rows.connection(), SampleCase.header(), out);
        return out.toString();
    }

    private static Credentials.Use use(@Nullable String value, long items, long manifests, String item, long offset) {
        return new Credentials.Use(
                Optional.ofNullable(value).map(EvidenceText::line),
                items,
                manifests,
                EvidenceText.line("EX-1"),
                EvidenceText.line(item),
                new Ground(
                        offset,
                        4_000,
                        EvidenceText.line(CaseRowsFixture.SHA256),
                        EvidenceText.line("c2pa/1"),
                        Optional.empty()));
    }
}
