package org.latentprint.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.ProcessorVectors;

/**
 * This program, started by itself as a child: how it is started, and how it knows that it was. The child's memory is that of
 * the parent; it ends itself where the parent has died.
 */
final class WatchedProcess {
    private static final String PROPERTY = "latentprint.watch";
    private static final String AGAIN = "latentprint.again";
    private static final String PARENT = "latentprint.parent";

    /** System property: the file with what Java learnt of the start of a child with vectors, when the program was built. */
    private static final String CACHE = "latentprint.childCache";

    /** System property: the file into which the Java of such a child writes that. */
    private static final String LEARN = "latentprint.childLearns";

    /** So often a child looks whether its parent is still there. */
    private static final Duration LOOK = Duration.ofMillis(200);

    /**
     * Dozens of readers each run for some of the items: with Java's defaults its compiler is kept busy inlining the
     * same small methods everywhere, and readers wait for it. The sizes, in bytes of byte code and of compiled
     * code, were the best of those tried with {@code bench/scan-rate}; options that are given to the program come later and count.
     */
    private static final List<String> COMPILED_SMALL = List.of("-XX:FreqInlineSize=60", "-XX:InlineSmallCode=600");

    private final List<String> arguments;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean withVectors;
    private final List<Thread> pumps = new ArrayList<>();

    /**
     * Makes a child to be started.
     *
     * @param arguments of the command line
     * @param out takes what it prints
     * @param err takes what it prints on standard error
     * @param withVectors whether it digests items or searches free space: the processor's vectors make that faster, and
     *     starting slower
     */
    WatchedProcess(List<String> arguments, PrintWriter out, PrintWriter err, boolean withVectors) {
        this.arguments = List.copyOf(arguments);
        this.out = out;
        this.err = err;
        this.withVectors = withVectors && ProcessorVectors.arePossible();
    }

    /** Returns the watch's number where this process is a watched child. */
    static Optional<Long> watch() {
        return Optional.ofNullable(Long.getLong(PROPERTY));
    }

    /** Makes this process one that does itself what a child would be started for. */
    static void becomeChild() {
        System.setProperty(PROPERTY, "0");
        System.setProperty(PARENT, Long.toString(ProcessHandle.current().pid()));
    }

    /** Says whether this child goes on with the work of one that died. */
    static boolean isAgain() {
        return Boolean.getBoolean(AGAIN);
    }

    /**
     * Starts it; may be called again when it has ended.
     *
     * @param watch its number
     */
    Process start(long watch) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(COMPILED_SMALL);
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            // A debugger or a profiler of the parent is not the child's, and what its Java is to learn neither.
            // What Java learnt of starting without the module, it refuses with it.
            if (!option.startsWith("-agent")
                    && !option.startsWith("-javaagent")
                    && !option.startsWith("-XX:AOTCacheOutput=")
                    && !(withVectors && option.startsWith("-XX:AOTCache="))) {
                command.add(option);
            }
        }
        if (withVectors) {
            command.addAll(ProcessorVectors.javaOptions());
            fromProperty(CACHE, "-XX:AOTCache=").ifPresent(command::add);
            fromProperty(LEARN, "-XX:AOTCacheOutput=").ifPresent(command::add);
        }
        command.add("-XX:+ExitOnOutOfMemoryError");
        // Java would leave these in the working folder, which may be the evidence.
        command.add("-XX:-CreateCoredumpOnCrash");
        command.add("-XX:ErrorFile=" + Path.of(System.getProperty("java.io.tmpdir"), "latentprint-crash-%p.log"));
        command.add("-D" + PROPERTY + "=" + watch);
        command.add("-D" + AGAIN + "=" + !pumps.isEmpty());
        command.add("-D" + PARENT + "=" + ProcessHandle.current().pid());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.addAll(arguments);
        Process child = new ProcessBuilder(command).start();
        pump(child.getInputStream(), out);
        pump(child.getErrorStream(), err);
        return child;
    }

    /** Waits until all that the child has printed is printed. */
    void drain() throws InterruptedException {
        for (Thread pump : pumps) {
            pump.join();
        }
    }

    /** As {@link #drain()}, for the end of the program. */
    void drainUninterrupted() {
        try {
            drain();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Java begins so in every process that has the module, and an examiner can do nothing with it. */
    private static void skipNotice(BufferedReader reader) throws IOException {
        String notice = ProcessorVectors.JAVA_NOTICE + System.lineSeparator();
        reader.mark(notice.length());
        for (int at = 0; at < notice.length(); at++) {
            if (reader.read() != notice.charAt(at)) {
                reader.reset();
                return;
            }
        }
    }

    private void pump(InputStream from, PrintWriter to) {
        pumps.add(Thread.ofPlatform().daemon().name("latentprint-output").start(() -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                skipNotice(reader);
                char[] piece = new char[8_192];
                for (int read = reader.read(piece); read >= 0; read = reader.read(piece)) {
                    to.write(piece, 0, read);
                    to.flush();
                }
            } catch (IOException ended) {
                // The child has ended.
            }
        }));
    }

    /**
     * Readies this process to be a child: what a reader or a library prints goes nowhere, since a flood of it would be the
     * parent's; and it stops when it is asked to, or when the parent is gone.
     *
     * @param stop ends what is under way, and returns when it has ended
     */
    static void prepare(Runnable stop) {
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        Thread.ofPlatform().daemon().name("latentprint-parent").start(() -> {
            try {
                awaitEndOfParent();
                stop.run();
            } catch (InterruptedException ended) {
                // Nothing more to wait for.
            }
        });
    }

    /**
     * Waits by looking now and then: a thread that waits in a read, for a pipe of the parent's to end, holds up Java's own end
     * by a third of a second.
     */
    private static void awaitEndOfParent() throws InterruptedException {
        Optional<ProcessHandle> parent = ProcessHandle.of(Long.getLong(PARENT, 0));
        while (parent.filter(ProcessHandle::isAlive).isPresent()) {
            Thread.sleep(LOOK);
        }
    }

    private static Optional<String> fromProperty(String property, String option) {
        return Optional.ofNullable(System.getProperty(property)).map(file -> option + file);
    }
}
