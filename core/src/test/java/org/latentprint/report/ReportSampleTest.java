package org.latentprint.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.fixture.CaseRowsFixture;
import org.latentprint.fixture.SampleCase;

class ReportSampleTest {
    @TempDir
    private Path folder;

    /** Leaves the report below target/, to be looked at. */
    @Test
    void writesTheSampleCase() throws Exception {
        Path file = Path.of("target", "report-sample", "report.html");
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        try (CaseRowsFixture rows = SampleCase.create(folder.resolve("case.duckdb"))) {
            new ReportWriter().write(rows.connection(), SampleCase.header(), file);
        }
        assertThat(Files.readString(file)).contains("End of report LP-");
    }
}
