package org.latentprint.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentprint.casefile.CaseException;

class SideFileLinksTest extends InOpenCase {
    private static final String HASH = "0a1b2c3d4e5f" + "60".repeat(26);

    private static final String MODEL = """
            INSERT INTO model_file (item_id, folder, container, status, kind, claims, facts, dangers,
                origin_offset, origin_length, origin_sha256, reader)
            VALUES (?, NULL, ?, 'ok', 'lora', ?, ?, 0, 0, 8, 'x', 'safetensors/1')""";

    private long items;

    @Test
    void aHashIsRecordedWhereverTheModelLies() throws Exception {
        long model = model("loras/renamed.safetensors");
        model("old/basket.safetensors");
        folder.database().execute("INSERT INTO model_hash VALUES (?, 'sha256', ?)", model, HASH);
        side("old/basket.civitai.info", "civitai-info", "{\"sha256\":\"" + HASH + "\"}");

        assertThat(links()).containsExactly("3|1|recorded|same hash", "3|2|inferred|same name in the same folder");
    }

    @Test
    void aNameCountsInTheSameFolderOnly() throws Exception {
        model("loras/Basket.safetensors");
        model("other/basket.safetensors");
        for (String ending : List.of(
                ".civitai.info",
                ".cm-info.json",
                ".metadata.json",
                ".swarm.json",
                ".json",
                ".sha256",
                ".safetensors:Zone.Identifier",
                ".safetensors.sha256")) {
            side("loras/basket" + ending, "any", "{}");
        }
        side("loras/basket-2.json", "a1111-card", "{}");

        assertThat(links())
                .hasSize(8)
                .allSatisfy(link -> assertThat(link).endsWith("|1|inferred|same name in the same folder"));
    }

    @Test
    void aCardBelongsToItsFolder() throws Exception {
        model("out/adapter_model.safetensors");
        model("out/deep/other.safetensors");
        side("out/README.md", "model-card", "{}");
        side("out/adapter_config.json", "peft-config", "{}");
        side("out/run.toml", "diffusion-pipe", "{}");

        assertThat(links())
                .containsExactly(
                        "3|1|inferred|in the same folder",
                        "4|1|inferred|in the same folder",
                        "5|1|inferred|in the same folder");
    }

    @Test
    void aMarkOfADownloadNamesItsPath() throws Exception {
        model("models/unet.safetensors");
        model("unet.safetensors");
        side("models/.cache/huggingface/download/unet.safetensors.metadata", "hub-download", "{}");

        assertThat(links()).containsExactly("3|1|inferred|the path of the download");
    }

    @Test
    void boundsTheLinksOfAFolder() throws Exception {
        for (int i = 0; i < SideFileLinks.MAX_ITEMS + 5; i++) {
            model("out/" + i + ".safetensors");
        }
        side("out/README.md", "model-card", "{}");

        assertThat(links())
                .hasSize(SideFileLinks.MAX_ITEMS)
                .allSatisfy(link -> assertThat(link).endsWith("; the first 20 of more items"));
    }

    private long model(String path) throws CaseException {
        return insert(path, "safetensors", "{}", "{}");
    }

    private void side(String path, String form, String claims) throws CaseException {
        insert(path, "side-file", claims, "{\"sideFile\":\"" + form + "\"}");
    }

    private long insert(String path, String container, String claims, String facts) throws CaseException {
        items++;
        folder.database()
                .execute(
                        "INSERT INTO item (item_id, exhibit_id, path, name, kind, allocation, size, outcome, type_mismatch)"
                                + " VALUES (?, 1, ?, ?, 'file', 'allocated', 9, 'read', false)",
                        items,
                        path,
                        path.substring(path.lastIndexOf('/') + 1));
        folder.database().execute(MODEL, items, container, claims, facts);
        return items;
    }

    private List<String> links() throws CaseException {
        SideFileLinks.rebuild(folder.database());
        SideFileLinks.rebuild(folder.database());
        return folder.database()
                .query(
                        "SELECT item_id, model_item_id, grade, rule FROM side_file_link ORDER BY link_id",
                        row -> row.getLong(1) + "|" + row.getLong(2) + "|" + row.getString(3) + "|" + row.getString(4));
    }
}
