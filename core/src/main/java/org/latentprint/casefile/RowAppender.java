package org.latentprint.casefile;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Appends rows to one table, value by value in the order of its columns. */
final class RowAppender implements AutoCloseable {
    /** The years 1 to 9999, in seconds since 1970: what the database and every reader of its exports can hold. */
    private static final long FIRST_SECOND = -62_135_596_800L;

    private static final long LAST_SECOND = 253_402_300_799L;

    private final DuckDBAppender appender;

    RowAppender(DuckDBConnection connection, String table) throws SQLException {
        this.appender = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table);
    }

    RowAppender row() throws SQLException {
        appender.beginRow();
        return this;
    }

    void end() throws SQLException {
        appender.endRow();
    }

    RowAppender text(String value) throws SQLException {
        appender.append(SafeText.of(value));
        return this;
    }

    RowAppender text(Optional<String> value) throws SQLException {
        return value.isPresent() ? text(value.get()) : none();
    }

    RowAppender number(long value) throws SQLException {
        appender.append(value);
        return this;
    }

    RowAppender number(int value) throws SQLException {
        appender.append(value);
        return this;
    }

    RowAppender number(Optional<Integer> value) throws SQLException {
        return value.isPresent() ? number(value.get().intValue()) : none();
    }

    RowAppender number(OptionalLong value) throws SQLException {
        return value.isPresent() ? number(value.getAsLong()) : none();
    }

    /** A number too large for the column is left out; the bytes at the origin still have it. */
    RowAppender real(Optional<BigDecimal> value) throws SQLException {
        double real = value.map(BigDecimal::doubleValue).orElse(Double.NaN);
        if (!Double.isFinite(real)) {
            return none();
        }
        appender.append(real);
        return this;
    }

    RowAppender flag(boolean value) throws SQLException {
        appender.append(value);
        return this;
    }

    /** Times are kept in microseconds, cut towards the past. */
    RowAppender time(Optional<Instant> value) throws SQLException {
        return value.isPresent() ? time(value.get()) : none();
    }

    private RowAppender time(Instant instant) throws SQLException {
        long seconds = instant.getEpochSecond();
        if (seconds < FIRST_SECOND || seconds > LAST_SECOND) {
            return none();
        }
        appender.appendEpochMicros(seconds * 1_000_000 + instant.getNano() / 1_000);
        return this;
    }

    RowAppender none() throws SQLException {
        appender.appendNull();
        return this;
    }

    void flush() throws SQLException {
        appender.flush();
    }

    @Override
    public void close() throws SQLException {
        appender.close();
    }
}
