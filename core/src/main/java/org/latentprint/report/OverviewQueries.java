package org.latentprint.report;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Counts for the first page. */
final class OverviewQueries {
    private final CaseRows rows;

    OverviewQueries(CaseRows rows) {
        this.rows = rows;
    }

    Overview read() throws SQLException {
        List<Overview.ExhibitCounts> exhibits = rows.list("""
                SELECT e.reference, e.source_kind,
                       coalesce((SELECT string_agg(DISTINCT r.source_location, ', ' ORDER BY r.source_location)
                                 FROM scan_run r WHERE r.exhibit_id = e.exhibit_id), ''),
                       count(i.item_id),
                       count(*) FILTER (i.outcome = 'read'), count(*) FILTER (i.outcome = 'skipped'),
                       count(*) FILTER (i.outcome = 'failed'),
                       coalesce(sum(i.size), 0)::BIGINT,
                       coalesce(sum(i.size) FILTER (i.outcome <> 'read'), 0)::BIGINT,
                       coalesce(sum(g.generations), 0)::BIGINT
                FROM exhibit e LEFT JOIN item i USING (exhibit_id)
                     LEFT JOIN (SELECT item_id, count(*) AS generations FROM generation GROUP BY item_id) g USING (item_id)
                GROUP BY e.exhibit_id, e.reference, e.source_kind ORDER BY e.reference""", OverviewQueries::counts);
        return new Overview(
                exhibits,
                total(exhibits),
                skipped(),
                failed(),
                time("SELECT min(started) FROM scan_run"),
                time("SELECT max(ended) FROM scan_run HAVING count(*) = count(ended)"),
                runs(),
                results(),
                new ImageQueries(rows).read());
    }

    private static Overview.ExhibitCounts counts(CaseRows.Row row) throws SQLException {
        return new Overview.ExhibitCounts(
                row.evidence(1),
                row.evidence(2),
                row.evidence(3),
                row.number(4),
                row.number(5),
                row.number(6),
                row.number(7),
                row.number(8),
                row.number(9),
                row.number(10));
    }

    private static Overview.ExhibitCounts total(List<Overview.ExhibitCounts> exhibits) {
        return exhibits.stream()
                .reduce(
                        new Overview.ExhibitCounts(
                                EvidenceText.line("All exhibits"),
                                EvidenceText.line(""),
                                EvidenceText.line(""),
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0),
                        (left, right) -> new Overview.ExhibitCounts(
                                left.reference(),
                                left.sourceKind(),
                                left.locations(),
                                left.seen() + right.seen(),
                                left.read() + right.read(),
                                left.skipped() + right.skipped(),
                                left.failed() + right.failed(),
                                left.bytes() + right.bytes(),
                                left.bytesUnread() + right.bytesUnread(),
                                left.generations() + right.generations()));
    }

    private List<Overview.Reason> skipped() throws SQLException {
        return rows.list("""
                SELECT coalesce(outcome_reason, 'no reason noted') AS reason, count(*) FROM item
                WHERE outcome = 'skipped' GROUP BY reason ORDER BY count(*) DESC, reason LIMIT 100""", row -> new Overview.Reason(row.evidence(1), row.number(2)));
    }

    /** An item that failed has the category of its first problem. */
    private List<Overview.Reason> failed() throws SQLException {
        return rows.list("""
                SELECT coalesce(p.category, 'no category noted') AS category, count(*) FROM item i
                     LEFT JOIN (SELECT item_id, min_by(category, ordinal) AS category FROM problem GROUP BY item_id) p
                     USING (item_id)
                WHERE i.outcome = 'failed' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 100""", row -> new Overview.Reason(row.evidence(1), row.number(2)));
    }

    private Optional<String> time(String sql) throws SQLException {
        return rows.list(sql, row -> row.time(1).map(Figures::time)).stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    private List<Overview.Run> runs() throws SQLException {
        return rows.list(
                """
                SELECT e.reference, r.source_location, r.profile, r.threads, r.tool_version, r.command_line,
                       r.started, r.ended, r.environment
                FROM scan_run r LEFT JOIN exhibit e USING (exhibit_id) ORDER BY r.run_id LIMIT 200""",
                row -> new Overview.Run(
                        row.evidence(1),
                        row.evidence(2),
                        row.evidence(3),
                        row.number(4),
                        row.evidence(5),
                        row.evidence(6),
                        row.time(7).map(Figures::time).orElse(""),
                        row.time(8).map(Figures::time),
                        EvidenceText.line(row.text(9), ReportLimits.FULL_TEXT)));
    }

    private Overview.Results results() throws SQLException {
        return rows.list(
                        """
                        SELECT (SELECT count(*) FROM (SELECT DISTINCT name, role FROM generation_input)),
                               (SELECT count(DISTINCT item_id) FROM link WHERE kind = 'input-picture'),
                               (SELECT count(*) FROM (SELECT DISTINCT exhibit_id, folder FROM training_link
                                    WHERE pictures_found > 0)),
                               (SELECT coalesce(sum(pictures), 0)::BIGINT FROM (SELECT exhibit_id, folder,
                                    max(pictures_found) AS pictures FROM training_link GROUP BY ALL)),
                               (SELECT count(*) FROM generation),
                               (SELECT count(DISTINCT item_id) FROM generation),
                               (SELECT count(DISTINCT generator) FROM generation
                                    WHERE generation_id NOT IN (SELECT generation_id FROM generation_declaration)),
                               (SELECT count(*) FROM generation_declaration),
                               (SELECT count(*) FROM (SELECT DISTINCT name FROM generation_resource
                                    WHERE kind IN ('checkpoint', 'diffusion-model', 'model', 'service') AND name IS NOT NULL)),
                               (SELECT count(*) FROM (SELECT DISTINCT name FROM generation_resource
                                    WHERE kind = 'lora' AND name IS NOT NULL)),
                               (SELECT count(*) FROM model_file WHERE folder IS NULL AND container <> 'side-file'),
                               (SELECT count(DISTINCT item_id) FROM problem)""",
                        row -> new Overview.Results(
                                row.number(1),
                                row.number(2),
                                row.number(3),
                                row.number(4),
                                row.number(5),
                                row.number(6),
                                row.number(7),
                                row.number(8),
                                row.number(9),
                                row.number(10),
                                row.number(11),
                                row.number(12)))
                .getFirst();
    }
}
