package org.latentprint.report;

import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;

/** Reads which programs, models and LoRAs the generations name. */
final class UseQueries {
    private static final String DIFFUSION_MODELS = "r.kind IN ('checkpoint', 'diffusion-model', 'model', 'service')";

    private final CaseRows rows;
    private final LocalDateTime latest;

    /** Takes the latest time that counts as plausible. */
    UseQueries(CaseRows rows, LocalDateTime latest) {
        this.rows = rows;
        this.latest = latest;
    }

    Uses read() throws SQLException {
        return new Uses(
                generators(),
                tasks(),
                resources(DIFFUSION_MODELS),
                resources("r.kind = 'lora'"),
                resources("r.kind <> 'lora' AND NOT " + DIFFUSION_MODELS));
    }

    private Capped<Uses.GeneratorUse> generators() throws SQLException {
        String sql = """
                SELECT g.generator, g.variant, g.version, count(*) AS generations, count(DISTINCT g.item_id),
                       min(i.modified) FILTER (%1$s), max(i.modified) FILTER (%1$s),
                       string_agg(DISTINCT i.time_basis, ', ' ORDER BY i.time_basis) FILTER (%1$s),
                       max(count(*)) OVER (), d.generation_id IS NULL AS named
                FROM generation g JOIN item i USING (item_id) LEFT JOIN generation_declaration d USING (generation_id)
                GROUP BY named, g.generator, g.variant, g.version
                ORDER BY generations DESC, named DESC, g.generator, g.variant NULLS FIRST, g.version NULLS FIRST""".formatted(TimelineQueries.PLAUSIBLE);
        return rows.capped(
                sql,
                ReportLimits.SUMMARY_ROWS,
                "the number of generations",
                row -> new Uses.GeneratorUse(
                        row.evidence(1),
                        row.flag(10),
                        row.optionalEvidence(2),
                        row.optionalEvidence(3),
                        row.number(4),
                        row.number(5),
                        row.time(6).map(Figures::day),
                        row.time(7).map(Figures::day),
                        row.optionalEvidence(8),
                        Figures.share(row.number(4), row.number(9))),
                latest,
                latest,
                latest);
    }

    private List<Uses.TaskUse> tasks() throws SQLException {
        return rows.list(
                "SELECT task, count(*) FROM generation GROUP BY task ORDER BY count(*) DESC, task NULLS LAST LIMIT 50",
                row -> new Uses.TaskUse(row.optionalEvidence(1), row.number(2)));
    }

    private Capped<Uses.ResourceUse> resources(String which) throws SQLException {
        String sql = """
                WITH hashes AS (
                    SELECT generation_id, ordinal, string_agg(kind || ' ' || value, ', ' ORDER BY kind, value) AS hashes
                    FROM (SELECT generation_id, ordinal, hash_kind AS kind, hash AS value FROM generation_resource_hash
                          UNION ALL
                          SELECT generation_id, ordinal, identifier_kind, identifier FROM generation_resource_identifier) GROUP BY generation_id, ordinal)
                SELECT r.kind, r.name, h.hashes, count(DISTINCT r.generation_id) AS generations,
                       count(DISTINCT g.item_id), min(r.weight), max(r.weight),
                       max(count(DISTINCT r.generation_id)) OVER ()
                FROM generation_resource r JOIN generation g USING (generation_id)
                     LEFT JOIN hashes h ON h.generation_id = r.generation_id AND h.ordinal = r.ordinal
                WHERE %s
                GROUP BY r.kind, r.name, h.hashes
                ORDER BY generations DESC, r.kind, r.name NULLS LAST, h.hashes NULLS LAST""".formatted(which);
        return rows.capped(
                sql,
                ReportLimits.SUMMARY_ROWS,
                "the number of generations that name them",
                row -> new Uses.ResourceUse(
                        row.evidence(1),
                        row.optionalEvidence(2),
                        row.optionalEvidence(3),
                        row.number(4),
                        row.number(5),
                        row.decimal(6),
                        row.decimal(7),
                        Figures.share(row.number(4), row.number(8))));
    }
}
