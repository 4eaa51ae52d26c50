package org.latentprint.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.fixture.ArchiveFixture.members;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.casefile.CaseExport;
import org.latentprint.casefile.CaseFolder;
import org.latentprint.casefile.CaseSettings;
import org.latentprint.casefile.CaseVerify;
import org.latentprint.casefile.ExportFormat;
import org.latentprint.casefile.ItemFindings;
import org.latentprint.casefile.Profile;
import org.latentprint.casefile.ScanCounts;
import org.latentprint.evidence.FolderSource;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.Problem;
import org.latentprint.fixture.ArchiveFixture;
import org.latentprint.fixture.EvidenceTree;
import org.latentprint.fixture.MemorySource;
import org.latentprint.fixture.PngFixture;
import org.latentprint.fixture.TestDigests;

/** Archives in whole scans, with the real readers. */
@Timeout(300)
class ArchiveScanTest {
    @TempDir
    Path root;

    private Path evidence;

    @BeforeEach
    void write() throws Exception {
        evidence = Files.createDirectory(root.resolve("evidence"));
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        for (int i = 0; i < 30; i++) {
            pictures.put("d" + i % 3 + "/p" + i + ".png", picture("a lighthouse " + i, i));
        }
        byte[] zip = ArchiveFixture.zip(pictures);
        byte[] tarGz = ArchiveFixture.compressed("gz", ArchiveFixture.tar(pictures));
        byte[] nested = ArchiveFixture.tar(members(
                "first.png", picture("first", 1),
                "one.zip", zip,
                "two.7z", ArchiveFixture.sevenZip(pictures, Optional.empty()),
                "last.png", picture("last", 2)));
        Files.write(evidence.resolve("a.zip"), zip);
        Files.write(evidence.resolve("a.zip!"), picture("no member", 3));
        Files.write(evidence.resolve("b.tar.gz"), tarGz);
        Files.write(evidence.resolve("c"), ArchiveFixture.compressed("xz", nested));
        Files.write(evidence.resolve("d.7z"), ArchiveFixture.sevenZip(pictures, Optional.of("tulip")));
        Files.write(evidence.resolve("e.docx"), ArchiveFixture.storedZip(members("word/media/e.png", picture("e", 4))));
        Files.write(evidence.resolve("f.png"), picture("outside", 5));
        Files.write(evidence.resolve("g.zip"), java.util.Arrays.copyOf(zip, zip.length / 2));
    }

    @Test
    void findsThePicturesInsideAndAddsUp() throws Exception {
        try (CaseFolder folder = newCase("case")) {
            ScanCounts counts = scan(folder, 4);

            assertThat(counts.seen()).isEqualTo(counts.read() + counts.skipped() + counts.failed());
            assertThat(folder.database().number("SELECT count(*) FROM item")).isEqualTo(counts.seen());
            assertThat(folder.database().number("SELECT count(*) FROM item WHERE archive = 'a.zip'"))
                    .isEqualTo(30);
            assertThat(counts.skipped()).isEqualTo(30);
            assertThat(folder.database()
                            .query(
                                    "SELECT path FROM item JOIN generation USING (item_id) WHERE archive = 'c' OR path LIKE 'e%' ORDER BY 1",
                                    row -> row.getString(1)))
                    .containsExactly("c!/first.png", "c!/last.png", "e.docx!/word/media/e.png");
            assertThat(folder.database().number("SELECT count(*) FROM item WHERE archive = 'c!/two.7z'"))
                    .isEqualTo(30);
            assertThat(folder.database()
                            .query(
                                    "SELECT positive_prompt, sha256 FROM item JOIN generation USING (item_id)"
                                            + " WHERE path = 'c!/one.zip!/d1/p7.png'",
                                    row -> row.getString(1) + row.getString(2)))
                    .containsExactly("a lighthouse 7" + TestDigests.sha256(picture("a lighthouse 7", 7)));
            assertThat(folder.database()
                            .query(
                                    "SELECT path FROM item WHERE path LIKE 'a.zip%' AND archive IS NULL ORDER BY path",
                                    row -> row.getString(1)))
                    .containsExactly("a.zip", "a.zip%21");
            assertThat(folder.database().number("SELECT count(*) FROM item WHERE type_mismatch"))
                    .isZero();
        }
    }

    @Test
    void givesTheSameCaseWithOneThreadAndWithEight() throws Exception {
        SortedMap<String, String> before = EvidenceTree.snapshot(evidence);
        SortedMap<String, String> first = exported("first", 1);
        assertThat(exported("second", 8)).isEqualTo(first);
        assertThat(exported("third", 8)).isEqualTo(first);
        assertThat(EvidenceTree.snapshot(evidence)).isEqualTo(before);
    }

    @Test
    void verifiesMembersAgainstTheirBytes() throws Exception {
        try (CaseFolder folder = newCase("case")) {
            scan(folder, 3);
        }
        CaseVerify.Result untouched = verify();
        assertThat(untouched.differences()).isEmpty();
        assertThat(untouched.agrees()).isTrue();
        assertThat(untouched.originsChecked()).isGreaterThan(120);

        byte[] docx = Files.readAllBytes(evidence.resolve("e.docx"));
        docx[200] ^= 1;
        Files.write(evidence.resolve("e.docx"), docx);
        assertThat(verify().differences())
                .extracting(CaseVerify.Difference::item)
                .contains("e.docx!/word/media/e.png", "e.docx")
                .hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void stopsWhereArchivesNestTooDeep() throws Exception {
        byte[] inner = picture("deep", 9);
        for (int i = 0; i < 8; i++) {
            inner = ArchiveFixture.zip(members("n.zip", inner));
        }
        MemorySource source = new MemorySource().file("n.zip", inner);
        List<ItemFindings> found = new ArrayList<>();
        ItemRef item = MemorySource.item("n.zip", ItemRef.Kind.FILE, inner.length);
        new ItemExaminer(Profile.FULL).examine(source, item, found::add);

        assertThat(found).hasSize(5);
        assertThat(found.getFirst().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.category()).isEqualTo(Problem.Category.LIMIT));
    }

    @Test
    void handsOverTensOfThousandsOfMembersInBoundedMemory() throws Exception {
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 30_000; i++) {
            many.put("n" + i + ".txt", new byte[] {(byte) i});
        }
        MemorySource source = new MemorySource();
        source.file("a.tar", ArchiveFixture.tar(many));
        source.file("b.zip", ArchiveFixture.zip(many));
        List<String> written = new ArrayList<>();
        ScanCounts counts = new ScanPipeline(source, new ItemExaminer(Profile.FULL), 4, progress -> {})
                .run(findings -> written.add(findings.item().path()));

        assertThat(counts.read()).isEqualTo(60_002);
        assertThat(written.indexOf("a.tar")).isEqualTo(30_000);
        assertThat(written.get(29_999)).isEqualTo("a.tar!/n29999.txt");
        assertThat(written.getLast()).isEqualTo("b.zip");
    }

    private static byte[] picture(String prompt, long seed) {
        return PngFixture.of(8, 8)
                .text(
                        "parameters",
                        prompt + "\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: " + seed + ", Size: 8x8")
                .bytes();
    }

    private CaseFolder newCase(String name) throws Exception {
        return CaseFolder.create(root.resolve(name), CaseSettings.DEFAULT, InstantSource.system());
    }

    private ScanCounts scan(CaseFolder folder, int threads) throws Exception {
        try (FolderSource source = FolderSource.open(evidence.toString())) {
            return CaseScan.run(
                    folder,
                    source,
                    new ItemExaminer(Profile.FULL),
                    new CaseScan.Request("A1", threads, "0.1.0", "scan", Optional.empty()),
                    progress -> {});
        }
    }

    private CaseVerify.Result verify() throws Exception {
        try (CaseFolder folder = CaseFolder.openToRead(root.resolve("case"), InstantSource.system());
                FolderSource source = FolderSource.open(evidence.toString())) {
            return CaseVerify.run(folder, Map.of("A1", source), true, CaseVerify.Watcher.NONE);
        }
    }

    private SortedMap<String, String> exported(String name, int threads) throws Exception {
        try (CaseFolder folder = newCase(name)) {
            scan(folder, threads);
        }
        Path out = root.resolve(name + "-out");
        CaseExport.write(root.resolve(name), ExportFormat.CSV, out, InstantSource.system());
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(out)) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertThat(files).containsKey("item.csv");
        return files;
    }
}
