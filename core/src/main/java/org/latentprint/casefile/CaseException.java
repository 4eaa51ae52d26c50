package org.latentprint.casefile;

import java.sql.SQLException;

/** Says that a case could not be made, opened, written or read: what was wrong, with which file, and what to do. */
public final class CaseException extends Exception {
    private static final long serialVersionUID = 1L;

    public CaseException(String message) {
        super(message);
    }

    public CaseException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Makes the exception for a statement that the case's database refused. */
    static CaseException of(String doing, SQLException cause) {
        return new CaseException(doing + ": " + cause.getMessage(), cause);
    }
}
