package org.latentprint.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.casefile.CaseFolder;
import org.latentprint.casefile.CaseSettings;
import org.latentprint.casefile.CaseVerify;
import org.latentprint.casefile.Profile;
import org.latentprint.casefile.ScanCounts;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.FolderSource;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.ForwardingBytes;
import org.latentprint.fixture.MemorySource;
import org.latentprint.fixture.PickleFixture;
import org.latentprint.fixture.PngFixture;
import org.latentprint.fixture.SafetensorsFixture;
import org.latentprint.fixture.TestDigests;
import org.latentprint.link.CaseLinks;

/** Model files from the folder to the links, with all readers of the program. */
class ModelScanTest {
    private static final byte[] LORA = new SafetensorsFixture()
            .metadata(
                    "\"ss_session_id\":\"77\",\"ss_output_name\":\"garden\","
                            + "\"ss_dataset_dirs\":\"{\\\"10_Garden\\\": {\\\"n_repeats\\\": 10, \\\"img_count\\\": 4},"
                            + " \\\"5_pond (2)\\\": {\\\"n_repeats\\\": 5, \\\"img_count\\\": 1},"
                            + " \\\"3_shed\\\": {\\\"n_repeats\\\": 3, \\\"img_count\\\": 9}}\","
                            + "\"ss_tag_frequency\":\"{\\\"10_Garden\\\": {\\\"hedge\\\": 2, \\\"gate\\\": 1, \\\"well\\\": 1}}\"")
            .tensor("lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight", 4, 768)
            .tensor("lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k.lora_up.weight", 320, 4)
            .build();

    @TempDir
    Path root;

    private void exhibit() throws Exception {
        write("models/garden.safetensors", LORA);
        write(
                "models/bad.ckpt",
                new PickleFixture()
                        .global("os", "system")
                        .text("ls")
                        .raw(0x85, 'R')
                        .build());
        write(
                "hub/whole/model_index.json",
                text("{\"_class_name\": \"GardenPipeline\", \"unet\": [\"diffusers\", \"UNet2DConditionModel\"]}"));
        write(
                "hub/whole/unet/a.safetensors",
                new SafetensorsFixture().tensor("garden.0.gate", 3, 5).build());
        write("train/10_garden/a.png", picture("-"));
        write("train/10_garden/a.txt", text("Hedge, GATE ,,\nold wall"));
        write("train/10_garden/b.png", picture("-"));
        write("train/10_garden/b.caption", text("hedge"));
        write("train/10_garden/c.png", picture("-"));
        write("train/10_garden/c.txt", new byte[] {(byte) 0xff, (byte) 0xfe});
        write("train/10_garden/readme.txt", text("well"));
        write("train/10_garden/sub/d.png", picture("-"));
        write("more/5_pond/p.png", picture("-"));
        write("more/shed/s.png", picture("-"));
        String hash = TestDigests.sha256(Arrays.copyOfRange(LORA, LORA.length - 2 * 4352, LORA.length));
        write("out/1.png", picture("Lora hashes: \"other name: " + hash.substring(0, 12) + "\""));
        write("out/2.png", picture("Model: absent-model, Model hash: 0123456789"));
    }

    private static byte[] picture(String fields) {
        PngFixture png = PngFixture.of(8, 8);
        return fields.equals("-")
                ? png.bytes()
                : png.text(
                                "parameters",
                                "a garden\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 5, Size: 8x8, " + fields)
                        .bytes();
    }

    @Test
    void joinsPicturesModelsAndTrainingFolders() throws Exception {
        exhibit();
        try (CaseFolder folder = scan(Profile.FULL)) {
            assertThat(
                            rows(
                                    folder,
                                    "SELECT path, folder, model_file.kind FROM model_file JOIN item USING (item_id) ORDER BY item_id"))
                    .containsExactly(
                            "hub/whole/model_index.json|hub/whole|checkpoint",
                            "hub/whole/unet/a.safetensors|null|unknown",
                            "models/bad.ckpt|null|unknown",
                            "models/garden.safetensors|null|lora");
            assertThat(rows(
                            folder,
                            "SELECT m.path, o.path, l.grade, rule FROM model_link l JOIN item m ON m.item_id = l.item_id"
                                    + " JOIN generation g USING (generation_id) JOIN item o ON o.item_id = g.item_id"))
                    .containsExactly(
                            "models/garden.safetensors|out/1.png|recorded|same hash: SHA-256 of the tensor data,"
                                    + " 12 digits");
            assertThat(rows(folder, """
                            SELECT dataset_ordinal, folder, pictures_recorded, pictures_found, captions_found, tags_recorded,
                                tags_found, grade, rule FROM training_link ORDER BY link_id"""))
                    .containsExactly(
                            "0|train/10_garden|4|3|2|3|2|inferred|same folder name",
                            "1|more/5_pond|1|1|0|3|0|inferred|same folder name; the record marks a further use of it",
                            "2|more/shed|9|1|0|3|0|inferred|same folder name without the number of repeats");
            assertThat(rows(folder, "SELECT tag FROM caption_tag ORDER BY item_id, ordinal"))
                    .containsExactly("hedge", "gate", "old wall", "hedge");
            try (FolderSource source = source()) {
                CaseVerify.Result result = CaseVerify.run(folder, Map.of("A1", source), true, CaseVerify.Watcher.NONE);
                assertThat(result.differences()).isEmpty();
                assertThat(result.originsChecked()).isGreaterThanOrEqualTo(6);
            }
        }
    }

    @Test
    void triageJoinsByWhatItHas() throws Exception {
        exhibit();
        try (CaseFolder folder = scan(Profile.TRIAGE)) {
            assertThat(rows(folder, "SELECT DISTINCT hash_kind FROM model_hash ORDER BY hash_kind"))
                    .containsExactly("autov1", "name_sha256");
            assertThat(rows(folder, "SELECT count(*) FROM model_link")).containsExactly("0");
            assertThat(rows(folder, "SELECT count(*) FROM training_link")).containsExactly("3");
        }
    }

    @Test
    void verifyFindsAChangedModelHead() throws Exception {
        exhibit();
        try (CaseFolder folder = scan(Profile.FULL)) {
            byte[] changed = LORA.clone();
            changed[40] ^= 1;
            write("models/garden.safetensors", changed);
            try (FolderSource source = source()) {
                assertThat(CaseVerify.run(folder, Map.of("A1", source), false, CaseVerify.Watcher.NONE)
                                .differences())
                        .extracting(CaseVerify.Difference::item)
                        .containsOnly("models/garden.safetensors");
            }
        }
    }

    @Test
    void readsALargeModelOnceForItsDigestsAndItsHashes() throws Exception {
        byte[] large =
                new SafetensorsFixture().tensor("garden.0.gate", 3_000, 2_000).build();
        long[] read = {0};
        MemorySource source = new MemorySource().file("large.safetensors", large.length, () -> counting(large, read));
        var findings = new ItemExaminer(Profile.FULL)
                .examine(
                        source,
                        MemorySource.item(
                                "large.safetensors", org.latentprint.evidence.ItemRef.Kind.FILE, large.length));
        assertThat(large.length).isGreaterThan(ItemExaminer.MAX_IN_MEMORY);
        assertThat(findings.digests().orElseThrow().sha256()).isEqualTo(TestDigests.sha256(large));
        assertThat(findings.modelFile().orElseThrow().hashes())
                .containsEntry("sha256", TestDigests.sha256(large))
                .containsKeys("tensorSha256", "blake3", "crc32");
        assertThat(read[0]).isBetween((long) large.length, large.length + (1L << 20));
    }

    private static EvidenceBytes counting(byte[] content, long[] read) {
        return new ForwardingBytes(HeapBytes.wrap(content)) {
            @Override
            public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
                int count = super.read(offset, target, targetOffset, length);
                read[0] += Math.max(0, count);
                return count;
            }
        };
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void write(String path, byte[] bytes) throws IOException {
        Path file = root.resolve("evidence").resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private FolderSource source() throws IOException {
        return FolderSource.open(root.resolve("evidence").toString());
    }

    private CaseFolder scan(Profile profile) throws Exception {
        CaseFolder folder = CaseFolder.create(root.resolve("case"), CaseSettings.DEFAULT, InstantSource.system());
        try (FolderSource source = source()) {
            ScanCounts counts = CaseScan.run(
                    folder,
                    source,
                    new ItemExaminer(profile),
                    new CaseScan.Request("A1", 2, "0.1.0", "scan", Optional.empty()),
                    progress -> {});
            assertThat(counts.modelFiles()).isEqualTo(4);
            CaseLinks.rebuild(folder.database());
        }
        return folder;
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
