package org.latentprint.report;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the folders that training records name, and what they are linked with. */
final class TrainingLeadQueries {
    /** The folders that are printed: those for training before those for regularisation, then by their pictures. */
    private static final String FOLDERS = """
            SELECT l.exhibit_id, e.reference, l.folder, max(l.pictures_found) AS pictures, max(l.captions_found) AS captions,
                   count(*) AS records, bool_and(d.regularisation) AS regularisation
            FROM training_link l JOIN exhibit e USING (exhibit_id)
                 JOIN training_dataset d ON d.item_id = l.item_id AND d.ordinal = l.dataset_ordinal
            GROUP BY l.exhibit_id, e.reference, l.folder
            ORDER BY regularisation, pictures DESC, e.reference, l.folder""";

    private static final String PRINTED = "(" + FOLDERS + " LIMIT " + ReportLimits.INPUTS + ")";

    private final CaseRows rows;

    TrainingLeadQueries(CaseRows rows) {
        this.rows = rows;
    }

    private record Key(long exhibit, String folder) {}

    TrainingLeads read() throws SQLException {
        return new TrainingLeads(folders(), missing());
    }

    private Capped<TrainingLeads.Lead> folders() throws SQLException {
        if (rows.count("SELECT count(*) FROM training_link") == 0) {
            return new Capped<>(List.of(), 0, "");
        }
        Map<Key, List<TrainingLeads.NamedBy>> records = records();
        Map<Key, List<EvidenceText>> pictures = pictures();
        return rows.capped(FOLDERS, ReportLimits.INPUTS, "the number of pictures in them, regularisation last", row -> {
            Key key = new Key(row.number(1), row.text(3));
            return new TrainingLeads.Lead(
                    row.evidence(2),
                    row.evidence(3),
                    row.number(4),
                    row.number(5),
                    pictures.getOrDefault(key, List.of()),
                    records.getOrDefault(key, List.of()),
                    row.number(6));
        });
    }

    private Map<Key, List<TrainingLeads.NamedBy>> records() throws SQLException {
        Map<Key, List<TrainingLeads.NamedBy>> all = new HashMap<>();
        rows.list(
                """
                SELECT l.exhibit_id, l.folder, e.reference, i.path, d.folder, l.pictures_recorded, d.regularisation,
                       l.tags_recorded, l.tags_found, l.grade, l.rule,
                       t.origin_offset, t.origin_length, t.origin_sha256, t.reader, image_offset(i.item_id, t.origin_offset)
                FROM training_link l JOIN %s p ON p.exhibit_id = l.exhibit_id AND p.folder = l.folder
                     JOIN training_dataset d ON d.item_id = l.item_id AND d.ordinal = l.dataset_ordinal
                     JOIN training t ON t.item_id = l.item_id
                     JOIN item i ON i.item_id = l.item_id JOIN exhibit e ON e.exhibit_id = i.exhibit_id
                QUALIFY row_number() OVER (PARTITION BY l.exhibit_id, l.folder ORDER BY l.link_id) <= %d
                ORDER BY l.link_id""".formatted(PRINTED, ReportLimits.PER_INPUT),
                row -> all.computeIfAbsent(new Key(row.number(1), row.text(2)), key -> new ArrayList<>())
                        .add(new TrainingLeads.NamedBy(
                                row.evidence(3),
                                row.evidence(4),
                                row.evidence(5),
                                row.optionalNumber(6),
                                row.flag(7),
                                row.number(8),
                                row.number(9),
                                row.evidence(10),
                                row.evidence(11),
                                Ground.read(row, 12))));
        return all;
    }

    private Map<Key, List<EvidenceText>> pictures() throws SQLException {
        Map<Key, List<EvidenceText>> all = new HashMap<>();
        rows.list(
                """
                SELECT i.exhibit_id, p.folder, i.name
                FROM item i JOIN %s p ON p.exhibit_id = i.exhibit_id AND p.folder = regexp_replace(i.path, '/[^/]*$', '')
                WHERE i.kind = 'file' AND i.stream IS NULL AND (i.media_type LIKE 'image/%%' OR i.media_type LIKE 'video/%%')
                QUALIFY row_number() OVER (PARTITION BY i.exhibit_id, p.folder ORDER BY i.path) <= %d
                ORDER BY i.path""".formatted(PRINTED, ReportLimits.PER_INPUT),
                row -> all.computeIfAbsent(new Key(row.number(1), row.text(2)), key -> new ArrayList<>())
                        .add(row.evidence(3)));
        return all;
    }

    private Capped<TrainingLeads.Missing> missing() throws SQLException {
        String sql = """
                WITH named AS (
                    SELECT d.folder, d.regularisation, d.repeats, d.pictures, d.item_id FROM training_dataset d
                    ANTI JOIN training_link l ON l.item_id = d.item_id AND l.dataset_ordinal = d.ordinal
                ), counted AS (
                    SELECT folder, regularisation, repeats, pictures, count(DISTINCT item_id) AS records,
                           min(item_id) AS item_id
                    FROM named GROUP BY folder, regularisation, repeats, pictures
                )
                SELECT c.folder, c.regularisation, c.repeats, c.pictures, c.records, e.reference, i.path,
                       t.origin_offset, t.origin_length, t.origin_sha256, t.reader, image_offset(i.item_id, t.origin_offset)
                FROM counted c JOIN training t USING (item_id) JOIN item i USING (item_id) JOIN exhibit e USING (exhibit_id)
                ORDER BY c.regularisation, c.records DESC, c.folder, c.pictures NULLS LAST, c.repeats NULLS LAST""";
        return rows.capped(
                sql,
                ReportLimits.SUMMARY_ROWS,
                "the number of model files that name them, regularisation last",
                row -> new TrainingLeads.Missing(
                        row.evidence(1),
                        row.flag(2),
                        row.optionalNumber(3),
                        row.optionalNumber(4),
                        row.number(5),
                        row.evidence(6),
                        row.evidence(7),
                        Ground.read(row, 8)));
    }
}
