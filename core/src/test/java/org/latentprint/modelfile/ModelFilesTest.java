package org.latentprint.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.fixture.GgufFixture;
import org.latentprint.fixture.OnnxFixture;
import org.latentprint.fixture.PickleFixture;
import org.latentprint.fixture.SafetensorsFixture;

/** Model files, sound and hostile, through the one way in. */
class ModelFilesTest {
    private static final Duration SECOND = Duration.ofSeconds(5);

    private static SafetensorsFixture lora() {
        return new SafetensorsFixture()
                .metadata("\"ss_output_name\":\"bicycle\",\"ss_network_alpha\":\"2\",\"ss_session_id\":\"77\","
                        + "\"ss_training_started_at\":\"1718445123.5\",\"ss_base_model_version\":\"sdxl_base_v1-0\","
                        + "\"ss_dataset_dirs\":\"{\\\"10_bicycle\\\": {\\\"n_repeats\\\": 10, \\\"img_count\\\": 24}}\","
                        + "\"ss_tag_frequency\":\"{\\\"10_bicycle\\\": {\\\"wheel\\\": 19, \\\"bicycle\\\": 24}}\"")
                .tensor("lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight", 4, 768)
                .tensor("lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k.lora_up.weight", 320, 4);
    }

    private static byte[] embedding() {
        return PickleFixture.zip(
                new PickleFixture()
                        .raw('}', '(')
                        .text("string_to_param")
                        .raw('}')
                        .text("*")
                        .tensor(2, 768)
                        .raw('s')
                        .text("name")
                        .text("copper_kettle")
                        .raw('u')
                        .build(),
                false);
    }

    private static byte[] gguf() {
        return new GgufFixture(1, 2)
                .key("general.architecture", "llama")
                .key("llama.block_count", 32)
                .tensor("blk.0.attn_q.weight", 64, 32)
                .build();
    }

    static Stream<Map.Entry<String, byte[]>> sound() {
        return Stream.of(
                Map.entry("a.safetensors", lora().build()),
                Map.entry("a.pt", embedding()),
                Map.entry("a.gguf", gguf()),
                Map.entry("a.onnx", OnnxFixture.imageAndVector()));
    }

    private static ModelFile read(String name, byte[] bytes) throws IOException {
        return new ModelFiles()
                .read("models/" + name, HeapBytes.wrap(bytes), true)
                .orElseThrow();
    }

    private static String problems(ModelFile model) {
        return model.problems().stream().map(Problem::message).collect(Collectors.joining("; "));
    }

    @Test
    void aLoraSaysItsBaseByItsShapesAndItsTrainingByItsMetadata() throws IOException {
        ModelFile model = read("a.safetensors", lora().build());

        assertThat(model.identity().kind()).isEqualTo("lora");
        assertThat(model.identity().architecture()).contains("sd1");
        assertThat(model.adapter().orElseThrow().rankLow()).hasValue(4);
        assertThat(problems(model)).contains("the metadata claim sdxl_base_v1-0, the structure is that of sd1");
        TrainingRecord training = model.training().orElseThrow();
        assertThat(training.outputName()).contains("bicycle");
        assertThat(training.started().orElseThrow()).hasToString("2024-06-15T09:52:03Z");
        assertThat(training.folders())
                .containsExactly(new TrainingRecord.Folder("10_bicycle", Optional.of(10L), Optional.of(24L), false));
        assertThat(training.tags())
                .containsExactly(new TrainingRecord.Tag("bicycle", 24), new TrainingRecord.Tag("wheel", 19));
    }

    @Test
    void anEmbeddingInAPickleIsReadWithoutRunningIt() throws IOException {
        ModelFile model = read("a.pt", embedding());

        assertThat(model.identity().kind()).isEqualTo("embedding");
        assertThat(model.identity().architecture()).contains("sd1");
        assertThat(model.weights().orElseThrow().parameters()).isEqualTo(1536);
        assertThat(model.pickle().orElseThrow().danger()).contains(false);
    }

    @Test
    void ggufAndOnnxAreKnownByTheirOwnFields() throws IOException {
        assertThat(read("a.gguf", gguf()).identity().architecture()).contains("llama");
        assertThat(read("a.onnx", OnnxFixture.imageAndVector()).identity().kind())
                .isEqualTo("face-swap");
    }

    @Test
    void theMatricesOfALoraInGgufAreNotTurned() throws IOException {
        // The sizes of GGUF run the other way.
        ModelFile model = read(
                "a.gguf",
                new GgufFixture(2, 2)
                        .key("general.architecture", "llama")
                        .key("general.type", "adapter")
                        .tensor("blk.0.attn_q.weight.lora_a", 4096, 16)
                        .tensor("blk.0.attn_q.weight.lora_b", 16, 4096)
                        .build());

        assertThat(model.identity().kind()).isEqualTo("lora");
        assertThat(model.identity().architecture()).contains("llama");
        assertThat(model.adapter().orElseThrow().rankLow()).hasValue(16);
        assertThat(model.adapter().orElseThrow().rankHigh()).hasValue(16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wan", "minimax_h3", "a word of tomorrow"})
    void aConvertersNameThatTheTensorsDoNotFitIsReported(String name) throws IOException {
        // The sizes of GGUF run the other way.
        ModelFile model = read(
                "a.gguf",
                new GgufFixture(3, 1)
                        .key("general.architecture", name)
                        .tensor("video_patch_proj.weight", 96, 5376)
                        .tensor("audio_patch_proj.weight", 32, 5376)
                        .tensor("blocks.0.attn.qkv_proj.weight", 5376, 21504)
                        .build());

        assertThat(model.identity().architecture()).contains("minimax-h3");
        assertThat(problems(model).contains("general.architecture says wan, the structure is that of minimax-h3"))
                .isEqualTo(name.equals("wan"));
    }

    @Test
    void anUnknownNetworkStaysUnknownAndNamesItsTensors() throws IOException {
        ModelFile model = read(
                "a.safetensors",
                new SafetensorsFixture().tensor("garden.0.gate", 3, 5).build());

        assertThat(model.identity().kind()).isEqualTo("unknown");
        assertThat(model.identity().architecture()).isEmpty();
        assertThat(model.telling()).containsExactly("garden.#.gate [3, 5]");
    }

    @Test
    void anAutoencoderOfSeveralModelsListsThemAndAssertsNone() throws IOException {
        ModelIdentity identity = read(
                        "a.safetensors",
                        new SafetensorsFixture()
                                .tensor("decoder.conv_in.weight", 512, 4, 3, 3)
                                .build())
                .identity();

        assertThat(identity.architecture()).isEmpty();
        assertThat(identity.candidates()).contains("sd1", "sd2", "sdxl");
    }

    static Stream<Map.Entry<String, byte[]>> brokenHeaders() {
        return Stream.of(
                Map.entry("the format allows", SafetensorsFixture.length(Long.MIN_VALUE)),
                Map.entry("the format allows", SafetensorsFixture.length(100_000_001)),
                Map.entry("the file ends after 0 of them", SafetensorsFixture.length(50_000_000)),
                Map.entry("shorter than the 8 bytes", new byte[3]),
                Map.entry("no valid JSON", SafetensorsFixture.withHeader("{\"a\":" + "[".repeat(100_000), 0)),
                Map.entry("no valid JSON", SafetensorsFixture.withHeader("{\"a\" 3}", 0)),
                Map.entry(
                        "stands twice",
                        new SafetensorsFixture()
                                .tensor("cat", 2)
                                .tensorAt("cat", "[2]", 0, 4)
                                .build()),
                Map.entry(
                        "overlap",
                        new SafetensorsFixture()
                                .tensor("cat", 4)
                                .tensorAt("dog", "[2]", 2, 6)
                                .build()),
                Map.entry(
                        "a hole",
                        new SafetensorsFixture()
                                .tensor("cat", 4)
                                .tensorAt("dog", "[2]", 10, 14)
                                .build()),
                Map.entry(
                        "shape times type",
                        new SafetensorsFixture().tensorAt("cat", "[9]", 0, 4).build()),
                Map.entry(
                        "shape times type",
                        new SafetensorsFixture()
                                .tensorAt("cat", "[4294967296,4294967296,2]", 0, 4)
                                .build()),
                Map.entry(
                        "are missing",
                        SafetensorsFixture.withHeader(
                                "{\"cat\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}", 1)));
    }

    @ParameterizedTest
    @MethodSource("brokenHeaders")
    void aBrokenSafetensorsHeaderIsAClearProblem(Map.Entry<String, byte[]> broken) throws IOException {
        ModelFile model = Assertions.assertTimeout(SECOND, () -> read("a.safetensors", broken.getValue()));

        assertThat(problems(model)).contains(broken.getKey());
        assertThat(model.status()).isNotEqualTo(ModelFile.Status.OK);
    }

    static Stream<Map.Entry<String, byte[]>> hostilePickles() {
        PickleFixture marks = new PickleFixture();
        for (int i = 0; i < 3_000_000; i++) {
            marks.raw('(');
        }
        return Stream.of(
                Map.entry(
                        "os.system",
                        new PickleFixture()
                                .global("os", "system")
                                .text("ls")
                                .raw(0x85, 'R')
                                .build()),
                Map.entry(
                        "os.system",
                        new PickleFixture()
                                .global("os", "system")
                                .length('X', 4_000_000_000L)
                                .build()),
                Map.entry(
                        "builtins.eval",
                        new PickleFixture()
                                .text("builtins")
                                .text("eval")
                                .raw(0x93)
                                .build()),
                Map.entry("hides", new PickleFixture().raw(0x82, 7).build()),
                Map.entry("the stack is empty", new PickleFixture().raw('R').build()),
                Map.entry("more than", marks.build()),
                Map.entry("more than", PickleFixture.zip(new byte[100 << 20], true)));
    }

    @ParameterizedTest
    @MethodSource("hostilePickles")
    void aHostilePickleIsNamedAndNeverRun(Map.Entry<String, byte[]> hostile) throws IOException {
        String expected = hostile.getKey().equals("more than") ? "" : hostile.getKey();
        ModelFile model = Assertions.assertTimeout(SECOND, () -> read("a.ckpt", hostile.getValue()));

        assertThat(problems(model)).isNotEmpty().contains(expected);
        assertThat(model.pickle().orElseThrow().danger()).isNotEqualTo(Optional.of(false));
    }

    @Test
    void countsOfGgufBeyondAllBoundsAreAProblem() throws IOException {
        ModelFile counts = Assertions.assertTimeout(SECOND, () -> read("a.gguf", new GgufFixture(-1, -1).build()));
        ModelFile text = Assertions.assertTimeout(
                SECOND,
                () -> read(
                        "a.gguf",
                        new GgufFixture(0, 1).number(Long.MAX_VALUE, 8).build()));
        ModelFile array = Assertions.assertTimeout(
                SECOND,
                () -> read(
                        "a.gguf",
                        new GgufFixture(0, 1)
                                .text("a")
                                .number(9, 4)
                                .number(0, 4)
                                .number(-1, 8)
                                .build()));

        assertThat(problems(counts)).contains("18446744073709551615 tensors");
        assertThat(problems(text)).contains("9223372036854775807 bytes is announced");
        assertThat(problems(array)).contains("an array of 18446744073709551615 entries");
    }

    @ParameterizedTest
    @MethodSource("sound")
    void cutAndFlippedFilesGiveAnAnswerAndNoFailure(Map.Entry<String, byte[]> file) throws IOException {
        byte[] whole = file.getValue();
        Random random = new Random(7);
        for (int i = 0; i < 1_500; i++) {
            byte[] damaged = Arrays.copyOf(whole, i % 3 == 0 ? random.nextInt(whole.length) : whole.length);
            for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Optional<ModelFile> model = new ModelFiles().read(file.getKey(), HeapBytes.wrap(damaged), false);
            assertThat(model.stream().flatMap(found -> found.problems().stream()))
                    .noneMatch(problem -> problem.category() == Problem.Category.READER_FAILED);
        }
    }
}
