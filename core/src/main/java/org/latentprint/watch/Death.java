package org.latentprint.watch;

import java.util.List;
import org.latentprint.evidence.Problem;

/**
 * How a scanner ended that did not end by itself.
 *
 * @param category of the problem that an item becomes which did this
 * @param words what was seen, without anything that differs from one run to the next
 * @param paths of the items that may have done it
 */
record Death(Problem.Category category, String words, List<String> paths) {
    /** A shell's way to say by which signal a process ended. */
    private static final int SIGNAL = 128;

    /** With {@code -XX:+ExitOnOutOfMemoryError}, Java ends with this status. */
    private static final int OUT_OF_MEMORY = 3;

    /** Where it may leave no core dump, Java ends with this status when it crashes. */
    private static final int JAVA_CRASHED = 1;

    static Death timedOut(long seconds, List<String> paths) {
        return new Death(
                Problem.Category.TIMED_OUT, "reading did not move for " + seconds + " seconds and was ended", paths);
    }

    static Death of(int exitStatus, List<String> paths) {
        if (exitStatus == OUT_OF_MEMORY) {
            return new Death(
                    Problem.Category.OUT_OF_MEMORY, "reading took all the memory that the scan may have", paths);
        }
        if (exitStatus == JAVA_CRASHED) {
            return new Death(Problem.Category.CRASHED, "Java crashed while it read this item", paths);
        }
        String how = exitStatus > SIGNAL ? "by signal " + (exitStatus - SIGNAL) : "with status " + exitStatus;
        return new Death(Problem.Category.CRASHED, "the program was ended " + how + " while it read this item", paths);
    }
}
