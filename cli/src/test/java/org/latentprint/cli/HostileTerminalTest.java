package org.latentprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentprint.fixture.HostileCase;
import org.latentprint.fixture.HostileExhibit;
import org.latentprint.fixture.HostileTexts;
import org.latentprint.fixture.MemorySource;

/** Whatever evidence, names and arguments say, nothing that a command prints is obeyed by a terminal or adds a line. */
class HostileTerminalTest {
    @TempDir
    private static Path folder;

    private static Path caseFolder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void createCase() throws Exception {
        caseFolder = folder.resolve("case");
        HostileCase.create(caseFolder);
    }

    static Stream<String> texts() {
        return HostileTexts.all().stream();
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private void assertShown() {
        assertShown(out.toString());
        assertShown(err.toString());
    }

    /** Line ends and the tabs between columns are the program's own. */
    private static void assertShown(String printed) {
        assertThat(printed.codePoints().filter(point -> point != '\n' && point != '\t'))
                .noneMatch(point -> switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> true;
                    default -> false;
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT reference FROM exhibit ORDER BY exhibit_id",
                "SELECT path FROM item ORDER BY item_id",
                "SELECT positive_prompt FROM generation WHERE generator = 'ComfyUI' ORDER BY generation_id",
                "SELECT text FROM metadata_block WHERE container = 'gif/comment' ORDER BY item_id",
                "SELECT output_name FROM training ORDER BY item_id"
            })
    void aRowOfSqlIsALine(String query) {
        assertThat(run("sql", "--case", caseFolder.toString(), query)).isEqualTo(ExitStatus.DONE);
        assertShown();
        long rows = out.toString().lines().count() - 1;
        out.getBuffer().setLength(0);
        run("sql", "--case", caseFolder.toString(), "SELECT count(*) FROM (" + query + ")");
        assertThat(out.toString().lines().toList().getLast()).isEqualTo(Long.toString(rows));
        assertThat(rows).isGreaterThanOrEqualTo(HostileTexts.all().size());
    }

    @Test
    void cellsOfAllTablesAreShown() {
        for (String table : List.of(
                "item",
                "metadata_block",
                "generation",
                "generation_unknown",
                "model_file",
                "problem",
                "not_understood")) {
            assertThat(run("sql", "--case", caseFolder.toString(), "FROM " + table))
                    .isEqualTo(ExitStatus.DONE);
        }
        assertShown();
        assertThat(out.toString()).contains("\\u001b[2J").contains("\\u202e").contains("\\u009b31m");
    }

    @Test
    void verifyNamesExhibitsWithoutTheirHarm() {
        assertThat(run("verify", "--case", caseFolder.toString())).isNotEqualTo(ExitStatus.USAGE);
        assertShown();
        assertThat(out.toString()).contains("audit chain: intact");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void anErrorShowsWhatItWasGiven(String text) {
        String absent = folder + "/absent/";
        run("sql", "--case", caseFolder.toString(), "SELECT " + text);
        run("sql", "--case", absent + text, "SELECT 1");
        run("inspect", absent + text);
        run("report", "--case", absent + text, "--out", folder + "/none/" + text);
        run("export", "--case", caseFolder.toString(), "--to", text, "--out", folder + "/none");
        run("verify", "--case", caseFolder.toString(), "--source", text + "=x");
        run("scan", absent + text, "--case", folder.resolve("none").toString(), "--exhibit", text);
        run("scan", ".", "--case", folder.resolve("none").toString(), "--exhibit", "K1", "--threads", text);
        run(text);
        assertShown();
        assertThat(err.toString()).isNotEmpty();
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void inspectAndScanShowNamesAndRows() throws Exception {
        Path evidence = folder.resolve("evidence");
        int number = 0;
        for (String text : HostileTexts.all()) {
            MemorySource source = HostileExhibit.of(text);
            Path exhibit = evidence.resolve(Integer.toString(number++));
            source.walk(item -> {
                try {
                    Path file = exhibit.resolve(onDisk(item.path()));
                    Files.createDirectories(file.getParent());
                    Files.write(file, source.open(item).readExactly(0, (int) item.size()));
                } catch (InvalidPathException | IOException impossible) {
                    // No file system holds a file of such a name; archives do, and are among these files.
                }
            });
        }
        run("inspect", evidence.toString());
        assertShown();
        assertThat(out.toString().lines().count()).isGreaterThan(500);
        assertThat(out.toString().lines()).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        out.getBuffer().setLength(0);
        int exhibits = 0;
        for (String text : List.of("\u001B[2J", "cat\u202Egnp.exe", "\u009B31m\n", "'; DROP TABLE item; --")) {
            Path scanned = folder.resolve("scanned-" + exhibits++);
            run("scan", evidence.toString(), "--case", scanned.toString(), "--exhibit", text, "--examiner", text);
            run("scan", evidence.toString(), "--case", scanned.toString(), "--exhibit", text);
            run("report", "--case", scanned.toString(), "--out", scanned + "-report");
        }
        assertShown();
        assertThat(err.toString()).contains("is in this case already");
        assertThat(out.toString().lines()).hasSize(2 * exhibits);
    }

    /** A slash within a text makes folders; names of two points would leave the folder of this test. */
    private static String onDisk(String path) {
        return path.replace("..", "_").replaceFirst("^/+", "");
    }
}
