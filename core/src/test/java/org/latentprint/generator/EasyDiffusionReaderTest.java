package org.latentprint.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.TextBlocks;

/** Easy Diffusion's record in chunks, objects and text, with the request's keys and with the words of its page. */
class EasyDiffusionReaderTest {

    @Test
    void readsChunksWithTheWordsOfThePage() {
        Reading reading = GeneratorReaders.readAll(TextBlocks.png(
                "Prompt",
                "a cat",
                "Negative Prompt",
                "fog",
                "Seed",
                "7",
                "Stable Diffusion model",
                "garden",
                "Sampler",
                "euler_a",
                "Width",
                "512",
                "Height",
                "768",
                "Steps",
                "25",
                "Guidance Scale",
                "7.5",
                "LoRA model",
                "wool, fur",
                "LoRA Strength",
                "0.5, 1.0",
                "VAE model",
                "None",
                "Software",
                "a viewer"));
        assertThat(reading.claimed()).hasSize(12);
        Generation generation = reading.generations().getFirst();
        assertThat(generation.generator()).isEqualTo("Easy Diffusion");
        assertThat(generation.positivePrompt()).contains("a cat");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.height()).contains(768);
        assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "garden"));
        assertThat(generation.loras())
                .extracting(lora -> lora.name().orElse("") + " " + lora.weight().orElse(BigDecimal.ZERO))
                .containsExactly("wool 0.5", "fur 1.0");
    }

    @Test
    void claimsNoChunksOfOthers() {
        Reading reading = GeneratorReaders.readAll(TextBlocks.png(
                "prompt",
                "a cat",
                "seed",
                "7",
                "num_inference_steps",
                "25",
                "sampler_name",
                "euler",
                "use_stable_diffusion_model",
                "garden",
                "use_embedding_models",
                "['/m/calm.pt']",
                "parameters",
                "hello",
                "comment",
                "x"));
        assertThat(reading.claimed()).hasSize(6);
        assertThat(reading.generations().getFirst().models())
                .containsExactly(NamedModel.named("checkpoint", "garden"), NamedModel.named("embedding", "/m/calm.pt"));
    }

    @Test
    void readsObjectsOfBothKinds() {
        Generation words = only("UserComment", """
                {"Prompt": "a cat", "Negative Prompt": "", "Seed": 7, "Stable Diffusion model": "garden", "Sampler": "euler", "Width": 512,
                "Height": 512, "Steps": 25, "Guidance Scale": 7.5, "Embedding models": null, "Use Upscaling": "RealESRGAN_x4plus"}""");
        assertThat(words.steps()).contains(25);
        assertThat(words.settings()).containsEntry("use_upscale", "RealESRGAN_x4plus");
        Generation keys = only("UserComment", """
                {"prompt": "a cat", "seed": 7, "use_stable_diffusion_model": "garden", "sampler_name": "euler", "num_inference_steps": 25,
                "use_lora_model": ["wool", "fur"], "lora_alpha": [0.5, 1], "use_embedding_models": ["calm"], "use_controlnet_model": "canny"}""");
        assertThat(keys.loras()).hasSize(2);
        assertThat(keys.models()).extracting(NamedModel::kind).containsExactly("checkpoint", "controlnet", "embedding");
    }

    @Test
    void readsATaskThatItsUserSavedWithThePicturesFedIn() {
        String task = """
                {"numOutputsTotal": 1, "seed": 7, "reqBody": {"prompt": "a cat", "negative_prompt": "fog", "active_tags": ["soft"], "width": 512,
                "height": 512, "seed": 7, "num_inference_steps": 25, "guidance_scale": 7.5, "prompt_strength": 0.8,
                "init_image": "data:image/png;base64,AAAA", "mask": "data:image/png;base64,BBBB", "sampler_name": "euler",
                "use_stable_diffusion_model": "garden", "use_vae_model": ""}}""";
        Reading reading =
                GeneratorReaders.readAll(MetadataExtractor.extract("task.json", HeapBytes.wrap(task.getBytes(UTF_8))));
        Generation generation = reading.generations().getFirst();
        assertThat(generation.positivePrompt()).contains("a cat");
        assertThat(generation.inputs()).extracting(InputMedia::role).containsExactly("init", "mask");
        assertThat(generation.inputs())
                .allSatisfy(input -> assertThat(input.name()).startsWith("embedded data"));
        assertThat(generation.settings()).containsEntry("active_tags", "[\"soft\"]");
    }

    @Test
    void readsTheTextBesideAPicture() {
        String text =
                "Prompt: a cat\nin a garden\nNegative Prompt: fog\nSeed: 1234567890\nStable Diffusion model: garden\n"
                        + "Clip Skip: False\nVAE model: None\nSampler: euler_a\nWidth: 512\nHeight: 512\nSteps: 25\nGuidance Scale: 7.5\n";
        Generation generation = beside(text);
        assertThat(generation.positivePrompt()).contains("a cat\nin a garden");
        assertThat(generation.seed()).contains("1234567890");
        assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "garden"));
        Generation early = beside(
                "a lighthouse\nWidth: 512\nHeight: 512\nSeed: 5\nSteps: 50\nGuidance Scale: 7.5\nPrompt Strength: 0.8\n"
                        + "Use Face Correction: None\nUse Upscaling: None\nSampler: plms\nNegative Prompt: \nStable Diffusion model: sd-v1-4\n");
        assertThat(early.positivePrompt()).contains("a lighthouse");
        assertThat(early.negativePrompt()).contains("");
        assertThat(early.sampler()).contains("plms");
        assertThat(MetadataExtractor.extract(
                                "a.txt",
                                HeapBytes.wrap("Stable Diffusion model: which one?\nSteps: 3 of them".getBytes(UTF_8)))
                        .blocks())
                .isEmpty();
    }

    private static Generation beside(String text) {
        Reading reading =
                GeneratorReaders.readAll(MetadataExtractor.extract("a.txt", HeapBytes.wrap(text.getBytes(UTF_8))));
        assertThat(reading.generations()).hasSize(1);
        assertThat(reading.generations().getFirst().generator()).isEqualTo("Easy Diffusion");
        return reading.generations().getFirst();
    }

    private static Generation only(String key, String text) {
        Reading reading = GeneratorReaders.readAll(TextBlocks.item("jpeg/exif", key, text));
        assertThat(reading.generations()).hasSize(1);
        assertThat(reading.generations().getFirst().generator()).isEqualTo("Easy Diffusion");
        return reading.generations().getFirst();
    }
}
