package org.latentprint.report;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads rows of the case. The SQL is constant text of this program; values go in as parameters only. */
final class CaseRows {
    private final Connection connection;

    CaseRows(Connection connection) {
        this.connection = connection;
    }

    /** Makes a value of the row that the cursor stands on. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(Row row) throws SQLException;
    }

    /** Returns all rows of a query that bounds itself. */
    <T> List<T> list(String sql, RowReader<T> reader, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet results = statement.executeQuery()) {
                Row row = new Row(results);
                List<T> rows = new ArrayList<>();
                while (results.next()) {
                    rows.add(reader.read(row));
                }
                return rows;
            }
        }
    }

    /** Returns the first rows of a query and how many rows it has in all. */
    <T> Capped<T> capped(String sql, int limit, String order, RowReader<T> reader, Object... parameters)
            throws SQLException {
        List<T> rows = list(sql + " LIMIT " + limit, reader, parameters);
        long total = rows.size() < limit ? rows.size() : count("SELECT count(*) FROM (" + sql + ")", parameters);
        return new Capped<>(rows, total, order);
    }

    /** Returns the one number that a query gives. */
    long count(String sql, Object... parameters) throws SQLException {
        return list(sql, row -> row.number(1), parameters).getFirst();
    }

    /** One row; columns count from 1. */
    static final class Row {
        private final ResultSet results;

        private Row(ResultSet results) {
            this.results = results;
        }

        String text(int column) throws SQLException {
            return optional(column).orElse("");
        }

        Optional<String> optional(int column) throws SQLException {
            return Optional.ofNullable(results.getString(column));
        }

        EvidenceText evidence(int column) throws SQLException {
            return EvidenceText.line(text(column));
        }

        Optional<EvidenceText> optionalEvidence(int column) throws SQLException {
            return optional(column).map(EvidenceText::line);
        }

        long number(int column) throws SQLException {
            return results.getLong(column);
        }

        Optional<Long> optionalNumber(int column) throws SQLException {
            long value = results.getLong(column);
            return results.wasNull() ? Optional.empty() : Optional.of(value);
        }

        /** Returns a decimal as it is written, without a trailing zero and without an exponent. */
        Optional<String> decimal(int column) throws SQLException {
            double value = results.getDouble(column);
            if (results.wasNull()) {
                return Optional.empty();
            }
            return Optional.of(
                    Double.isFinite(value)
                            ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
                            : Double.toString(value));
        }

        boolean flag(int column) throws SQLException {
            return results.getBoolean(column);
        }

        Optional<Instant> time(int column) throws SQLException {
            @Nullable LocalDateTime value = results.getObject(column, LocalDateTime.class);
            return Optional.ofNullable(value).map(time -> time.toInstant(ZoneOffset.UTC));
        }
    }
}
