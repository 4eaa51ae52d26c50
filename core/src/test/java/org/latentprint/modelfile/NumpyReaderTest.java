package org.latentprint.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.NumpyFixture;
import org.latentprint.fixture.PickleFixture;

/** Weights that MLX keeps in numpy's zip, and arrays that are pickles. */
class NumpyReaderTest {

    private static Optional<ModelFile> read(String name, byte[] bytes) throws IOException {
        return new ModelFiles().read(name, HeapBytes.wrap(bytes), false);
    }

    @Test
    void weightsOfMlxAreAModelWithItsPrecision() throws IOException {
        byte[] file = new NumpyFixture()
                .array("model.layers.0.self_attn.q_proj.weight", "<f2", "(8, 4)")
                .array("model.embed_tokens.weight", "<f2", "(16, 4)")
                .zip();

        ModelFile model = read("weights.npz", file).orElseThrow();

        assertThat(model.container()).isEqualTo("npz");
        assertThat(model.identity().kind()).isEqualTo("llm");
        assertThat(model.weights().orElseThrow().precision()).contains("F16");
        assertThat(model.weights().orElseThrow().elements()).isEqualTo(96);
        assertThat(model.problems()).isEmpty();
    }

    @Test
    void adaptersOfMlxHaveTheirMatricesTurned() throws IOException {
        byte[] file = new NumpyFixture()
                .array("double_blocks.0.img_attn.qkv.lora_a", "<f4", "(3072, 16)")
                .array("double_blocks.0.img_attn.qkv.lora_b", "<f4", "(16, 9216)")
                .array("double_blocks.0.img_mlp.0.lora_a", "<f4", "(3072, 16)")
                .array("double_blocks.0.img_mlp.0.lora_b", "<f4", "(16, 12288)")
                .zip();

        ModelFile model = read("adapters.npz", file).orElseThrow();

        assertThat(model.identity().kind()).isEqualTo("lora");
        assertThat(model.identity().architecture()).contains("flux1");
        assertThat(model.adapter().orElseThrow().rankLow()).isEqualTo(OptionalLong.of(16));
    }

    @Test
    void theSchemeOfMlxIsKnownByScalesAndBiases() throws IOException {
        byte[] file = new NumpyFixture()
                .array("model.layers.0.self_attn.q_proj.weight", "<u4", "(8, 4)")
                .array("model.layers.0.self_attn.q_proj.scales", "<f2", "(8, 1)")
                .array("model.layers.0.self_attn.q_proj.biases", "<f2", "(8, 1)")
                .zip();

        assertThat(read("weights.npz", file)
                        .orElseThrow()
                        .weights()
                        .orElseThrow()
                        .quantisation())
                .contains("mlx");
    }

    @Test
    void arraysOfMeasurementsAreNoModel() throws IOException {
        assertThat(read(
                        "rain.npz",
                        new NumpyFixture().array("rain", "<f8", "(12,)").zip()))
                .isEmpty();
        assertThat(read("rain.npy", NumpyFixture.head("<f8", "(12,)"))).isEmpty();
    }

    @Test
    void anArrayOfObjectsIsAPickle() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(NumpyFixture.head("|O", "(1,)"));
        file.writeBytes(new PickleFixture()
                .global("os", "system")
                .text("ls")
                .raw(0x85, 'R')
                .build());

        ModelFile model = read("garden.npy", file.toByteArray()).orElseThrow();

        assertThat(model.pickle().orElseThrow().dangerous()).containsExactly("os.system");
    }

    @Test
    void aCutArrayIsAProblem() throws IOException {
        byte[] cut = new NumpyFixture()
                .array("a.weight", "<f2", "(8, 4)")
                .raw("b.weight", "\u0093NUMPY\u0001\u0000\u00ff\u0000{".getBytes(StandardCharsets.ISO_8859_1))
                .zip();

        assertThat(read("weights.npz", cut).orElseThrow().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("b.weight.npy cannot be read"));
    }
}
