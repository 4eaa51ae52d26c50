package org.latentprint.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.fixture.CaseRowsFixture;
import org.latentprint.fixture.SampleCase;

class DownloadsReportTest {
    private static final LocalDateTime DAY = LocalDateTime.of(2025, 3, 4, 5, 6, 7);

    @TempDir
    private Path folder;

    @Test
    void eachValueStandsWithItsOwnBytes() throws Exception {
        String html;
        try (CaseRowsFixture rows = CaseRowsFixture.create(folder.resolve("case.duckdb"))) {
            rows.exhibit(1, "EX-1").run(1, 1, "/mnt/EX-1");
            rows.item(1, 1, "Downloads/cat.png", DAY);
            rows.item(2, 1, "Downloads/cat.png:Zone.Identifier", DAY);
            rows.item(3, 1, "Downloads/gone.png:Zone.Identifier", DAY);
            line(rows, 2, 0, "ZoneId", "3", 23);
            line(rows, 2, 1, "ReferrerUrl", "", 38);
            line(rows, 2, 2, "HostUrl", "https://example.org/<b>cat</b>.png", 48);
            line(rows, 2, 3, "AppZoneId", "4", 96);
            line(rows, 3, 0, "ReferrerUrl", "https://example.org/garden", 23);
            rows.add("download_mark_link", 1L, 2L, 1L, "recorded", "a stream of the same file");
            StringWriter out = new StringWriter();
            new ReportWriter().write(rows.connection(), SampleCase.header(), out);
            html = out.toString().replaceAll("\\s+", " ");
        }

        String section = html.substring(html.indexOf("id=\"downloads\""), html.indexOf("id=\"generators\""));
        assertThat(section)
                .contains("<bdi>Downloads/cat.png</bdi>")
                .contains("rule: <bdi>a stream of the same file</bdi>")
                .contains("<bdi>Downloads/gone.png:Zone.Identifier</bdi>")
                .contains("The file that it is of was not seen.");
        assertThat(section)
                .containsSubsequence(
                        "https://example.org/&lt;b&gt;cat&lt;/b&gt;.png",
                        "offset 48, length 34 bytes",
                        "not stated",
                        "offset 23, length 1 bytes",
                        "gone.png",
                        "not stated",
                        "https://example.org/garden",
                        "offset 23, length 26 bytes");
        // What the table does not show is not hidden.
        assertThat(html.substring(html.indexOf("id=\"shortfalls\"")))
                .contains("<bdi>AppZoneId</bdi>")
                .doesNotContain("HostUrl", "ReferrerUrl", ">ZoneId<");
    }

    private static void line(CaseRowsFixture rows, long item, int ordinal, String key, String text, long offset)
            throws Exception {
        rows.add(
                "metadata_block",
                item,
                ordinal,
                "windows/zone",
                key,
                "none",
                "utf-8",
                null,
                false,
                text,
                (long) text.length(),
                offset,
                (long) text.length(),
                CaseRowsFixture.SHA256,
                "download-mark/1");
    }
}
