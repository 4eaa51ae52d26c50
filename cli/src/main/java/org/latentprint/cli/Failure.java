package org.latentprint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.latentprint.casefile.CaseException;

/** Turns what a command threw into words for the examiner and an exit status. */
final class Failure {
    private Failure() {}

    /**
     * Explains a failure in one line: what was wrong, with which file, and what to do.
     *
     * @return the exit status that fits
     */
    static int explain(Throwable failure, PrintWriter err) {
        err.println("latentprint: " + TerminalText.safe(words(failure)));
        return ExitStatus.NOT_OPENED;
    }

    private static String words(Throwable failure) {
        return switch (failure) {
            case NoSuchFileException missing -> missing.getFile() + " does not exist; check the path.";
            case AccessDeniedException denied ->
                denied.getFile() + " may not be read by this user; check its permissions.";
            case FileSystemException other -> other.getFile() + ": " + other.getReason();
            case IOException other -> String.valueOf(other.getMessage());
            case CaseException refused -> String.valueOf(refused.getMessage());
            case OutOfMemoryError exhausted ->
                "the memory was not enough (" + exhausted.getMessage()
                        + "); give it more with LATENTPRINT_HEAP, such as LATENTPRINT_HEAP=4g";
            case RuntimeException fault -> fault(fault);
            case Error fault -> fault(fault);
            default -> String.valueOf(failure.getMessage());
        };
    }

    private static String fault(Throwable fault) {
        return "a fault of the program, please report it: " + fault + " at "
                + (fault.getStackTrace().length > 0 ? fault.getStackTrace()[0] : "an unknown place");
    }
}
