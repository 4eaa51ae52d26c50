package org.latentprint.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;

/** What programs leave beside a model. */
class SideFilesTest {
    private static final String HASH = "ef99a61d555be24872789b8222dc9772b803ce09204b36c1e11a2258395ba28b";
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private static Optional<ModelFile> read(String name, String text) throws IOException {
        return new ModelFiles().read("models/" + name, HeapBytes.wrap(text.getBytes(StandardCharsets.UTF_8)), true);
    }

    private static Map<String, String> claims(String name, String text) throws IOException {
        ModelFile model = read(name, text).orElseThrow();
        assertThat(model.identity().kind()).isEqualTo("side-file");
        assertThat(model.hashes()).isEmpty();
        return model.claims();
    }

    @Test
    void civitaiInfoGivesThePrimaryFilesHashesAndNoOthers() throws IOException {
        assertThat(claims(
                        "basket.civitai.info",
                        "{\"id\":123,\"modelId\":65,\"name\":\"v1\",\"baseModel\":\"SD 1.5\",\"trainedWords\":[\"wicker\"],"
                                + "\"model\":{\"name\":\"Basket\",\"type\":\"LORA\"},\"files\":["
                                + "{\"name\":\"other.zip\",\"hashes\":{\"SHA256\":\"" + "AB".repeat(32) + "\"}},"
                                + "{\"name\":\"basket.safetensors\",\"primary\":true,\"hashes\":{\"SHA256\":\""
                                + HASH.toUpperCase(java.util.Locale.ROOT) + "\",\"CRC32\":\"4B631890\"}}]}"))
                .containsEntry("modelId", "65")
                .containsEntry("versionId", "123")
                .containsEntry("modelName", "Basket")
                .containsEntry("baseModel", "SD 1.5")
                .containsEntry("trainedWords", "wicker")
                .containsEntry("fileName", "basket.safetensors")
                .containsEntry("crc32", "4b631890")
                .containsEntry("sha256", HASH);
    }

    @Test
    void ofSeveralFilesWithoutAPrimaryOneNoneIsTaken() throws IOException {
        assertThat(claims(
                        "basket.civitai.info",
                        "{\"id\":1,\"files\":[{\"name\":\"a\",\"hashes\":{\"SHA256\":\"" + HASH
                                + "\"}},{\"name\":\"b\"}]}"))
                .doesNotContainKeys("sha256", "fileName");
    }

    @Test
    void stabilityMatrixSaysWhenItWasImported() throws IOException {
        assertThat(claims(
                        "basket.cm-info.json",
                        "{\"ModelId\":65,\"VersionId\":123,\"ImportedAt\":\"2024-03-05T19:22:31.1234567+01:00\","
                                + "\"Hashes\":{\"SHA256\":\"" + HASH + "\",\"BLAKE3\":null},\"Source\":\"Civitai\"}"))
                .containsEntry("importedAt", "2024-03-05T18:22:31Z")
                .containsEntry("sha256", HASH)
                .containsEntry("source", "Civitai")
                .doesNotContainKey("blake3");
    }

    @Test
    void loraManagerSaysWhereTheModelLay() throws IOException {
        assertThat(claims(
                        "basket.metadata.json",
                        "{\"file_name\":\"basket\",\"file_path\":\"D:/models/basket.safetensors\",\"modified\":1709662951.25,"
                                + "\"sha256\":\"" + HASH + "\",\"civitai\":{\"id\":123,\"modelId\":65}}"))
                .containsEntry("originalPath", "D:/models/basket.safetensors")
                .containsEntry("importedAt", "2024-03-05T18:22:31Z")
                .containsEntry("versionId", "123");
    }

    @Test
    void otherMetadataOfTheSameNameIsNoSideFile() throws IOException {
        assertThat(read("page.metadata.json", "{\"title\":\"garden\"}")).isEmpty();
        assertThat(read("garden.metadata", "a lighthouse")).isEmpty();
    }

    @Test
    void theHubsDownloadMarkGivesRevisionHashAndTime() throws IOException {
        assertThat(claims("unet.safetensors.metadata", COMMIT + "\n" + HASH + "\n1709662951.25\n"))
                .containsEntry("hubRevision", COMMIT)
                .containsEntry("sha256", HASH)
                .containsEntry("importedAt", "2024-03-05T18:22:31Z");
    }

    @Test
    void aBrowsersMarkBesideAModelGivesTheAddress() throws IOException {
        String mark = "[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl=https://garden.example/\r\n"
                + "HostUrl=https://garden.example/kettle.safetensors?a=b\r\n";

        assertThat(claims("kettle.safetensors:Zone.Identifier", mark))
                .containsEntry("zoneId", "3")
                .containsEntry("downloadUrl", "https://garden.example/kettle.safetensors?a=b")
                .containsEntry("referrerUrl", "https://garden.example/")
                .containsEntry("fileName", "kettle.safetensors");
        assertThat(claims("kettle.ckpt.Zone.Identifier", mark)).containsEntry("fileName", "kettle.ckpt");
        assertThat(read("kettle.pdf:Zone.Identifier", mark)).isEmpty();
    }

    @Test
    void aFolderOfPeftNamesItsBase() throws IOException {
        assertThat(
                        claims(
                                "adapter_config.json",
                                "{\"peft_type\":\"LORA\",\"r\":4,\"lora_alpha\":8,\"base_model_name_or_path\":\"garden/base\"}"))
                .containsEntry("baseModel", "garden/base")
                .containsEntry("rank", "4");
        assertThat(read("adapter_config.json", "{\"voltage\":5}")).isEmpty();
    }

    @Test
    void swarmsHeaderBesideAModelIsReadAndThatBesideAPictureIsNot() throws IOException {
        assertThat(claims(
                        "basket.swarm.json",
                        "{\"modelspec.title\":\"Basket\",\"modelspec.architecture\":\"stable-diffusion-xl-v1-base/lora\","
                                + "\"modelspec.trigger_phrase\":\"wicker\",\"modelspec.hash_sha256\":\"0x" + HASH
                                + "\"}"))
                .containsEntry("modelName", "Basket")
                .containsEntry("architecture", "stable-diffusion-xl-v1-base/lora")
                .containsEntry("trainedWords", "wicker")
                .containsEntry("tensorSha256", HASH);
        assertThat(read("garden.swarm.json", "{\"sui_image_params\":{\"prompt\":\"a garden\"}}"))
                .isEmpty();
    }

    @Test
    void notesOfTheCardEditorAreKnownByTwoOfItsKeys() throws IOException {
        assertThat(claims(
                        "basket.json",
                        "{\"description\":\"a basket\",\"sd version\":\"SDXL\",\"activation text\":\"wicker\","
                                + "\"preferred weight\":0.8,\"notes\":\"in the shed\"}"))
                .containsEntry("baseModel", "SDXL")
                .containsEntry("trainedWords", "wicker")
                .containsEntry("preferredWeight", "0.8")
                .containsEntry("notes", "in the shed");
        assertThat(read("package.json", "{\"description\":\"a basket\",\"notes\":\"x\"}"))
                .isEmpty();
        assertThat(read("basket.json", "{\"description\":\"cut")).isEmpty();
    }

    @Test
    void aSitesVersionUnderAPlainNameIsRead() throws IOException {
        assertThat(claims(
                        "basket.json",
                        "{\"id\":123,\"modelId\": 65,\"name\":\"v1\",\"baseModel\":\"SD 1.5\",\"files\":[{\"name\":\"b.safetensors\","
                                + "\"hashes\":{\"SHA256\":\"" + HASH + "\"}}]}"))
                .containsEntry("modelId", "65")
                .containsEntry("sha256", HASH);
        assertThat(read("order.json", "{\"modelId\":65,\"name\":\"kettle\"}")).isEmpty();
    }

    @Test
    void aHashThatASaverKeptIsRead() throws IOException {
        assertThat(claims("basket.sha256", HASH + "\n"))
                .containsEntry("sha256", HASH)
                .containsEntry("fileName", "basket");
        assertThat(read("list.sha256", HASH + "  garden.iso\n")).isEmpty();
    }

    @Test
    void aCardNamesBaseAndTriggerWords() throws IOException {
        Map<String, String> claims = claims(
                "README.md",
                "---\nbase_model:\n- garden/base-xl\n- garden/other\nlibrary_name: diffusers\n"
                        + "instance_prompt: \"photo of sks kettle\"\nwidget:\n- text: a kettle\n  output:\n    url: x.png\n---\n"
                        + "base_model: not in the head\n");

        assertThat(claims)
                .containsEntry("baseModel", "garden/base-xl, garden/other")
                .containsEntry("library", "diffusers")
                .containsEntry("trainedWords", "photo of sks kettle")
                .doesNotContainKey("widget");
        assertThat(read("README.md", "# Garden\nbase_model: x\n")).isEmpty();
        assertThat(read("README.md", "---\ntitle: Garden\n---\n")).isEmpty();
    }

    @Test
    void settingsOfDiffusionPipeAreATrainingRecordAndItsServiceKeyIsNotTaken() throws IOException {
        ModelFile main = read(
                        "garden.toml",
                        "# Output path\noutput_dir = '/data/runs/kettle'\ndataset = 'kettle.toml'\nepochs = 40 # or so\n"
                                + "micro_batch_size_per_gpu = 1\n[model]\ntype = 'wan'\nvae_path = '/models/vae.safetensors'\n"
                                + "transformer_path = \"D:\\\\models\\\\base.safetensors\"\n[adapter]\ntype = 'lora'\nrank = 32\n"
                                + "[monitoring]\nwandb_api_key = 'abc'\n")
                .orElseThrow();

        TrainingRecord training = main.training().orElseThrow();
        assertThat(training.trainer()).contains("diffusion-pipe");
        assertThat(training.outputName()).contains("kettle");
        assertThat(training.baseModel()).contains("D:\\models\\base.safetensors");
        assertThat(training.baseModelVersion()).contains("wan");
        assertThat(training.epochs()).contains("40");
        assertThat(training.settings())
                .containsEntry("adapter.rank", "32")
                .containsEntry("dataset", "kettle.toml")
                .allSatisfy((key, value) -> assertThat(value).doesNotContain("abc"));
    }

    @Test
    void aDataSetOfDiffusionPipeNamesItsFolders() throws IOException {
        ModelFile set = read(
                        "set.toml",
                        "resolutions = [512]\n[[directory]]\npath = '/sets/kettle'\nnum_repeats = 5\n#path = '/sets/no'\n"
                                + "[[directory]]\npath = 'C:/sets/lamp/'\n")
                .orElseThrow();

        assertThat(set.training().orElseThrow().folders())
                .containsExactly(
                        new TrainingRecord.Folder("kettle", Optional.of(5L), Optional.empty(), false),
                        new TrainingRecord.Folder("lamp", Optional.empty(), Optional.empty(), false));
        assertThat(read("Cargo.toml", "[package]\nname = 'resolutions'\n")).isEmpty();
    }

    @Test
    void aBrokenSideFileIsAProblem() throws IOException {
        ModelFile model = read("basket.civitai.info", "{\"id\":").orElseThrow();

        assertThat(model.status()).isEqualTo(ModelFile.Status.MALFORMED);
        assertThat(model.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("no JSON object"));
    }
}
