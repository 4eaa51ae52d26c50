package org.latentprint.casefile;

import java.sql.SQLException;
import java.util.regex.Pattern;

/** Says that a case could not be made, opened, written or read: what was wrong, with which file, and what to do. */
public final class CaseException extends Exception {
    /** What the system says of a full disk, a used up quota, and a file that may not grow. */
    private static final Pattern FULL = Pattern.compile("No space left on device|[Qq]uota exceeded|File too large");

    private static final long serialVersionUID = 1L;

    public CaseException(String message) {
        super(message);
    }

    public CaseException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Makes the exception for a statement that the case's database refused. */
    static CaseException of(String doing, SQLException cause) {
        String message = String.valueOf(cause.getMessage());
        String advice = FULL.matcher(message).find()
                ? "; there is no more room for the case: make some and give the same command again, which goes on"
                : "";
        return new CaseException(doing + ": " + message + advice, cause);
    }
}
