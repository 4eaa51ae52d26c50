package org.latentprint.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.FolderSource;
import org.latentprint.fixture.PlainTextReaders;

class CaseVerifyTest {
    @TempDir
    Path root;

    private Path evidence;
    private Path path;

    @BeforeEach
    void scan() throws Exception {
        evidence = Files.createDirectory(root.resolve("evidence"));
        for (int i = 0; i < 40; i++) {
            Files.write(evidence.resolve("p" + i + ".print"), PlainTextReaders.file("a cat " + i, "" + i));
            Files.writeString(evidence.resolve("q" + i + ".txt"), "no print " + i);
        }
        path = root.resolve("case");
        CaseFixture.scan(evidence, path);
    }

    @Test
    void agreesWithUntouchedEvidence() throws Exception {
        CaseVerify.Result result = verify(true);

        assertThat(result.agrees()).isTrue();
        assertThat(result.originsChecked()).isEqualTo(40);
        assertThat(result.itemsChecked()).isEqualTo(80);
        assertThat(result.audit().lines()).isEqualTo(3);
        assertThat(Files.readString(path.resolve("audit.jsonl"))).contains("\"event\":\"verify\"");
    }

    @Test
    void knowsWhereTheSourceWas() throws Exception {
        try (CaseFolder folder = CaseFolder.openToRead(path, CaseFixture.CLOCK)) {
            assertThat(CaseVerify.sourceLocations(folder.database())).isEqualTo(Map.of("A1", evidence.toString()));
        }
    }

    @Test
    void findsAChangedByteInAnOrigin() throws Exception {
        byte[] bytes = Files.readAllBytes(evidence.resolve("p7.print"));
        bytes[PlainTextReaders.MARK.length() + 2] ^= 1;
        Files.write(evidence.resolve("p7.print"), bytes);

        CaseVerify.Result result = verify(false);

        assertThat(result.agrees()).isFalse();
        assertThat(result.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.item()).isEqualTo("p7.print");
            assertThat(difference.what()).contains("bytes 6 + ");
        });
    }

    @Test
    void findsAChangedByteOutsideOfOriginsOnlyByWholeItems() throws Exception {
        Files.writeString(evidence.resolve("q7.txt"), "no prinT 7");

        assertThat(verify(false).agrees()).isTrue();
        assertThat(verify(true).differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.item()).isEqualTo("q7.txt"));
    }

    @Test
    void findsMissingAndShortenedItems() throws Exception {
        Files.delete(evidence.resolve("p1.print"));
        Files.write(evidence.resolve("p2.print"), PlainTextReaders.file("a"));

        assertThat(verify(false).differences())
                .extracting(CaseVerify.Difference::item)
                .containsExactly("p1.print", "p2.print");
    }

    @Test
    void findsAChangedCase() throws Exception {
        try (CaseFolder folder = CaseFolder.open(path, CaseFixture.CLOCK)) {
            folder.database()
                    .execute("UPDATE generation SET origin_offset = origin_offset - 1 WHERE generation_id = 3");
            folder.database().execute("UPDATE item SET path = '../../etc/hostname' WHERE item_id = 1");
        }
        assertThat(verify(false).differenceCount()).isEqualTo(2);
    }

    @Test
    void reportsExhibitsWithoutASource() throws Exception {
        try (CaseFolder folder = CaseFolder.openToRead(path, CaseFixture.CLOCK)) {
            CaseVerify.Result result = CaseVerify.run(folder, Map.of(), false, CaseVerify.Watcher.NONE);
            assertThat(result.unchecked()).containsExactly("A1");
            assertThat(result.agrees()).isFalse();
        }
    }

    private CaseVerify.Result verify(boolean wholeItems) throws Exception {
        try (CaseFolder folder = CaseFolder.openToRead(path, CaseFixture.CLOCK);
                EvidenceSource source = FolderSource.open(evidence.toString())) {
            return CaseVerify.run(folder, Map.of("A1", source), wholeItems, CaseVerify.Watcher.NONE);
        }
    }
}
