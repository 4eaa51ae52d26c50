package org.latentprint.report;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what each reader found. */
final class CheckedQueries {
    private final CaseRows rows;

    CheckedQueries(CaseRows rows) {
        this.rows = rows;
    }

    private record Named(String name, long count) {}

    /** Takes the readers that this version has; a reader that the case names and this version lacks is added. */
    Checked read(List<ReportHeader.Reader> known) throws SQLException {
        Map<String, Long> generations = counts("SELECT reader, count(*) FROM generation GROUP BY reader LIMIT 1000");
        Map<String, Long> blocks = counts("SELECT reader, count(*) FROM metadata_block GROUP BY reader LIMIT 1000");
        Map<String, Long> problems = counts("SELECT reader, count(*) FROM problem GROUP BY reader LIMIT 1000");
        List<Checked.Reader> readers = new ArrayList<>();
        for (ReportHeader.Reader reader : known) {
            Map<String, Long> findings = reader.kind().equals("container") ? blocks : generations;
            readers.add(row(reader.kind(), reader.name(), findings, problems));
        }
        addUnlisted(readers, known, "container", blocks, problems);
        addUnlisted(readers, known, "generator", generations, problems);
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
                EvidenceText.line(name),
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
