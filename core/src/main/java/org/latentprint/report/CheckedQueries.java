package org.latentprint.report;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what each reader found. */
final class CheckedQueries {
    private static final String CONTAINER = "container";
    private static final String GENERATOR = "generator";
    private static final String CREDENTIALS = "Content Credentials";
    private static final String MODEL_FILE = "model file";

    private final CaseRows rows;

    CheckedQueries(CaseRows rows) {
        this.rows = rows;
    }

    private record Named(String name, long count) {}

    /** Takes the readers that this version has; a reader that the case names and this version lacks is added. */
    Checked read(List<ReportHeader.Reader> known) throws SQLException {
        SortedMap<String, Map<String, Long>> findings = new TreeMap<>(Map.of(
                CONTAINER, counts("SELECT reader, count(*) FROM metadata_block GROUP BY reader LIMIT 1000"),
                GENERATOR, counts("SELECT reader, count(*) FROM generation GROUP BY reader LIMIT 1000"),
                MODEL_FILE, counts("SELECT reader, count(*) FROM model_file GROUP BY reader LIMIT 1000"),
                CREDENTIALS, counts("SELECT reader, count(*) FROM content_credentials GROUP BY reader LIMIT 1000")));
        Map<String, Long> problems = counts("SELECT reader, count(*) FROM problem GROUP BY reader LIMIT 1000");
        List<Checked.Reader> readers = new ArrayList<>();
        for (ReportHeader.Reader reader : known) {
            readers.add(row(reader.kind(), reader.name(), findings.getOrDefault(reader.kind(), Map.of()), problems));
        }
        findings.forEach((kind, found) -> addUnlisted(readers, known, kind, found, problems));
        return new Checked(readers);
    }

    private static void addUnlisted(
            List<Checked.Reader> readers,
            List<ReportHeader.Reader> known,
            String kind,
            Map<String, Long> findings,
            Map<String, Long> problems) {
        findings.keySet().stream()
                .filter(name -> known.stream().noneMatch(reader -> reader.name().equals(name)))
                .forEach(name -> readers.add(row(kind, name, findings, problems)));
    }

    private static Checked.Reader row(
            String kind, String name, Map<String, Long> findings, Map<String, Long> problems) {
        return new Checked.Reader(
                EvidenceText.line(kind),
                EvidenceText.line(kind.equals(CREDENTIALS) ? kind + ", " + name : name),
                findings.getOrDefault(name, 0L),
                problems.getOrDefault(name, 0L));
    }

    private Map<String, Long> counts(String sql) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        for (Named named : rows.list(sql, row -> new Named(row.text(1), row.number(2)))) {
            counts.put(named.name(), named.count());
        }
        return counts;
    }
}
