package org.latentprint.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.SafetensorsFixture;

/** Folders that are one model. */
class ModelFoldersTest {
    private static final String REVISION = "0123456789abcdef0123456789abcdef01234567";

    private final Map<String, byte[]> files = new TreeMap<>();

    private void text(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, ModelFile> read() {
        TreeSet<String> paths = new TreeSet<>(files.keySet());
        paths.removeIf(path -> !ModelFolders.matters(path.substring(path.lastIndexOf('/') + 1)));
        return ModelFolders.read(paths, path -> {
            byte[] bytes = files.get(path);
            if (bytes == null) {
                throw new FileNotFoundException(path);
            }
            return HeapBytes.wrap(bytes);
        });
    }

    private void shards() {
        text(
                "t5/model.safetensors.index.json",
                "{\"weight_map\":{\"a\":\"model-00001-of-00002.safetensors\",\"b\":\"model-00002-of-00002.safetensors\"}}");
        files.put(
                "t5/model-00001-of-00002.safetensors",
                new SafetensorsFixture().tensor("shared.weight", 4, 8).build());
        files.put(
                "t5/model-00002-of-00002.safetensors",
                new SafetensorsFixture()
                        .tensor("encoder.final_layer_norm.weight", 8)
                        .build());
    }

    @Test
    void shardsAreOneModel() {
        shards();
        Map<String, ModelFile> models = read();

        assertThat(models).containsOnlyKeys("t5");
        ModelFile model = Objects.requireNonNull(models.get("t5"));
        assertThat(model.container()).isEqualTo("safetensors-sharded");
        assertThat(model.status()).isEqualTo(ModelFile.Status.OK);
        assertThat(model.weights().orElseThrow().tensors()).isEqualTo(2);
        assertThat(model.weights().orElseThrow().parameters()).isEqualTo(40);
    }

    @Test
    void aMissingShardIsNamed() {
        shards();
        files.remove("t5/model-00002-of-00002.safetensors");
        ModelFile model = Objects.requireNonNull(read().get("t5"));

        assertThat(model.status()).isEqualTo(ModelFile.Status.MALFORMED);
        assertThat(model.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .isEqualTo("a shard is missing: t5/model-00002-of-00002.safetensors"));
        assertThat(model.weights().orElseThrow().tensors()).isEqualTo(1);
    }

    @Test
    void aPipelineInTheHubsCacheSaysModelAndRevision() {
        String place = "hub/models--garden--kettle/snapshots/" + REVISION;
        text(place + "/model_index.json", "{\"_class_name\":\"GardenPipeline\",\"unet\":[\"diffusers\",\"UNet\"]}");
        files.put(
                place + "/unet/diffusion_pytorch_model.safetensors",
                new SafetensorsFixture().tensor("gate", 2).build());

        assertThat(Objects.requireNonNull(read().get(place)).formatFacts())
                .containsEntry("pipelineClass", "GardenPipeline")
                .containsEntry("hubModel", "garden/kettle")
                .containsEntry("hubRevision", REVISION);
    }

    @Test
    void aPipelineOfBlocksIsOneModel() {
        text(
                "kettle/modular_model_index.json",
                "{\"_class_name\":\"GardenModularPipeline\",\"transformer\":[\"diffusers\",\"Garden\",{\"subfolder\":\"transformer\"}],"
                        + "\"_blocks_class_name\":\"GardenBlocks\"}");
        files.put(
                "kettle/transformer/diffusion_pytorch_model.safetensors",
                new SafetensorsFixture().tensor("gate", 2).build());
        ModelFile model = Objects.requireNonNull(read().get("kettle"));

        assertThat(model.formatFacts()).containsEntry("pipelineClass", "GardenModularPipeline");
        assertThat(model.identity().components()).containsExactly("transformer");
        assertThat(model.weights().orElseThrow().tensors()).isEqualTo(1);
    }

    @Test
    void aRepositoryOfWhichOnlyTheReferenceIsLeftIsNamed() {
        text("hub/models--garden--kettle/refs/main", REVISION);
        text("project/refs/main", REVISION);
        Map<String, ModelFile> models = read();

        assertThat(models).containsOnlyKeys("hub/models--garden--kettle");
        assertThat(Objects.requireNonNull(models.get("hub/models--garden--kettle"))
                        .formatFacts())
                .containsEntry("hubModel", "garden/kettle")
                .containsEntry("hubRevision", REVISION);
    }

    @Test
    void foldersOfCoreMlAreKnownByTheirMarks() {
        text("unet.mlpackage/Manifest.json", "{}");
        text("vae.mlmodelc/coremldata.bin", "x");
        text("other/Manifest.json", "{}");
        Map<String, ModelFile> models = read();

        assertThat(models).containsOnlyKeys("unet.mlpackage", "vae.mlmodelc");
        assertThat(models.values())
                .allSatisfy(model -> assertThat(model.container()).isEqualTo("coreml"));
    }
}
