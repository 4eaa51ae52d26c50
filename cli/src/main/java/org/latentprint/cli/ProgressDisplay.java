package org.latentprint.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.latentprint.scan.ScanProgress;

/** Shows how far a scan has come on standard error: one line that is rewritten on a terminal, plain lines elsewhere. */
final class ProgressDisplay implements ScanProgress.Listener {
    /** Where lines are kept, one every so often is enough. */
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(10);

    private static final int BAR_WIDTH = 24;

    private final PrintWriter err;
    private final boolean terminal;
    private Duration lastPlain = Duration.ZERO;

    ProgressDisplay(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /**
     * Makes the display that fits this process's standard error. Java cannot tell whether that is a terminal; the launcher
     * can, and says so.
     */
    static ProgressDisplay onStandardError(PrintWriter err) {
        return new ProgressDisplay(err, Boolean.getBoolean("latentprint.terminal"));
    }

    @Override
    public void progress(ScanProgress progress) {
        if (terminal) {
            err.print("\r\u001b[K" + bar(progress) + line(progress));
            err.flush();
        } else if (progress.elapsed().minus(lastPlain).compareTo(PLAIN_INTERVAL) >= 0) {
            lastPlain = progress.elapsed();
            err.println(line(progress));
            err.flush();
        }
    }

    /** Ends the line that is being rewritten. */
    void end() {
        if (terminal) {
            err.println();
            err.flush();
        }
    }

    private static String bar(ScanProgress progress) {
        return progress.total()
                .filter(total -> total.items() > 0)
                .map(total -> {
                    int filled = (int)
                            Math.min(BAR_WIDTH, BAR_WIDTH * progress.counts().seen() / total.items());
                    return "[" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "] ";
                })
                .orElse("");
    }

    static String line(ScanProgress progress) {
        StringBuilder line = new StringBuilder();
        line.append(String.format(Locale.ROOT, "%,d", progress.counts().seen()));
        progress.total().ifPresent(total -> line.append(String.format(Locale.ROOT, " of %,d", total.items())));
        line.append(String.format(
                Locale.ROOT,
                " items, %,.0f items/s, %,d generations",
                progress.itemsPerSecond(),
                progress.counts().generations()));
        progress.timeLeft()
                .ifPresent(left -> line.append(", ").append(words(left)).append(" left"));
        return line.toString();
    }

    private static String words(Duration left) {
        if (left.toHours() > 0) {
            return left.toHours() + " h " + left.toMinutesPart() + " min";
        }
        return left.toMinutes() > 0
                ? left.toMinutes() + " min " + left.toSecondsPart() + " s"
                : left.toSeconds() + " s";
    }
}
