package org.latentprint.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.fixture.CaseRowsFixture;
import org.latentprint.fixture.SampleCase;

class ImagesReportTest {
    private static final LocalDateTime DAY = LocalDateTime.of(2025, 3, 4, 5, 6, 7);

    @TempDir
    private Path folder;

    @Test
    void eachImageIsComparedWithItsHashOrSaidNotToBe() throws Exception {
        try (CaseRowsFixture rows = CaseRowsFixture.create(folder.resolve("case.duckdb"))) {
            for (int exhibit = 1; exhibit <= 3; exhibit++) {
                rows.add("exhibit", exhibit, "K" + exhibit, "image (ewf)");
                rows.item(exhibit, exhibit, "photos/cat.png", DAY);
            }
            rows.add("exhibit", 4, "K4", "folder");
            rows.run(1, 1, "/mnt/1.E01")
                    .run(2, 2, "/mnt/2.E01")
                    .run(3, 3, "/mnt/3.E01")
                    .run(4, 4, "/mnt/4");
            try (var statement = rows.connection().createStatement()) {
                statement.execute("UPDATE scan_run SET profile = CASE exhibit_id WHEN 3 THEN 'triage' ELSE 'full' END");
            }
            rows.add("image_hash", 1, "md5", "0".repeat(32), "0".repeat(32), "match");
            StringWriter out = new StringWriter();
            new ReportWriter().write(rows.connection(), SampleCase.header(), out);
            String html = out.toString().replaceAll("\\s+", " ").replaceAll("</?bdi>", "");

            assertThat(html)
                    .contains("<strong>match</strong>")
                    .contains("K2, image (ewf): no hash of it was found to compare with")
                    .contains("K3, image (ewf): no scan of it in full has ended")
                    .doesNotContain("K1, image (ewf):", "K4, folder:");
        }
    }
}
