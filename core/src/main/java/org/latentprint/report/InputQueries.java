package org.latentprint.report;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the inputs that generations name, and what they are linked with. */
final class InputQueries {
    /** The inputs that are printed: most often named first. */
    private static final String NAMES = """
            SELECT name, role, count(DISTINCT generation_id) AS generations FROM generation_input
            GROUP BY name, role ORDER BY generations DESC, name, role""";

    private static final String PRINTED = "(" + NAMES + " LIMIT " + ReportLimits.INPUTS + ")";

    private final CaseRows rows;

    InputQueries(CaseRows rows) {
        this.rows = rows;
    }

    private record Key(String name, String role) {}

    private record Links(List<Inputs.Linked> first, long total) {}

    Inputs read() throws SQLException {
        Map<Key, List<Inputs.NamedBy>> namedBy = namedBy();
        Map<Key, Links> links = links();
        Capped<Inputs.Input> names =
                rows.capped(NAMES, ReportLimits.INPUTS, "the number of generations that name them", row -> {
                    Key key = new Key(row.text(1), row.text(2));
                    Links linked = links.getOrDefault(key, new Links(List.of(), 0));
                    return new Inputs.Input(
                            row.evidence(1),
                            row.evidence(2),
                            row.number(3),
                            namedBy.getOrDefault(key, List.of()),
                            linked.first(),
                            linked.total());
                });
        return new Inputs(names);
    }

    private Map<Key, List<Inputs.NamedBy>> namedBy() throws SQLException {
        Map<Key, List<Inputs.NamedBy>> all = new HashMap<>();
        rows.list(
                """
                WITH listed AS (SELECT generation_id FROM generation ORDER BY item_id, ordinal, generation_id LIMIT %d)
                SELECT n.name, n.role, g.generation_id, g.generation_id IN (FROM listed), e.reference, i.path,
                       g.origin_offset, g.origin_length, g.origin_sha256, g.reader, image_offset(i.item_id, g.origin_offset)
                FROM (SELECT DISTINCT name, role, generation_id FROM generation_input) n
                     JOIN %s p ON p.name = n.name AND p.role = n.role
                     JOIN generation g ON g.generation_id = n.generation_id
                     JOIN item i ON i.item_id = g.item_id JOIN exhibit e USING (exhibit_id)
                QUALIFY row_number() OVER (PARTITION BY n.name, n.role ORDER BY g.item_id, g.ordinal, g.generation_id) <= %d
                ORDER BY g.item_id, g.ordinal, g.generation_id""".formatted(ReportLimits.GENERATIONS, PRINTED, ReportLimits.PER_INPUT),
                row -> all.computeIfAbsent(new Key(row.text(1), row.text(2)), key -> new ArrayList<>())
                        .add(new Inputs.NamedBy(
                                row.number(3), row.flag(4), row.evidence(5), row.evidence(6), Ground.read(row, 7))));
        return all;
    }

    private Map<Key, Links> links() throws SQLException {
        Map<Key, Links> all = new HashMap<>();
        rows.list(
                """
                SELECT name, role, reference, path, grade, rule, total FROM (
                    SELECT *, count(*) OVER (PARTITION BY name, role) AS total,
                           row_number() OVER (PARTITION BY name, role ORDER BY reference, path, grade, rule) AS place
                    FROM (SELECT DISTINCT n.name, n.role, e.reference, i.path, l.grade, l.rule
                          FROM link l JOIN generation_input n
                               ON n.generation_id = l.generation_id AND n.ordinal = l.input_ordinal
                               JOIN %s p ON p.name = n.name AND p.role = n.role
                               JOIN item i ON i.item_id = l.item_id JOIN exhibit e USING (exhibit_id)
                          WHERE l.kind = 'input-picture'))
                WHERE place <= %d ORDER BY name, role, place""".formatted(PRINTED, ReportLimits.PER_INPUT),
                row -> all.merge(
                        new Key(row.text(1), row.text(2)),
                        new Links(
                                List.of(new Inputs.Linked(
                                        row.evidence(3), row.evidence(4), row.evidence(5), row.evidence(6))),
                                row.number(7)),
                        (left, right) -> {
                            List<Inputs.Linked> both = new ArrayList<>(left.first());
                            both.addAll(right.first());
                            return new Links(both, right.total());
                        }));
        return all;
    }
}
