package org.latentprint.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.fixture.PngFixture;
import org.latentprint.fixture.TestDigests;
import org.latentprint.fixture.TextBlocks;

/** SwarmUI's record in a picture and beside media that take none. */
class SwarmUiReaderTest {
    private static final String HASH = "0x" + "ab".repeat(32);
    private static final String RECORD = """
            {
              "sui_image_params": {
                "prompt": "a lighthouse",
                "negativeprompt": "fog",
                "model": "sub/garden",
                "images": 1,
                "seed": 1234567890123456789,
                "steps": 20,
                "cfgscale": 7.5,
                "width": 1024,
                "height": 768,
                "sampler": "euler",
                "scheduler": "karras",
                "initimagecreativity": 0.6,
                "refinermodel": "late",
                "refinerupscalemethod": "model-4x_sharp.pth",
                "vae": "Automatic",
                "t5xxlmodel": "t5xxl_fp16",
                "segmentmodel": "cut",
                "controlnetmodel": "canny",
                "loras": ["wool", "sub/fur"],
                "loraweights": ["1", "-0.5"],
                "lorasectionconfinement": ["0", "5"],
                "presets": ["soft"],
                "wildcardseed": 99,
                "swarm_version": "0.9.6.2.GIT-1234abcd"
              },
              "sui_extra_data": {
                "date": "2025-05-06",
                "original_prompt": "a <wildcard:tower>",
                "used_embeddings": ["calm"],
                "used_wildcards": ["tower"]
              },
              "sui_models": [
                {"name": "sub/garden.safetensors", "param": "model", "hash": "%1$s"},
                {"name": "cut.pt", "param": "segmentmodel", "hash": "%1$s"},
                {"name": "calm.safetensors", "param": "used_embeddings", "hash": "%1$s"},
                {"name": "sub/fur.safetensors", "param": "loras", "hash": "%1$s"}
              ]
            }
            """.formatted(HASH);

    @Test
    void differingRecordsOfOneItemAreBoundedAndCostTheirLengthOnly() {
        // As many blocks as an item can have, half of them graphs beside the records.
        List<MetadataBlock> blocks = new ArrayList<>();
        for (int i = 0; i < MetadataExtractor.MAX_BLOCKS / 2; i++) {
            blocks.add(MarkedFiles.block(
                    "png/tEXt",
                    "parameters",
                    "{\"sui_image_params\":{\"seed\":" + i + ",\"prompt\":\"a lighthouse\"}}"));
            blocks.add(MarkedFiles.block("png/tEXt", "prompt", "graph " + i));
        }
        Reading reading = Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> new SwarmUiReader().read(MarkedFiles.item(blocks)));
        assertThat(reading.generations()).hasSize(1_000);
        assertThat(reading.generations()).extracting(Generation::seed).doesNotHaveDuplicates();
        assertThat(reading.generations())
                .allSatisfy(
                        generation -> assertThat(generation.furtherOrigins()).hasSizeLessThanOrEqualTo(16));
        assertThat(reading.problems()).extracting(Problem::category).containsExactly(Problem.Category.LIMIT);
        assertThat(reading.claimed()).hasSizeGreaterThanOrEqualTo(MetadataExtractor.MAX_BLOCKS / 2);
    }

    @Test
    void readsTheRecordInAPicture() {
        check(GeneratorReaders.readAll(TextBlocks.png("parameters", RECORD))
                .generations()
                .getFirst());
    }

    @Test
    void readsTheNamesThatOlderVersionsGaveSamplerAndScheduler() {
        Generation generation = Readings.only(
                "old.png",
                PngFixture.of(8, 8)
                        .text(
                                "parameters",
                                RECORD.replace("\"sampler\"", "\"comfyuisampler\"")
                                        .replace("\"scheduler\"", "\"comfyuischeduler\""))
                        .bytes());

        check(generation);
    }

    @Test
    void readsTheFileBesideMediaThatTakeNone() {
        byte[] bytes = RECORD.getBytes(UTF_8);
        ItemMetadata metadata = MetadataExtractor.extract("film.swarm.json", HeapBytes.wrap(bytes));
        assertThat(metadata.mediaType()).contains("application/json");
        assertThat(metadata.blocks()).singleElement().satisfies(block -> {
            assertThat(block.container()).isEqualTo("json/parameters");
            assertThat(block.origin().sha256()).isEqualTo(TestDigests.sha256(bytes));
        });
        check(GeneratorReaders.readAll(metadata).generations().getFirst());
    }

    @Test
    void leavesTheDescriptionBesideAModelAlone() {
        byte[] bytes = "{\"modelspec.title\": \"Garden\", \"modelspec.author\": \"nobody\"}".getBytes(UTF_8);
        ItemMetadata metadata = MetadataExtractor.extract("garden.swarm.json", HeapBytes.wrap(bytes));
        assertThat(metadata.blocks()).isEmpty();
    }

    @Test
    void readsListsOfTheFirstVersions() {
        Generation generation = GeneratorReaders.readAll(
                        TextBlocks.png(
                                "parameters",
                                "{\"sui_image_params\": {\"prompt\": \"a cat\", \"model\": \"garden.safetensors\", \"loras\": \"wool,fur\","
                                        + " \"loraweights\": \"0.5,1\", \"used_embeddings\": [\"calm\"], \"date\": \"2023-11-05\"}}"))
                .generations()
                .getFirst();
        assertThat(generation.loras())
                .extracting(
                        lora -> lora.name().orElse(""), lora -> lora.weight().orElse(BigDecimal.ZERO))
                .containsExactly(tuple("wool", new BigDecimal("0.5")), tuple("fur", new BigDecimal("1")));
        assertThat(generation.models()).contains(NamedModel.named("embedding", "calm"));
        assertThat(generation.task()).isEmpty();
    }

    private static void check(Generation generation) {
        assertThat(generation.generator()).isEqualTo("SwarmUI");
        assertThat(generation.version()).contains("0.9.6.2.GIT-1234abcd");
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.seed()).contains("1234567890123456789");
        assertThat(generation.cfgScale()).contains(new BigDecimal("7.5"));
        assertThat(generation.task()).contains(Task.IMG2IMG);
        assertThat(generation.inferences()).extracting(Inference::field).containsExactly("task");
        assertThat(generation.inputs()).isEmpty();
        assertThat(generation.models())
                .extracting(
                        NamedModel::kind,
                        model -> model.name().orElse(""),
                        model -> model.hashes().size())
                .containsExactly(
                        tuple("checkpoint", "sub/garden", 1),
                        tuple("checkpoint", "late", 0),
                        tuple("text-encoder", "t5xxl_fp16", 0),
                        tuple("controlnet", "canny", 0),
                        tuple("model", "cut", 1),
                        tuple("upscaler", "4x_sharp.pth", 0),
                        tuple("embedding", "calm", 1));
        assertThat(generation.models().getFirst().hashes()).containsEntry("tensor_sha256", HASH);
        assertThat(generation.loras())
                .containsExactly(
                        new NamedLora(Optional.of("wool"), Optional.of(new BigDecimal("1")), Map.of()),
                        new NamedLora(
                                Optional.of("sub/fur"),
                                Optional.of(new BigDecimal("-0.5")),
                                Map.of("tensor_sha256", HASH)));
        assertThat(generation.settings())
                .containsEntry("original_prompt", "a <wildcard:tower>")
                .containsEntry("wildcardseed", "99")
                .containsEntry("used_wildcards", "[\"tower\"]")
                .containsEntry("presets", "[\"soft\"]");
    }
}
