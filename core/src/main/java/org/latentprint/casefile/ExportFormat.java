package org.latentprint.casefile;

import java.util.Locale;

/** Formats that the finding tables are exported in. */
public enum ExportFormat {
    /** For spreadsheets: RFC 4180, UTF-8 with a byte order mark; see {@link CsvTable}. */
    CSV,
    /** A JSON object on each line, with the full text. */
    JSONL,
    PARQUET;

    /** Returns the word used on the command line, which is also the ending of the files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
