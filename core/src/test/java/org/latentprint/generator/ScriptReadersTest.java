package org.latentprint.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentprint.evidence.Grade;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.JpegFixture;
import org.latentprint.fixture.Mp4Fixture;
import org.latentprint.fixture.PngFixture;

/** Programs that write their settings key by key or as one object without A1111's grammar, known and unknown ones. */
class ScriptReadersTest {

    @Test
    void readsSdScripts() {
        Generation generation = Readings.only(
                "x.png",
                PngFixture.of(8, 8)
                        .text("prompt", "a cat")
                        .text("seed", "12345678901")
                        .text("sampler", "ddim")
                        .text("steps", "50")
                        .text("scale", "7.5")
                        .text("negative-prompt", "fog")
                        .text("negative-scale", "5.0")
                        .text("clip-prompt", "a cat asleep")
                        .text("original-height", "1024")
                        .bytes());
        assertThat(generation.generator()).isEqualTo("sd-scripts");
        assertThat(generation.seed()).contains("12345678901");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.cfgScale()).contains(new BigDecimal("7.5"));
        assertThat(generation.positiveParts()).containsExactly(new PromptPart("clip", "a cat asleep"));
        assertThat(generation.settings())
                .containsEntry("original-height", "1024")
                .containsEntry("negative-scale", "5.0");
        assertThat(generation.grade()).isEqualTo(Grade.RECORDED);
        assertThat(generation.inferences()).extracting(Inference::field).containsExactly("generator");
    }

    @Test
    void readsSygil() {
        PngFixture png = PngFixture.of(8, 8)
                .text("SD:prompt", "a lighthouse")
                .text("SD:seed", "99")
                .text("SD:width", "512")
                .text("SD:height", "448")
                .text("SD:steps", "50")
                .text("SD:cfg_scale", "7.5")
                .text("SD:normalize_prompt_weights", "True");
        Generation generation = Readings.only("x.png", png.bytes());
        assertThat(generation.generator()).isEqualTo("Sygil WebUI");
        assertThat(generation.height()).contains(448);
        assertThat(generation.task()).isEmpty();
        assertThat(generation.settings()).containsEntry("normalize_prompt_weights", "True");
        assertThat(Readings.only(
                                "x.png",
                                png.text("SD:denoising_strength", "0.75").bytes())
                        .task())
                .contains(Task.IMG2IMG);
    }

    @Test
    void readsNmkd() {
        String record =
                "{\"model\":\"garden.safetensors\",\"modelRefiner\":\"\",\"prompt\":\"a cat\",\"promptNeg\":\"fog\","
                        + "\"initImg\":\"C:\\\\photos\\\\harbour.png\",\"initStrength\":\"0.5\",\"w\":\"512\",\"h\":\"768\",\"steps\":\"25\","
                        + "\"seed\":\"42\",\"scaleTxt\":\"7.5\",\"inpaintMask\":\"\",\"sampler\":\"euler_a\",\"loras\":{\"ink\":0.8}}";
        Generation generation = Readings.only(
                "x.png", PngFixture.of(8, 8).text("Nmkdiffusers", record).bytes());
        assertThat(generation.generator()).isEqualTo("NMKD Stable Diffusion GUI");
        assertThat(generation.width()).contains(512);
        assertThat(generation.steps()).contains(25);
        assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "garden.safetensors"));
        assertThat(generation.loras())
                .containsExactly(new NamedLora(Optional.of("ink"), Optional.of(new BigDecimal("0.8")), Map.of()));
        assertThat(generation.inputs()).containsExactly(new InputMedia("init", "C:\\photos\\harbour.png"));
        assertThat(generation.task()).contains(Task.IMG2IMG);

        generation = Readings.only(
                "x.png",
                PngFixture.of(8, 8)
                        .text(
                                "GenerationInfoJson",
                                "{\"Model\":\"garden\",\"Prompt\":\"a cat\",\"NegativePrompt\":\"fog\",\"Steps\":25,\"Seed\":42,"
                                        + "\"Scale\":7.0,\"InitImg\":\"a.png\",\"MaskPath\":\"m.png\","
                                        + "\"BaseResolution\":\"512, 640\",\"Sampler\":\"Euler\",\"ClipSkip\":-1}")
                        .text("prompt", "{\"1\": {\"class_type\": \"KSampler\", \"inputs\": {}}}")
                        .bytes());
        assertThat(generation.height()).contains(640);
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.task()).contains(Task.INPAINT);
        assertThat(generation.inputs()).extracting(InputMedia::role).containsExactly("init", "mask");
    }

    @Test
    void readsImaginairy() {
        String record =
                "{\"prompt\": {\"prompt\": [{\"text\": \"a garden\", \"weight\": 2.0}, {\"text\": \"dusk\", \"weight\": 1.0}],"
                        + " \"negative_prompt\": [{\"text\": \"fog\", \"weight\": 1.0}], \"prompt_strength\": 7.5,"
                        + " \"init_image\": \"<LazyLoadingImage filepath=/photos/harbour.jpg url=None>\", \"init_image_strength\": 0.2,"
                        + " \"control_inputs\": [\"ControlInput(mode='canny', image=<LazyLoadingImage filepath=None url=https://example.org/a.png>)\"],"
                        + " \"mask_prompt\": null, \"mask_image\": \"None\", \"outpaint\": \"\", \"model_weights\": {\"name\": \"Stable Diffusion 1.5\"},"
                        + " \"solver_type\": \"ddim\", \"seed\": 7, \"steps\": 50, \"size\": [512, 768], \"upscale\": false}}";
        Generation generation = Readings.only(
                "x.jpg",
                JpegFixture.of(8, 8)
                        .exif(ExifFixture.littleEndian()
                                .ascii(ExifFixture.IMAGE_DESCRIPTION, "\"a garden\" 512x768px seed:7")
                                .ascii(ExifFixture.SOFTWARE, "Imaginairy / Stable Diffusion Stable Diffusion 1.5")
                                .userComment(record, ExifFixture.Comment.BARE))
                        .bytes());
        assertThat(generation.generator()).isEqualTo("imaginAIry");
        assertThat(generation.positivePrompt()).contains("a garden");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.positiveParts())
                .containsExactly(new PromptPart("weight 2.0", "a garden"), new PromptPart("weight 1.0", "dusk"));
        assertThat(generation.sampler()).contains("ddim");
        assertThat(generation.width()).contains(512);
        assertThat(generation.height()).contains(768);
        assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "Stable Diffusion 1.5"));
        assertThat(generation.inputs())
                .containsExactly(
                        new InputMedia("init", "/photos/harbour.jpg"),
                        new InputMedia("control", "https://example.org/a.png"));
        assertThat(generation.task()).contains(Task.IMG2IMG);
        assertThat(generation.inferences()).extracting(Inference::field).containsExactly("task");
    }

    @Test
    void readsArtroom() {
        String record =
                "{\"text_prompts\": \"a bicycle\", \"negative_prompts\": \"fog\", \"steps\": 30, \"height\": 512,"
                        + " \"width\": 512, \"strength\": 0.75, \"cfg_scale\": 7.5, \"seed\": 11, \"sampler\": \"euler\","
                        + " \"ckpt\": \"garden.ckpt\", \"vae\": \"vae.pt\", \"controlnet\": \"none\","
                        + " \"loras\": [{\"name\": \"ink.safetensors\", \"weight\": 0.4}], \"clip_skip\": 1}";
        Generation generation = Readings.only(
                "x.jpg",
                JpegFixture.of(8, 8)
                        .exif(ExifFixture.bigEndian().userComment(record, ExifFixture.Comment.BARE))
                        .bytes());
        assertThat(generation.generator()).isEqualTo("Artroom");
        assertThat(generation.positivePrompt()).contains("a bicycle");
        assertThat(generation.models())
                .containsExactly(NamedModel.named("checkpoint", "garden.ckpt"), NamedModel.named("vae", "vae.pt"));
        assertThat(generation.loras())
                .containsExactly(
                        new NamedLora(Optional.of("ink.safetensors"), Optional.of(new BigDecimal("0.4")), Map.of()));
        assertThat(generation.task()).isEmpty();
    }

    @Test
    void readsFastSdCpu() {
        String record =
                "{\n    \"lcm_model_id\": \"example/turbo\",\n    \"openvino_lcm_model_id\": \"example/openvino\",\n"
                        + "    \"use_lcm_lora\": false,\n    \"lcm_lora\": {\"base_model_id\": \"example/base\","
                        + " \"lcm_lora_id\": \"example/lcm\"},\n    \"use_openvino\": false,\n    \"prompt\": \"a garden\",\n"
                        + "    \"negative_prompt\": \"fog\",\n    \"strength\": 0.75,\n    \"image_height\": 512,\n"
                        + "    \"image_width\": 448,\n    \"inference_steps\": 4,\n    \"guidance_scale\": 1.0,\n"
                        + "    \"seed\": 123123,\n    \"use_seed\": false,\n    \"diffusion_task\": \"image_to_image\"\n}";
        Generation generation = Readings.only("run.json", record);
        assertThat(generation.generator()).isEqualTo("FastSD CPU");
        assertThat(generation.positivePrompt()).contains("a garden");
        assertThat(generation.seed()).isEmpty();
        assertThat(generation.settings()).containsEntry("seed", "123123");
        assertThat(generation.width()).contains(448);
        assertThat(generation.task()).contains(Task.IMG2IMG);
        assertThat(generation.models()).containsExactly(NamedModel.named("diffusion-model", "example/turbo"));
        assertThat(generation.loras()).isEmpty();

        generation = Readings.only(
                "run.json",
                record.replace("\"use_lcm_lora\": false", "\"use_lcm_lora\": true")
                        .replace("\"use_seed\": false", "\"use_seed\": true"));
        assertThat(generation.seed()).contains("123123");
        assertThat(generation.models()).containsExactly(NamedModel.named("diffusion-model", "example/base"));
        assertThat(generation.loras())
                .extracting(lora -> lora.name().orElse(""))
                .containsExactly("example/lcm");
    }

    @Test
    void readsARecordOfNoKnownProgram() {
        String record = "{\"Prompt\": \"a garden\", \"negative prompt\": \"fog\", \"Seed\": 18446744073709551615,"
                + " \"num_inference_steps\": 28, \"guidance_scale\": 3.5, \"model_id\": \"example/garden\","
                + " \"image_path\": \"/photos/harbour.jpg\", \"mask\": null, \"note\": \"kept\"}";
        for (byte[] file : List.of(
                PngFixture.of(8, 8).text("Comment", record).bytes(),
                PngFixture.of(8, 8)
                        .internationalText("metadata", "{\"version\": 2, \"parameters\": " + record + "}")
                        .bytes(),
                JpegFixture.of(8, 8).comment(record).bytes(),
                Mp4Fixture.mp4(8, 8).item("\u00A9cmt", record).bytes())) {
            Generation generation = Readings.only("x", file);
            assertThat(generation.generator()).isEqualTo("unnamed program");
            assertThat(generation.grade()).isEqualTo(Grade.INFERRED);
            assertThat(generation.positivePrompt()).contains("a garden");
            assertThat(generation.negativePrompt()).contains("fog");
            assertThat(generation.seed()).contains("18446744073709551615");
            assertThat(generation.steps()).contains(28);
            assertThat(generation.models()).containsExactly(NamedModel.named("model", "example/garden"));
            assertThat(generation.inputs()).containsExactly(new InputMedia("init", "/photos/harbour.jpg"));
            assertThat(generation.inferences()).extracting(Inference::field).containsExactly("generator", "inputs");
            assertThat(generation.settings()).containsEntry("note", "kept");
        }
    }

    @Test
    void readsChunksOfNoKnownProgram() {
        Reading reading = Readings.of(
                "x.png",
                PngFixture.of(8, 8)
                        .text("Prompt", "a garden")
                        .text("Seed", "5")
                        .text("Steps", "20")
                        .text("Author", "a gardener")
                        .bytes());
        assertThat(reading.generations()).singleElement().satisfies(generation -> {
            assertThat(generation.generator()).isEqualTo("unnamed program");
            assertThat(generation.steps()).contains(20);
            assertThat(generation.grade()).isEqualTo(Grade.INFERRED);
        });
        assertThat(reading.claimed()).extracting(block -> block.key()).containsExactly("Prompt", "Seed", "Steps");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt\": \"write a letter\", \"seed\": 5, \"model\": \"words\", \"temperature\": 0.7}",
                "{\"prompt\": \"a cat\"}",
                "{\"seed\": 5, \"steps\": 20, \"cfg_scale\": 7}",
                "{\"prompt\": \"a cat\", \"sampler\": \"a\", \"negative_prompt\": \"b\"}",
                "{\"prompt\": {\"1\": 2}, \"seed\": 1, \"steps\": 2}",
                "{\"prompt\": \"\", \"seed\": 1, \"steps\": 2}",
                "[]",
                "a cat, seed 5, steps 20"
            })
    void takesNothingWhereTooLittleIsSaid(String text) {
        assertThat(Readings.of(
                                "x.png",
                                PngFixture.of(8, 8).text("Comment", text).bytes())
                        .generations())
                .isEmpty();
    }

    @Test
    void looksOnlyWhereProgramsPutRecords() {
        String record = "{\"prompt\": \"a cat\", \"seed\": 1, \"steps\": 2}";
        assertThat(Readings.of(
                                "x.png",
                                PngFixture.of(8, 8).text("Author", record).bytes())
                        .generations())
                .isEmpty();
        assertThat(Readings.of("x.json", record.getBytes(UTF_8)).generations()).isEmpty();
    }
}
