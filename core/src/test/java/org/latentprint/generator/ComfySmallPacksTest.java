package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.ComfyCanvasGraph.assertModel;
import static org.latentprint.generator.ComfyCanvasGraph.assertSettings;
import static org.latentprint.generator.ComfyReadings.read;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/**
 * Small graphs of packs that bring a model, an encoder or a pipe of their own; classes and the order of their inputs as the
 * packs' own sources declare them.
 */
class ComfySmallPacksTest {
    @Test
    void fooocusNodesHandTheirSettingsThroughAPipe() {
        Generation generation = new ComfyCanvasGraph()
                .node(1, "Fooocus positive", "", "positive:STRING", "'a dragon kite'")
                .node(2, "Fooocus negative", "", "negative:STRING", "'fog'")
                .node(
                        3,
                        "Fooocus LoraStack",
                        "optional_lora_stack:LORA_STACK",
                        "lora_stack:LORA_STACK",
                        "true, 1, 'ink.safetensors', 0.1, 'wool.safetensors', 0.5" + ", 'None', 1".repeat(8))
                .node(
                        4,
                        "Fooocus Loader",
                        "optional_lora_stack:LORA_STACK:3.0,positive_prompt:STRING:1.0,negative_prompt:STRING:2.0",
                        "pipe:PIPE_LINE",
                        "'base.safetensors', 'finer.safetensors', 0.6, 'joint', true, 294, 'randomize', '768 x 1280', 1024, 1024, 1")
                .node(
                        5,
                        "Fooocus PreKSampler",
                        "pipe:PIPE_LINE:4.0,inpaint_image:IMAGE,inpaint_mask:MASK",
                        "pipe:PIPE_LINE,MODEL:MODEL",
                        "'text_or_images_to_images', 30, 4, 'dpmpp_2m_sde_gpu', 'karras', 1, 'simple', 2, 7, 1.5, 0.8, 0.3, 0.25")
                .node(
                        6,
                        "Fooocus KSampler",
                        "pipe:PIPE_LINE:5.0,model:MODEL",
                        "pipe:PIPE_LINE,image:IMAGE",
                        "'Preview', 'x'")
                .saved("6.1")
                .generation();
        assertThat(generation.positivePrompt()).contains("a dragon kite");
        assertThat(generation.negativePrompt()).contains("fog");
        assertSettings(generation, "294", 30, "4");
        assertThat(generation.sampler()).contains("dpmpp_2m_sde_gpu");
        assertModel(generation, "checkpoint", "base.safetensors");
        assertThat(generation.models()).doesNotContain(NamedModel.named("checkpoint", "finer.safetensors"));
        assertThat(generation.loras())
                .extracting(lora -> lora.name().orElse(""))
                .containsExactly("ink.safetensors");
        assertThat(generation.width()).contains(768);
        assertThat(generation.inferences()).extracting(Inference::field).contains("positive_prompt");
    }

    @Test
    void aThreeStageSamplerIsReadByItsFirstStage() {
        Generation generation = prompt("""
                '1': {'class_type': 'UNETLoader', 'inputs': {'unet_name': 'high.safetensors', 'weight_dtype': 'default'}},
                '2': {'class_type': 'UNETLoader', 'inputs': {'unet_name': 'low.safetensors', 'weight_dtype': 'default'}},
                '3': {'class_type': 'CLIPLoader', 'inputs': {'clip_name': 't5.safetensors', 'type': 'wan'}},
                '4': {'class_type': 'CLIPTextEncode', 'inputs': {'clip': ['3', 0], 'text': 'a fox'}},
                '5': {'class_type': 'CLIPTextEncode', 'inputs': {'clip': ['3', 0], 'text': 'fog'}},
                '6': {'class_type': 'EmptyHunyuanLatentVideo', 'inputs': {'width': 832, 'height': 480, 'length': 81,
                    'batch_size': 1}},
                '7': {'class_type': 'TripleKSamplerWan22Lightning', 'inputs': {'base_high': ['1', 0],
                    'lightning_high': ['1', 0], 'lightning_low': ['2', 0], 'positive': ['4', 0], 'negative': ['5', 0],
                    'latent_image': ['6', 0], 'seed': 11, 'sigma_shift': 5.0, 'base_cfg': 3.5, 'lightning_start': 1,
                    'lightning_steps': 8, 'sampler_name': 'euler', 'scheduler': 'beta',
                    'switch_strategy': 'T2V boundary'}},
                '8': {'class_type': 'VAEDecode', 'inputs': {'samples': ['7', 0]}},
                '9': {'class_type': 'SaveImage', 'inputs': {'images': ['8', 0], 'filename_prefix': 'x'}}""");
        assertThat(generation.positivePrompt()).contains("a fox");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.seed()).contains("11");
        assertThat(generation.steps()).isEmpty();
        assertThat(generation.cfgScale()).contains(new BigDecimal("3.5"));
        assertModel(generation, "diffusion-model", "high.safetensors");
        assertModel(generation, "diffusion-model", "low.safetensors");
        assertThat(generation.width()).contains(832);
    }

    @Test
    void photoDoodleLoadsTwoLorasUnderNamesOfItsOwn() {
        Generation generation = new ComfyCanvasGraph()
                .node(
                        1,
                        "PhotoDoodle_Loader",
                        "",
                        "model:MODEL_PhotoDoodle",
                        "'flux-int4', 'doodle/pre.safetensors',"
                                + " 'doodle/halo.safetensors', 'nunchaku-fp16', 'enable', 'bfloat16'")
                .node(2, "LoadImage", "", "IMAGE:IMAGE,MASK:MASK", "'cat.png', 'image'")
                .node(
                        3,
                        "PhotoDoodle_Sampler",
                        "pipeline:MODEL_PhotoDoodle:1.0,image:IMAGE:2.0",
                        "image:IMAGE",
                        "'add a hat', 19, 'randomize', 512, 768, 20, 3.5, 512")
                .saved("3.0")
                .generation();
        assertThat(generation.positivePrompt()).contains("add a hat");
        assertThat(generation.seed()).contains("19");
        assertModel(generation, "diffusion-model", "flux-int4");
        assertThat(generation.loras())
                .extracting(lora -> lora.name().orElse(""))
                .containsExactly("doodle/pre.safetensors", "doodle/halo.safetensors");
        assertThat(generation.inputs()).extracting(InputMedia::name).contains("cat.png");
    }

    @Test
    void pipelinesOfDiffusersAreFollowedToTheirFile() {
        Generation generation = new ComfyCanvasGraph()
                .node(
                        1,
                        "DiffusersPipelineLoader",
                        "",
                        "PIPELINE:PIPELINE,AUTOENCODER:AUTOENCODER,SCHEDULER:SCHEDULER",
                        "'base.safetensors'")
                .node(
                        2,
                        "DiffusersModelMakeup",
                        "pipeline:PIPELINE:1.0,autoencoder:AUTOENCODER:1.1,scheduler:SCHEDULER:1.2",
                        "MAKED_PIPELINE:MAKED_PIPELINE",
                        "")
                .node(
                        3,
                        "DiffusersClipTextEncode",
                        "maked_pipeline:MAKED_PIPELINE:2.0",
                        "positive_embeds:EMBEDS,negative_embeds:EMBEDS,positive:STRING,negative:STRING",
                        "'a lighthouse', 'fog'")
                .node(
                        4,
                        "DiffusersSampler",
                        "maked_pipeline:MAKED_PIPELINE:2.0,positive_embeds:EMBEDS:3.0,negative_embeds:EMBEDS:3.1",
                        "PIL_IMAGE:PIL_IMAGE",
                        "512, 640, 20, 8.0, 77, 'fixed'")
                .node(9, "DiffusersSaveImage", "pil_images:PIL_IMAGE:4.0", "", "'x'")
                .generation();
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.negativePrompt()).contains("fog");
        assertSettings(generation, "77", 20, "8.0");
        assertModel(generation, "checkpoint", "base.safetensors");
        assertThat(generation.height()).contains(640);
    }

    @Test
    void clownsharkLoadsAndSamplesInOneNodeEach() {
        Generation generation = new ComfyCanvasGraph()
                .node(
                        1,
                        "ClownModelLoader",
                        "",
                        "model:MODEL,clip:CLIP,vae:VAE",
                        "'chroma.safetensors', 'default', 't5.safetensors', '.none', '.none', '.none', 'chroma', 'ae.sft'")
                .node(2, "CLIPTextEncode", "clip:CLIP:1.1", "CONDITIONING:CONDITIONING", "'a shark kite'")
                .node(3, "CLIPTextEncode", "clip:CLIP:1.1", "CONDITIONING:CONDITIONING", "'fog'")
                .node(4, "EmptyLatentImage", "", "LATENT:LATENT", "1024, 768, 1")
                .node(
                        5,
                        "ClownsharKSampler",
                        "model:MODEL:1.0,positive:CONDITIONING:2.0,negative:CONDITIONING:3.0,sigmas:SIGMAS,"
                                + "latent_image:LATENT:4.0,guides:GUIDES,options:OPTIONS,automation:AUTOMATION",
                        "output:LATENT,denoised:LATENT,sde_noise:LATENT",
                        "'gaussian', 'gaussian', 'hard', 0.5, 3, 'fixed', 'standard', 'res_2m', 'explicit_diagonal',"
                                + " 'beta57', 30, 0, 1.0, 1.0, 4.0, ''")
                .node(6, "VAEDecode", "samples:LATENT:5.0,vae:VAE:1.2", "IMAGE:IMAGE", "")
                .saved("6.0")
                .generation();
        assertThat(generation.positivePrompt()).contains("a shark kite");
        assertSettings(generation, "3", 30, "4.0");
        assertThat(generation.sampler()).contains("res_2m");
        assertThat(generation.scheduler()).contains("beta57");
        assertThat(generation.models())
                .containsExactlyInAnyOrder(
                        NamedModel.named("diffusion-model", "chroma.safetensors"),
                        NamedModel.named("text-encoder", "t5.safetensors"),
                        NamedModel.named("vae", "ae.sft"));
    }

    private static Generation prompt(String nodes) {
        return read("prompt", ("{" + nodes + "}").replace('\'', '"'));
    }
}
