package org.latentprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands as an examiner types them, over the bundled exhibit. */
class MainTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private Path demo;
    private String caseFolder = "";

    @BeforeEach
    void demonstration() {
        demo = folder.resolve("demo");
        caseFolder = demo.resolve("case").toString();
        assertThat(run("demo", "--out", demo.toString())).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void demoScansReportsAndVerifies() throws IOException {
        assertThat(out.toString())
                .contains("57 items seen = 57 read + 0 skipped + 0 failed")
                .contains("audit chain: intact")
                .contains("; 0 do not agree");
        String report = Files.readString(demo.resolve("report/report.html"));
        assertThat(report)
                .contains("bicycle in the yard.jpg")
                .contains("lighthouse.png")
                .contains("sample-watercolour")
                .contains("Demonstration");
    }

    @Test
    void demoNeverReplacesAnEarlierOne() {
        assertThat(run("demo", "--out", demo.toString())).isEqualTo(ExitStatus.DONE);
        assertThat(demo.resolveSibling("demo-2").resolve("report/report.html")).exists();
    }

    @Test
    void inspectPrintsALineForEachMemberOfAnArchive() throws IOException {
        Path zip = folder.resolve("pictures.zip");
        try (Stream<Path> all = Files.walk(demo.resolve("exhibit"));
                ZipOutputStream packed = new ZipOutputStream(Files.newOutputStream(zip))) {
            Path picture =
                    all.filter(path -> path.endsWith("cat-000.jpg")).findFirst().orElseThrow();
            packed.putNextEntry(new ZipEntry("cats/cat.jpg"));
            packed.write(Files.readAllBytes(picture));
        }
        assertThat(run("inspect", zip.toString())).isEqualTo(ExitStatus.DONE);
        List<JsonNode> lines =
                out.toString().lines().map(JsonMapper.shared()::readTree).toList();
        assertThat(lines)
                .extracting(line -> line.path("file").asString())
                .containsExactly(zip + "!/cats/cat.jpg", zip.toString());
        assertThat(lines.getFirst().at("/generations/0/seed").asString()).isEqualTo("77000");
        assertThat(lines.getLast().path("media_type").asString()).isEqualTo("application/zip");
    }

    @Test
    void inspectSaysWhyAMemberWasNotRead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream packed = new ZipOutputStream(bytes)) {
            packed.putNextEntry(new ZipEntry("garden.txt"));
            packed.write("a gate".getBytes(StandardCharsets.UTF_8));
        }
        byte[] zip = bytes.toByteArray();
        // The mark of encryption, in the entry's own header and in the directory at the end.
        int directory = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\001\002");
        zip[6] |= 1;
        zip[directory + 8] |= 1;
        Path file = Files.write(folder.resolve("marked.zip"), zip);

        run("inspect", file.toString());

        JsonNode member =
                JsonMapper.shared().readTree(out.toString().lines().findFirst().orElseThrow());
        assertThat(member.path("file").asString()).isEqualTo(file + "!/garden.txt");
        assertThat(member.at("/unread/outcome").asString()).isEqualTo("skipped");
        assertThat(member.at("/unread/reason").asString()).isEqualTo("encrypted");
        assertThat(out.toString().lines().skip(1)).noneMatch(line -> line.contains("\"unread\""));
    }

    @Test
    void inspectPrintsALineForEachFile() {
        Path exhibit = demo.resolve("exhibit");
        assertThat(run("inspect", exhibit.toString())).isEqualTo(ExitStatus.DONE);
        List<JsonNode> lines =
                out.toString().lines().map(JsonMapper.shared()::readTree).toList();
        assertThat(lines).hasSize(57);
        JsonNode cat = lines.stream()
                .filter(line -> line.path("file").asString().endsWith("cat-000.jpg"))
                .findFirst()
                .orElseThrow();
        assertThat(cat.at("/generations/0/generator").asString()).isEqualTo("A1111");
        assertThat(cat.at("/generations/0/variant").asString()).isEqualTo("Forge Neo");
        assertThat(cat.at("/generations/0/seed").asString()).isEqualTo("77000");
        assertThat(cat.at("/generations/0/models/0/hashes/autov2").asString()).isEqualTo("fedc543210");
        assertThat(cat.at("/generations/0/origin/length").asInt()).isPositive();
        assertThat(cat.path("sha256").asString()).hasSize(64);
        assertThat(cat.has("model_file")).isTrue();
    }

    @Test
    void inspectGoesOnAfterAFileThatIsNotThere() {
        String whole = demo.resolve("exhibit/Documents/notes.txt").toString();
        assertThat(run("inspect", folder.resolve("missing.png").toString(), whole))
                .isEqualTo(ExitStatus.NOT_OPENED);
        assertThat(err.toString()).contains("missing.png").contains("does not exist");
        assertThat(out.toString().lines()).hasSize(1);
    }

    @Test
    void sqlPrintsRowsAndCanOnlyRead() {
        assertThat(run("sql", "--case", caseFolder, "SELECT count(*) AS items FROM item"))
                .isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).isEqualTo("items" + System.lineSeparator() + "57" + System.lineSeparator());
        assertThat(run("sql", "--case", caseFolder, "DELETE FROM item")).isEqualTo(ExitStatus.NOT_OPENED);
        assertThat(run("sql", "--case", caseFolder, "SELECT * FROM read_csv('/etc/hostname')"))
                .isEqualTo(ExitStatus.NOT_OPENED);
        assertThat(run("sql", "--case", caseFolder, "SELECT 1; SELECT 2")).isEqualTo(ExitStatus.NOT_OPENED);
        assertThat(err.toString()).contains("one SQL statement");
    }

    @Test
    void inputPicturesAreLinkedToTheItemsOfThatName() {
        assertThat(run(
                        "sql",
                        "--case",
                        caseFolder,
                        "SELECT DISTINCT i.name, item.path, link.grade FROM link JOIN generation_input i ON"
                                + " i.generation_id = link.generation_id AND i.ordinal = link.input_ordinal"
                                + " JOIN item ON item.item_id = link.item_id ORDER BY 1"))
                .isEqualTo(ExitStatus.DONE);
        assertThat(out.toString().lines().skip(1))
                .containsExactly(
                        "bicycle in the yard.jpg\tComfyUI/input/bicycle in the yard.jpg\tinferred",
                        "lighthouse.png\tComfyUI/input/lighthouse.png\tinferred");
    }

    @Test
    void exportsEachFormatToAnEmptyFolderOnly() throws IOException {
        for (String format : List.of("csv", "jsonl", "parquet")) {
            String target = folder.resolve(format).toString();
            assertThat(run("export", "--case", caseFolder, "--to", format, "--out", target))
                    .isEqualTo(ExitStatus.DONE);
            try (Stream<Path> files = Files.list(folder.resolve(format))) {
                assertThat(files)
                        .allMatch(file -> file.toString().endsWith("." + format))
                        .hasSizeGreaterThan(10);
            }
            assertThat(run("export", "--case", caseFolder, "--to", format, "--out", target))
                    .isEqualTo(ExitStatus.NOT_OPENED);
        }
    }

    @Test
    void verifyNoticesAChangedByteAndAChangedAuditLog() throws IOException {
        Path picture = demo.resolve("exhibit/webui/outputs/txt2img-images/00000-garden.png");
        byte[] bytes = Files.readAllBytes(picture);
        bytes[60] ^= 1;
        Files.write(picture, bytes);
        assertThat(run("verify", "--case", caseFolder)).isEqualTo(ExitStatus.DONE_WITH_LOSSES);
        assertThat(out.toString()).contains("00000-garden.png");

        Path audit = demo.resolve("case/audit.jsonl");
        String log = Files.readString(audit, StandardCharsets.UTF_8);
        Files.writeString(audit, log.replace("\"items_seen\":57", "\"items_seen\":56"), StandardCharsets.UTF_8);
        assertThat(run("verify", "--case", caseFolder)).isEqualTo(ExitStatus.DONE_WITH_LOSSES);
        assertThat(out.toString()).contains("audit chain: BROKEN");
    }

    @Test
    void aCaseInsideItsSourceIsRefusedAndNothingIsMade() {
        Path inside = demo.resolve("exhibit/case");
        assertThat(run("scan", demo.resolve("exhibit").toString(), "--case", inside.toString(), "--exhibit", "K1"))
                .isEqualTo(ExitStatus.NOT_OPENED);
        assertThat(err.toString()).contains("inside the source");
        assertThat(inside).doesNotExist();
    }

    @Test
    void aReportIsNeverReplaced() {
        assertThat(run(
                        "report",
                        "--case",
                        caseFolder,
                        "--out",
                        demo.resolve("report").toString()))
                .isEqualTo(ExitStatus.NOT_OPENED);
        assertThat(err.toString()).contains("exists already");
    }

    @Test
    void aWrongCommandSaysHowToAsk() {
        assertThat(run("scan")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains("latentprint scan --help");
        assertThat(run("paint")).isEqualTo(ExitStatus.USAGE);
        assertThat(run("scan", ".", "--case", "c", "--exhibit", "K1", "--threads", "0"))
                .isEqualTo(ExitStatus.USAGE);
        assertThat(run("sql", "--case", folder.resolve("none").toString(), "SELECT 1"))
                .isEqualTo(ExitStatus.NOT_OPENED);
        assertThat(err.toString()).contains("is no case");
    }

    @Test
    void aSecondExhibitJoinsTheCaseAndASecondScanOfOneIsRefused() {
        String exhibit = demo.resolve("exhibit").toString();
        assertThat(run("scan", exhibit, "--case", caseFolder, "--exhibit", "DEMO-2", "--profile", "triage"))
                .isEqualTo(ExitStatus.DONE);
        assertThat(run("sql", "--case", caseFolder, "SELECT count(*), count(sha256) FROM item"))
                .isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).contains("114\t57");
        assertThat(run("scan", exhibit, "--case", caseFolder, "--exhibit", "DEMO-2", "--profile", "triage"))
                .isEqualTo(ExitStatus.NOT_OPENED);
        assertThat(err.toString()).contains("DEMO-2 is in this case already");
    }

    @Test
    void aFullScanCompletesOneInTriage() {
        String exhibit = demo.resolve("exhibit").toString();
        String other = folder.resolve("triage-first").toString();
        assertThat(run("scan", exhibit, "--case", other, "--exhibit", "K1", "--profile", "triage"))
                .isEqualTo(ExitStatus.DONE);
        assertThat(run("scan", exhibit, "--case", other, "--exhibit", "K1", "--profile", "full"))
                .isEqualTo(ExitStatus.DONE);
        assertThat(
                        run(
                                "sql",
                                "--case",
                                other,
                                "SELECT reference, count(*), count(sha256) FROM item JOIN exhibit USING (exhibit_id) GROUP BY ALL"))
                .isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).contains("K1\t57\t57");
    }

    @Test
    void doctorNamesTheReaders() {
        assertThat(run("doctor")).isBetween(ExitStatus.DONE, ExitStatus.DONE_WITH_LOSSES);
        assertThat(out.toString()).contains("DuckDB").contains("png/").contains("a1111/");
    }

    @Test
    void helpAndVersionGoToStandardOutput() {
        assertThat(run("--version")).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).startsWith("latentprint ");
        assertThat(run("--help")).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).contains("inspect", "verify");
    }
}
