package org.latentprint.report;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.fixture.CaseRowsFixture;

/** A case in which a test writes rows, and the report of it. */
abstract class WrittenReport {
    @TempDir
    Path folder;

    CaseRowsFixture rows;

    @BeforeEach
    void makeCase() throws Exception {
        rows = CaseRowsFixture.create(folder.resolve("case.duckdb"))
                .exhibit(1, "EX-1")
                .run(1, 1, "/mnt/EX-1");
    }

    @AfterEach
    void closeCase() throws Exception {
        rows.close();
    }

    String write(ReportHeader header) throws Exception {
        StringWriter out = new StringWriter();
        new ReportWriter().write(rows.connection(), header, out);
        return out.toString();
    }

    static long count(String text, String part) {
        return Pattern.compile(part, Pattern.LITERAL).matcher(text).results().count();
    }
}
