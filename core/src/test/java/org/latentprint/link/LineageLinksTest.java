package org.latentprint.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentprint.casefile.CaseException;

class LineageLinksTest extends InOpenCase {
    private static final String BASE = "0a1b2c3d4e5f" + "60".repeat(26);
    private static final String NAME = "fedcba9876543210" + "34".repeat(24);

    private static final String MODEL = """
            INSERT INTO model_file (item_id, folder, container, status, kind, adapter_algorithm, claims, facts, dangers,
                origin_offset, origin_length, origin_sha256, reader)
            VALUES (?, NULL, ?, 'ok', ?, nullif(?, ''), '{}', ?, 0, 0, 8, 'x', 'safetensors/1')""";

    private static final String TRAINING = """
            INSERT INTO training (item_id, base_model, merged_from, tags, settings, origin_offset, origin_length,
                origin_sha256, reader)
            VALUES (?, nullif(?, ''), nullif(?, ''), 0, '{}', 0, 8, 'x', 'safetensors/1')""";

    private long models;

    @Test
    void aBaseKnownByItsHashIsRecordedAndItsNameThenSaysNothing() throws Exception {
        long lora = model("loras/bicycle.safetensors", "lora", "{}");
        long renamed = model("models/renamed.safetensors", "checkpoint", "{}");
        model("models/meadow.safetensors", "checkpoint", "{}");
        training(lora, "meadow.safetensors", "");
        baseHash(lora, "sha256", BASE.toUpperCase(java.util.Locale.ROOT));
        hash(renamed, "sha256", BASE);

        assertThat(links()).containsExactly("1|trained from|2|recorded|same hash: SHA-256 of the whole file");
    }

    @Test
    void shortHashesAreComparedWithTheHashesOfTheirLength() throws Exception {
        long old = model("loras/old.safetensors", "lora", "{}");
        long embedding = model("embeddings/kettle.pt", "embedding", "{}");
        long base = model("models/base.ckpt", "checkpoint", "{}");
        hash(base, "autov1", "be9edd61");
        hash(base, "sha256", BASE);
        baseHash(old, "autov1", "be9edd61");
        baseHash(embedding, "autov2", BASE.substring(0, 10));

        assertThat(links())
                .containsExactly(
                        "1|trained from|3|recorded|same hash: AutoV1 of 64 KiB of the file, which related models may share",
                        "2|trained from|3|recorded|same hash: SHA-256 of the whole file, 10 digits");
    }

    @Test
    void theHashOfNothingIsNoHash() throws Exception {
        long lora = model("loras/a.safetensors", "lora", "{}");
        long tiny = model("models/tiny.ckpt", "checkpoint", "{}");
        hash(tiny, "autov1", "e3b0c442");
        baseHash(lora, "autov1", "e3b0c442");

        assertThat(links()).isEmpty();
    }

    @Test
    void aNameAloneIsInferred() throws Exception {
        long lora = model("loras/meadow.safetensors", "lora", "{}");
        long base = model("models/Meadow.ckpt", "checkpoint", "{}");
        model("models/vae/meadow.safetensors", "vae", "{}");
        model("loras/other/meadow.safetensors", "lora", "{}");
        training(lora, "C:\\models\\meadow.safetensors", "");

        assertThat(base).isEqualTo(2);
        assertThat(links()).containsExactly("1|trained from|2|inferred|same file name");
    }

    @Test
    void aRepositoryOfTheHubIsKnownByItsCache() throws Exception {
        long lora = model("loras/lighthouse.safetensors", "lora", "{}");
        model("hub/a/unet.safetensors", "diffusion-model", "{\"hubModel\":\"Garden/base-xl\"}");
        training(lora, "garden/base-xl", "");

        assertThat(links()).containsExactly("1|trained from|2|inferred|same repository of the Hugging Face hub");
    }

    @Test
    void aMergeNamesItsParentsAndForgesHashOfANameIsNoContent() throws Exception {
        long merge = model("models/merge.safetensors", "checkpoint", "{}");
        long one = model("models/one.safetensors", "checkpoint", "{}");
        long two = model("models/two.safetensors", "checkpoint", "{}");
        model("models/three.safetensors", "checkpoint", "{}");
        hash(one, "sha256", BASE);
        hash(two, "name_sha256", NAME);
        training(merge, "", "first.safetensors\nthree.safetensors\nmerge.safetensors");
        parent(merge, BASE);
        parent(merge, NAME);

        assertThat(links())
                .containsExactly(
                        "1|merged from|2|recorded|same hash: SHA-256 of the whole file",
                        "1|merged from|3|inferred|the recorded hash is that of the file name, as Forge wrote it from"
                                + " August 2024 to February 2025",
                        "1|merged from|4|inferred|same file name");
    }

    @Test
    void boundsTheLinksOfACommonName() throws Exception {
        long lora = model("loras/lamp.safetensors", "lora", "{}");
        for (int i = 0; i < LineageLinks.MAX_ITEMS + 5; i++) {
            model("models/" + i + "/model.safetensors", "checkpoint", "{}");
        }
        training(lora, "model", "");

        assertThat(links())
                .hasSize(LineageLinks.MAX_ITEMS)
                .allSatisfy(link -> assertThat(link).endsWith("; the first 20 of more items"));
    }

    private long model(String path, String kind, String facts) throws CaseException {
        models++;
        folder.database()
                .execute(
                        "INSERT INTO item (item_id, exhibit_id, path, name, kind, allocation, size, outcome, type_mismatch)"
                                + " VALUES (?, 1, ?, ?, 'file', 'allocated', 9, 'read', false)",
                        models,
                        path,
                        path.substring(path.lastIndexOf('/') + 1));
        folder.database().execute(MODEL, models, "safetensors", kind, kind.equals("lora") ? "lora" : "", facts);
        return models;
    }

    private void training(long item, String base, String mergedFrom) throws CaseException {
        folder.database().execute(TRAINING, item, base, mergedFrom);
    }

    private void hash(long item, String kind, String hash) throws CaseException {
        folder.database().execute("INSERT INTO model_hash VALUES (?, ?, ?)", item, kind, hash);
    }

    private void baseHash(long item, String kind, String hash) throws CaseException {
        folder.database().execute("INSERT INTO training_base_hash VALUES (?, ?, ?)", item, kind, hash);
    }

    private void parent(long item, String hash) throws CaseException {
        folder.database().execute("INSERT INTO training_parent VALUES (?, ?, NULL)", item, hash);
    }

    private List<String> links() throws CaseException {
        LineageLinks.rebuild(folder.database());
        LineageLinks.rebuild(folder.database());
        return folder.database()
                .query(
                        "SELECT item_id, relation, base_item_id, grade, rule FROM lineage_link ORDER BY link_id",
                        row -> row.getLong(1) + "|" + row.getString(2) + "|" + row.getLong(3) + "|" + row.getString(4)
                                + "|" + row.getString(5));
    }
}
