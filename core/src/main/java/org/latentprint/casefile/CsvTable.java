package org.latentprint.casefile;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes CSV that a spreadsheet opens without harm. Prompts and file names come from the examined device, and a cell that
 * begins like a formula would be run: such a text gets an apostrophe before it. In many countries a spreadsheet takes
 * semicolons for the ends of cells, and quotation marks within a line for letters, so the same is done behind every semicolon,
 * tab and line end. A cell takes 32,767 characters: a longer one is cut and says so. The JSONL export has every text as it is.
 */
final class CsvTable {
    /** What a cell of a spreadsheet holds. */
    static final int MAX_CELL = 32_767;

    /** Tells spreadsheets that the file is UTF-8. */
    private static final char BYTE_ORDER_MARK = '\ufeff';

    /** The last four are the same in full width, which programs take for the others. */
    private static final String FORMULA_STARTS = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    /** A text that begins with one of these is one that a program may drop, or take for the end of a cell. */
    private static final String DROPPED_STARTS = "\t\r\n\0";

    /** Behind these, a program may begin another cell. */
    private static final String CELL_ENDS = ";\t\r\n";

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
        String cell = withoutFormulas(text);
        if (cell.length() <= MAX_CELL) {
            return cell;
        }
        String mark = String.format(Locale.ROOT, " [cut: %d characters in all]", text.length());
        return SafeText.cut(cell, MAX_CELL - mark.length()) + mark;
    }

    private static String withoutFormulas(String text) {
        StringBuilder cell = new StringBuilder(text.length() + 8);
        boolean begins = true;
        if (!text.isEmpty() && DROPPED_STARTS.indexOf(text.charAt(0)) >= 0) {
            cell.append('\'');
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (begins && FORMULA_STARTS.indexOf(c) >= 0) {
                cell.append('\'');
            }
            cell.append(c);
            begins = CELL_ENDS.indexOf(c) >= 0 || (begins && leavesCellEmpty(c));
        }
        return cell.length() == text.length() ? text : cell.toString();
    }

    /** Blanks, invisible characters and quotation marks, behind which a program may still see the beginning of a cell. */
    private static boolean leavesCellEmpty(char c) {
        return c == '"'
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }

    /** The empty text is written as two quotation marks, so that it differs from a value that is not there. */
    private static String quote(String cell) {
        boolean needed = cell.isEmpty() || cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return needed ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
    }
}
