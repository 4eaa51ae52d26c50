package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.MarkedFiles.block;
import static org.latentprint.generator.MarkedFiles.only;
import static org.latentprint.generator.MarkedFiles.read;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentprint.fixture.PngFixture;

/** Online services that write a JSON object of their own: Tensor.Art, and pages on Hugging Face. */
class SpaceReadersTest {
    private static final String SPACE = "{\"prompt\": \"a lighthouse\", \"negative_prompt\": \"fog\","
            + " \"resolution\": \"832 x 1216\", \"guidance_scale\": 5.5, \"num_inference_steps\": 28,"
            + " \"style_preset\": \"(None)\", \"seed\": 4294967297, \"sampler\": \"Euler a\",";
    private static final String TENSOR =
            "{\"prompt\":\"a cat\",\"negativePrompt\":\"dog\",\"width\":512,\"height\":768,"
                    + "\"seed\":\"18446744073709551615\",\"steps\":25,\"cfgScale\":7,\"clipSkip\":2,"
                    + "\"baseModel\":{\"modelFileName\":\"garden.safetensors\",\"hash\":\"6327eca98b\"}}";

    @Test
    void readsAPagesRecord() {
        Reading reading = read(PngFixture.of(8, 8)
                .text(
                        "parameters",
                        SPACE
                                + " \"Model\": \"Garden XL 4.0\", \"Model hash\": \"6327eca98b\", \"use_upscaler\": null}")
                .bytes());
        Generation generation = only(reading);
        assertThat(generation.generator()).isEqualTo("Hugging Face Space");
        assertThat(generation.inferences()).extracting(Inference::field).containsExactly("generator");
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.seed()).contains("4294967297");
        assertThat(generation.steps()).contains(28);
        assertThat(generation.sampler()).contains("Euler a");
        assertThat(generation.cfgScale()).contains(new BigDecimal("5.5"));
        assertThat(generation.width()).contains(832);
        assertThat(generation.height()).contains(1216);
        assertThat(generation.models())
                .containsExactly(
                        new NamedModel("checkpoint", Optional.of("Garden XL 4.0"), Map.of("autov2", "6327eca98b")));
        assertThat(generation.settings()).containsEntry("style_preset", "(None)");
        assertThat(reading.claimed()).hasSize(1);
    }

    @Test
    void readsOtherVersionsOfThePagesRecord() {
        Generation model = only(
                read(
                        "png/tEXt",
                        "parameters",
                        SPACE
                                + "\"use_upscaler\":null,\"Model\":{\"Model\":\"Garden XL 3.1\",\"Model hash\":\"e3c47aedb0\"}}"));
        assertThat(model.models())
                .containsExactly(
                        new NamedModel("checkpoint", Optional.of("Garden XL 3.1"), Map.of("autov2", "e3c47aedb0")));
        Generation lora = only(read(
                "png/tEXt",
                "parameters",
                SPACE + "\"use_lora\":{\"selected_lora\":\"ann/wool\",\"multiplier\":0.8},"
                        + "\"use_upscaler\":{\"upscale_by\":1.5,\"new_resolution\":\"1248 x 1824\"}}"));
        assertThat(lora.loras())
                .containsExactly(new NamedLora(Optional.of("ann/wool"), Optional.of(new BigDecimal("0.8")), Map.of()));
        assertThat(lora.models()).isEmpty();
        assertThat(lora.width()).contains(832);
        assertThat(lora.settings()).containsKey("use_upscaler");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt\":\"a cat\",\"resolution\":\"1 x 1\",\"num_inference_steps\":2}",
                "{\"prompt\":{},\"resolution\":\"1 x 1\",\"num_inference_steps\":2,\"Model\":\"m\"}",
                "{\"resolution\":\"1 x 1\",\"num_inference_steps\":2,\"Model\":\"m\"}",
                "\"resolution\" num_inference_steps"
            })
    void takesNoOtherRecordForAPages(String json) {
        assertThat(read("png/tEXt", "parameters", json).generations())
                .extracting(Generation::generator)
                .doesNotContain("Hugging Face Space");
    }

    @Test
    void readsTensorArtsRecordWithItsZeros() {
        Reading reading = read("png/tEXt", "generation_data", TENSOR + "\0\0");
        Generation generation = only(reading);
        assertThat(generation.generator()).isEqualTo("Tensor.Art");
        assertThat(generation.positivePrompt()).contains("a cat");
        assertThat(generation.negativePrompt()).contains("dog");
        assertThat(generation.seed()).contains("18446744073709551615");
        assertThat(generation.steps()).contains(25);
        assertThat(generation.cfgScale()).contains(new BigDecimal("7"));
        assertThat(generation.width()).contains(512);
        assertThat(generation.height()).contains(768);
        assertThat(generation.models())
                .containsExactly(new NamedModel(
                        "checkpoint", Optional.of("garden.safetensors"), Map.of("autov2", "6327eca98b")));
        assertThat(generation.settings()).containsEntry("clipSkip", "2");
        assertThat(reading.claimed()).hasSize(1);
    }

    @Test
    void namesTheSamplerAsTheSiteCallsIt() {
        String start = TENSOR.substring(0, TENSOR.lastIndexOf('}'));
        String named =
                start + ",\"samplerName\":\"Euler a\",\"ksamplerName\":\"euler_ancestral\",\"schedule\":\"normal\"}";
        Generation both = only(read("png/tEXt", "generation_data", named));
        assertThat(both.sampler()).contains("Euler a");
        assertThat(both.scheduler()).contains("normal");
        assertThat(both.settings()).containsEntry("ksamplerName", "euler_ancestral");
        Generation one = only(read("png/tEXt", "generation_data", start + ",\"ksamplerName\":\"euler\"}"));
        assertThat(one.sampler()).contains("euler");
        assertThat(one.scheduler()).isEmpty();
        assertThat(only(read("png/tEXt", "generation_data", TENSOR)).sampler()).isEmpty();
    }

    @Test
    void takesPicturesAndLorasFromTheGraphBesideIt() {
        String graph =
                "{\"1\":{\"class_type\":\"CheckpointLoaderSimple\",\"inputs\":{\"ckpt_name\":\"EMS-1-EMS.safetensors\"}},"
                        + "\"2\":{\"class_type\":\"LoraLoader\",\"inputs\":{\"lora_name\":\"EMS-2-EMS.safetensors\",\"strength_model\":0.7,"
                        + "\"strength_clip\":0.7,\"model\":[\"1\",0],\"clip\":[\"1\",1]}},"
                        + "\"3\":{\"class_type\":\"LoadImage\",\"inputs\":{\"image\":\"wall.png\"}},"
                        + "\"4\":{\"class_type\":\"VAEEncode\",\"inputs\":{\"pixels\":[\"3\",0],\"vae\":[\"1\",2]}},"
                        + "\"5\":{\"class_type\":\"CLIPTextEncode\",\"inputs\":{\"text\":\"a cat\",\"clip\":[\"2\",1]}},"
                        + "\"6\":{\"class_type\":\"KSampler\",\"inputs\":{\"seed\":7,\"steps\":25,\"cfg\":7,\"sampler_name\":\"euler\","
                        + "\"scheduler\":\"normal\",\"denoise\":0.5,\"model\":[\"2\",0],\"positive\":[\"5\",0],\"negative\":[\"5\",0],"
                        + "\"latent_image\":[\"4\",0]}},"
                        + "\"7\":{\"class_type\":\"VAEDecode\",\"inputs\":{\"samples\":[\"6\",0],\"vae\":[\"1\",2]}},"
                        + "\"8\":{\"class_type\":\"SaveImage\",\"inputs\":{\"images\":[\"7\",0],\"filename_prefix\":\"x\"}}}";
        Reading reading =
                read(List.of(block("png/tEXt", "generation_data", TENSOR), block("png/tEXt", "prompt", graph)));
        Generation generation = only(reading);
        assertThat(generation.generator()).isEqualTo("Tensor.Art");
        assertThat(generation.inputs()).containsExactly(new InputMedia("init", "wall.png"));
        assertThat(generation.loras())
                .extracting(NamedLora::name)
                .containsExactly(Optional.of("EMS-2-EMS.safetensors"));
        assertThat(generation.sampler()).contains("euler");
        assertThat(generation.seed()).as("the record's own").contains("18446744073709551615");
        assertThat(generation.models()).extracting(NamedModel::name).containsExactly(Optional.of("garden.safetensors"));
        assertThat(reading.claimed()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "not json", "{\"prompt\":\"a cat\"}", "{\"prompt\":{},\"baseModel\":{}}", "\0"})
    void takesNoOtherTextForTensorArts(String text) {
        assertThat(read("png/tEXt", "generation_data", text).generations())
                .extracting(Generation::generator)
                .doesNotContain("Tensor.Art");
    }
}
