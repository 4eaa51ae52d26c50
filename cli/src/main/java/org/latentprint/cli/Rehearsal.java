package org.latentprint.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs several commands in one process, so that Java can learn what starting the program needs; {@code bin/rehearse} runs it.
 * What it learns stands beside the program, and says nothing of evidence.
 */
final class Rehearsal {
    private static final String NEXT = "--then";
    private static final String NEXT_AS_CHILD = "--then-as-child";

    private Rehearsal() {}

    /**
     * Runs the commands one after the other and ends with the highest of their exit statuses.
     *
     * @param arguments command lines, with {@code --then} between them; before the last may stand {@code --then-as-child}, and
     *     this process then does itself what a child would be started for
     */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int status = ExitStatus.DONE;
        List<String> command = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.equals(NEXT) || argument.equals(NEXT_AS_CHILD)) {
                status = Math.max(status, Main.run(out, err, command.toArray(String[]::new)));
                command.clear();
                if (argument.equals(NEXT_AS_CHILD)) {
                    WatchedProcess.becomeChild();
                }
            } else {
                command.add(argument);
            }
        }
        status = Math.max(status, Main.run(out, err, command.toArray(String[]::new)));
        System.exit(status);
    }
}
