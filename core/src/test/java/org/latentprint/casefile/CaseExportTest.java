package org.latentprint.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CaseExportTest {
    private static final List<String> PROMPTS = List.of(
            "=HYPERLINK(\"x\")",
            "+1",
            "-1, two",
            "@cat",
            "\tgarden",
            "line\nbreak",
            "plain \u00e4 \ud83d\udeb2",
            "",
            "=" + "x".repeat(40_000));

    @TempDir
    Path root;

    private Path path;

    @BeforeEach
    void createCase() throws Exception {
        path = root.resolve("case");
        try (CaseFolder folder = CaseFixture.create(path)) {
            CaseFixture.write(
                    folder,
                    "-A1",
                    PROMPTS.stream()
                            .map(prompt -> CaseFixture.findings(
                                    "=f.png", Optional.empty(), List.of(CaseFixture.generation("f", prompt))))
                            .toList());
        }
    }

    @Test
    void writesAFileForEachTable() throws Exception {
        for (ExportFormat format : ExportFormat.values()) {
            List<Path> files = CaseExport.write(path, format, root.resolve(format.word()), CaseFixture.CLOCK);
            assertThat(files)
                    .hasSize(FindingTable.values().length)
                    .allSatisfy(file -> assertThat(file).exists());
            assertThat(files.getFirst().getFileName()).hasToString("exhibit." + format.word());
        }
        assertThat(root.resolve("csv").toFile().list()).doesNotContain("scan_run.csv", "schema_info.csv");
    }

    @Test
    void everyTableOfAnItemOrGenerationIsAmongThoseOfFindings() throws Exception {
        List<String> listed = Arrays.stream(FindingTable.values())
                .map(FindingTable::tableName)
                .toList();
        List<String> tables = new ArrayList<>();
        try (CaseSql result = CaseSql.run(
                path,
                "SELECT DISTINCT c.table_name FROM information_schema.columns c JOIN information_schema.tables t"
                        + " USING (table_name) WHERE t.table_type = 'BASE TABLE'"
                        + " AND c.column_name IN ('item_id', 'generation_id') ORDER BY 1",
                CaseFixture.CLOCK)) {
            for (Optional<List<Optional<Object>>> row = result.next(); row.isPresent(); row = result.next()) {
                tables.add(row.get().getFirst().orElseThrow().toString());
            }
        }
        assertThat(tables).contains("generation_declaration").isSubsetOf(listed);
    }

    @Test
    void makesCsvSafeForSpreadsheets() throws Exception {
        CaseExport.write(path, ExportFormat.CSV, root.resolve("csv"), CaseFixture.CLOCK);

        assertThat(Files.readString(root.resolve("csv/exhibit.csv")))
                .isEqualTo("\ufeffexhibit_id,reference,source_kind\r\n1,'-A1,folder\r\n");
        String csv = Files.readString(root.resolve("csv/generation.csv"));
        assertThat(csv)
                .contains(
                        ",\"'=HYPERLINK(\"\"x\"\")\",",
                        ",'+1,",
                        ",\"'-1, two\",",
                        ",'@cat,",
                        ",'\tgarden,",
                        ",\"line\nbreak\",",
                        ",plain \u00e4 \ud83d\udeb2,",
                        ",\"\",");
        String cut = csv.lines()
                .filter(line -> line.contains("[cut: 40001 characters in all]"))
                .findFirst()
                .orElseThrow();
        assertThat(cut).contains(",'=xxx");
        assertThat(List.of(cut.split(",")))
                .allSatisfy(cell -> assertThat(cell.length()).isLessThanOrEqualTo(CsvTable.MAX_CELL));
    }

    @Test
    void cutsOnlyWhatIsTooLongForACell() {
        assertThat(CsvTable.safe("x".repeat(CsvTable.MAX_CELL)))
                .hasSize(CsvTable.MAX_CELL)
                .doesNotContain("cut");
        assertThat(CsvTable.safe("x".repeat(CsvTable.MAX_CELL + 1)))
                .hasSize(CsvTable.MAX_CELL)
                .contains("[cut: 32768");
        assertThat(CsvTable.safe("=" + "x".repeat(CsvTable.MAX_CELL - 1)))
                .hasSize(CsvTable.MAX_CELL)
                .startsWith("'=");
    }

    @Test
    void keepsTheFullTextInJsonLines() throws Exception {
        CaseExport.write(path, ExportFormat.JSONL, root.resolve("jsonl"), CaseFixture.CLOCK);

        List<JsonNode> lines =
                Files.readAllLines(root.resolve("jsonl/generation.jsonl"), StandardCharsets.UTF_8).stream()
                        .map(line -> JsonMapper.shared().readTree(line))
                        .toList();
        assertThat(lines)
                .extracting(line -> line.get("positive_prompt").asString())
                .isEqualTo(PROMPTS);
        assertThat(lines.getFirst().get("seed").isNull()).isTrue();
        assertThat(lines.getFirst().get("origin_offset").asLong()).isEqualTo(3);
    }

    @Test
    void refusesAFolderThatHoldsSomething() throws Exception {
        Files.writeString(Files.createDirectory(root.resolve("full")).resolve("notes"), "x");
        assertThatThrownBy(() -> CaseExport.write(path, ExportFormat.CSV, root.resolve("full"), CaseFixture.CLOCK))
                .isInstanceOf(CaseException.class)
                .hasMessageContaining("not empty");
    }

    @Test
    void exportsToAFolderWithAQuoteInItsName() throws Exception {
        assertThat(CaseExport.write(path, ExportFormat.PARQUET, root.resolve("keeper's out"), CaseFixture.CLOCK))
                .isNotEmpty();
    }
}
