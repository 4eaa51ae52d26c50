package org.latentprint.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.evidence.Grade;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.ItemTime;
import org.latentprint.evidence.Problem;
import org.latentprint.fingerprint.Digests;
import org.latentprint.generator.Declaration;
import org.latentprint.generator.Generation;
import org.latentprint.generator.InputMedia;
import org.latentprint.generator.Pass;
import org.latentprint.generator.PromptPart;
import org.latentprint.generator.Task;

class CaseWriterTest {
    @TempDir
    Path root;

    private CaseFolder folder;

    @BeforeEach
    void createCase() throws Exception {
        folder = CaseFixture.create(root.resolve("case"));
    }

    @AfterEach
    void closeCase() throws Exception {
        folder.close();
    }

    @Test
    void keepsTextsThatAreHardToStore() throws Exception {
        List<String> texts = List.of(
                "nul\0inside",
                "lone \ud800 high",
                "\udc00",
                "ends high \ud83d",
                "pair \ud83d\udeb2 ok",
                "'; DROP TABLE item; --",
                "\ufeffmark\u202ertl\r\n\t",
                "");
        CaseFixture.write(
                folder,
                "A1",
                texts.stream()
                        .map(text -> CaseFixture.findings(
                                "f", Optional.of(text), List.of(CaseFixture.generation("f", text))))
                        .toList());

        List<String> expected = List.of(
                "nul\0inside",
                "lone \ufffd high",
                "\ufffd",
                "ends high \ufffd",
                "pair \ud83d\udeb2 ok",
                "'; DROP TABLE item; --",
                "\ufeffmark\u202ertl\r\n\t",
                "");
        assertThat(texts("SELECT positive_prompt FROM generation ORDER BY generation_id"))
                .isEqualTo(expected);
        assertThat(texts("SELECT text FROM metadata_block ORDER BY item_id")).isEqualTo(expected);
    }

    @Test
    void writesEveryFieldOfAGeneration() throws Exception {
        Generation generation = Generation.builder("Plain", CaseFixture.origin("f"))
                .variant(Optional.of("fork"))
                .version(Optional.of("v1"))
                .task(Optional.of(Task.IMG2IMG))
                .positivePrompt(Optional.of("a lighthouse at noon"))
                .negativePrompt(Optional.of(""))
                .positivePart(new PromptPart("clip_g", "a lighthouse"))
                .negativePart(new PromptPart("clip_l", "fog"))
                .seed(Optional.of("18446744073709551616"))
                .steps(Optional.of(20))
                .sampler(Optional.of("Euler a"))
                .cfgScale(Optional.of(new BigDecimal("7.1")))
                .width(Optional.of(512))
                .input(new InputMedia("init", "start.png"))
                .pass(new Pass(
                        "3",
                        Optional.of("KSampler"),
                        Optional.of("5"),
                        Optional.of(4),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new BigDecimal("1e999")),
                        Optional.of(new BigDecimal("0.55")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .setting("z", "1")
                .setting("a", "\"q\"")
                .unknown("SomeNode")
                .inferred("positive_prompt", "longest text")
                .grade(Grade.INFERRED)
                .alsoFrom(CaseFixture.origin("other"))
                .build();
        CaseFixture.write(folder, "A1", List.of(CaseFixture.findings("f", Optional.empty(), List.of(generation))));

        assertThat(row("SELECT generation_id, item_id, ordinal, generator, variant, version, task, positive_prompt,"
                        + " negative_prompt, positive_words, negative_words, seed, steps, sampler, scheduler, cfg_scale,"
                        + " width, height, settings, grade, origin_offset, origin_length, reader FROM generation"))
                .isEqualTo("1|1|0|Plain|fork|v1|img2img|a lighthouse at noon||4|0|18446744073709551616|20|Euler a|null"
                        + "|7.1|512|null|{\"a\":\"\\\"q\\\"\",\"z\":\"1\"}|" + Grade.INFERRED.word() + "|3|7|plain/1");
        assertThat(row("SELECT ordinal, polarity, encoder, text FROM generation_part WHERE polarity = 'negative'"))
                .isEqualTo("1|negative|clip_l|fog");
        assertThat(row("SELECT node, node_class, seed, steps, cfg_scale, denoise FROM generation_pass"))
                .isEqualTo("3|KSampler|5|4|null|0.55");
        assertThat(row("SELECT role, name FROM generation_input")).isEqualTo("init|start.png");
        assertThat(row("SELECT field, rule FROM generation_inference")).isEqualTo("positive_prompt|longest text");
        assertThat(row("SELECT name FROM generation_unknown")).isEqualTo("SomeNode");
        assertThat(row("SELECT ordinal, origin_offset FROM generation_origin")).isEqualTo("0|3");
    }

    @Test
    void keepsWhatIsDeclaredWithoutAProgram() throws Exception {
        Generation declared = Generation.declared(
                        new Declaration(Declaration.Mark.LABEL, "AIGC Label", "1"), CaseFixture.origin("f"))
                .input(new InputMedia("init", "cat.jpg"))
                .build();
        Generation named =
                Generation.builder("Garden Painter", CaseFixture.origin("f")).build();
        CaseFixture.write(folder, "A1", List.of(CaseFixture.findings("f", Optional.empty(), List.of(declared, named))));

        assertThat(row("SELECT generation_id, mark, field, value FROM generation_declaration"))
                .isEqualTo("1|label for generated content|AIGC Label|1");
        assertThat(row("SELECT string_agg(generator, ', ' ORDER BY generation_id) FROM generation"))
                .isEqualTo("unnamed (declared AI source), Garden Painter");
        assertThat(row("SELECT role, name FROM generation_input")).isEqualTo("init|cat.jpg");
    }

    @Test
    void writesEveryFieldOfAnItem() throws Exception {
        ItemRef item = new ItemRef(
                "a/b.png",
                ItemRef.Kind.FILE,
                5_000_000_000L,
                ItemRef.Allocation.DELETED,
                List.of(
                        time(ItemTime.Kind.MODIFIED, "2025-01-01T00:00:00.123456789Z"),
                        time(ItemTime.Kind.ACCESSED, "1601-01-01T00:00:00Z"),
                        time(ItemTime.Kind.CHANGED, "1969-12-31T23:59:59.9999999Z"),
                        time(ItemTime.Kind.BORN, "+300000-01-01T00:00:00Z")),
                Optional.of("Zone.Identifier"),
                Optional.empty());
        CaseFixture.write(
                folder,
                "A1",
                List.of(new ItemFindings(
                        item,
                        ItemFindings.Outcome.FAILED,
                        Optional.of("why"),
                        Optional.of(new Digests("m", "s", "t")),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        List.of(new Problem(
                                Problem.Category.MISMATCH,
                                ItemFindings.TYPE_CHECK,
                                "png named jpg",
                                OptionalLong.of(9))))));

        assertThat(row("SELECT path, name, stream, kind, allocation, size, CAST(modified AS VARCHAR),"
                        + " CAST(accessed AS VARCHAR), CAST(changed AS VARCHAR), born, time_basis, outcome, outcome_reason,"
                        + " media_type, type_mismatch, md5, sha1, sha256 FROM item"))
                .isEqualTo(
                        "a/b.png|b.png|Zone.Identifier|file|deleted|5000000000|2025-01-01 00:00:00.123456"
                                + "|1601-01-01 00:00:00|1969-12-31 23:59:59.999999|null|file system|failed|why|null|true|m|s|t");
        assertThat(row("SELECT category, lossy, reader, message, origin_offset FROM problem"))
                .isEqualTo("mismatch|false|type-by-name/1|png named jpg|9");
    }

    @Test
    void cutsLongTextOfUnclaimedBlocks() throws Exception {
        String text = "x".repeat(ItemRows.MAX_UNCLAIMED_TEXT - 1) + "\ud83d\udeb2 and more";
        CaseFixture.write(folder, "A1", List.of(CaseFixture.findings("f", Optional.of(text), List.of())));

        assertThat(row("SELECT length(text), text_length, claimed FROM metadata_block"))
                .isEqualTo((ItemRows.MAX_UNCLAIMED_TEXT - 1) + "|" + text.length() + "|false");
    }

    @Test
    void takesSeveralExhibitsAndRefusesOneTwice() throws Exception {
        List<ItemFindings> two = List.of(
                CaseFixture.findings("a", Optional.empty(), List.of(CaseFixture.generation("a", "cat"))),
                CaseFixture.findings("b", Optional.empty(), List.of(CaseFixture.generation("b", "garden"))));
        CaseFixture.write(folder, "A1", two);
        CaseFixture.write(folder, "A2", two);

        assertThat(row("SELECT max(item_id), max(generation_id), count(DISTINCT exhibit_id) FROM item"
                        + " JOIN generation USING (item_id)"))
                .isEqualTo("4|4|2");
        assertThatThrownBy(() -> CaseFixture.write(folder, "A1", two))
                .isInstanceOf(CaseException.class)
                .hasMessageContaining("A1")
                .hasMessageContaining("already");
        assertThat(folder.database().number("SELECT count(*) FROM item")).isEqualTo(4);
    }

    @Test
    void keepsWhatWasAddedBeforeAnInterruption() throws Exception {
        try (CaseWriter writer = CaseWriter.begin(folder.database(), CaseFixture.run("A1"))) {
            for (int i = 0; i < 4_500; i++) {
                writer.add(CaseFixture.findings("f" + i, Optional.empty(), List.of()));
            }
        }
        assertThat(folder.database().number("SELECT count(*) FROM item")).isEqualTo(4_500);
        assertThat(folder.database().number("SELECT count(*) FROM scan_run WHERE ended IS NULL"))
                .isEqualTo(1);
    }

    private static ItemTime time(ItemTime.Kind kind, String time) {
        return new ItemTime(kind, Instant.parse(time), "file system");
    }

    private List<String> texts(String sql) throws CaseException {
        return folder.database().query(sql, row -> row.getString(1));
    }

    private String row(String sql) throws CaseException {
        List<String> rows = folder.database().query(sql, row -> {
            StringBuilder line = new StringBuilder();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                line.append(i > 1 ? "|" : "").append(row.getObject(i));
            }
            return line.toString();
        });
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }
}
