package org.latentprint.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.latentprint.fixture.CaseRowsFixture;
import org.latentprint.fixture.SampleCase;

class ReportWriterTest extends WrittenReport {
    private static final LocalDateTime DAY = LocalDateTime.of(2025, 3, 4, 5, 6, 7);

    @Test
    void saysNotGivenAndNotFoundForAnEmptyCase() throws Exception {
        ReportHeader blank = new ReportHeader(
                ReportHeader.Particulars.none(),
                new ReportHeader.Tool("latentprint", "0.1.0", "", "", "", "", ""),
                List.of(new ReportHeader.Reader("generator", "a1111/1")),
                new TreeMap<>(),
                "",
                Optional.empty(),
                Instant.parse("2026-03-02T10:00:00Z"));

        String html = write(blank);

        assertThat(html)
                .contains("<dt>Examiner</dt><dd><span class=\"not-given\">not given</span></dd>")
                .contains("No generation in what was read names an input.")
                .contains("No training record in what was read names a folder.")
                .contains("No model file was found in what was read.")
                .contains("That does not show how the files were made")
                .contains("Checked with no result:</strong> <span class=\"nowrap\"><bdi>a1111/1</bdi></span>");
    }

    @Test
    void printsTheIdentifierOnTopInTheMarginsAndAtTheEnd() throws Exception {
        StringWriter out = new StringWriter();
        ReportIdentifier id = new ReportWriter().write(rows.connection(), SampleCase.header(), out);

        assertThat(id.shortForm()).matches("LP(-[0-9a-f]{4}){5}");
        assertThat(out.toString())
                .contains("content: \"Report " + id.shortForm() + "\"")
                .contains("Report <strong>" + id.shortForm())
                .contains("End of report " + id.shortForm())
                .doesNotContain("REPORT-ID");
    }

    @Test
    void hostileTextStaysText() throws Exception {
        String hostile =
                "<script>alert('x')</script><img src=x onerror=alert(1)>\"'><!--</style></title>=1+1\u202Egnp.\u0000";
        rows.item(1, 1, "a/" + hostile, DAY, "read", null, true, 5);
        rows.generation(1, 1, hostile, hostile, hostile, hostile, hostile, hostile, hostile, hostile);
        rows.add("generation_resource", 1L, 0, hostile, hostile, 1.0)
                .add("generation_resource_hash", 1L, 0, hostile, hostile)
                .add("generation_input", 1L, 0, hostile, hostile)
                .add("generation_inference", 1L, 0, hostile, hostile)
                .add("generation_unknown", 1L, 0, hostile)
                .generation(2, 1, "declared", null, null, null, null, null, "recorded", "iptc-ai/2")
                .add("generation_declaration", 2L, hostile, hostile, hostile)
                .add("generation_part", 1L, 0, "positive", hostile, hostile)
                .add("generation_origin", 1L, 0, 1L, 2L, hostile, hostile)
                .add(
                        "generation_pass",
                        1L,
                        0,
                        hostile,
                        hostile,
                        hostile,
                        1,
                        hostile,
                        hostile,
                        1.0,
                        1.0,
                        hostile,
                        hostile,
                        hostile,
                        1,
                        1)
                .add("link", 1L, "input-picture", 1L, 0, 1L, hostile, hostile)
                .modelFile(1, hostile, hostile, hostile, "dangerous")
                .training(1, hostile, hostile)
                .add("model_hash", 1L, "sha256", hostile)
                .add("model_danger", 1L, 0, hostile, hostile)
                .add("training_base_hash", 1L, hostile, hostile)
                .add("training_dataset", 1L, 0, hostile, 1L, 2L, false)
                .add("training_dataset", 1L, 1, hostile, 1L, 2L, false)
                .add("training_tag", 1L, 0, hostile, 3L)
                .add("training_link", 1L, 1L, 0, 1, "a/" + hostile, 2L, 1L, 1L, 1L, 1L, hostile, hostile)
                .add("problem", 1L, 0, hostile, true, hostile, hostile, 3L)
                .add(
                        "metadata_block",
                        1L,
                        0,
                        hostile,
                        hostile,
                        "wrong",
                        null,
                        null,
                        false,
                        hostile,
                        5L,
                        1L,
                        2L,
                        hostile,
                        hostile);
        rows.item(2, 1, "b/" + hostile, null, "skipped", hostile, false, 0);

        String html = write(SampleCase.header());

        assertThat(html)
                .contains("&lt;script&gt;alert('x')&lt;/script&gt;")
                .contains("<span class=\"esc\">⟨U+202E⟩</span>gnp.<span class=\"esc\">⟨U+0000⟩</span>")
                .doesNotContain("<script")
                .doesNotContain("<img")
                .doesNotContain("<!--")
                .doesNotContain("\u202E")
                .doesNotContain("\u0000");
        assertThat(count(html, "</style>")).isEqualTo(1);
        assertThat(count(html, "</title>")).as("page and charts").isEqualTo(1 + count(html, "<title id="));
    }

    @Test
    void holdsNothingThatRunsOrLoads() throws Exception {
        rows.item(1, 1, "garden.png", DAY).generation(1, 1, "a garden", null);

        String html = write(SampleCase.header());

        assertThat(html).contains("content=\"default-src 'none'; style-src 'unsafe-inline';");
        assertThat(html)
                .doesNotContainPattern("(?i)<(script|img|iframe|object|embed|link|form|base)\\b")
                .doesNotContainPattern("(?i)\\s(src|srcset|on[a-z]+|xlink:href)=")
                .doesNotContainPattern("(?i)(url\\(|@import|javascript:|https?:)");
        Pattern.compile("href=\"([^\"]*)\"")
                .matcher(html)
                .results()
                .forEach(link -> assertThat(link.group(1)).startsWith("#"));
    }

    @Test
    void cutsALongPromptAndSaysSo() throws Exception {
        rows.item(1, 1, "garden.png", DAY).generation(1, 1, "garden ".repeat(15_000), "rain");

        String html = write(SampleCase.header());

        assertThat(html)
                .contains("105,000 characters; cut here, the whole is in the export")
                .contains("rain");
        assertThat(html.length()).isLessThan(100_000);
    }

    @Test
    void showsTheTextOfBlocksThatNoReaderExplainedThoseWithProblemsFirst() throws Exception {
        String long1 = "{\"prompt\": a lighthouse whose graph is damaged " + "wave ".repeat(40);
        rows.item(1, 1, "cat.png", DAY).item(2, 1, "lighthouse.png", DAY);
        unexplained(1, "a note about a cat").add("problem", 2L, 0, "malformed", false, "comfyui/1", "damaged", 41L);
        unexplained(2, long1);

        String html = write(SampleCase.header());

        assertThat(html.indexOf("a lighthouse whose graph"))
                .isPositive()
                .isLessThan(html.indexOf("a note about a cat"));
        assertThat(html).contains("The text of each such block", long1.strip().replace("\"", "\""));
        assertThat(count(html, "a note about a cat")).isEqualTo(1);
    }

    private CaseRowsFixture unexplained(long item, String text) throws Exception {
        return rows.add(
                "metadata_block",
                item,
                0,
                "png/tEXt",
                "note",
                "ok",
                "utf-8",
                null,
                false,
                text,
                (long) text.length(),
                41L,
                612L,
                CaseRowsFixture.SHA256,
                "png/1");
    }

    @Test
    void countsAddUpOrTheReportSaysThatTheyDoNot() throws Exception {
        rows.item(1, 1, "a.png", DAY);
        rows.item(2, 1, "b", DAY, "skipped", "a link", false, 0);
        rows.item(3, 1, "c.png", DAY, "failed", "no bytes", false, 0);
        rows.add("problem", 3L, 0, "unreadable", true, "folder/1", "no bytes", null);
        assertThat(write(SampleCase.header()))
                .contains("Of 3 items seen, 1 were read.")
                .contains("<span><bdi>a link</bdi></span> <b>1</b>")
                .contains("<span><bdi>unreadable</bdi></span> <b>1</b>")
                .doesNotContain("The counts do not add up");

        rows.item(4, 1, "d.png", DAY, "lost", null, false, 0);
        assertThat(write(SampleCase.header())).contains("The counts do not add up");
    }

    @Test
    void keepsImplausibleTimesOutOfTheCharts() throws Exception {
        rows.item(1, 1, "1.png", DAY).generation(1, 1, "one two", null);
        rows.item(2, 1, "2.png", LocalDateTime.of(1980, 1, 1, 0, 0)).generation(2, 2, "one", null);
        rows.item(3, 1, "3.png", LocalDateTime.of(2099, 1, 1, 0, 0)).generation(3, 3, "one", null);
        rows.item(4, 1, "4.png", null).generation(4, 4, "one", null);
        rows.item(5, 1, "5.png", LocalDateTime.of(1601, 1, 1, 0, 0)).generation(5, 5, "one", null);

        Timeline timeline =
                ReportQueries.read(rows.connection(), SampleCase.header()).timeline();

        assertThat(timeline.months().rows())
                .containsExactly(new Timeline.Month("2025-03", 1, Optional.of("2"), Optional.of(2L)));
        assertThat(timeline.implausible().rows())
                .containsExactly(
                        new Timeline.Implausible("1601-01-01", 1),
                        new Timeline.Implausible("1980-01-01", 1),
                        new Timeline.Implausible("2099-01-01", 1));
        assertThat(timeline.withoutTime()).isEqualTo(1);
    }

    @Test
    void whatIsNotRecordedIsNotPrinted() throws Exception {
        rows.item(1, 1, "1.png", DAY);
        rows.add(
                "generation",
                1L,
                1L,
                0,
                "A1111",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "{}",
                "recorded",
                0L,
                10L,
                CaseRowsFixture.SHA256,
                "a1111/1");

        Generations.Row row = ReportQueries.read(rows.connection(), SampleCase.header())
                .generations()
                .rows()
                .rows()
                .getFirst();

        assertThat(row.parameters()).isEmpty();
        assertThat(row.preview()).isEmpty();
        assertThat(row.details().isEmpty()).isTrue();
    }

    @Test
    void tablesAreCappedAndSaySo() throws Exception {
        try (Statement statement = rows.connection().createStatement()) {
            statement.execute(
                    "INSERT INTO item SELECT range, 1, 'p/' || range, range::VARCHAR, NULL, 'file', 'allocated',"
                            + " 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'skipped', 'a link', NULL, false, NULL, NULL, NULL, NULL,"
                            + " NULL, NULL, NULL FROM range(1200)");
        }

        assertThat(write(SampleCase.header()))
                .contains("First 500 of 1,200, ordered by outcome, then the walk; the rest is in the export.");
    }

    @Test
    void twoWritesAreEqualAndAChangeIsSeenInTheIdentifier() throws Exception {
        try (CaseRowsFixture sample = SampleCase.create(folder.resolve("sample.duckdb"))) {
            StringWriter first = new StringWriter();
            StringWriter second = new StringWriter();
            ReportIdentifier id = new ReportWriter().write(sample.connection(), SampleCase.header(), first);
            new ReportWriter().write(sample.connection(), SampleCase.header(), second);
            assertThat(second.toString()).isEqualTo(first.toString());

            sample.item(9_999, 1, "new.png", DAY);
            assertThat(new ReportWriter().write(sample.connection(), SampleCase.header(), new StringWriter()))
                    .isNotEqualTo(id);
        }
    }

    @Test
    void neverReplacesAReport() throws Exception {
        Path file = folder.resolve("report.html");
        Files.writeString(file, "an earlier report");

        assertThatThrownBy(() -> new ReportWriter().write(rows.connection(), SampleCase.header(), file))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("an earlier report");
    }
}
