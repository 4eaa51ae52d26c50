package org.latentprint.report;

import java.sql.SQLException;

/**
 * Where a finding stands in its item.
 *
 * @param offset of the first byte within the item
 * @param length in bytes
 * @param sha256 of exactly those bytes
 * @param reader name and version of the reader
 */
public record Ground(long offset, long length, EvidenceText sha256, EvidenceText reader) {

    /** Reads the four columns that begin at the one given. */
    static Ground read(CaseRows.Row row, int column) throws SQLException {
        return new Ground(
                row.number(column), row.number(column + 1), row.evidence(column + 2), row.evidence(column + 3));
    }
}
