package org.latentprint.report;

/**
 * How much of a case the report prints. A report is read by people and opened by a browser: past these numbers it points to
 * the export, and says so where it does. The bounds keep a report of a million items well below 30 MB.
 */
public final class ReportLimits {
    /** Rows of the table of generations; each may carry a long prompt. */
    public static final int GENERATIONS = 1_000;

    /** Distinct input names. They come first in the report and are rarely many. */
    public static final int INPUTS = 1_000;

    /** Generations named, and items linked, beside one input name. */
    public static final int PER_INPUT = 5;

    /** Rows of a table that sums up: generators, models, LoRAs. */
    public static final int SUMMARY_ROWS = 300;

    /** Rows of a table that lists single items: problems, skipped, failed, mismatches. */
    public static final int LIST_ROWS = 500;

    /** Models, LoRAs, inputs, passes, further origins and unknown names beside one generation. */
    public static final int PER_GENERATION = 40;

    /** Folders, tags and imports beside one model file. */
    public static final int PER_MODEL = 12;

    /** Printed characters of a path, name or message. */
    public static final int SHORT_TEXT = 400;

    /** Printed characters of a prompt cut to one line. */
    public static final int PREVIEW = 110;

    /** Printed characters of one full text. */
    public static final int FULL_TEXT = 8_000;

    /** Printed characters of all prompts together; past them only the one-line forms are printed. */
    public static final int ALL_FULL_TEXT = 4_000_000;

    /** Printed characters of the texts of all blocks that no reader explained. */
    public static final int RAW_BLOCK_TEXT = 1_000_000;

    /** Bars of a chart; more months than these are drawn as years. */
    public static final int BARS = 60;

    /** Rows of the figures under a chart. */
    public static final int MONTH_ROWS = 600;

    private ReportLimits() {}
}
