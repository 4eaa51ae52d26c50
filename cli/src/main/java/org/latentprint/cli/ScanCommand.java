package org.latentprint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.latentprint.casefile.CaseException;
import org.latentprint.casefile.CaseFolder;
import org.latentprint.casefile.CasePlacement;
import org.latentprint.casefile.InFlightJournal;
import org.latentprint.casefile.Profile;
import org.latentprint.casefile.ScanCounts;
import org.latentprint.casefile.ScanStart;
import org.latentprint.casefile.SuspectItems;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.FolderSource;
import org.latentprint.evidence.image.ImageSource;
import org.latentprint.link.CaseLinks;
import org.latentprint.scan.CaseScan;
import org.latentprint.scan.ItemExaminer;
import org.latentprint.scan.ScanWatch;
import org.latentprint.watch.ScanSupervisor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads sources into a case; makes the case where there is none. */
@Command(name = "scan", description = "Read folders and disk images into a case. They are only read.")
final class ScanCommand implements Callable<Integer> {
    /** More failed items than this would push the counts off the screen. */
    private static final int LISTED = 20;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "SOURCE",
            description = "Folders, files or disk images to read; of an image in several files, the first.")
    private List<String> sources;

    @Option(names = "--case", required = true, paramLabel = "DIR", description = "The case; made where there is none.")
    private Path caseFolder;

    @Option(
            names = "--exhibit",
            required = true,
            paramLabel = "REF",
            description = "Reference of the exhibit; with several sources, each gets /1, /2 ... behind it.")
    private String exhibit;

    @Option(
            names = "--profile",
            paramLabel = "triage|full",
            description = "triage: metadata only; full: all bytes, with digests. A new case's default is full.")
    private Optional<Profile> profile = Optional.empty();

    @Option(names = "--threads", paramLabel = "N", description = "Threads that examine items; default: the processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--stall",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "So long may the reading of an item go on without reading a byte; then the item is given up."
                    + " Default: ${DEFAULT-VALUE}")
    private int stallSeconds;

    @Mixin
    private CaseParticulars particulars;

    private final AtomicReference<Optional<ScanWatch>> running = new AtomicReference<>(Optional.empty());
    private volatile boolean stopped;

    @Override
    public Integer call() throws CaseException, IOException, InterruptedException {
        if (threads < 1 || threads > 256) {
            throw new ParameterException(spec.commandLine(), "--threads is " + threads + "; give 1 to 256");
        }
        if (exhibit.isBlank()) {
            throw new ParameterException(spec.commandLine(), "--exhibit is empty; give the exhibit's reference");
        }
        for (String source : sources) {
            // Looked at before the case is made, so that a mistyped path leaves nothing behind.
            FolderSource.open(source).close();
            CasePlacement.requireApart(caseFolder, source);
        }
        Optional<Long> watched = WatchedProcess.watch();
        return watched.isPresent() ? scanWatched(watched.get()) : supervise();
    }

    /** Says whether free space may be searched. */
    private boolean anyImage() throws IOException {
        for (String source : sources) {
            if (ImageSource.isImage(source)) {
                return true;
            }
        }
        return false;
    }

    /** Has a child of this process do the work, which may die of the evidence. */
    private int supervise() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        WatchedProcess child = new WatchedProcess(
                spec.root().commandLine().getParseResult().originalArgs(),
                spec.commandLine().getOut(),
                err,
                !profile.equals(Optional.of(Profile.TRIAGE)) || anyImage());
        ScanSupervisor supervisor = new ScanSupervisor(
                caseFolder,
                Duration.ofSeconds(stallSeconds),
                line -> err.println("latentprint: " + TerminalText.safe(line)));
        Thread hook = Thread.ofPlatform().unstarted(() -> {
            supervisor.stop();
            child.drainUninterrupted();
        });
        Runtime.getRuntime().addShutdownHook(hook);
        int status = supervisor.run(child::start);
        Runtime.getRuntime().removeShutdownHook(hook);
        child.drain();
        return status;
    }

    private int scanWatched(long watch) throws CaseException, IOException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Runnable stop = () -> {
            stopped = true;
            running.get().ifPresent(ScanWatch::stop);
            awaitEnd(ended);
        };
        WatchedProcess.prepare(stop);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stop));
        try {
            return scanAll(watch);
        } catch (InterruptedException asked) {
            spec.commandLine()
                    .getErr()
                    .println("latentprint: stopped; what was found is in the case, and the same command goes on.");
            spec.commandLine().getErr().flush();
            return ExitStatus.STOPPED;
        } finally {
            ended.countDown();
        }
    }

    private static void awaitEnd(CountDownLatch ended) {
        try {
            ended.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private int scanAll(long watch) throws CaseException, IOException, InterruptedException {
        InstantSource clock = InstantSource.system();
        boolean losses = false;
        boolean exists = Files.exists(caseFolder.resolve("case.duckdb"));
        try (CaseFolder open = exists
                ? CaseFolder.open(caseFolder, clock)
                : CaseFolder.create(caseFolder, particulars.settings(profile.orElse(Profile.FULL)), clock)) {
            for (int index = 0; index < sources.size(); index++) {
                String reference = sources.size() == 1 ? exhibit : exhibit + "/" + (index + 1);
                boolean whole = ScanStart.isComplete(
                        open.database(),
                        reference,
                        sources.get(index),
                        profile.orElse(open.settings().profile()));
                if (whole && (sources.size() > 1 || WatchedProcess.isAgain())) {
                    continue;
                }
                losses |= scan(open, sources.get(index), reference, watch).failed() > 0;
            }
            if (losses) {
                listFailed(open);
            }
            CaseLinks.rebuild(open.database());
        }
        return losses ? ExitStatus.DONE_WITH_LOSSES : ExitStatus.DONE;
    }

    private void listFailed(CaseFolder open) throws CaseException {
        PrintWriter err = spec.commandLine().getErr();
        err.println("Items that could not be read (all of them are in the case: SELECT path, outcome_reason FROM item"
                + " WHERE outcome = 'failed'):");
        open.database()
                .forEach(
                        "SELECT reference, path, outcome_reason FROM item JOIN exhibit USING (exhibit_id)"
                                + " WHERE outcome = 'failed' ORDER BY item_id LIMIT " + LISTED,
                        row -> err.println(TerminalText.safe(
                                "  " + row.getString(1) + ": " + row.getString(2) + ": " + row.getString(3))));
    }

    private ScanCounts scan(CaseFolder open, String location, String reference, long watch)
            throws CaseException, IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Program program = Program.running();
        CaseScan.Request request = new CaseScan.Request(
                reference,
                threads,
                program.version() + " (build " + program.build() + ")",
                CommandLineText.of(spec),
                Optional.of(program.fileSha256()));
        ProgressDisplay display = ProgressDisplay.onStandardError(err);
        ScanCounts counts;
        ScanWatch watching = ScanWatch.of(
                InFlightJournal.create(open.path(), ScanWatch.places(threads), watch, reference),
                SuspectItems.of(open.path(), reference));
        running.set(Optional.of(watching));
        if (stopped) {
            watching.stop();
        }
        try (EvidenceSource source =
                Sources.open(location, profile.orElse(open.settings().profile()))) {
            counts = CaseScan.run(
                    open,
                    source,
                    new ItemExaminer(profile.orElse(open.settings().profile())),
                    request,
                    display,
                    watching);
        } finally {
            display.end();
        }
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%s: %,d items seen = %,d read + %,d skipped + %,d failed; %,d generations, %,d model files, %,d problems%n",
                        TerminalText.safe(reference),
                        counts.seen(),
                        counts.read(),
                        counts.skipped(),
                        counts.failed(),
                        counts.generations(),
                        counts.modelFiles(),
                        counts.problems());
        return counts;
    }
}
