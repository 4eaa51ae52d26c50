package org.latentprint.casefile;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the finding tables of a case to files, one for each table. The same findings give the same bytes. What depends on
 * the examiner's machine is not exported.
 */
public final class CaseExport {
    private static final JsonMapper JSON = JsonMapper.shared();

    private CaseExport() {}

    /**
     * Exports a case and notes it in the audit log.
     *
     * @param caseFolder of a case that nobody writes to
     * @param format of the files
     * @param target folder for the files; it must not exist, or be empty
     * @param clock of the audit log
     * @return the files, in the order of {@link FindingTable}
     * @throws CaseException where the case cannot be read, or the folder is not empty
     * @throws IOException where the files cannot be written
     */
    public static List<Path> write(Path caseFolder, ExportFormat format, Path target, InstantSource clock)
            throws CaseException, IOException {
        Files.createDirectories(target);
        try (Stream<Path> entries = Files.list(target)) {
            if (entries.findAny().isPresent()) {
                throw new CaseException("the folder " + target + " is not empty; choose a new or an empty one");
            }
        }
        List<Path> files = new ArrayList<>();
        try (CaseFolder opened = CaseFolder.open(caseFolder, clock, CaseDatabase.Access.READ, Optional.of(target))) {
            // One thread writes row groups in one order, always.
            opened.database().execute("SET threads = 1");
            for (FindingTable table : FindingTable.values()) {
                Path file = target.resolve(table.tableName() + "." + format.word());
                switch (format) {
                    case CSV -> writeCsv(opened.database(), table, file);
                    case JSONL -> writeJsonl(opened.database(), table, file);
                    case PARQUET -> writeParquet(opened.database(), table, file);
                }
                files.add(file);
            }
            TreeMap<String, Object> details = new TreeMap<>();
            details.put("format", format.word());
            details.put("target", target.toString());
            opened.audit().append("export", details);
        }
        return files;
    }

    private static void writeCsv(CaseDatabase database, FindingTable table, Path file)
            throws CaseException, IOException {
        try (Writer out = writer(file)) {
            CsvTable csv = new CsvTable(out, columns(database, table));
            writeRows(database, table, row -> csv.row(cells(row)));
        }
    }

    private static void writeJsonl(CaseDatabase database, FindingTable table, Path file)
            throws CaseException, IOException {
        List<String> columns = columns(database, table);
        try (Writer out = writer(file)) {
            writeRows(database, table, row -> {
                Map<String, Object> line = new LinkedHashMap<>();
                List<Optional<Object>> cells = cells(row);
                for (int i = 0; i < columns.size(); i++) {
                    line.put(columns.get(i), cells.get(i));
                }
                out.write(PlainJson.of(JSON.writeValueAsString(line)));
                out.write('\n');
            });
        }
    }

    private static void writeParquet(CaseDatabase database, FindingTable table, Path file) throws CaseException {
        String place = file.toAbsolutePath().toString().replace("'", "''");
        database.execute("COPY (" + table.query() + ") TO '" + place + "' (FORMAT parquet, COMPRESSION zstd)");
    }

    private static Writer writer(Path file) throws IOException {
        return Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    }

    private static List<String> columns(CaseDatabase database, FindingTable table) throws CaseException {
        return database.query(
                "SELECT column_name FROM information_schema.columns WHERE table_name = ? ORDER BY ordinal_position",
                row -> row.getString(1),
                table.tableName());
    }

    private interface RowWriter {
        void write(ResultSet row) throws SQLException, IOException;
    }

    private static void writeRows(CaseDatabase database, FindingTable table, RowWriter rows)
            throws CaseException, IOException {
        try {
            database.forEach(table.query(), row -> {
                try {
                    rows.write(row);
                } catch (IOException failure) {
                    throw new SQLException(failure);
                }
            });
        } catch (CaseException failure) {
            if (failure.getCause() != null && failure.getCause().getCause() instanceof IOException cannotWrite) {
                throw cannotWrite;
            }
            throw failure;
        }
    }

    private static List<Optional<Object>> cells(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        List<Optional<Object>> cells = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            cells.add(CaseValue.read(row, i));
        }
        return cells;
    }
}
