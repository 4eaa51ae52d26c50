package org.latentprint.casefile;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Runs one statement of the examiner over a case. It can read the case and nothing else: the database is opened read-only,
 * cannot reach other files, and its settings are locked.
 */
public final class CaseSql implements AutoCloseable {
    private final CaseFolder caseFolder;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final int columns;

    private CaseSql(CaseFolder caseFolder, PreparedStatement statement, ResultSet rows) throws SQLException {
        this.caseFolder = caseFolder;
        this.statement = statement;
        this.rows = rows;
        this.columns = rows.getMetaData().getColumnCount();
    }

    /**
     * Runs the statement and notes it in the audit log.
     *
     * @throws CaseException where it is more than one statement, or the database refuses it
     * @throws java.io.IOException where the case's files cannot be read
     */
    public static CaseSql run(Path path, String sql, InstantSource clock) throws CaseException, java.io.IOException {
        if (!SqlText.isSingle(sql)) {
            throw new CaseException("give one SQL statement, not several or none");
        }
        CaseFolder opened = CaseFolder.openToRead(path, clock);
        boolean running = false;
        try {
            TreeMap<String, Object> details = new TreeMap<>();
            details.put("sql", sql);
            opened.audit().append("sql", details);
            opened.database().execute("SET lock_configuration = true");
            PreparedStatement statement = opened.database().connection().prepareStatement(sql);
            CaseSql result = new CaseSql(opened, statement, statement.executeQuery());
            running = true;
            return result;
        } catch (SQLException refused) {
            throw new CaseException("the database refused the statement: " + refused.getMessage(), refused);
        } finally {
            if (!running) {
                opened.close();
            }
        }
    }

    /** Returns the names of the columns. */
    public List<String> columns() throws CaseException {
        try {
            ResultSetMetaData metadata = rows.getMetaData();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                names.add(metadata.getColumnLabel(i));
            }
            return names;
        } catch (SQLException failure) {
            throw CaseException.of("the result cannot be read", failure);
        }
    }

    /**
     * Returns the next row: text, numbers, truth values, and times as text; empty after the last. Rows are had from the
     * database as they are asked for, so that a result of any size takes little memory.
     */
    public Optional<List<Optional<Object>>> next() throws CaseException {
        try {
            if (!rows.next()) {
                return Optional.empty();
            }
            List<Optional<Object>> row = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                row.add(CaseValue.read(rows, i));
            }
            return Optional.of(row);
        } catch (SQLException failure) {
            throw CaseException.of("the result cannot be read", failure);
        }
    }

    @Override
    public void close() throws CaseException, java.io.IOException {
        try (caseFolder;
                statement;
                rows) {
            // Closed in the order rows, statement, case.
        } catch (SQLException failure) {
            throw CaseException.of("the statement could not be closed", failure);
        }
    }
}
