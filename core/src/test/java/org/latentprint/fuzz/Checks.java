package org.latentprint.fuzz;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.latentprint.evidence.Origin;
import org.latentprint.evidence.Problem;

/** What holds for every finding, whatever the bytes are. */
final class Checks {
    private Checks() {}

    /** Fails a check. Jazzer keeps the bytes that led here. */
    static void require(boolean holds, String what, Object seen) {
        if (!holds) {
            throw new AssertionError(what + ": " + seen);
        }
    }

    /** A reader neither failed nor found bytes unreadable that lie in memory. */
    static void noFailure(List<Problem> problems) {
        problems.forEach(problem -> require(
                problem.category() != Problem.Category.READER_FAILED
                        && problem.category() != Problem.Category.UNREADABLE,
                "a reader failed",
                problem));
    }

    /** The range lies inside the bytes, and the digest is that of the range. */
    static void grounded(Origin origin, byte[] bytes) {
        require(
                origin.offset() <= bytes.length && origin.length() <= bytes.length - origin.offset(),
                "a range outside the " + bytes.length + " bytes",
                origin);
        byte[] range = Arrays.copyOfRange(bytes, (int) origin.offset(), (int) (origin.offset() + origin.length()));
        require(sha256(range).equals(origin.sha256()), "the digest is not that of the range", origin);
    }

    private static String sha256(byte[] range) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(range));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
