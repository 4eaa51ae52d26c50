package org.latentprint.report;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The style sheet, with the identifier in the margins of the printed pages. It holds nothing of the evidence and nothing
 * that was typed in: a style sheet is code.
 *
 * @param css all of it
 */
public record ReportStyle(String css) implements Content {
    private static final String RESOURCE = "report.css";
    private static final String PLACEHOLDER = "REPORT-ID";

    /** Reads the style sheet from the program file. */
    static ReportStyle of(ReportIdentifier id) {
        try (InputStream stream = ReportStyle.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("the program file lacks " + RESOURCE);
            }
            String css = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return new ReportStyle(css.replace(PLACEHOLDER, id.shortForm()));
        } catch (IOException failure) {
            throw new UncheckedIOException("the program file's " + RESOURCE + " could not be read", failure);
        }
    }

    @Override
    public void writeTo(TemplateOutput output) {
        output.writeContent(css);
    }
}
