package org.latentprint.report;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what model files record of their training, run by run. */
final class TrainingRunQueries {
    /** The epochs of a run share its number, and so do copies on other exhibits; the file saved last stands for them. */
    private static final String RUNS = """
            SELECT *, count(*) OVER run AS files FROM training
            WINDOW run AS (PARTITION BY coalesce('run ' || session_id, 'item ' || item_id)
                ORDER BY ended DESC NULLS LAST, item_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
            QUALIFY row_number() OVER run = 1""";

    private static final String SQL = """
            SELECT t.item_id, e.reference, i.path, t.files, t.trainer, t.trainer_version, t.output_name, t.started, t.ended,
                   t.steps, t.epochs, t.pictures, t.pictures_times_repeats, t.base_model, t.base_model_version,
                   (SELECT string_agg(h.hash_kind || ' ' || h.hash, ', ' ORDER BY h.hash_kind) FROM training_base_hash h
                    WHERE h.item_id = t.item_id), replace(t.merged_from, chr(10), ', '), t.comment, t.tags, t.session_id,
                   t.origin_offset, t.origin_length, t.origin_sha256, t.reader, image_offset(i.item_id, t.origin_offset),
                   (SELECT string_agg(f.file, ', ' ORDER BY f.link_id) FROM (
                       SELECT l.link_id, concat(l.relation, ': ', b.path, ' (', l.grade, '; ', l.rule, ')') AS file
                       FROM lineage_link l JOIN item b ON b.item_id = l.base_item_id
                       WHERE l.item_id = t.item_id ORDER BY l.link_id LIMIT 5) f)
            FROM (%s) t JOIN item i USING (item_id) JOIN exhibit e USING (exhibit_id)
            ORDER BY t.started NULLS LAST, t.item_id""".formatted(RUNS);

    private final CaseRows rows;
    private final ModelParts parts;

    TrainingRunQueries(CaseRows rows, ModelParts parts) {
        this.rows = rows;
        this.parts = parts;
    }

    Capped<ModelInventory.Run> read() throws SQLException {
        String printed = " JOIN (SELECT item_id FROM (" + SQL + ") LIMIT " + ReportLimits.SUMMARY_ROWS
                + ") printed ON printed.item_id = p.item_id";
        Map<Long, Generations.Few<Generations.Pair>> folders = parts.pairs(
                "p.folder",
                "concat_ws(', ', p.pictures || ' pictures', p.repeats || ' repeats',"
                        + " CASE WHEN p.regularisation THEN 'regularisation' END)",
                "training_dataset p" + printed);
        Map<Long, Generations.Few<Generations.Pair>> tags =
                parts.pairs("p.tag", "p.occurrences", "training_tag p" + printed);
        return rows.capped(SQL, ReportLimits.SUMMARY_ROWS, "the start of the training as recorded", row -> {
            long id = row.number(1);
            Generations.Few<Generations.Pair> none = new Generations.Few<>(List.of(), 0);
            List<Generations.Pair> firstTags = tags.getOrDefault(id, none).first();
            return new ModelInventory.Run(
                    row.evidence(2),
                    row.evidence(3),
                    row.number(4),
                    facts(row),
                    folders.getOrDefault(id, none),
                    new Generations.Few<>(firstTags, row.number(19)),
                    Ground.read(row, 21));
        });
    }

    private static List<Generations.Parameter> facts(CaseRows.Row row) throws SQLException {
        List<Generations.Parameter> facts = new ArrayList<>();
        add(facts, "trainer", row.optional(5));
        add(facts, "its version", row.optional(6));
        add(facts, "output name", row.optional(7));
        add(facts, "number of the run", row.optional(20));
        add(facts, "started", row.time(8).map(Figures::time));
        add(facts, "this file saved", row.time(9).map(Figures::time));
        add(facts, "steps", row.optional(10));
        add(facts, "epochs", row.optional(11));
        add(facts, "pictures", row.optionalNumber(12).map(Figures::of));
        add(facts, "pictures times repeats", row.optionalNumber(13).map(Figures::of));
        add(facts, "base model", row.optional(14));
        add(facts, "its architecture", row.optional(15));
        add(facts, "its hashes", row.optional(16));
        add(facts, "merged from", row.optional(17));
        add(facts, "comment", row.optional(18));
        add(facts, "on the exhibits", row.optional(26));
        return facts;
    }

    private static void add(List<Generations.Parameter> facts, String name, Optional<String> value) {
        ModelInventoryQueries.add(facts, name, value);
    }
}
