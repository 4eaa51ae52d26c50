package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.ComfyCanvasGraph.assertModel;
import static org.latentprint.generator.ComfyCanvasGraph.assertSettings;

import org.junit.jupiter.api.Test;

/** Samplers in the editor's graph whose class is not known, or that hold other values than their class is known to have. */
class ComfyUnknownSamplersTest {
    private static final String LINKS =
            "model:MODEL:1.0,positive:CONDITIONING:2.0,negative:CONDITIONING:3.0,latent_image:LATENT:4.0";

    @Test
    void theSettingsOfAnUnknownSamplerAreNamedByTheirPlaceAndSaidToBe() {
        Generation generation = drawnBy(
                "Garden Sampler XL", "LATENT:LATENT", "7, 'fixed', 24, 7.5, 'dpmpp_2m', 'karras', 1, 1, 0, 0, 0");
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.negativePrompt()).contains("fog");
        assertSettings(generation, "7", 24, "7.5");
        assertThat(generation.sampler()).contains("dpmpp_2m");
        assertThat(generation.scheduler()).contains("karras");
        assertModel(generation, "checkpoint", "base.safetensors");
        assertThat(generation.unknowns()).contains("Garden Sampler XL");
        assertThat(generation.inferences())
                .extracting(Inference::field)
                .contains("seed", "steps", "cfg_scale", "sampler", "scheduler");
    }

    @Test
    void anOlderNodeOfAKnownClassIsReadTheSameWay() {
        Generation generation =
                drawnBy("KSampler //Inspire", "LATENT:LATENT", "7, 'fixed', 30, 3.5, 'dpmpp_2m', 'karras', 1, 'GPU'");
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertSettings(generation, "7", 30, "3.5");
    }

    @Test
    void theLinksOfASamplerCountWhereItsValuesAreNotUnderstood() {
        Generation generation = drawnBy("Garden Sampler XL", "LATENT:LATENT", "'slow', 24, 'bicycle', 7");
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.width()).contains(512);
        assertThat(generation.steps()).isEmpty();
        assertThat(generation.seed()).isEmpty();
        assertModel(generation, "checkpoint", "base.safetensors");
        assertThat(generation.inferences()).extracting(Inference::field).doesNotContain("steps", "sampler");
    }

    @Test
    void aNodeThatHandsItsModelOnIsNoSampler() {
        Generation generation = drawnBy("Garden Apply", "MODEL:MODEL,LATENT:LATENT", "'slow', 24, 'bicycle', 7");
        assertThat(generation.passes()).isEmpty();
    }

    @Test
    void theFirstStageOfStableCascadeIsTheMainPass() {
        Generation generation = new ComfyCanvasGraph()
                .node(
                        1,
                        "easy cascadeLoader",
                        "optional_lora_stack:LORA_STACK",
                        "pipe:PIPE_LINE,model_c:MODEL,latent_c:LATENT,vae:VAE",
                        "'c.safetensors', 'b.safetensors', 'Baked VAE', 'None', 'None', 1, 1, '1024 x 768', 1080, 832, 42,"
                                + " 'a lighthouse', 'fog', 1")
                .node(
                        2,
                        "easy fullCascadeKSampler",
                        "pipe:PIPE_LINE:1.0,image_to_latent_c:IMAGE,latent_c:LATENT,model_c:MODEL",
                        "pipe:PIPE_LINE,model_b:MODEL,latent_b:LATENT",
                        "'None', 'None', 15, 4.5, 'euler_ancestral', 'simple', 1, 'Preview', 0, 'ComfyUI', 7, 'fixed'")
                .node(
                        3,
                        "easy preSampling",
                        "pipe:PIPE_LINE:2.0,image_to_latent:IMAGE,latent:LATENT",
                        "pipe:PIPE_LINE",
                        "10, 1.1, 'euler_ancestral', 'simple', 1, 8, 'fixed'")
                .node(
                        4,
                        "easy kSampler",
                        "pipe:PIPE_LINE:3.0,model:MODEL",
                        "pipe:PIPE_LINE,image:IMAGE",
                        "'Preview', 0, 'ComfyUI'")
                .saved("4.1")
                .generation();
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.negativePrompt()).contains("fog");
        assertSettings(generation, "7", 15, "4.5");
        assertThat(generation.width()).contains(1024);
        assertModel(generation, "diffusion-model", "c.safetensors");
    }

    private static Generation drawnBy(String type, String outputs, String values) {
        return new ComfyCanvasGraph()
                .node(1, "CheckpointLoaderSimple", "", "MODEL:MODEL,CLIP:CLIP,VAE:VAE", "'base.safetensors'")
                .node(2, "CLIPTextEncode", "clip:CLIP:1.1", "CONDITIONING:CONDITIONING", "'a lighthouse'")
                .node(3, "CLIPTextEncode", "clip:CLIP:1.1", "CONDITIONING:CONDITIONING", "'fog'")
                .node(4, "EmptyLatentImage", "", "LATENT:LATENT", "512, 768, 1")
                .node(5, type, LINKS, outputs, values)
                .node(
                        6,
                        "VAEDecode",
                        "samples:LATENT:5." + (outputs.startsWith("MODEL") ? 1 : 0) + ",vae:VAE:1.2",
                        "IMAGE:IMAGE",
                        "")
                .saved("6.0")
                .generation();
    }
}
