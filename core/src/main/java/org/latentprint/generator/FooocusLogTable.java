package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of one entry of Fooocus' log as the page shows them: rows of a table since 2.1, paragraphs before it
 * ({@code modules/private_logger.py} through its versions). The program does not escape what it writes there.
 */
final class FooocusLogTable {
    /** The key of LoRAs without a number. */
    static final String LORA = "LoRA";

    /** A page has some thirty lines for a picture; a hostile one could have millions. */
    private static final int MAX_ROWS = 500;

    private static final String KEY = "([A-Za-z][^<>:\\n]{0,1000}?)";
    private static final Pattern ROW =
            Pattern.compile("<tr><td [^>\\n]{1,200}>([^<>\\n]{1,1000})</td><td [^>\\n]{1,200}>");
    private static final String ROW_END = "</td></tr>";
    private static final Pattern PARAGRAPH = Pattern.compile("(?:<p>|</b>, )" + KEY + ": <b>");
    private static final String BOLD = "<b>";
    private static final String BOLD_END = "</b>";

    private FooocusLogTable() {}

    /** Returns the lines in their order; a key may stand there several times. */
    static List<Map.Entry<String, String>> rows(String entry) {
        List<Map.Entry<String, String>> rows = new ArrayList<>();
        Matcher row = ROW.matcher(entry);
        int place = 0;
        while (rows.size() < MAX_ROWS && row.find(place)) {
            int end = entry.indexOf(ROW_END, row.end());
            if (end < 0) {
                break;
            }
            String value = entry.substring(row.end(), end);
            if (value.startsWith(BOLD)
                    && value.endsWith(BOLD_END)
                    && value.length() >= BOLD.length() + BOLD_END.length()) {
                value = value.substring(BOLD.length(), value.length() - BOLD_END.length());
            }
            add(row.group(1), value, rows);
            place = end;
        }
        return rows.isEmpty() ? paragraphs(entry) : rows;
    }

    private static List<Map.Entry<String, String>> paragraphs(String entry) {
        List<Map.Entry<String, String>> rows = new ArrayList<>();
        Matcher line = PARAGRAPH.matcher(entry);
        int place = 0;
        while (rows.size() < MAX_ROWS && line.find(place)) {
            int end = entry.indexOf(BOLD_END, line.end());
            if (end < 0) {
                break;
            }
            add(line.group(1), entry.substring(line.end(), end), rows);
            place = end;
        }
        return rows;
    }

    private static void add(String key, String value, List<Map.Entry<String, String>> rows) {
        String text = value.replace(" </br> ", "\n");
        // One layout wrote "name: weight" under the bare key
        boolean lora = key.equals(LORA) && !text.contains(" : ") && text.contains(": ");
        int border = text.lastIndexOf(": ");
        rows.add(Map.entry(key, lora ? text.substring(0, border) + " : " + text.substring(border + 2) : text));
    }
}
