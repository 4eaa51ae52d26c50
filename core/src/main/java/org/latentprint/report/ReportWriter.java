package org.latentprint.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateException;
import gg.jte.output.WriterOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Writes the report of a case: one HTML file that opens offline and holds no script. The same case and header give the same
 * bytes. See docs/decisions/0003-report-without-script.md.
 */
public final class ReportWriter {
    private static final String TEMPLATES = "org.latentprint.report.template";

    private final TemplateEngine engine = TemplateEngine.createPrecompiled(null, ContentType.Html, null, TEMPLATES);

    /**
     * Writes the report to a new file.
     *
     * @param connection to the case; read only
     * @param header what the report states that is not in the evidence
     * @param file to write; must not exist yet, so that no earlier report is lost
     * @return the report's identifier
     * @throws IOException if the file exists or cannot be written
     * @throws SQLException if the case cannot be read
     */
    public ReportIdentifier write(Connection connection, ReportHeader header, Path file)
            throws IOException, SQLException {
        ReportModel model = ReportQueries.read(connection, header);
        try (BufferedWriter out =
                Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW)) {
            render(model, out);
        }
        return model.id();
    }

    /**
     * Writes the report as text; whoever stores it encodes it in UTF-8.
     *
     * @param connection to the case; read only
     * @param header what the report states that is not in the evidence
     * @param out takes the text; not closed
     * @return the report's identifier
     * @throws IOException if the text cannot be written
     * @throws SQLException if the case cannot be read
     */
    public ReportIdentifier write(Connection connection, ReportHeader header, Writer out)
            throws IOException, SQLException {
        ReportModel model = ReportQueries.read(connection, header);
        render(model, out);
        return model.id();
    }

    private void render(ReportModel model, Writer out) throws IOException {
        try {
            engine.render("report.jte", model, new WriterOutput(out));
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        } catch (TemplateException failure) {
            if (failure.getCause() instanceof UncheckedIOException cause) {
                throw cause.getCause();
            }
            throw failure;
        }
    }
}
