package org.latentprint.report;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the model files, and how they meet with what generations name. */
final class ModelInventoryQueries {
    private static final String WALK = "the number of generations that name them, then the walk";

    /** Hashes of all bytes of a file. */
    private static final String WITHOUT_HASH = """
            SELECT count(*) FROM model_file m WHERE folder IS NULL AND container <> 'side-file'
            AND NOT EXISTS (FROM model_hash h WHERE h.item_id = m.item_id AND h.hash_kind = 'sha256')""";

    private final CaseRows rows;
    private final ModelParts parts;

    ModelInventoryQueries(CaseRows rows) {
        this.rows = rows;
        this.parts = new ModelParts(rows);
    }

    ModelInventory read() throws SQLException {
        return new ModelInventory(
                rows.count("SELECT count(*) FROM model_file WHERE folder IS NULL AND container <> 'side-file'"),
                rows.count("SELECT count(*) FROM model_file WHERE folder IS NOT NULL"),
                rows.count(WITHOUT_HASH),
                present("m.adapter_algorithm IS NULL"),
                present("m.adapter_algorithm IS NOT NULL"),
                new TrainingRunQueries(rows, parts).read(),
                dangers(),
                absent(),
                unnamed(),
                toldOf());
    }

    private Capped<ModelInventory.Present> present(String which) throws SQLException {
        String sql = """
                WITH named AS (
                    SELECT item_id, count(DISTINCT generation_id) FILTER (grade = 'recorded') AS by_hash,
                           count(DISTINCT generation_id) FILTER (grade <> 'recorded') AS by_name
                    FROM model_link GROUP BY item_id
                )
                SELECT e.reference, coalesce(m.folder, i.path), m.folder IS NOT NULL, m.kind, m.architecture,
                       replace(m.candidates, chr(10), ', '), m.container, m.status, m.variant,
                       replace(m.components, chr(10), ', '), m.encoder, m.adapter_algorithm, m.adapter_rank_low,
                       m.adapter_rank_high, m.adapter_alpha, replace(m.adapter_targets, chr(10), ', '), m."precision",
                       m.quantisation, m.parameters, replace(m.telling, chr(10), ', '), m.claims,
                       (SELECT string_agg(h.hash_kind || ' ' || h.hash, ', ' ORDER BY h.hash_kind) FROM model_hash h
                        WHERE h.item_id = m.item_id AND h.hash_kind IN ('sha256', 'tensor_sha256', 'autov1')),
                       coalesce(n.by_hash, 0) AS by_hash, coalesce(n.by_name, 0) AS by_name,
                       m.origin_offset, m.origin_length, m.origin_sha256, m.reader, image_offset(i.item_id, m.origin_offset),
                       (SELECT string_agg(concat(s.path, ' (', s.grade, '; ', s.rule, '): ', s.claims), ', ' ORDER BY s.link_id)
                        FROM (SELECT l.link_id, si.path, l.grade, l.rule, sm.claims FROM side_file_link l
                              JOIN item si ON si.item_id = l.item_id JOIN model_file sm ON sm.item_id = l.item_id
                              WHERE l.model_item_id = m.item_id AND m.folder IS NULL ORDER BY l.link_id LIMIT 5) s)
                FROM model_file m JOIN item i USING (item_id) JOIN exhibit e USING (exhibit_id)
                     LEFT JOIN named n USING (item_id)
                WHERE m.container <> 'side-file' AND %s
                ORDER BY by_hash + by_name DESC, m.item_id""".formatted(which);
        return rows.capped(
                sql,
                ReportLimits.SUMMARY_ROWS,
                WALK,
                row -> new ModelInventory.Present(
                        row.evidence(1),
                        row.evidence(2),
                        row.flag(3),
                        row.evidence(4),
                        row.optionalEvidence(5),
                        row.optionalEvidence(6),
                        facts(row),
                        row.optionalEvidence(21)
                                .filter(claims -> !claims.plain().equals("{}")),
                        row.number(23),
                        row.number(24),
                        Ground.read(row, 25)));
    }

    private static List<Generations.Parameter> facts(CaseRows.Row row) throws SQLException {
        List<Generations.Parameter> facts = new ArrayList<>();
        add(facts, "container", row.optional(7));
        add(facts, "form", row.optional(8).filter(status -> !status.equals("ok")));
        add(facts, "variant", row.optional(9));
        add(facts, "parts", row.optional(10));
        add(facts, "encoder", row.optional(11));
        add(facts, "method", row.optional(12));
        Optional<String> low = row.optional(13);
        Optional<String> high = row.optional(14).filter(rank -> !low.equals(Optional.of(rank)));
        add(
                facts,
                "rank",
                low.map(rank -> rank + high.map(most -> " to " + most).orElse("")));
        add(facts, "alpha", row.optional(15));
        add(facts, "changes", row.optional(16));
        add(facts, "precision", row.optional(17));
        add(facts, "quantisation", row.optional(18));
        Optional<Long> parameters = row.optionalNumber(19);
        add(facts, "parameters", parameters.map(Figures::of));
        add(facts, "most frequent tensors", row.optional(20));
        add(facts, "hashes", row.optional(22));
        add(facts, "files beside it say", row.optional(30));
        return facts;
    }

    static void add(List<Generations.Parameter> facts, String name, Optional<String> value) {
        value.ifPresent(text -> facts.add(new Generations.Parameter(name, EvidenceText.line(text))));
    }

    private Capped<ModelInventory.Danger> dangers() throws SQLException {
        Map<Long, Generations.Few<Generations.Pair>> imports = parts.pairs("p.verdict", "p.import", "model_danger p");
        return rows.capped(
                """
                SELECT m.item_id, e.reference, i.path, m.pickle = 'dangerous',
                       m.origin_offset, m.origin_length, m.origin_sha256, m.reader, image_offset(i.item_id, m.origin_offset)
                FROM model_file m JOIN item i USING (item_id) JOIN exhibit e USING (exhibit_id)
                WHERE m.pickle IN ('dangerous', 'not decided')
                ORDER BY m.pickle, m.dangers DESC, m.item_id""",
                ReportLimits.LIST_ROWS,
                "verdict, then the number of dangerous imports",
                row -> new ModelInventory.Danger(
                        row.evidence(2),
                        row.evidence(3),
                        row.flag(4),
                        imports.getOrDefault(row.number(1), new Generations.Few<>(List.of(), 0)),
                        Ground.read(row, 5)));
    }

    private Capped<ModelInventory.Absent> absent() throws SQLException {
        return rows.capped(
                """
                WITH hashes AS (
                    SELECT generation_id, ordinal, string_agg(hash_kind || ' ' || hash, ', ' ORDER BY hash_kind, hash) AS hashes
                    FROM generation_resource_hash GROUP BY generation_id, ordinal)
                SELECT r.kind, r.name, h.hashes, count(DISTINCT r.generation_id) AS generations, count(DISTINCT g.item_id)
                FROM generation_resource r JOIN generation g USING (generation_id)
                     LEFT JOIN hashes h ON h.generation_id = r.generation_id AND h.ordinal = r.ordinal
                     ANTI JOIN model_link l ON l.generation_id = r.generation_id AND l.resource_ordinal = r.ordinal
                WHERE r.kind <> 'service'
                GROUP BY r.kind, r.name, h.hashes
                ORDER BY generations DESC, r.kind, r.name NULLS LAST, h.hashes NULLS LAST""",
                ReportLimits.SUMMARY_ROWS,
                "the number of generations that name them",
                row -> new ModelInventory.Absent(
                        row.evidence(1),
                        row.optionalEvidence(2),
                        row.optionalEvidence(3),
                        row.number(4),
                        row.number(5)));
    }

    /** Side files outlive the model: what was here, and is not any more. */
    private Capped<ModelInventory.ToldOf> toldOf() throws SQLException {
        return rows.capped(
                """
                SELECT e.reference, i.path, json_extract_string(m.facts, '$.sideFile'), m.claims,
                       m.origin_offset, m.origin_length, m.origin_sha256, m.reader, image_offset(i.item_id, m.origin_offset)
                FROM model_file m JOIN item i USING (item_id) JOIN exhibit e USING (exhibit_id)
                     ANTI JOIN side_file_link l ON l.item_id = m.item_id
                WHERE m.container = 'side-file' AND m.claims <> '{}'
                ORDER BY m.item_id""",
                ReportLimits.LIST_ROWS,
                "the walk",
                row -> new ModelInventory.ToldOf(
                        row.evidence(1),
                        row.evidence(2),
                        row.optionalEvidence(3),
                        row.evidence(4),
                        Ground.read(row, 5)));
    }

    private Capped<ModelInventory.Unnamed> unnamed() throws SQLException {
        return rows.capped(
                """
                SELECT e.reference, coalesce(m.folder, i.path), m.kind, m.architecture
                FROM model_file m JOIN item i USING (item_id) JOIN exhibit e USING (exhibit_id)
                     ANTI JOIN model_link l ON l.item_id = m.item_id
                WHERE m.container <> 'side-file'
                ORDER BY m.kind, m.item_id""",
                ReportLimits.LIST_ROWS,
                "kind, then the walk",
                row -> new ModelInventory.Unnamed(
                        row.evidence(1), row.evidence(2), row.evidence(3), row.optionalEvidence(4)));
    }
}
