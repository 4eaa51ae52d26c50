package org.latentprint.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentprint.fixture.CaseRowsFixture;
import org.latentprint.fixture.SampleCase;
import org.latentprint.generator.Declaration;

/** What the chapters of findings say, in which order, and how they tell apart what is not the same. */
class ReportFindingsTest extends WrittenReport {
    private static final LocalDateTime DAY = LocalDateTime.of(2025, 3, 4, 5, 6, 7);

    @Test
    void countsWhatOnlyDeclaresAnAiSourceAndNamesNoProgram() throws Exception {
        rows.item(1, 1, "garden.png", DAY).item(2, 1, "cat.png", DAY).item(3, 1, "bicycle.png", DAY);
        rows.generation(1, 1, "a garden", null);
        for (long id : List.of(2L, 3L)) {
            rows.generation(
                    id, id, Declaration.UNNAMED, null, null, null, null, null, "recorded", "digital-source-type/2");
            rows.add("generation_declaration", id, "digital source type", "DigitalSourceType", "urn:garden");
        }
        StringWriter out = new StringWriter();
        new ReportWriter().write(rows.connection(), SampleCase.header(), out);

        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("metadata record 3 generations by 1 program.")
                .contains("2 of these name no program and declare an AI source.")
                .contains("none named; an AI source is declared")
                .contains("No program named; declares an AI source")
                .contains("urn:garden")
                .doesNotContain(Declaration.UNNAMED);
    }

    @Test
    void inputsComeBeforeAllOtherFindingsWithLinkAndOrigin() throws Exception {
        rows.item(1, 1, "out/1.png", DAY).generation(1, 1, "a lighthouse", null);
        rows.item(2, 1, "photos/DSC_1.jpg", DAY);
        rows.add("generation_input", 1L, 0, "init", "DSC_1.jpg");
        rows.add("link", 1L, "input-picture", 1L, 0, 2L, "inferred", "same file name");

        String html = write(SampleCase.header());

        assertThat(html.indexOf("id=\"inputs\"")).isLessThan(html.indexOf("id=\"generators\""));
        String section = html.substring(html.indexOf("id=\"inputs\""), html.indexOf("id=\"generators\""));
        assertThat(section)
                .contains("DSC_1.jpg")
                .contains("href=\"#g1\"")
                .contains("photos/DSC_1.jpg")
                .contains("rule: <bdi>same file name</bdi>")
                .contains("offset 41, length 612 bytes")
                .contains(CaseRowsFixture.SHA256);
    }

    @Test
    void trainingFoldersComeWithTheInputsBeforeAllOtherFindings() throws Exception {
        rows.item(1, 1, "loras/garden.safetensors", DAY).modelFile(1, "lora", "sd1", "lora", null);
        rows.training(1, "garden", "77");
        rows.add("training_dataset", 1L, 0, "10_garden", 10L, 24L, false);
        rows.add("training_dataset", 1L, 1, "3_pond", 3L, 9L, false);
        for (int i = 0; i < 7; i++) {
            rows.item(10 + i, 1, "train/10_garden/" + i + ".jpg", DAY);
        }
        rows.item(20, 1, "train/10_garden/sub/8.jpg", DAY);
        rows.add("training_link", 1L, 1L, 0, 1, "train/10_garden", 24L, 7L, 6L, 5L, 4L, "inferred", "same folder name");

        String html = write(SampleCase.header());

        String section = html.substring(html.indexOf("id=\"training-leads\""), html.indexOf("id=\"generators\""));
        assertThat(html.indexOf("id=\"inputs\"")).isLessThan(html.indexOf("id=\"training-leads\""));
        assertThat(section.replaceAll("\\s+", " "))
                .contains(
                        "Training record names folder <span class=\"path\"><bdi>10_garden</bdi></span> with 24 pictures.")
                .contains("Of its 5 tags, 4 stand in the captions.")
                .contains("rule: <bdi>same folder name</bdi>")
                .contains("<bdi>4.jpg</bdi>")
                .doesNotContain("<bdi>5.jpg</bdi>", "8.jpg")
                .contains("and 2 more, in the export")
                .contains("offset 8, length 1024 bytes")
                .contains("<bdi>3_pond</bdi>");
        assertThat(html.replaceAll("\\s+", " "))
                .contains("1 folder on the exhibits, with 7 pictures and films in all, may be such a folder.");
    }

    @Test
    void modelFilesStandApartFromWhatIsNamed() throws Exception {
        rows.item(1, 1, "out/1.png", DAY).generation(1, 1, "a garden", null);
        rows.add("generation_resource", 1L, 0, "checkpoint", "gone.safetensors", null);
        rows.add("generation_resource", 1L, 1, "lora", "ink", null);
        rows.add("generation_resource", 1L, 2, "service", "online", null);
        rows.item(2, 1, "loras/ink.safetensors", DAY).modelFile(2, "lora", "sd1", "lora", null);
        rows.item(3, 1, "vae/plain.safetensors", DAY).modelFile(3, "vae", null, null, null);
        rows.item(4, 1, "bad.ckpt", DAY).modelFile(4, "unknown", null, null, "dangerous");
        rows.add("model_danger", 4L, 0, "dangerous", "os.system");
        rows.item(5, 1, "cut.ckpt", DAY).modelFile(5, "unknown", null, null, "not decided");
        rows.item(6, 1, "fine.ckpt", DAY).modelFile(6, "vae", "sdxl", null, "not dangerous");
        rows.add("model_link", 1L, 1L, 1, 2L, "inferred", "same file name; no hash is recorded with it");
        rows.training(2, "ink", "77");
        rows.item(7, 1, "loras/ink-5.safetensors", DAY).modelFile(7, "lora", "sd1", "lora", null);
        rows.training(7, "ink", "77");
        try (Statement update = rows.connection().createStatement()) {
            update.execute("UPDATE model_file SET candidates = 'sd1' || chr(10) || 'sd2' WHERE item_id = 7");
        }
        rows.item(8, 1, "loras/gone.civitai.info", DAY).item(9, 1, "loras/ink.json", DAY);
        rows.sideFile(8, "civitai-info", "{\"modelName\":\"Gone\"}").sideFile(9, "a1111-card", "{\"notes\":\"blue\"}");
        rows.add("side_file_link", 1L, 9L, 2L, "inferred", "same name in the same folder");
        rows.add("lineage_link", 1L, 2L, "trained from", 6L, "recorded", "same hash: SHA-256 of the whole file");

        ModelInventory inventory =
                ReportQueries.read(rows.connection(), SampleCase.header()).inventory();

        assertThat(inventory.absent().rows())
                .extracting(absent -> absent.name().orElseThrow().plain())
                .containsExactly("gone.safetensors");
        assertThat(inventory.unnamed().rows())
                .extracting(unnamed -> unnamed.item().plain())
                .containsExactly(
                        "loras/ink-5.safetensors", "bad.ckpt", "cut.ckpt", "vae/plain.safetensors", "fine.ckpt");
        assertThat(inventory.adapters().rows().getFirst())
                .returns(0L, ModelInventory.Present::byHash)
                .returns(1L, ModelInventory.Present::byName);
        assertThat(inventory.adapters().rows().getFirst().facts())
                .filteredOn(fact -> fact.name().equals("files beside it say"))
                .singleElement()
                .satisfies(fact -> assertThat(fact.value().plain())
                        .isEqualTo("loras/ink.json (inferred; same name in the same folder): {\"notes\":\"blue\"}"));
        assertThat(inventory.toldOf().rows()).singleElement().satisfies(told -> {
            assertThat(told.item().plain()).isEqualTo("loras/gone.civitai.info");
            assertThat(told.claims().plain()).isEqualTo("{\"modelName\":\"Gone\"}");
        });
        assertThat(inventory.dangers().rows())
                .extracting(danger -> danger.item().plain() + danger.dangerous())
                .containsExactly("bad.ckpttrue", "cut.ckptfalse");
        assertThat(inventory.runs().rows()).singleElement().satisfies(run -> {
            assertThat(run.item().plain()).isEqualTo("loras/ink.safetensors");
            assertThat(run.files()).isEqualTo(2);
            assertThat(run.facts())
                    .filteredOn(fact -> fact.name().equals("on the exhibits"))
                    .singleElement()
                    .satisfies(fact -> assertThat(fact.value().plain())
                            .isEqualTo("trained from: fine.ckpt (recorded; same hash: SHA-256 of the whole file)"));
        });
        assertThat(write(SampleCase.header()))
                .contains("6 model files are present")
                .contains("Models that only side files tell of")
                .contains("<code><bdi>os.system</bdi></code>")
                .contains("A danger to the laboratory's own machines.")
                .contains("<span class=\"statement\">one of:</span> <bdi>sd1, sd2</bdi>")
                .contains("<span class=\"statement\">family</span> <bdi>sd1</bdi>"
                        + "<span class=\"statement\">, one of:</span> <bdi>sd1, sd2</bdi>")
                .contains("That does not show that they were not used.");
    }

    @Test
    void sameNameWithOtherHashIsAnotherRow() throws Exception {
        for (long id = 1; id <= 3; id++) {
            rows.item(id, 1, id + ".png", DAY).generation(id, id, "a cat", null);
            rows.add("generation_resource", id, 0, "lora", "ink", id / 2.0);
            rows.add("generation_resource_hash", id, 0, "autov3", id == 3 ? "bbbb" : "aaaa");
        }

        List<Uses.ResourceUse> loras = ReportQueries.read(rows.connection(), SampleCase.header())
                .uses()
                .loras()
                .rows();

        assertThat(loras)
                .extracting(use -> use.hashes().orElseThrow().plain())
                .containsExactly("autov3 aaaa", "autov3 bbbb");
        assertThat(loras.getFirst().weightMin()).contains("0.5");
        assertThat(loras.getFirst().weightMax()).contains("1");
        assertThat(loras.getFirst().generations()).isEqualTo(2);
    }
}
