package org.latentprint.report;

import java.sql.SQLException;

/** Reads what is known of disk images. */
final class ImageQueries {
    private final CaseRows rows;

    ImageQueries(CaseRows rows) {
        this.rows = rows;
    }

    Images read() throws SQLException {
        return new Images(
                rows.list(
                        """
                        SELECT e.reference, e.source_kind, i.allocation, count(*), coalesce(sum(g.generations), 0)::BIGINT
                        FROM exhibit e JOIN item i USING (exhibit_id)
                             LEFT JOIN (SELECT item_id, count(*) AS generations FROM generation GROUP BY item_id) g
                             USING (item_id)
                        WHERE e.source_kind LIKE 'image (%' GROUP BY ALL
                        ORDER BY e.reference, i.allocation LIMIT 400""",
                        row -> new Images.State(
                                row.evidence(1), row.evidence(2), row.evidence(3), row.number(4), row.number(5))),
                rows.list(
                        """
                        SELECT e.reference, h.algorithm, h.stored, h.computed, h.verdict
                        FROM image_hash h JOIN exhibit e USING (exhibit_id)
                        ORDER BY e.reference, h.algorithm LIMIT 400""",
                        row -> new Images.Hash(
                                row.evidence(1),
                                row.evidence(2),
                                row.evidence(3),
                                row.optionalEvidence(4),
                                row.evidence(5))),
                rows.list("""
                        SELECT e.reference, e.source_kind,
                               count(*) FILTER (r.profile = 'full' AND r.ended IS NOT NULL)
                        FROM exhibit e LEFT JOIN scan_run r USING (exhibit_id)
                        WHERE e.source_kind LIKE 'image (%'
                            AND NOT EXISTS (FROM image_hash h WHERE h.exhibit_id = e.exhibit_id)
                        GROUP BY ALL ORDER BY e.reference LIMIT 400""", row -> new Images.WithoutHash(row.evidence(1), row.evidence(2), row.number(3) > 0)),
                rows.capped(
                        """
                        SELECT e.reference, r.image_offset, r.length, r.reason
                        FROM image_range r JOIN exhibit e USING (exhibit_id) ORDER BY e.reference, r.ordinal""",
                        ReportLimits.LIST_ROWS,
                        "their place in the image",
                        row -> new Images.Range(row.evidence(1), row.number(2), row.number(3), row.evidence(4))));
    }
}
