package org.latentprint.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaseSqlTest {
    @TempDir
    Path root;

    private Path path;

    @BeforeEach
    void createCase() throws Exception {
        path = root.resolve("case");
        try (CaseFolder folder = CaseFixture.create(path)) {
            CaseFixture.write(
                    folder,
                    "A1",
                    List.of(CaseFixture.findings(
                            "a", Optional.empty(), List.of(CaseFixture.generation("a", "a; cat")))));
        }
        Files.writeString(root.resolve("secret.csv"), "a,b\n1,2\n");
    }

    @Test
    void givesColumnsAndRows() throws Exception {
        try (CaseSql result = CaseSql.run(
                path,
                "SELECT item_id, positive_prompt AS prompt, seed, TIMESTAMP '2026-01-02 03:04:05' AS t, 'x;y' -- ;\n"
                        + "FROM generation; -- done",
                CaseFixture.CLOCK)) {
            assertThat(result.columns()).startsWith("item_id", "prompt", "seed", "t");
            assertThat(result.next())
                    .contains(List.of(
                            Optional.of(1L),
                            Optional.of("a; cat"),
                            Optional.empty(),
                            Optional.of("2026-01-02T03:04:05Z"),
                            Optional.of("x;y")));
            assertThat(result.next()).isEmpty();
        }
        assertThat(Files.readString(path.resolve("audit.jsonl"))).contains("\"event\":\"sql\"", "FROM generation");
    }

    @Test
    void answersWhatWasNotUnderstood() throws Exception {
        Path other = root.resolve("other");
        try (CaseFolder folder = CaseFixture.create(other)) {
            CaseFixture.write(
                    folder, "A1", List.of(CaseFixture.notUnderstood("a.png"), CaseFixture.notUnderstood("b.png")));
        }

        try (CaseSql result = CaseSql.run(other, "FROM not_understood", CaseFixture.CLOCK)) {
            assertThat(result.columns()).containsExactly("kind", "subject", "name", "findings", "items");
            assertThat(rows(result))
                    .containsExactly(
                            "problem png/1 malformed 4 2",
                            "unknown name ComfyUI GardenPathNode 2 2",
                            "unread block png/tEXt comment 2 2");
        }
    }

    private static List<String> rows(CaseSql result) throws Exception {
        List<String> rows = new ArrayList<>();
        for (Optional<List<Optional<Object>>> row = result.next(); row.isPresent(); row = result.next()) {
            rows.add(row.get().stream()
                    .map(value -> String.valueOf(value.orElse("")))
                    .collect(Collectors.joining(" ")));
        }
        return rows;
    }

    @Test
    void streamsLargeResults() throws Exception {
        long rows = 0;
        try (CaseSql result = CaseSql.run(path, "SELECT range FROM range(300000)", CaseFixture.CLOCK)) {
            while (result.next().isPresent()) {
                rows++;
            }
        }
        assertThat(rows).isEqualTo(300_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM item",
                "DROP TABLE item",
                "INSERT INTO item SELECT * FROM item",
                "SELECT * FROM read_csv('ROOT/secret.csv')",
                "SELECT * FROM 'ROOT/secret.csv'",
                "SELECT * FROM read_text('ROOT/secret.csv')",
                "COPY item TO 'ROOT/out.csv'",
                "ATTACH 'ROOT/other.duckdb'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SET enable_external_access = true",
                "SET threads = 9",
                "SELECT 1; SELECT 2",
                "SELECT 1; DROP TABLE item",
                "",
                " ; -- nothing",
                "nonsense"
            })
    void refusesEverythingButReadingTheCase(String sql) throws Exception {
        assertThatThrownBy(() -> {
                    try (CaseSql result = CaseSql.run(path, sql.replace("ROOT", root.toString()), CaseFixture.CLOCK)) {
                        while (result.next().isPresent()) {
                            assertThat(result.columns()).isNotEmpty();
                        }
                    }
                })
                .isInstanceOf(CaseException.class);
        assertThat(root.toFile().list()).containsExactlyInAnyOrder("case", "secret.csv");
        try (CaseFolder folder = CaseFolder.openToRead(path, CaseFixture.CLOCK)) {
            assertThat(folder.database().number("SELECT count(*) FROM item")).isEqualTo(1);
        }
    }
}
