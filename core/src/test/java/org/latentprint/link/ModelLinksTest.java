package org.latentprint.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.latentprint.casefile.CaseException;

class ModelLinksTest extends InOpenCase {
    private static final String FILE = "0a1b2c3d4e5f" + "60".repeat(26);
    private static final String TENSORS = "1122334455667788" + "77".repeat(24);
    private static final String CLAIM = "99aabbccddeeff00" + "12".repeat(24);
    private static final String NAME = "fedcba9876543210" + "34".repeat(24);
    private static final String NAME_RULE =
            "the recorded hash is that of the file name, as Forge wrote it in the place of a content hash from August 2024"
                    + " to February 2025: a name match, not a content match";

    private int models;
    private int generations;

    @Test
    void joinsByEachHashKindAtTheLengthsThatProgramsWrite() throws Exception {
        long lora = model("loras/Garden.safetensors", "lora", true);
        hash(lora, "sha256", FILE);
        hash(lora, "tensor_sha256", TENSORS);
        hash(lora, "sshs_model_hash", CLAIM);
        hash(lora, "modelspec_sha256", CLAIM.replace('9', '8'));
        hash(lora, "sshs_legacy_hash", "5a5a5a5a");
        hash(lora, "addnet_legacy_hash", "6b6b6b6b");
        hash(lora, "autov1", "0badcafe");
        hash(lora, "crc32", "ABCD1234");
        hash(lora, "blake3", "b3".repeat(32));
        named("lora", "other", "autov2", FILE.substring(0, 10).toUpperCase(java.util.Locale.ROOT));
        named("lora", "other", "autov3", FILE.substring(0, 12));
        named("lora", "other", "sha256", "0x" + FILE);
        named("lora", "other", "autov3", TENSORS.substring(0, 12));
        named("lora", "other", "sha256", "0x" + TENSORS.toUpperCase(java.util.Locale.ROOT));
        named("lora", "other", "autov1", TENSORS.substring(0, 8));
        named("lora", "other", "autov3", CLAIM.substring(0, 12));
        named("lora", "other", "sha256", CLAIM.replace('9', '8'));
        named("lora", "other", "autov1", "5A5A5A5A");
        named("lora", "other", "autov1", "0BADCAFE");
        named("lora", "other", "crc32", "abcd1234");
        named("lora", "other", "blake3", "blake3:" + "b3".repeat(32));
        named("lora", "other", "autov1", "6b6b6b6b");
        assertThat(links())
                .containsExactly(
                        "1|1|recorded|same hash: SHA-256 of the whole file, 10 digits",
                        "2|1|recorded|same hash: SHA-256 of the whole file, 12 digits",
                        "3|1|recorded|same hash: SHA-256 of the whole file",
                        "4|1|recorded|same hash: SHA-256 of the tensor data, 12 digits",
                        "5|1|recorded|same hash: SHA-256 of the tensor data",
                        "6|1|recorded|same hash: SHA-256 of the tensor data, 8 digits",
                        "7|1|recorded|same hash: sshs_model_hash that the file's metadata claim, 12 digits",
                        "8|1|recorded|same hash: modelspec.hash_sha256 that the file's metadata claim",
                        "9|1|recorded|same hash: sshs_legacy_hash that the file's metadata claim, 8 digits",
                        "10|1|recorded|same hash: AutoV1 of 64 KiB of the file, which related models may share, 8 digits",
                        "11|1|recorded|same hash: CRC32 of the whole file, 8 digits",
                        "12|1|recorded|same hash: BLAKE3 of the whole file",
                        "13|1|recorded|same hash: SHA-256 of 64 KiB of the tensor data, as sshs_legacy_hash is computed,"
                                + " which related models may share, 8 digits");
    }

    @Test
    void otherLengthsAndHashesOfNothingAreNoMatch() throws Exception {
        long lora = model("a.safetensors", "lora", true);
        hash(lora, "sha256", FILE);
        hash(lora, "autov1", "e3b0c442");
        hash(lora, "tensor_sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        named("lora", "other", "autov1", "e3b0c442");
        named("lora", "other", "autov3", "e3b0c44298fc");
        named("lora", "other", "unknown", FILE.substring(0, 11));
        named("lora", "other", "autov2", FILE.substring(0, 9) + "f");
        named("lora", "other", "novelai", FILE.substring(0, 8));
        named("checkpoint", "other", "autov2", "8888888888");
        assertThat(links()).isEmpty();
    }

    @Test
    void joinsByFileNameOnlyWhereNoHashAgreesAndSaysSo() throws Exception {
        long copy = model("x/Garden v1.5.safetensors", "checkpoint", false);
        long full = model("y/garden V1.5.ckpt", "checkpoint", false);
        hash(full, "sha256", FILE);
        model("z/garden v1.5.safetensors", "lora", true);
        named("checkpoint", "sub\\Garden v1.5.SAFETENSORS", null, null);
        named("checkpoint", "garden v1.5", "autov2", FILE.substring(0, 10));
        named("checkpoint", "garden v1.5", "autov2", "0123456789");
        named("service", "garden v1.5", null, null);
        named("checkpoint", "garden v1", null, null);
        assertThat(copy).isEqualTo(1);
        assertThat(links())
                .containsExactly(
                        "1|1|inferred|same file name; no hash is recorded with it",
                        "1|2|inferred|same file name; no hash is recorded with it",
                        "2|2|recorded|same hash: SHA-256 of the whole file, 10 digits",
                        "3|1|inferred|same file name; the hash of the whole file was not computed",
                        "3|2|inferred|same file name; the recorded hash is none of this file");
    }

    @Test
    void theHashOfTheFileNameIsANameMatch() throws Exception {
        long model = model("garden.safetensors", "checkpoint", false);
        hash(model, "sha256", FILE);
        hash(model, "name_sha256", NAME);
        named("checkpoint", "garden", "autov2", NAME.substring(0, 10));
        named("checkpoint", null, "autov3", NAME.substring(0, 12));
        assertThat(links()).containsExactly("1|1|inferred|" + NAME_RULE, "2|1|inferred|" + NAME_RULE);
    }

    @Test
    void aFolderIsNamedByItsLastPart() throws Exception {
        insert("item", 1L);
        folder.database().execute(MODEL, 1L, "models/Garden-XL", "checkpoint", "");
        named("checkpoint", "garden-xl", null, null);
        assertThat(links()).containsExactly("1|1|inferred|same file name; no hash is recorded with it");
    }

    @Test
    void boundsTheLinksOfACommonName() throws Exception {
        for (int i = 0; i < ModelLinks.MAX_ITEMS + 5; i++) {
            model(i + "/model.safetensors", "checkpoint", false);
        }
        named("checkpoint", "model", null, null);
        assertThat(links())
                .hasSize(ModelLinks.MAX_ITEMS)
                .allSatisfy(link -> assertThat(link).endsWith("; the first 20 of more items"));
    }

    private static final String MODEL = """
            INSERT INTO model_file (item_id, folder, container, status, kind, adapter_algorithm, claims, facts, dangers,
                origin_offset, origin_length, origin_sha256, reader)
            VALUES (?, nullif(?, ''), 'safetensors', 'ok', ?, nullif(?, ''), '{}', '{}', 0, 0, 8, 'x', 'safetensors/1')""";

    private long model(String path, String kind, boolean adapter) throws CaseException {
        models++;
        insert(path, models);
        folder.database().execute(MODEL, (long) models, "", kind, adapter ? "lora" : "");
        return models;
    }

    private void insert(String path, long id) throws CaseException {
        folder.database()
                .execute(
                        "INSERT INTO item (item_id, exhibit_id, path, name, kind, allocation, size, outcome, type_mismatch)"
                                + " VALUES (?, 1, ?, ?, 'file', 'allocated', 9, 'read', false)",
                        id,
                        path,
                        path.substring(path.lastIndexOf('/') + 1));
    }

    private void hash(long item, String kind, String hash) throws CaseException {
        folder.database().execute("INSERT INTO model_hash VALUES (?, ?, ?)", item, kind, hash);
    }

    private void named(String kind, @Nullable String name, @Nullable String hashKind, @Nullable String hash)
            throws CaseException {
        generations++;
        folder.database()
                .execute(
                        "INSERT INTO generation_resource VALUES (?, 0, ?, nullif(?, ''), NULL)",
                        (long) generations,
                        kind,
                        name == null ? "" : name);
        if (hash != null && hashKind != null) {
            folder.database()
                    .execute(
                            "INSERT INTO generation_resource_hash VALUES (?, 0, ?, ?)",
                            (long) generations,
                            hashKind,
                            hash);
        }
    }

    private List<String> links() throws CaseException {
        ModelLinks.rebuild(folder.database());
        ModelLinks.rebuild(folder.database());
        return folder.database()
                .query(
                        "SELECT generation_id, item_id, grade, rule FROM model_link ORDER BY link_id",
                        row -> row.getLong(1) + "|" + row.getLong(2) + "|" + row.getString(3) + "|" + row.getString(4));
    }
}
