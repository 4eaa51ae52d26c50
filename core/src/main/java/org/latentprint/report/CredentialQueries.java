package org.latentprint.report;

import java.sql.SQLException;

/** Sums up the Content Credentials of a case. */
final class CredentialQueries {
    private static final String MANIFESTS = "SELECT {value} AS value, c.* FROM content_credentials c";

    /** A data hash binds the bytes of the file that holds it, which only the active manifest's can. */
    private static final String ACTIVE_MANIFESTS = MANIFESTS + " WHERE c.active";

    /** A manifest that declares one type several times counts once. */
    private static final String DECLARATIONS = """
            SELECT DISTINCT {value} AS value, c.* FROM content_credentials c
            JOIN content_credentials_action a ON a.item_id = c.item_id AND a.manifest_ordinal = c.ordinal
            WHERE a.digital_source_type IS NOT NULL""";

    private final CaseRows rows;

    CredentialQueries(CaseRows rows) {
        this.rows = rows;
    }

    Credentials read() throws SQLException {
        return new Credentials(
                rows.count("SELECT count(DISTINCT item_id) FROM content_credentials"),
                rows.count("SELECT count(*) FROM content_credentials"),
                rows.count("""
                        SELECT count(*) FROM (
                            SELECT item_id FROM content_credentials GROUP BY item_id HAVING NOT bool_or(active))"""),
                uses(MANIFESTS, "c.claim_generator"),
                uses(MANIFESTS, "c.signer"),
                uses(MANIFESTS, "'signature ' || c.signature || '; ' || c.trust"),
                uses(MANIFESTS, "c.assertion_hashes"),
                uses(ACTIVE_MANIFESTS, "c.data_hash"),
                uses(DECLARATIONS, "a.digital_source_type"));
    }

    private Capped<Credentials.Use> uses(String manifests, String value) throws SQLException {
        String sql = """
                WITH valued AS ({manifests}),
                     counted AS (SELECT value, count(DISTINCT item_id) AS items, count(*) AS manifests
                                 FROM valued GROUP BY value),
                     example AS (SELECT * FROM valued
                                 QUALIFY row_number() OVER (PARTITION BY value ORDER BY item_id, ordinal) = 1)
                SELECT n.value, n.items, n.manifests, e.reference, i.path,
                       x.origin_offset, x.origin_length, x.origin_sha256, x.reader, image_offset(i.item_id, x.origin_offset)
                FROM counted n JOIN example x ON x.value IS NOT DISTINCT FROM n.value
                     JOIN item i ON i.item_id = x.item_id JOIN exhibit e USING (exhibit_id)
                ORDER BY n.items DESC, n.manifests DESC, n.value NULLS LAST""".replace("{manifests}", manifests).replace("{value}", value);
        return rows.capped(
                sql,
                ReportLimits.SUMMARY_ROWS,
                "the number of items",
                row -> new Credentials.Use(
                        row.optionalEvidence(1),
                        row.number(2),
                        row.number(3),
                        row.evidence(4),
                        row.evidence(5),
                        Ground.read(row, 6)));
    }
}
