package org.latentprint.report;

import java.sql.SQLException;

/** Reads what was not read, not understood, or looked wrong. */
final class ShortfallQueries {
    private static final String WALK = "the walk through the exhibits";

    private final CaseRows rows;
    private final FullTextBudget budget = new FullTextBudget(ReportLimits.RAW_BLOCK_TEXT);

    ShortfallQueries(CaseRows rows) {
        this.rows = rows;
    }

    Shortfalls read() throws SQLException {
        return new Shortfalls(
                rows.list(
                        """
                        SELECT category, count(*), count(DISTINCT item_id), count(*) FILTER (lossy) FROM problem
                        GROUP BY category ORDER BY count(*) DESC, category LIMIT 100""",
                        row -> new Shortfalls.Category(row.evidence(1), row.number(2), row.number(3), row.number(4))),
                problems(),
                unread(),
                mismatches(),
                wrongChecksums(),
                trailing(),
                unexplained(),
                rawBlocks(),
                unknown());
    }

    private Capped<Shortfalls.Noted> problems() throws SQLException {
        return rows.capped(
                """
                SELECT e.reference, i.path, p.category, p.lossy, p.message, p.origin_offset, p.reader
                FROM problem p JOIN item i USING (item_id) JOIN exhibit e USING (exhibit_id)
                ORDER BY p.lossy DESC, p.category, p.item_id, p.ordinal""",
                ReportLimits.LIST_ROWS,
                "whether something was left unread, then category",
                row -> new Shortfalls.Noted(
                        row.evidence(1),
                        row.evidence(2),
                        row.evidence(3),
                        row.flag(4),
                        row.evidence(5),
                        row.optionalNumber(6),
                        row.evidence(7)));
    }

    private Capped<Shortfalls.Unread> unread() throws SQLException {
        return rows.capped(
                """
                SELECT e.reference, i.path, i.kind, i.outcome, i.outcome_reason, i.link_target, i.size
                FROM item i JOIN exhibit e USING (exhibit_id) WHERE i.outcome <> 'read'
                ORDER BY i.outcome, i.item_id""",
                ReportLimits.LIST_ROWS,
                "outcome, then the walk",
                row -> new Shortfalls.Unread(
                        row.evidence(1),
                        row.evidence(2),
                        row.evidence(3),
                        row.evidence(4),
                        row.optionalEvidence(5),
                        row.optionalEvidence(6),
                        row.number(7)));
    }

    private Capped<Shortfalls.Mismatch> mismatches() throws SQLException {
        return rows.capped(
                """
                SELECT e.reference, i.path, i.media_type FROM item i JOIN exhibit e USING (exhibit_id)
                WHERE i.type_mismatch ORDER BY i.item_id""",
                ReportLimits.LIST_ROWS,
                WALK,
                row -> new Shortfalls.Mismatch(row.evidence(1), row.evidence(2), row.optionalEvidence(3)));
    }

    private Capped<Shortfalls.WrongChecksum> wrongChecksums() throws SQLException {
        return rows.capped(
                """
                SELECT e.reference, i.path, b.container, b.key,
                       b.origin_offset, b.origin_length, b.origin_sha256, b.reader, image_offset(i.item_id, b.origin_offset)
                FROM metadata_block b JOIN item i USING (item_id) JOIN exhibit e USING (exhibit_id)
                WHERE b.crc = 'wrong' ORDER BY b.item_id, b.ordinal""",
                ReportLimits.LIST_ROWS,
                WALK,
                row -> new Shortfalls.WrongChecksum(
                        row.evidence(1), row.evidence(2), row.evidence(3), row.evidence(4), Ground.read(row, 5)));
    }

    private Capped<Shortfalls.Trailing> trailing() throws SQLException {
        return rows.capped(
                """
                SELECT e.reference, i.path, i.trailing_offset, i.trailing_length
                FROM item i JOIN exhibit e USING (exhibit_id)
                WHERE i.trailing_length > 0 ORDER BY i.trailing_length DESC, i.item_id""",
                ReportLimits.LIST_ROWS,
                "length, longest first",
                row -> new Shortfalls.Trailing(row.evidence(1), row.evidence(2), row.number(3), row.number(4)));
    }

    private Capped<Shortfalls.Unexplained> unexplained() throws SQLException {
        return rows.capped(
                """
                SELECT container, key, count(*) AS blocks, count(DISTINCT item_id) FROM metadata_block
                WHERE NOT claimed AND NOT %s GROUP BY container, key ORDER BY blocks DESC, container, key""".formatted(DownloadQueries.SHOWN),
                ReportLimits.SUMMARY_ROWS,
                "the number of blocks",
                row -> new Shortfalls.Unexplained(row.evidence(1), row.evidence(2), row.number(3), row.number(4)));
    }

    private Capped<Shortfalls.RawBlock> rawBlocks() throws SQLException {
        return rows.capped(
                """
                SELECT e.reference, i.path, b.container, b.key, b.text,
                       b.origin_offset, b.origin_length, b.origin_sha256, b.reader, image_offset(i.item_id, b.origin_offset)
                FROM metadata_block b JOIN item i USING (item_id) JOIN exhibit e USING (exhibit_id)
                WHERE NOT b.claimed AND b.text IS NOT NULL AND b.text <> '' AND NOT %s
                ORDER BY NOT EXISTS (FROM problem p WHERE p.item_id = b.item_id), b.item_id, b.ordinal""".formatted(DownloadQueries.SHOWN),
                ReportLimits.LIST_ROWS,
                "whether the item has a problem, then the walk",
                row -> {
                    String text = row.text(5);
                    return new Shortfalls.RawBlock(
                            row.evidence(1),
                            row.evidence(2),
                            row.evidence(3),
                            row.evidence(4),
                            EvidenceText.line(text, ReportLimits.PREVIEW),
                            budget.take(text),
                            Ground.read(row, 6));
                });
    }

    private Capped<Shortfalls.Unknown> unknown() throws SQLException {
        return rows.capped(
                """
                SELECT g.generator, u.name, count(DISTINCT u.generation_id) AS generations
                FROM generation_unknown u JOIN generation g USING (generation_id)
                GROUP BY g.generator, u.name ORDER BY generations DESC, g.generator, u.name""",
                ReportLimits.SUMMARY_ROWS,
                "the number of generations",
                row -> new Shortfalls.Unknown(row.evidence(1), row.evidence(2), row.number(3)));
    }
}
