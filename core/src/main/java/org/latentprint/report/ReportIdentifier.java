package org.latentprint.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/**
 * Identifies a report by what it is made from: the same case and the same header give the same identifier, a change of
 * either gives another.
 *
 * @param digest SHA-256 over the header and all rows of the case, lower-case hex
 */
public record ReportIdentifier(String digest) {
    private static final int GROUPS = 5;
    private static final int GROUP_LENGTH = 4;
    private static final String SEPARATOR = "\0";

    /** Computes the identifier. Rows are hashed one by one and their digests sorted, so that their order does not matter. */
    static ReportIdentifier of(CaseRows rows, ReportHeader header) throws SQLException {
        MessageDigest digest = sha256();
        update(digest, header.toString());
        List<String> tables = rows.list("""
                SELECT table_name FROM information_schema.tables WHERE table_schema = 'main' AND table_type = 'BASE TABLE'
                ORDER BY table_name""", row -> row.text(1));
        for (String table : tables) {
            update(digest, table);
            String quoted = "\"" + table.replace("\"", "\"\"") + "\"";
            rows.list(
                    "SELECT sha256(CAST(t AS VARCHAR)) AS row_digest FROM " + quoted + " t ORDER BY row_digest",
                    row -> {
                        update(digest, row.text(1));
                        return Boolean.TRUE;
                    });
        }
        return new ReportIdentifier(HexFormat.of().formatHex(digest.digest()));
    }

    /** Returns the short form that is printed on every page, such as {@code LP-0123-4567-89ab-cdef-0123}. */
    public String shortForm() {
        StringBuilder form = new StringBuilder("LP");
        for (int i = 0; i < GROUPS; i++) {
            form.append('-').append(digest, i * GROUP_LENGTH, (i + 1) * GROUP_LENGTH);
        }
        return form.toString();
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update(SEPARATOR.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
