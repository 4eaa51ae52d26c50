package org.latentprint.report;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.latentprint.container.DownloadMarkReader;

/** Reads the marks of downloads. */
final class DownloadQueries {
    /** The lines that the report shows, as a condition on {@code metadata_block}; others are blocks that nobody explains. */
    static final String SHOWN = "(container = '" + DownloadMarkReader.CONTAINER
            + "' AND lower(key) IN ('zoneid', 'hosturl', 'referrerurl'))";

    private static final String MARKS = """
            SELECT mark.item_id, e.reference, mark.path, file.path, l.grade, l.rule
            FROM item mark JOIN exhibit e USING (exhibit_id)
                LEFT JOIN download_mark_link l ON l.mark_item_id = mark.item_id
                LEFT JOIN item file ON file.item_id = l.item_id
            WHERE EXISTS (FROM metadata_block b WHERE b.item_id = mark.item_id AND %s)
            ORDER BY NOT EXISTS (FROM generation g WHERE g.item_id = l.item_id)
                AND NOT EXISTS (FROM model_file m WHERE m.item_id = l.item_id)
                AND NOT EXISTS (FROM link input WHERE input.item_id = l.item_id), mark.item_id""".formatted(SHOWN);

    /** Of a key that stands twice in a mark, the first line that states something. */
    private static final String LINES = """
            SELECT item_id, lower(key), text, origin_offset, origin_length, origin_sha256, reader,
                image_offset(item_id, origin_offset)
            FROM metadata_block
            WHERE text <> '' AND %s AND item_id IN (SELECT item_id FROM (%s LIMIT %d))
            QUALIFY row_number() OVER (PARTITION BY item_id, lower(key) ORDER BY ordinal) = 1
            ORDER BY item_id, ordinal""".formatted(SHOWN, MARKS, ReportLimits.LIST_ROWS);

    private final CaseRows rows;

    DownloadQueries(CaseRows rows) {
        this.rows = rows;
    }

    private record Place(long item, String key) {}

    Downloads read() throws SQLException {
        Map<Place, Downloads.Line> lines = new HashMap<>();
        rows.list(
                LINES,
                row -> lines.put(
                        new Place(row.number(1), row.text(2)),
                        new Downloads.Line(EvidenceText.line(row.text(3), ReportLimits.PREVIEW), Ground.read(row, 4))));
        return new Downloads(rows.capped(
                MARKS,
                ReportLimits.LIST_ROWS,
                "files with generations, models and possible inputs first, then the walk",
                row -> new Downloads.Download(
                        row.evidence(2),
                        row.evidence(3),
                        row.optionalEvidence(4),
                        row.optionalEvidence(5),
                        row.optionalEvidence(6),
                        line(lines, row, "zoneid"),
                        line(lines, row, "hosturl"),
                        line(lines, row, "referrerurl"))));
    }

    private static Optional<Downloads.Line> line(Map<Place, Downloads.Line> lines, CaseRows.Row row, String key)
            throws SQLException {
        return Optional.ofNullable(lines.get(new Place(row.number(1), key)));
    }
}
