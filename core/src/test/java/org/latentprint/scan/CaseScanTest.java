package org.latentprint.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.casefile.CaseException;
import org.latentprint.casefile.CaseFolder;
import org.latentprint.casefile.CaseSettings;
import org.latentprint.casefile.ExportFormat;
import org.latentprint.casefile.FindingTable;
import org.latentprint.casefile.Profile;
import org.latentprint.casefile.ScanCounts;
import org.latentprint.evidence.FolderSource;
import org.latentprint.evidence.ImageCheck;
import org.latentprint.fixture.CheckedSource;
import org.latentprint.fixture.EvidenceTree;
import org.latentprint.fixture.PlainTextReaders;
import org.latentprint.fixture.TestDigests;

@Timeout(300)
class CaseScanTest {
    @TempDir
    Path root;

    @Test
    void givesTheSameCaseWhateverTheMachine() throws Exception {
        Path evidence = Files.createDirectory(root.resolve("evidence"));
        EvidenceTree.write(evidence, 5);
        SortedMap<String, String> before = EvidenceTree.snapshot(root.resolve("evidence"));

        SortedMap<String, String> first = scanHere(evidence, 1, "first");
        assertThat(first)
                .hasSize(ExportFormat.values().length * FindingTable.values().length)
                .containsKeys("csv/generation.csv", "jsonl/item.jsonl", "parquet/link.parquet");
        assertThat(scanHere(evidence, 8, "second")).isEqualTo(first);
        assertThat(scanHere(evidence, 8, "third")).isEqualTo(first);
        List<List<String>> machines = List.of(
                List.of("-Duser.timezone=Asia/Tokyo", "-Duser.language=tr", "-Duser.country=TR"),
                List.of("-Duser.timezone=America/St_Johns", "-Duser.language=ar", "-Dfile.encoding=ISO-8859-1"),
                List.of("-Duser.language=th", "-Duser.country=TH", "-Xint"));
        for (int i = 0; i < machines.size(); i++) {
            assertThat(scanInChild(evidence, machines.get(i), "child" + i))
                    .as(machines.get(i).toString())
                    .isEqualTo(first);
        }
        assertThat(EvidenceTree.snapshot(evidence)).isEqualTo(before);
    }

    @Test
    void refusesACaseInsideItsSource() throws Exception {
        Path evidence = Files.createDirectory(root.resolve("evidence"));
        Path inside = evidence.resolve("case");
        try (CaseFolder folder = CaseFolder.create(inside, CaseSettings.DEFAULT, java.time.InstantSource.system())) {
            assertThatThrownBy(() -> ScanOnce.scan(folder, evidence, 2))
                    .isInstanceOf(CaseException.class)
                    .hasMessageContaining("inside the source");
            assertThat(folder.database().number("SELECT count(*) FROM scan_run"))
                    .isZero();
        }
    }

    @Test
    void itemsAreExaminedWhileTheImageIsChecked() throws Exception {
        Path evidence = Files.createDirectory(root.resolve("evidence"));
        Files.write(evidence.resolve("a.print"), PlainTextReaders.file("bicycle", "1"));
        CompletableFuture<Boolean> checking = new CompletableFuture<>();
        CountDownLatch examined = new CountDownLatch(1);
        CheckedSource source = new CheckedSource(FolderSource.open(evidence.toString()), beat -> {
            checking.complete(true);
            examined.await();
            return Optional.of(new ImageCheck(List.of(), List.of(new ImageCheck.Range(0, 512, "damaged")), 1, 512));
        });
        ItemExaminer examiner = new ItemExaminer(
                Profile.FULL,
                (item, bytes) -> {
                    checking.join();
                    examined.countDown();
                    return PlainTextReaders.extract(item, bytes);
                },
                List.of(PlainTextReaders.GENERATOR));

        try (CaseFolder folder =
                CaseFolder.create(root.resolve("case"), CaseSettings.DEFAULT, java.time.InstantSource.system())) {
            CaseScan.run(
                    folder,
                    source,
                    examiner,
                    new CaseScan.Request("K1", 2, "0.1.0", "scan", Optional.empty()),
                    progress -> {});
            assertThat(folder.database().number("SELECT count(sha256) FROM item"))
                    .isOne();
            assertThat(folder.database().number("SELECT count(*) FROM image_range WHERE reason = 'damaged'"))
                    .isOne();
        }
    }

    @Test
    void mixesNothingUp() throws Exception {
        int count = 20_000;
        Path evidence = Files.createDirectory(root.resolve("evidence"));
        for (int i = 0; i < count; i++) {
            Path folder = evidence.resolve("d" + i % 100);
            if (i < 100) {
                Files.createDirectory(folder);
            }
            Files.write(folder.resolve("f" + i + ".print"), PlainTextReaders.file("bicycle " + i, "seed" + i));
        }
        Path path = root.resolve("case");
        try (CaseFolder folder = CaseFolder.create(path, CaseSettings.DEFAULT, java.time.InstantSource.system())) {
            ScanCounts counts = ScanOnce.scan(folder, evidence, 16);
            assertThat(counts.read()).isEqualTo(count);

            List<String> paths = new ArrayList<>();
            folder.database()
                    .forEach(
                            "SELECT path, name, item_id, positive_prompt, seed, origin_sha256, item.sha256"
                                    + " FROM item JOIN generation USING (item_id) ORDER BY item_id",
                            row -> {
                                String number = row.getString(2)
                                        .substring(1, row.getString(2).indexOf('.'));
                                byte[] file = PlainTextReaders.file("bicycle " + number, "seed" + number);
                                byte[] block =
                                        java.util.Arrays.copyOfRange(file, PlainTextReaders.MARK.length(), file.length);
                                assertThat(row.getString(4)).isEqualTo("bicycle " + number);
                                assertThat(row.getString(5)).isEqualTo("seed" + number);
                                assertThat(row.getString(6)).isEqualTo(TestDigests.sha256(block));
                                assertThat(row.getString(7)).isEqualTo(TestDigests.sha256(file));
                                assertThat(row.getLong(3)).isEqualTo(paths.size() + 1L);
                                paths.add(row.getString(1));
                            });
            List<String> walked = new ArrayList<>();
            FolderSource.open(evidence.toString()).walk(item -> walked.add(item.path()));
            assertThat(paths).hasSize(count).isEqualTo(walked);
        }
    }

    private SortedMap<String, String> scanHere(Path evidence, int threads, String name) throws Exception {
        Path out = Files.createDirectory(root.resolve(name));
        ScanOnce.main(new String[] {evidence.toString(), out.toString(), Integer.toString(threads)});
        return exports(out);
    }

    private SortedMap<String, String> scanInChild(Path evidence, List<String> options, String name) throws Exception {
        Path out = Files.createDirectory(root.resolve(name));
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(options);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ScanOnce.class.getName(),
                evidence.toString(),
                out.toString(),
                "8"));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        // Java takes the coding of file names from the environment only.
        builder.environment().put("LC_ALL", options.contains("-Xint") ? "C" : "C.UTF-8");
        Process child = builder.start();
        assertThat(child.waitFor()).isZero();
        return exports(out);
    }

    private static SortedMap<String, String> exports(Path out) throws Exception {
        SortedMap<String, String> digests = new TreeMap<>();
        for (ExportFormat format : ExportFormat.values()) {
            try (Stream<Path> files = Files.list(out.resolve(format.word()))) {
                for (Path file : files.toList()) {
                    digests.put(format.word() + "/" + file.getFileName(), TestDigests.sha256(Files.readAllBytes(file)));
                }
            }
        }
        return digests;
    }
}
