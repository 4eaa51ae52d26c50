package org.latentprint.casefile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads values of the case's database, without regard to the zone or the language of the machine. */
final class CaseValue {
    private CaseValue() {}

    /**
     * Returns a column of the row: text as {@link String}, numbers and truth values as they are, a time as the text of ISO
     * 8601 in UTC; empty where there is no value.
     */
    static Optional<Object> read(ResultSet row, int column) throws SQLException {
        Object value = row.getObject(column);
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(
                switch (value) {
                    case String text -> text;
                    case Number number -> number;
                    case Boolean truth -> truth;
                    case java.sql.Timestamp time ->
                        row.getObject(column, LocalDateTime.class)
                                .toInstant(ZoneOffset.UTC)
                                .toString();
                    default -> row.getString(column);
                });
    }
}
