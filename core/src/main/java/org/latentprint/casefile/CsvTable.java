package org.latentprint.casefile;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes CSV that a spreadsheet opens without harm. Prompts and file names come from the examined device, and a cell that
 * begins like a formula would be run: such a cell gets an apostrophe in front. A cell takes 32,767 characters: a longer one
 * is cut and says so. The JSONL export has every text as it is.
 */
final class CsvTable {
    static final int MAX_CELL = 32_767;

    /** Tells spreadsheets that the file is UTF-8. */
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private static final String FORMULA_STARTS = "=+-@\t\r\n";

    private final Writer out;

    CsvTable(Writer out, List<String> header) throws IOException {
        this.out = out;
        out.write(BYTE_ORDER_MARK);
        row(header.stream().map(name -> Optional.<Object>of(name)).toList());
    }

    /** Writes a row. Texts are made safe; other values are written as they print. */
    void row(List<Optional<Object>> cells) throws IOException {
        String separator = "";
        for (Optional<Object> cell : cells) {
            out.write(separator);
            separator = ",";
            if (cell.isPresent()) {
                out.write(quote(
                        cell.get() instanceof String text
                                ? safe(text)
                                : cell.get().toString()));
            }
        }
        out.write("\r\n");
    }

    static String safe(String text) {
        boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        String cell = formula ? "'" + text : text;
        if (cell.length() <= MAX_CELL) {
            return cell;
        }
        String mark = String.format(Locale.ROOT, " [cut: %d characters in all]", text.length());
        return SafeText.cut(cell, MAX_CELL - mark.length()) + mark;
    }

    /** The empty text is written as two quotation marks, so that it differs from a value that is not there. */
    private static String quote(String cell) {
        boolean needed = cell.isEmpty() || cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return needed ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
    }
}
