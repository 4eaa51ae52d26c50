package org.latentprint.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentprint.fixture.HostileCase;
import org.latentprint.fixture.HostileTexts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever evidence says, a case holds it as it is, and its exports are text to every program that opens them. */
class HostileExportTest {
    private static final String FORMULA_STARTS = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    /** What programs may leave out before a cell's text. */
    private static final String LEFT_OUT = " \t\r\n\0\uFEFF\u200B\"";

    @TempDir
    private static Path root;

    private static Path path;

    @BeforeAll
    static void createCase() throws Exception {
        path = root.resolve("case");
        HostileCase.create(path);
        for (ExportFormat format : ExportFormat.values()) {
            CaseExport.write(path, format, root.resolve(format.word()), HostileCase.CLOCK);
        }
    }

    /** The texts as a database can hold them. */
    private static List<String> texts() {
        return HostileTexts.all().stream().map(SafeText::of).toList();
    }

    private static List<String> names() {
        return HostileTexts.names().stream().map(SafeText::of).toList();
    }

    @Test
    void theCaseHoldsEveryTextAsItIs() throws Exception {
        try (CaseFolder folder = CaseFolder.openToRead(path, HostileCase.CLOCK)) {
            CaseDatabase database = folder.database();
            assertThat(column(database, "SELECT reference FROM exhibit ORDER BY exhibit_id"))
                    .isEqualTo(texts());
            for (String query : List.of(
                    "SELECT positive_prompt FROM generation WHERE generator = 'ComfyUI'",
                    "SELECT negative_prompt FROM generation WHERE generator = 'ComfyUI'",
                    "SELECT substr(name, 7) FROM generation_unknown WHERE name LIKE 'Garden%'",
                    "SELECT output_name FROM training")) {
                assertThat(column(database, query)).as(query).containsAll(texts());
            }
            for (String query : List.of(
                    "SELECT name FROM generation_resource WHERE kind = 'checkpoint'",
                    "SELECT name FROM generation_resource WHERE kind = 'lora'",
                    "SELECT name FROM generation_input")) {
                assertThat(column(database, query)).as(query).containsAll(names());
            }
            // A comment is in UTF-8, which has no half pairs; a mark of byte order before it is none of its text.
            assertThat(column(database, "SELECT text FROM metadata_block WHERE container = 'gif/comment'"))
                    .containsAll(texts().stream()
                            .filter(text -> !text.startsWith("\uFEFF") && !text.contains("\uFFFD"))
                            .toList());
            // The trainer writes tags without blanks around them.
            assertThat(column(database, "SELECT tag FROM training_tag"))
                    .containsAll(names().stream().map(String::strip).toList());
            assertThat(column(database, "SELECT path FROM item"))
                    .containsAll(texts().stream()
                            .map(text -> text + "/" + text + ".png")
                            .toList());
            assertThat(database.number("SELECT count(*) FROM problem WHERE category = 'reader-failed'"))
                    .isZero();
            assertThat(database.number("SELECT count(*) FROM item WHERE outcome = 'failed'"))
                    .isZero();
        }
    }

    @Test
    void theAuditLogStaysWhole() throws Exception {
        assertThat(AuditLog.verify(path.resolve("audit.jsonl")).intact()).isTrue();
    }

    @Test
    void settingsComeBackAsTheyWereTyped() throws Exception {
        for (String text : HostileTexts.all()) {
            assertThat(CaseSettings.fromToml(HostileCase.settings(text).toToml()))
                    .as(text)
                    .isEqualTo(HostileCase.settings(SafeText.of(text)));
        }
    }

    @ParameterizedTest
    @ValueSource(chars = {',', ';', '\t'})
    void noCellOfACsvFileIsAFormulaHoweverItIsSplit(char separator) throws Exception {
        for (FindingTable table : FindingTable.values()) {
            String csv = Files.readString(root.resolve("csv").resolve(table.tableName() + ".csv"));
            assertThat(csv).startsWith("\uFEFF");
            for (String cell : cells(csv.substring(1), separator)) {
                assertThat(FORMULA_STARTS.indexOf(begins(cell)))
                        .as("%s: %s", table, cell)
                        .isNegative();
            }
        }
    }

    @Test
    void everyRowOfACsvFileHasAllColumns() throws Exception {
        for (FindingTable table : FindingTable.values()) {
            List<List<String>> rows =
                    rows(Files.readString(root.resolve("csv").resolve(table.tableName() + ".csv")), ',');
            try (CaseFolder folder = CaseFolder.openToRead(path, HostileCase.CLOCK)) {
                assertThat(rows)
                        .as(table.tableName())
                        .hasSize((int) folder.database().number("SELECT count(*) FROM " + table.tableName()) + 1);
            }
            assertThat(rows).allSatisfy(row -> assertThat(row).hasSameSizeAs(rows.getFirst()));
        }
    }

    @Test
    void aJsonLineIsALineToEveryProgramAndSaysTheSame() throws Exception {
        for (FindingTable table : FindingTable.values()) {
            byte[] bytes = Files.readAllBytes(root.resolve("jsonl").resolve(table.tableName() + ".jsonl"));
            String text = new String(bytes, StandardCharsets.UTF_8);
            assertThat(text.getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes);
            // Controls of all kinds, and what some programs take for the end of a line.
            assertThat(text.codePoints().filter(point -> point != '\n'))
                    .noneMatch(point -> Character.isISOControl(point)
                            || Character.getType(point) == Character.FORMAT
                            || Character.getType(point) == Character.LINE_SEPARATOR
                            || Character.getType(point) == Character.PARAGRAPH_SEPARATOR);
        }
        List<String> references = new ArrayList<>();
        for (String line : Files.readAllLines(root.resolve("jsonl/exhibit.jsonl"))) {
            JsonNode exhibit = JsonMapper.shared().readTree(line);
            references.add(exhibit.path("reference").asString());
        }
        assertThat(references).isEqualTo(texts());
    }

    @ParameterizedTest
    @EnumSource(FindingTable.class)
    void parquetHoldsTheSame(FindingTable table) throws Exception {
        Path file = root.resolve("parquet").resolve(table.tableName() + ".parquet");
        try (var connection = java.sql.DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM '" + file + "'");
                CaseFolder folder = CaseFolder.openToRead(path, HostileCase.CLOCK)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1))
                    .isEqualTo(folder.database().number("SELECT count(*) FROM " + table.tableName()));
        }
    }

    private static List<String> column(CaseDatabase database, String query) throws CaseException {
        return database.query(query, row -> String.valueOf(row.getString(1)));
    }

    private static char begins(String cell) {
        int at = 0;
        while (at < cell.length() && LEFT_OUT.indexOf(cell.charAt(at)) >= 0) {
            at++;
        }
        return at == cell.length() ? 'x' : cell.charAt(at);
    }

    private static List<String> cells(String csv, char separator) {
        return rows(csv, separator).stream().flatMap(List::stream).toList();
    }

    /** Splits as spreadsheets do: a quotation mark counts at the beginning of a cell, and what follows its end is kept. */
    private static List<List<String>> rows(String csv, char separator) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        boolean begins = true;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && begins) {
                quoted = true;
                begins = false;
            } else if (c == separator || c == '\n' || c == '\r') {
                row.add(cell.toString());
                cell.setLength(0);
                begins = true;
                if (c != separator) {
                    if (c == '\r' && i + 1 < csv.length() && csv.charAt(i + 1) == '\n') {
                        i++;
                    }
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else {
                cell.append(c);
                begins = false;
            }
        }
        return rows;
    }
}
