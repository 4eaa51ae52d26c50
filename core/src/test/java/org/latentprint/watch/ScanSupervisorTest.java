package org.latentprint.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.casefile.CaseExport;
import org.latentprint.casefile.CaseFolder;
import org.latentprint.casefile.ExportFormat;
import org.latentprint.casefile.FindingTable;
import org.latentprint.casefile.InFlightJournal;
import org.latentprint.fixture.CheckedSource;
import org.latentprint.fixture.PlainTextReaders;
import org.latentprint.fixture.TestDigests;

@Timeout(300)
class ScanSupervisorTest {
    private static final Duration STALL = Duration.ofSeconds(3);

    @TempDir
    Path root;

    private final List<String> notices = new ArrayList<>();

    @Test
    void anItemThatKillsIsReadAloneAndThenGivenUpAndTheRestIsRead() throws Exception {
        Path evidence = evidence(400);
        poison(evidence, "f00100-loops", PoisonReaders.LOOPS);
        poison(evidence, "f00101-kills", PoisonReaders.KILLS);
        poison(evidence, "f00200-eats", PoisonReaders.EATS);
        poison(evidence, "f00300-floods", PoisonReaders.FLOODS);

        Path four = root.resolve("four");
        assertThat(supervise(four, evidence, 4)).isZero();

        assertThat(rows(
                        four,
                        "SELECT path, outcome, category, message FROM item JOIN problem USING (item_id)"
                                + " WHERE outcome <> 'read' ORDER BY item_id"))
                .containsExactly(
                        "f00100-loops failed timed-out reading did not move for 3 seconds and was ended, alone",
                        "f00101-kills failed crashed Java crashed while it read this item, alone",
                        "f00200-eats failed out-of-memory reading took all the memory that the scan may have, alone",
                        "f00300-floods failed timed-out reading did not move for 3 seconds and was ended, alone");
        assertThat(rows(four, "SELECT count(*), count(sha256) FROM item")).containsExactly("404 400");
        assertThat(rows(four, "SELECT count(*) FROM generation")).containsExactly("400");
        assertThat(notices).hasSizeBetween(5, 8);

        Path one = root.resolve("one");
        assertThat(supervise(one, evidence, 1)).isZero();
        assertThat(exports(one)).isEqualTo(exports(four));
    }

    @Test
    void aPartOfTheSourceThatCannotBeListedIsGivenUpAndTheRestIsRead() throws Exception {
        Path path = superviseNamed(PoisonSource.NAME);
        assertThat(
                        rows(
                                path,
                                "SELECT path, outcome, category, message FROM item JOIN problem USING (item_id) ORDER BY item_id"))
                .containsExactly(
                        "loops failed timed-out reading did not move for 3 seconds and was ended, alone",
                        "dies failed crashed the program was ended by signal 6 while it read this item, alone");
        assertThat(rows(path, "SELECT count(*), count(sha256) FROM item")).containsExactly("53 50");
        assertThat(rows(path, "SELECT path FROM item ORDER BY item_id DESC LIMIT 1"))
                .containsExactly("after");
    }

    @Test
    void theCheckOfAnImageThatHangsIsGivenUpAndTheItemsAreRead() throws Exception {
        Path path = superviseNamed(ChildScan.HANGING_CHECK);

        assertThat(rows(path, "SELECT count(*), count(sha256) FROM item")).containsExactly("50 50");
        assertThat(rows(path, "SELECT algorithm, stored, computed IS NULL, verdict FROM image_hash"))
                .containsExactly("md5 " + CheckedSource.MD5 + " true not computed");
        assertThat(notices).hasSize(2);
    }

    @Test
    void aScanThatWasKilledGoesOnAndEndsInTheSameCase() throws Exception {
        Path evidence = evidence(12_000);
        Path whole = root.resolve("whole");
        assertThat(ChildScan.start(whole, evidence, 2, 1).waitFor()).isZero();

        Random random = new Random(7);
        Path killed = root.resolve("killed");
        int kills = 0;
        for (int round = 0; round < 6; round++) {
            kills += killAt("f%05d".formatted(random.nextInt(12_000)), killed, evidence) ? 1 : 0;
        }
        Process last = ChildScan.start(killed, evidence, 2, 1);
        assertThat(last.waitFor()).as(() -> "what it printed: " + printed()).isZero();

        assertThat(kills).isPositive();
        assertThat(rows(killed, "SELECT count(*) > 1 AND count(ended) = 1 FROM scan_run"))
                .containsExactly("true");
        assertThat(exports(killed)).isEqualTo(exports(whole));
    }

    @Test
    void aScannerThatDiesOfNoItemIsNotStartedForEver() {
        ScanSupervisor supervisor = new ScanSupervisor(root, STALL, notices::add);

        assertThatThrownBy(() -> supervisor.run(watch -> new ProcessBuilder("sh", "-c", "exit 99").start()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("died 3 times")
                .hasMessageContaining("with status 99");
    }

    @Test
    void anExitStatusOfTheProgramItselfIsHandedOn() throws Exception {
        ScanSupervisor supervisor = new ScanSupervisor(root, STALL, notices::add);

        assertThat(supervisor.run(watch -> new ProcessBuilder("sh", "-c", "exit 2").start()))
                .isEqualTo(2);
        assertThat(notices).isEmpty();
    }

    /** Kills a scan when it comes to that item; says whether it came to it. */
    private static boolean killAt(String path, Path caseFolder, Path evidence) throws Exception {
        Process scan = ChildScan.start(caseFolder, evidence, 2, 1);
        while (!scan.waitFor(2, TimeUnit.MILLISECONDS)) {
            if (reads(path, caseFolder)) {
                scan.destroyForcibly().waitFor();
                return true;
            }
        }
        return false;
    }

    private static boolean reads(String path, Path caseFolder) {
        try {
            return InFlightJournal.open(caseFolder, 1).inFlight().stream()
                    .anyMatch(worker -> worker.path().compareTo(path) >= 0);
        } catch (IOException notYet) {
            return false;
        }
    }

    private String printed() {
        try {
            return Files.readString(root.resolve("stderr.txt"));
        } catch (IOException nothing) {
            return "";
        }
    }

    private int supervise(Path caseFolder, Path evidence, int threads) throws Exception {
        return new ScanSupervisor(caseFolder, STALL, notices::add)
                .run(watch -> ChildScan.start(caseFolder, evidence, threads, watch));
    }

    /** Scans fifty items in a folder of the name given; returns the case's folder. */
    private Path superviseNamed(String name) throws Exception {
        Path evidence = evidence(50);
        Path path = root.resolve("case");
        assertThat(supervise(path, Files.move(evidence, evidence.resolveSibling(name)), 2))
                .isZero();
        return path;
    }

    private Path evidence(int count) throws IOException {
        Path evidence = Files.createDirectory(root.resolve("evidence"));
        for (int i = 0; i < count; i++) {
            Files.write(
                    evidence.resolve("f%05d.print".formatted(i)), PlainTextReaders.file("a garden " + i, "seed " + i));
        }
        return evidence;
    }

    private static void poison(Path evidence, String name, String content) throws IOException {
        Files.writeString(evidence.resolve(name), content, StandardCharsets.UTF_8);
    }

    private static List<String> rows(Path caseFolder, String sql) throws Exception {
        try (CaseFolder folder = CaseFolder.openToRead(caseFolder, InstantSource.system())) {
            return folder.database().query(sql, row -> {
                int columns = row.getMetaData().getColumnCount();
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    values.add(row.getString(column));
                }
                return String.join(" ", values);
            });
        }
    }

    private static SortedMap<String, String> exports(Path caseFolder) throws Exception {
        Path out = caseFolder.resolveSibling(caseFolder.getFileName() + "-export");
        CaseExport.write(caseFolder, ExportFormat.JSONL, out, InstantSource.system());
        SortedMap<String, String> digests = new TreeMap<>();
        for (FindingTable table : FindingTable.values()) {
            Path file = out.resolve(table.tableName() + ".jsonl");
            digests.put(table.tableName(), TestDigests.sha256(Files.readAllBytes(file)));
        }
        return digests;
    }
}
