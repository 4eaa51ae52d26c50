package org.latentprint.watch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.latentprint.casefile.CaseFolder;
import org.latentprint.casefile.CaseSettings;
import org.latentprint.casefile.InFlightJournal;
import org.latentprint.casefile.Profile;
import org.latentprint.casefile.SuspectItems;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.FolderSource;
import org.latentprint.fixture.CheckedSource;
import org.latentprint.fixture.PlainTextReaders;
import org.latentprint.scan.CaseScan;
import org.latentprint.scan.ItemExaminer;
import org.latentprint.scan.ScanWatch;

/** The scanner as a process of its own, with the readers of the tests. */
final class ChildScan {
    /** The check of a folder of this name as a whole never ends. */
    static final String HANGING_CHECK = "hanging-check";

    private ChildScan() {}

    /** Takes the case's folder, the evidence, the number of threads and the watch's number. */
    public static void main(String[] arguments) throws Exception {
        Path path = Path.of(arguments[0]);
        int threads = Integer.parseInt(arguments[2]);
        long watch = Long.parseLong(arguments[3]);
        try (CaseFolder folder = Files.exists(path)
                        ? CaseFolder.open(path, InstantSource.system())
                        : CaseFolder.create(path, CaseSettings.DEFAULT, InstantSource.system());
                EvidenceSource source = source(arguments[1])) {
            CaseScan.run(
                    folder,
                    source,
                    new ItemExaminer(Profile.FULL, PoisonReaders::extract, List.of(PlainTextReaders.GENERATOR)),
                    new CaseScan.Request("K1", threads, "0.1.0", "scan", Optional.empty()),
                    progress -> {},
                    ScanWatch.of(
                            InFlightJournal.create(path, ScanWatch.places(threads), watch, "K1"),
                            SuspectItems.of(path, "K1")));
        }
    }

    private static EvidenceSource source(String location) throws java.io.IOException {
        EvidenceSource folder = FolderSource.open(location);
        if (location.endsWith(HANGING_CHECK)) {
            return new CheckedSource(folder, beat -> {
                new CountDownLatch(1).await();
                return Optional.empty();
            });
        }
        return location.endsWith(PoisonSource.NAME) ? new PoisonSource(folder) : folder;
    }

    /** Starts it. */
    static Process start(Path caseFolder, Path evidence, int threads, long watch) throws java.io.IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=" + caseFolder.resolveSibling("crash-%p.log"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildScan.class.getName(),
                        caseFolder.toString(),
                        evidence.toString(),
                        Integer.toString(threads),
                        Long.toString(watch))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        caseFolder.resolveSibling("stderr.txt").toFile()))
                .start();
    }
}
