package org.latentprint.cli;

/** The program's exit statuses, as the design fixes them. */
final class ExitStatus {
    static final int DONE = 0;
    /** Done, and some items could not be read; they are listed. */
    static final int DONE_WITH_LOSSES = 1;
    /** The command was wrong. */
    static final int USAGE = 2;
    /** The source or the case could not be opened. */
    static final int NOT_OPENED = 3;

    /** Stopped by the examiner; as a shell says it of Ctrl-C. */
    static final int STOPPED = 130;

    private ExitStatus() {}
}
