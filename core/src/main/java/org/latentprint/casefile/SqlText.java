package org.latentprint.casefile;

/** Looks at the text of SQL as far as needed to count statements. */
final class SqlText {
    private SqlText() {}

    /** Says whether the text is exactly one statement, with or without a semicolon at its end. */
    static boolean isSingle(String sql) {
        boolean content = false;
        boolean ended = false;
        int i = 0;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            int after = afterComment(sql, i);
            if (after > i) {
                i = after;
                continue;
            }
            if (c == ';') {
                ended = content;
            } else if (!Character.isWhitespace(c)) {
                if (ended) {
                    return false;
                }
                content = true;
            }
            i = c == '\'' || c == '"' ? afterQuoted(sql, i) : i + 1;
        }
        return content;
    }

    private static int afterComment(String sql, int start) {
        if (sql.startsWith("--", start)) {
            int end = sql.indexOf('\n', start);
            return end < 0 ? sql.length() : end + 1;
        }
        if (sql.startsWith("/*", start)) {
            int end = sql.indexOf("*/", start + 2);
            return end < 0 ? sql.length() : end + 2;
        }
        return start;
    }

    /** A doubled quotation mark inside a quoted text reads as the end of one and the start of another, which is the same. */
    private static int afterQuoted(String sql, int start) {
        int end = sql.indexOf(sql.charAt(start), start + 1);
        return end < 0 ? sql.length() : end + 1;
    }
}
