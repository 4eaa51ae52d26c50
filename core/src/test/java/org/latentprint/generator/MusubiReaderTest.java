package org.latentprint.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.fixture.SafetensorsFixture;

/** Latents of musubi-tuner, from bytes to the generation. */
class MusubiReaderTest {
    private static final String METADATA = "{\"seeds\":\"1234567890123\",\"prompt\":\"a cat {on} a \\\"wall\\\"\","
            + "\"height\":\"256\",\"width\":\"384\",\"video_length\":\"81\",\"infer_steps\":\"20\","
            + "\"guidance_scale\":\"5.0\",\"negative_prompt\":\"fog\"}";

    @Test
    void readsTheRecordBesideALatent() {
        byte[] file = file(METADATA, "latent");
        ItemMetadata metadata = extract(file);
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.blocks()).singleElement().satisfies(block -> {
            int offset = (int) block.origin().offset();
            assertThat(new String(
                            Arrays.copyOfRange(
                                    file, offset, offset + (int) block.origin().length()),
                            UTF_8))
                    .isEqualTo(METADATA);
        });
        Reading reading = GeneratorReaders.readAll(metadata);
        assertThat(reading.claimed()).hasSize(1);
        assertThat(reading.generations()).singleElement().satisfies(generation -> {
            assertThat(generation.generator()).isEqualTo("musubi-tuner");
            assertThat(generation.positivePrompt()).contains("a cat {on} a \"wall\"");
            assertThat(generation.negativePrompt()).contains("fog");
            assertThat(generation.seed()).contains("1234567890123");
            assertThat(generation.steps()).contains(20);
            assertThat(generation.cfgScale()).contains(new BigDecimal("5.0"));
            assertThat(generation.width()).contains(384);
            assertThat(generation.settings()).containsEntry("video_length", "81");
            assertThat(generation.inferences()).extracting(Inference::field).containsExactly("generator");
        });
    }

    @Test
    void aPromptLongerThanTheHeadIsReadWhole() {
        String prompt = "a garden, ".repeat(1_000).strip();
        String first = METADATA.replace("a cat {on} a \\\"wall\\\"", prompt);
        String last = "{\"seeds\":\"1\",\"infer_steps\":\"20\",\"prompt\":\"" + prompt + "\"}";
        for (String metadata : List.of(first, last)) {
            assertThat(GeneratorReaders.readAll(extract(file(metadata, "latent")))
                            .generations())
                    .singleElement()
                    .satisfies(generation ->
                            assertThat(generation.positivePrompt()).contains(prompt));
        }
    }

    @Test
    void modelsAndOtherFilesAreLeftAlone() {
        for (byte[] file : new byte[][] {
            file(METADATA, "lora_up.weight"),
            file("{\"prompt\":\"a cat\"}", "latent"),
            file("{\"ss_seed\":\"1\"}", "latent"),
            "{\"__metadata__\":{}}".getBytes(UTF_8)
        }) {
            assertThat(extract(file).blocks()).isEmpty();
        }
    }

    @Test
    void aRecordThatIsCutIsTold() {
        byte[] file = file(METADATA, "latent");
        byte[] open = file.clone();
        open[new String(file, UTF_8).indexOf("},\"latent\"")] = ' ';
        ItemMetadata metadata = extract(Arrays.copyOf(open, open.length - 40));
        assertThat(metadata.blocks()).isEmpty();
        assertThat(metadata.problems()).extracting(Problem::category).containsExactly(Problem.Category.MALFORMED);
    }

    private static ItemMetadata extract(byte[] file) {
        return MetadataExtractor.extract("latent.safetensors", HeapBytes.wrap(file));
    }

    private static byte[] file(String metadata, String tensor) {
        return SafetensorsFixture.withHeader(
                "{\"__metadata__\":" + metadata + ",\"" + tensor
                        + "\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
                16);
    }
}
