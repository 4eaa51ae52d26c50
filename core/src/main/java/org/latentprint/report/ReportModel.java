package org.latentprint.report;

/**
 * All that the report prints. The templates compute nothing: what is here is what is shown.
 *
 * @param id identifier of the report, printed on every page
 * @param header what was typed in, and what did the work
 * @param overview counts for the first page
 * @param inputs pictures, films and sounds fed in
 * @param trainingLeads folders of pictures that training records name
 * @param downloads where files were downloaded from
 * @param uses programs, models and LoRAs
 * @param inventory model files and their training
 * @param credentials what Content Credentials state
 * @param timeline generations over time
 * @param generations the table of generations
 * @param shortfalls what was not read, not understood, or looked wrong
 * @param checked what was looked for
 * @param style the style sheet
 */
public record ReportModel(
        ReportIdentifier id,
        ReportHeader header,
        Overview overview,
        Inputs inputs,
        TrainingLeads trainingLeads,
        Downloads downloads,
        Uses uses,
        ModelInventory inventory,
        Credentials credentials,
        Timeline timeline,
        Generations generations,
        Shortfalls shortfalls,
        Checked checked,
        ReportStyle style) {}
