package org.latentprint.casefile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * The case's database, opened once. It loads nothing from a network and, but for a folder that an export names, touches no
 * file but its own. Used by one thread at a time.
 */
public final class CaseDatabase implements AutoCloseable {
    /** The version of the schema that this program writes and reads. */
    public static final int SCHEMA_VERSION = 6;

    private static final String FILE = "case.duckdb";

    /** By default DuckDB takes four fifths of the machine; below one gigabyte it was seen to fail on exports. */
    private static final String MEMORY = "1GB";

    /** With the default of 16 MB a scan of a million rows spent two thirds of its time in checkpoints. */
    private static final String CHECKPOINT = "1GB";

    private final DuckDBConnection connection;

    private CaseDatabase(DuckDBConnection connection) {
        this.connection = connection;
    }

    /** What a connection may do. */
    enum Access {
        WRITE,
        READ
    }

    /** Makes the database of a new case. */
    static CaseDatabase create(Path folder) throws CaseException {
        CaseDatabase database = connect(folder, Access.WRITE, Optional.empty());
        try (InputStream schema = CaseDatabase.class.getResourceAsStream("schema.sql")) {
            if (schema == null) {
                throw new IllegalStateException("schema.sql is missing from the program");
            }
            database.execute(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
            return database;
        } catch (IOException failure) {
            database.close();
            throw new UncheckedIOException(failure);
        } catch (CaseException failure) {
            database.close();
            throw failure;
        }
    }

    /**
     * Opens the database of a case.
     *
     * @param folder of the case
     * @param access what is to be done with it
     * @param exportFolder the one folder that files may be written to, if any
     * @throws CaseException where it cannot be opened, or has another version's schema
     */
    static CaseDatabase open(Path folder, Access access, Optional<Path> exportFolder) throws CaseException {
        CaseDatabase database = connect(folder, access, exportFolder);
        try {
            long version = database.number("SELECT version FROM schema_info");
            if (version != SCHEMA_VERSION) {
                throw new CaseException("the case " + folder + " has schema version " + version
                        + ", this program reads version " + SCHEMA_VERSION + "; use the program that made the case");
            }
            return database;
        } catch (CaseException failure) {
            database.close();
            if (failure.getCause() instanceof SQLException) {
                throw new CaseException(
                        folder.resolve(FILE) + " is no case of this program: " + failure.getMessage()
                                + "; check the path",
                        failure);
            }
            throw failure;
        }
    }

    private static CaseDatabase connect(Path folder, Access access, Optional<Path> exportFolder) throws CaseException {
        Path file = folder.resolve(FILE);
        Properties settings = new Properties();
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("memory_limit", MEMORY);
        settings.setProperty("checkpoint_threshold", CHECKPOINT);
        settings.setProperty("allow_community_extensions", "false");
        settings.setProperty("errors_as_json", "false");
        if (access == Access.READ) {
            settings.setProperty(DuckDBDriver.DUCKDB_READONLY_PROPERTY, "true");
        }
        settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        try {
            Connection opened = new DuckDBDriver().connect("jdbc:duckdb:" + file, settings);
            CaseDatabase database = new CaseDatabase(opened.unwrap(DuckDBConnection.class));
            database.execute("SET TimeZone = 'UTC'");
            if (exportFolder.isPresent()) {
                database.execute("SET allowed_directories = ['"
                        + exportFolder.get().toAbsolutePath().toString().replace("'", "''") + "/']");
            }
            database.execute("SET enable_external_access = false");
            return database;
        } catch (LinkageError failure) {
            // Its native library lies beside its classes where bin/build made the program, and is unpacked elsewhere
            throw new CaseException(
                    "the case database cannot be started: " + deepest(failure)
                            + "; build the program anew, and see that the folder for temporary files, "
                            + System.getProperty("java.io.tmpdir") + ", has room",
                    failure);
        } catch (SQLException failure) {
            String message = String.valueOf(failure.getMessage());
            if (message.contains("Could not set lock")) {
                throw new CaseException(
                        "the case " + folder + " is in use by another process; wait for it or end it. " + message,
                        failure);
            }
            throw new CaseException(
                    file + " cannot be opened: " + message + "; check the path and the permissions", failure);
        }
    }

    /**
     * Returns the single number that a query gives.
     *
     * @throws CaseException where the query fails or gives none
     */
    public long number(String sql, Object... parameters) throws CaseException {
        List<Long> rows = query(sql, row -> row.getLong(1), parameters);
        if (rows.isEmpty()) {
            throw new CaseException("no row: " + sql);
        }
        return rows.getFirst();
    }

    /** Makes a value of one row. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * Runs a query and reads all its rows; for results that fit into memory.
     *
     * @param sql with {@code ?} for each parameter
     * @throws CaseException where the query fails
     */
    public <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) throws CaseException {
        List<T> rows = new ArrayList<>();
        forEach(sql, row -> rows.add(reader.read(row)), parameters);
        return rows;
    }

    /** Takes the rows of a query, one by one. */
    @FunctionalInterface
    public interface RowVisitor {
        void visit(ResultSet row) throws SQLException;
    }

    /**
     * Runs a query and hands over each row; for results of any size.
     *
     * @param sql with {@code ?} for each parameter
     * @throws CaseException where the query fails
     */
    public void forEach(String sql, RowVisitor visitor, Object... parameters) throws CaseException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    visitor.visit(rows);
                }
            }
        } catch (SQLException failure) {
            throw CaseException.of("the case's database refused a query", failure);
        }
    }

    /**
     * Runs a statement of this program, never one of a user.
     *
     * @throws CaseException where it fails
     */
    public void execute(String sql, Object... parameters) throws CaseException {
        try {
            if (parameters.length == 0) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(sql);
                }
                return;
            }
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                statement.execute();
            }
        } catch (SQLException failure) {
            throw CaseException.of("the case's database refused a statement", failure);
        }
    }

    /** Work that is done as a whole or not at all. */
    @FunctionalInterface
    public interface Work {
        void run() throws CaseException;
    }

    /**
     * Runs work in one transaction. Auto-commit does not cover DuckDB's appender, so that the transaction is explicit.
     *
     * @throws CaseException where the work or its commit fails; nothing of it is kept then
     */
    public void transaction(Work work) throws CaseException {
        execute("BEGIN TRANSACTION");
        boolean committed = false;
        try {
            work.run();
            execute("COMMIT");
            committed = true;
        } finally {
            if (!committed) {
                rollback();
            }
        }
    }

    /** The first failure matters to the caller; a transaction that its failure has ended cannot be rolled back again. */
    private void rollback() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException alreadyEnded) {
            // Nothing of the transaction is kept either way.
        }
    }

    /** Returns the connection itself, for those that read many tables; it is closed with this object and by nobody else. */
    public DuckDBConnection connection() {
        return connection;
    }

    @Override
    public void close() throws CaseException {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw CaseException.of("the case's database could not be closed", failure);
        }
    }

    /** Returns a name in double quotes for use in a statement. */
    static String quoted(String name) {
        return String.format(Locale.ROOT, "\"%s\"", name.replace("\"", "\"\""));
    }

    private static Throwable deepest(Throwable failure) {
        Throwable deepest = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            deepest = cause;
        }
        return deepest;
    }
}
