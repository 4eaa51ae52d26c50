package org.latentprint.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.PickleFixture;
import org.latentprint.fixture.SafetensorsFixture;
import org.latentprint.fixture.TestDigests;
import org.latentprint.modelfile.ModelFile;
import org.latentprint.modelfile.ModelFiles;

class ModelRowsTest {
    private static final String TENSOR = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k";

    @TempDir
    Path root;

    private static SafetensorsFixture lora(String metadata) {
        return new SafetensorsFixture()
                .metadata(metadata)
                .tensor(TENSOR + ".lora_down.weight", 4, 768)
                .tensor(TENSOR + ".lora_up.weight", 320, 4);
    }

    @Test
    void anArchitectureThatOthersShareIsNotAsserted() throws Exception {
        byte[] file = new SafetensorsFixture()
                .tensor("lora_unet_blocks_0_cross_attn_k.lora_down.weight", 4, 5120)
                .tensor("lora_unet_blocks_0_cross_attn_k.lora_up.weight", 5120, 4)
                .build();
        try (CaseFolder folder = written("loras/waves.safetensors", file, true)) {
            assertThat(rows(folder, "SELECT kind, architecture, replace(candidates, chr(10), ', ') FROM model_file"))
                    .containsExactly("lora|null|wan2.1, wan2.2");
        }
    }

    @Test
    void keepsWhatAModelIsAndHowItWasTrained() throws Exception {
        byte[] file = lora("\"ss_output_name\":\"bicycle\",\"ss_network_alpha\":\"2\",\"ss_session_id\":\"77\","
                        + "\"ss_sd_scripts_commit_hash\":\"abc123\",\"ss_sd_model_name\":\"base.ckpt\","
                        + "\"ss_sd_model_hash\":\"81761151\",\"ss_steps\":\"960\",\"ss_num_epochs\":\"10\","
                        + "\"ss_num_train_images\":\"240\",\"sshs_model_hash\":\"" + "ab".repeat(32) + "\","
                        + "\"ss_training_started_at\":\"1718445123.5\",\"ss_training_finished_at\":\"1718449999\","
                        + "\"ss_reg_dataset_dirs\":\"{\\\"1_other\\\": {\\\"n_repeats\\\": 1, \\\"img_count\\\": 900}}\","
                        + "\"ss_dataset_dirs\":\"{\\\"10_bicycle\\\": {\\\"n_repeats\\\": 10, \\\"img_count\\\": 24}}\","
                        + "\"ss_tag_frequency\":\"{\\\"10_bicycle\\\": {\\\"wheel\\\": 19, \\\"bicycle\\\": 24}}\"")
                .build();
        try (CaseFolder folder = written("loras/bicycle.safetensors", file, true)) {
            assertThat(rows(
                            folder,
                            "SELECT item_id, folder, container, status, kind, architecture, adapter_algorithm,"
                                    + " adapter_rank_low, adapter_alpha, \"precision\", tensors, parameters, pickle, dangers,"
                                    + " origin_offset, origin_length > 100, reader FROM model_file"))
                    .containsExactly("1|null|safetensors|ok|lora|sd1|lora|4|2|F16|2|4352|null|0|0|true|safetensors/1");
            assertThat(rows(folder, "SELECT hash_kind FROM model_hash ORDER BY hash_kind"))
                    .containsExactly(
                            "autov1",
                            "autov2",
                            "autov3",
                            "blake3",
                            "crc32",
                            "name_sha256",
                            "sha256",
                            "sshs_model_hash",
                            "tensor_sha256");
            assertThat(
                            rows(
                                    folder,
                                    "SELECT hash FROM model_hash WHERE hash_kind IN ('sha256', 'name_sha256') ORDER BY hash_kind"))
                    .containsExactly(
                            TestDigests.sha256("bicycle.safetensors".getBytes(StandardCharsets.UTF_8)),
                            TestDigests.sha256(file));
            assertThat(rows(
                            folder,
                            "SELECT trainer, trainer_version, output_name, session_id, started, ended, steps, epochs, pictures,"
                                    + " pictures_times_repeats, base_model, tags FROM training"))
                    .containsExactly(
                            "kohya sd-scripts|abc123|bicycle|77|2024-06-15 09:52:03.0|2024-06-15 11:13:19.0|960|10|24|240"
                                    + "|base.ckpt|2");
            assertThat(rows(folder, "SELECT hash_kind, hash FROM training_base_hash"))
                    .containsExactly("autov1|81761151");
            assertThat(rows(folder, "SELECT ordinal, folder, repeats, pictures, regularisation FROM training_dataset"))
                    .containsExactly("0|10_bicycle|10|24|false", "1|1_other|1|900|true");
            assertThat(rows(folder, "SELECT ordinal, tag, occurrences FROM training_tag"))
                    .containsExactly("0|bicycle|24", "1|wheel|19");
        }
    }

    @Test
    void triageKeepsOnlyHashesThatNeedNoFullRead() throws Exception {
        try (CaseFolder folder =
                written("bicycle.safetensors", lora("\"format\":\"pt\"").build(), false)) {
            assertThat(rows(folder, "SELECT hash_kind FROM model_hash ORDER BY hash_kind"))
                    .containsExactly("autov1", "name_sha256");
        }
    }

    @Test
    void boundsTheTagsAndSaysHowManyThereAre() throws Exception {
        StringJoiner tags = new StringJoiner(",", "{\\\"a\\\": {", "}}");
        for (int i = 0; i < TrainingRows.MAX_TAGS + 7; i++) {
            tags.add("\\\"tag " + i + "\\\": " + (5_000 - i));
        }
        try (CaseFolder folder = written(
                "a.safetensors", lora("\"ss_tag_frequency\":\"" + tags + "\"").build(), true)) {
            assertThat(rows(folder, "SELECT tags FROM training")).containsExactly("1007");
            assertThat(rows(folder, "SELECT count(*), min(occurrences), max(occurrences) FROM training_tag"))
                    .containsExactly("1000|4001|5000");
        }
    }

    @Test
    void keepsWhatAPickleImports() throws Exception {
        byte[] hostile = new PickleFixture()
                .global("os", "system")
                .text("ls")
                .raw(0x85, 'R')
                .global("garden.shed", "Door")
                .build();
        try (CaseFolder folder = written("a.ckpt", hostile, true)) {
            assertThat(rows(folder, "SELECT pickle, dangers FROM model_file")).containsExactly("dangerous|1");
            assertThat(rows(folder, "SELECT ordinal, verdict, import FROM model_danger ORDER BY ordinal"))
                    .containsExactly("0|dangerous|os.system", "1|unusual|garden.shed.Door");
        }
    }

    @Test
    void aFolderThatIsAModelStandsWithItsIndex() throws Exception {
        try (CaseFolder folder = CaseFixture.create(root.resolve("case"))) {
            try (CaseWriter writer = CaseWriter.begin(folder.database(), CaseFixture.run("A1"))) {
                writer.add(CaseFixture.notUnderstood("m/model_index.json"));
                ModelFile model = model("m/model_index.json", SafetensorsFixture.withHeader("{\"a\" 3}", 0), false);
                writer.beginCompletion();
                writer.addFolder(1, "m", model);
                writer.finish(1, 0, CaseFixture.CLOCK.instant());
            }
            assertThat(rows(folder, "SELECT item_id, folder, status FROM model_file"))
                    .containsExactly("1|m|malformed");
            assertThat(rows(folder, "SELECT ordinal FROM problem ORDER BY ordinal"))
                    .containsExactly("0", "1", "2");
        }
    }

    private CaseFolder written(String path, byte[] file, boolean whole) throws Exception {
        CaseFolder folder = CaseFixture.create(root.resolve("case"));
        ItemFindings plain = CaseFixture.findings(path, Optional.empty(), List.of());
        ItemFindings findings = new ItemFindings(
                plain.item(),
                plain.outcome(),
                plain.reason(),
                plain.digests(),
                plain.metadata(),
                List.of(),
                List.of(),
                Optional.of(model(path, file, whole)),
                List.of());
        CaseFixture.write(folder, "A1", List.of(findings));
        return folder;
    }

    private static ModelFile model(String path, byte[] file, boolean whole) throws Exception {
        return new ModelFiles().read(path, HeapBytes.wrap(file), whole).orElseThrow();
    }

    private static List<String> rows(CaseFolder folder, String sql) throws Exception {
        return folder.database().query(sql, row -> {
            StringJoiner line = new StringJoiner("|");
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                line.add(String.valueOf(row.getString(i)));
            }
            return line.toString();
        });
    }
}
