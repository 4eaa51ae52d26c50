package org.latentprint.report;

import java.sql.SQLException;
import java.util.Optional;

/**
 * Where a finding stands in its item.
 *
 * @param offset of the first byte within the item
 * @param length in bytes
 * @param sha256 of exactly those bytes
 * @param reader name and version of the reader
 * @param imageOffset of the first byte within the exhibit's image; empty where it is no image, or the byte does not lie there as it
 *     is
 */
public record Ground(long offset, long length, EvidenceText sha256, EvidenceText reader, Optional<Long> imageOffset) {

    /** Reads the five columns that begin at the one given. */
    static Ground read(CaseRows.Row row, int column) throws SQLException {
        return new Ground(
                row.number(column),
                row.number(column + 1),
                row.evidence(column + 2),
                row.evidence(column + 3),
                row.optionalNumber(column + 4));
    }
}
