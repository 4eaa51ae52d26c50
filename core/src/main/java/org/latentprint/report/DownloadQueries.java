package org.latentprint.report;

import java.sql.SQLException;
import java.util.Optional;
import org.latentprint.container.DownloadMarkReader;

/** Reads the marks of downloads. */
final class DownloadQueries {
    private static final String SQL = """
            WITH lines AS (
                SELECT item_id,
                    min_by(text, ordinal) FILTER (lower(key) = 'zoneid') AS zone,
                    min_by(text, ordinal) FILTER (lower(key) = 'hosturl') AS address,
                    min_by(text, ordinal) FILTER (lower(key) = 'referrerurl') AS referrer,
                    min(ordinal) FILTER (lower(key) IN ('zoneid', 'hosturl', 'referrerurl')) AS ordinal
                FROM metadata_block WHERE container = '%1$s' GROUP BY item_id
            )
            SELECT e.reference, mark.path, file.path, l.grade, l.rule, lines.zone, lines.address, lines.referrer,
                b.origin_offset, b.origin_length, b.origin_sha256, b.reader, image_offset(b.item_id, b.origin_offset)
            FROM lines JOIN metadata_block b ON b.item_id = lines.item_id AND b.ordinal = lines.ordinal
                JOIN item mark ON mark.item_id = lines.item_id JOIN exhibit e USING (exhibit_id)
                LEFT JOIN download_mark_link l ON l.mark_item_id = mark.item_id
                LEFT JOIN item file ON file.item_id = l.item_id
            ORDER BY NOT EXISTS (FROM generation g WHERE g.item_id = l.item_id)
                AND NOT EXISTS (FROM model_file m WHERE m.item_id = l.item_id)
                AND NOT EXISTS (FROM link input WHERE input.item_id = l.item_id), mark.item_id""".formatted(DownloadMarkReader.CONTAINER);

    private final CaseRows rows;

    DownloadQueries(CaseRows rows) {
        this.rows = rows;
    }

    Downloads read() throws SQLException {
        return new Downloads(rows.capped(
                SQL,
                ReportLimits.LIST_ROWS,
                "files with generations, models and possible inputs first, then the walk",
                row -> new Downloads.Download(
                        row.evidence(1),
                        row.evidence(2),
                        text(row, 3),
                        text(row, 4),
                        text(row, 5),
                        text(row, 6),
                        text(row, 7),
                        text(row, 8),
                        Ground.read(row, 9))));
    }

    private static Optional<EvidenceText> text(CaseRows.Row row, int column) throws SQLException {
        return row.optional(column).map(text -> EvidenceText.line(text, ReportLimits.PREVIEW));
    }
}
