package org.latentprint.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.casefile.CaseFolder;
import org.latentprint.casefile.CaseSettings;
import org.latentprint.casefile.Profile;
import org.latentprint.evidence.FolderSource;
import org.latentprint.fixture.PlainTextReaders;
import org.latentprint.scan.CaseScan;
import org.latentprint.scan.ItemExaminer;

class InputLinksTest {
    @TempDir
    Path root;

    @Test
    void linksInputsToItemsOfTheSameName() throws Exception {
        write("in/Start 50%.PNG");
        write("in/copy/start 50%.png");
        write("in/other.png");
        write(
                "out/result.print",
                "a cat",
                "1",
                "C:\\pictures\\start 50%.png [input]",
                "other.png [output]",
                "missing.png",
                "/tmp/result.print",
                "folder/",
                "%.png");
        assertThat(links())
                .containsExactly(
                        "1|0|in/Start 50%25.PNG|inferred|same file name",
                        "2|0|in/copy/start 50%25.png|inferred|same file name",
                        "3|1|in/other.png|inferred|same file name");
    }

    @Test
    void findsACopyThatIsNamedByADigest() throws Exception {
        String digest = "0123456789abcdef0123456789abcdef";
        write("img2img/init/" + digest + ".png");
        write("img2img/init/" + digest + "0.png");
        write("img2img/init/cat.png");
        write("out/result.print", "a cat", "1", digest, "cat");
        assertThat(links())
                .containsExactly("1|0|img2img/init/" + digest + ".png|inferred|the recorded digest as file name");
    }

    @Test
    void boundsTheLinksOfACommonName() throws Exception {
        for (int i = 0; i < InputLinks.MAX_ITEMS + 5; i++) {
            write("in/" + i + "/image.png");
        }
        write("out/result.print", "a cat", "1", "image.png");

        assertThat(links())
                .hasSize(InputLinks.MAX_ITEMS)
                .allSatisfy(link -> assertThat(link).endsWith("|same file name; the first 100 of 105 items"));
    }

    private void write(String name, String... lines) throws Exception {
        Path file = root.resolve("evidence").resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, lines.length == 0 ? new byte[] {1} : PlainTextReaders.file(lines));
    }

    private List<String> links() throws Exception {
        try (CaseFolder folder = CaseFolder.create(root.resolve("case"), CaseSettings.DEFAULT, InstantSource.system());
                FolderSource source = FolderSource.open(root.resolve("evidence").toString())) {
            CaseScan.run(
                    folder,
                    source,
                    new ItemExaminer(Profile.TRIAGE, PlainTextReaders::extract, List.of(PlainTextReaders.GENERATOR)),
                    new CaseScan.Request("A1", 2, "0.1.0", "scan", Optional.empty()),
                    progress -> {});
            InputLinks.rebuild(folder.database());
            return folder.database()
                    .query(
                            "SELECT link_id, input_ordinal, path, grade, rule FROM link JOIN item USING (item_id)"
                                    + " ORDER BY link_id",
                            row -> row.getLong(1) + "|" + row.getInt(2) + "|" + row.getString(3) + "|"
                                    + row.getString(4) + "|" + row.getString(5));
        }
    }
}
