package org.latentprint.evidence.archive;

import org.apache.commons.compress.MemoryLimitException;
import org.apache.commons.compress.PasswordRequiredException;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/** Says in words what ended the reading of an archive or of a member. */
final class ArchiveProblems {
    static final String ID = "archive/1";

    private ArchiveProblems() {}

    /**
     * Makes the problem.
     *
     * @param what was being read, such as {@code the member}
     */
    static Problem of(Throwable failure, String what) {
        return switch (failure) {
            case BoundReached bound -> Problem.of(Category.LIMIT, ID, what + ": " + bound.getMessage());
            case MemoryLimitException memory ->
                Problem.of(
                        Category.LIMIT,
                        ID,
                        what + " wants " + memory.getMemoryNeededInKb() + " KiB of memory to be unpacked, "
                                + ArchiveLimits.MAX_DICTIONARY_KIB + " KiB are granted");
            case NoUnpacker method -> Problem.of(Category.UNSUPPORTED, ID, what + " " + method.getMessage());
            case PasswordRequiredException encrypted ->
                Problem.of(Category.UNSUPPORTED, ID, what + " is encrypted; the password is needed");
            case SourceUnreadable source ->
                Problem.of(Category.UNREADABLE, ID, what + " could not be read: " + source.getMessage());
            default -> Problem.of(Category.MALFORMED, ID, what + " is damaged: " + plain(failure));
        };
    }

    /** Says whether a password is what is missing, however deep the library wrapped it. */
    static boolean isEncrypted(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 8; depth++) {
            if (cause instanceof PasswordRequiredException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static String plain(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
