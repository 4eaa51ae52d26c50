package org.latentprint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.latentprint.casefile.CaseException;
import org.latentprint.casefile.CaseFolder;
import org.latentprint.casefile.CaseVerify;
import org.latentprint.casefile.Profile;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.image.ImageSource;
import org.latentprint.watch.VerifyWatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Checks the audit chain, and every origin against the evidence. */
@Command(name = "verify", description = "Check the audit chain, and every origin against the bytes of the evidence.")
final class VerifyCommand implements Callable<Integer> {
    private static final int SHOWN = 20;

    /** Added to the status of a child that came to a result, since Java ends with 1 when it crashes. */
    private static final int VERIFIED = 64;

    @Spec
    private CommandSpec spec;

    @Option(names = "--case", required = true, paramLabel = "DIR", description = "The case.")
    private Path caseFolder;

    @Option(
            names = "--source",
            paramLabel = "REF=DIR",
            description = "Where an exhibit's source lies now; default: where it was scanned.")
    private Map<String, String> moved = new TreeMap<>();

    @Option(
            names = "--whole-items",
            description = "Compute the digests of whole items again, too; reads all of the evidence.")
    private boolean wholeItems;

    @Option(
            names = "--stall",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "So long may the reading of an item go on without reading a byte; then the check is given up."
                    + " Default: ${DEFAULT-VALUE}")
    private int stallSeconds;

    @Override
    public Integer call() throws CaseException, IOException, InterruptedException {
        boolean watched = WatchedProcess.watch().isPresent();
        if (!watched && readsAnImage()) {
            return inChild();
        }
        if (watched) {
            WatchedProcess.prepare(() -> Runtime.getRuntime().halt(ExitStatus.STOPPED));
        }
        try (CaseFolder open = CaseFolder.openToRead(caseFolder, InstantSource.system())) {
            Map<String, EvidenceSource> sources = new TreeMap<>();
            for (Map.Entry<String, String> location : locations(open).entrySet()) {
                openSource(location.getKey(), location.getValue(), sources);
            }
            try (VerifyWatch watch = new VerifyWatch(Duration.ofSeconds(stallSeconds), this::giveUp)) {
                int status = report(CaseVerify.run(open, sources, wholeItems, watch));
                return watched ? VERIFIED + status : status;
            }
        }
    }

    private boolean readsAnImage() throws CaseException, IOException {
        try (CaseFolder open = CaseFolder.openToRead(caseFolder, InstantSource.system())) {
            return locations(open).values().stream().anyMatch(VerifyCommand::isImage);
        }
    }

    /** Returns where each exhibit's source lies now. */
    private Map<String, String> locations(CaseFolder open) throws CaseException {
        Map<String, String> locations = new TreeMap<>(CaseVerify.sourceLocations(open.database()));
        for (String reference : moved.keySet()) {
            if (!locations.containsKey(reference)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--source names " + reference + "; the case's exhibits are " + locations.keySet());
            }
        }
        locations.putAll(moved);
        return locations;
    }

    private static boolean isImage(String location) {
        try {
            return ImageSource.isImage(location);
        } catch (IOException missing) {
            // Said when it is opened.
            return false;
        }
    }

    /** The libraries that read images may crash of what is in one; that must not look like a result. */
    private int inChild() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        WatchedProcess child = new WatchedProcess(
                spec.root().commandLine().getParseResult().originalArgs(),
                spec.commandLine().getOut(),
                err,
                false);
        int status = child.start(0).waitFor();
        child.drain();
        return switch (status) {
            case VERIFIED + ExitStatus.DONE, VERIFIED + ExitStatus.DONE_WITH_LOSSES -> status - VERIFIED;
            case ExitStatus.USAGE, ExitStatus.NOT_OPENED, ExitStatus.STOPPED -> status;
            default -> {
                err.println("latentprint: the process that read the image has died (status " + status
                        + "), so nothing was verified; a library may have crashed of what is in the image");
                yield ExitStatus.NOT_OPENED;
            }
        };
    }

    private void openSource(String reference, String location, Map<String, EvidenceSource> sources) {
        try {
            sources.put(reference, Sources.open(location, Profile.TRIAGE));
        } catch (IOException missing) {
            spec.commandLine()
                    .getErr()
                    .println(TerminalText.safe("exhibit " + reference + ": its source is not at " + location
                            + "; say where it is with --source \"" + reference + "=DIR\""));
        }
    }

    private int report(CaseVerify.Result result) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                result.audit().intact()
                        ? "audit chain: intact, " + result.audit().lines() + " lines, last hash "
                                + result.audit().lastHash()
                        : "audit chain: BROKEN at line "
                                + result.audit().firstBroken().getAsLong());
        out.printf(Locale.ROOT, "origins: %,d ranges of bytes read again", result.originsChecked());
        if (wholeItems) {
            out.printf(Locale.ROOT, ", %,d whole items", result.itemsChecked());
        }
        out.printf(Locale.ROOT, "; %,d do not agree%n", result.differenceCount());
        show(result.differences(), out);
        if (result.differenceCount() > SHOWN) {
            out.printf(Locale.ROOT, "  and %,d more%n", result.differenceCount() - SHOWN);
        }
        result.unchecked()
                .forEach(reference -> out.println(TerminalText.safe("not checked, no source: exhibit " + reference)));
        return result.agrees() ? ExitStatus.DONE : ExitStatus.DONE_WITH_LOSSES;
    }

    private static void show(List<CaseVerify.Difference> differences, PrintWriter to) {
        differences.stream()
                .limit(SHOWN)
                .forEach(difference -> to.println(TerminalText.safe(
                        "  " + difference.exhibit() + ": " + difference.item() + ": " + difference.what())));
    }

    /** The thread that reads cannot be stopped where it is, and so the process ends. */
    private void giveUp(VerifyWatch.Stall stall) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("latentprint: " + TerminalText.safe(stall.item()) + ": reading did not move for "
                + stall.limit().toSeconds() + " seconds, and the check was given up there; "
                + stall.found().size() + " things that do not agree were found before");
        show(stall.found(), err);
        err.flush();
        Runtime.getRuntime().halt(ExitStatus.NOT_OPENED);
    }
}
