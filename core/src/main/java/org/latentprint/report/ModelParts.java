package org.latentprint.report;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the first few of the parts that stand below model files. */
final class ModelParts {
    private final CaseRows rows;

    ModelParts(CaseRows rows) {
        this.rows = rows;
    }

    /**
     * Returns pairs by model file, in the order of their ordinals.
     *
     * @param left an expression on the table
     * @param right another
     * @param table with the alias {@code p}, and joins that bound it to what is printed
     */
    Map<Long, Generations.Few<Generations.Pair>> pairs(String left, String right, String table) throws SQLException {
        Map<Long, Generations.Few<Generations.Pair>> all = new HashMap<>();
        rows.list(
                """
                SELECT p.item_id, %s, %s, count(*) OVER (PARTITION BY p.item_id) FROM %s
                QUALIFY row_number() OVER (PARTITION BY p.item_id ORDER BY p.ordinal) <= %d
                ORDER BY p.item_id, p.ordinal""".formatted(left, right, table, ReportLimits.PER_MODEL),
                row -> all.merge(
                        row.number(1),
                        new Generations.Few<>(
                                List.of(new Generations.Pair(row.evidence(2), row.evidence(3))), row.number(4)),
                        (before, next) -> {
                            List<Generations.Pair> both = new ArrayList<>(before.first());
                            both.addAll(next.first());
                            return new Generations.Few<>(both, next.total());
                        }));
        return all;
    }
}
