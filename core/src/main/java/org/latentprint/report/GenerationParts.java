package org.latentprint.report;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the parts of one sort of all printed generations: one query for each sort, not one for each generation. */
final class GenerationParts {
    /** The generations that are printed, in the order of the walk. */
    static final String PRINTED =
            "(SELECT generation_id FROM generation ORDER BY item_id, ordinal, generation_id LIMIT "
                    + ReportLimits.GENERATIONS + ")";

    /** Columns before those of the part itself: generation, number of parts. */
    static final int FIRST_COLUMN = 3;

    private final CaseRows rows;

    GenerationParts(CaseRows rows) {
        this.rows = rows;
    }

    /**
     * Reads parts of one sort.
     *
     * @param columns of the part, SQL; {@code p} is the table
     * @param table of the parts, with generation_id and ordinal
     * @param order of the parts within a generation
     * @param reader makes a part of a row, its columns counted from {@link #FIRST_COLUMN}
     */
    <T> Map<Long, Generations.Few<T>> read(String columns, String table, String order, CaseRows.RowReader<T> reader)
            throws SQLException {
        String sql = """
                SELECT p.generation_id, count(*) OVER (PARTITION BY p.generation_id), %s
                FROM %s p JOIN %s USING (generation_id)
                QUALIFY row_number() OVER (PARTITION BY p.generation_id ORDER BY %s) <= %d
                ORDER BY p.generation_id, %s""".formatted(columns, table, PRINTED, order, ReportLimits.PER_GENERATION, order);
        Map<Long, List<T>> parts = new HashMap<>();
        Map<Long, Long> totals = new HashMap<>();
        rows.list(sql, row -> {
            totals.put(row.number(1), row.number(2));
            return parts.computeIfAbsent(row.number(1), key -> new ArrayList<>())
                    .add(reader.read(row));
        });
        Map<Long, Generations.Few<T>> all = new HashMap<>();
        parts.forEach((id, first) -> all.put(id, new Generations.Few<>(first, totals.getOrDefault(id, 0L))));
        return all;
    }
}
