package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.ComfyCanvasGraph.assertModel;
import static org.latentprint.generator.ComfyCanvasGraph.assertSettings;

import org.junit.jupiter.api.Test;

/**
 * Small graphs of packs whose texts go through an encoder of their own; classes and the order of their inputs as the packs'
 * own sources declare them.
 */
class ComfyOwnEncoderTest {
    @Test
    void kolorsHasTwoPacksWithAnEncoderOfTheirOwn() {
        Generation bare = new ComfyCanvasGraph()
                .node(1, "MZ_ChatGLM3Loader", "", "chatglm3_model:CHATGLM3MODEL", "'glm.safetensors'")
                .node(2, "MZ_KolorsUNETLoader", "", "model:MODEL,hid_proj:TorchLinear", "'kolors.safetensors'")
                .node(
                        3,
                        "MZ_ChatGLM3",
                        "chatglm3_model:CHATGLM3MODEL:1.0,hid_proj:TorchLinear:2.1",
                        "CONDITIONING:CONDITIONING",
                        "'a lighthouse'")
                .node(4, "EmptyLatentImage", "", "LATENT:LATENT", "968, 1152, 1")
                .node(
                        5,
                        "KSampler",
                        "model:MODEL:2.0,positive:CONDITIONING:3.0,negative:CONDITIONING,latent_image:LATENT:4.0",
                        "LATENT:LATENT",
                        "13, 'fixed', 30, 6.5, 'euler', 'karras', 1.0")
                .node(6, "VAEDecode", "samples:LATENT:5.0,vae:VAE", "IMAGE:IMAGE", "")
                .saved("6.0")
                .generation();
        assertThat(bare.positivePrompt()).contains("a lighthouse");
        assertModel(bare, "diffusion-model", "kolors.safetensors");
        assertModel(bare, "text-encoder", "glm.safetensors");

        Generation wrapped = new ComfyCanvasGraph()
                .node(1, "DownloadAndLoadKolorsModel", "", "kolors_model:KOLORSMODEL", "'Kwai-Kolors/Kolors', 'fp16'")
                .node(2, "LoadChatGLM3", "", "chatglm3_model:CHATGLM3MODEL", "'glm.safetensors', 'fp16'")
                .node(
                        3,
                        "KolorsTextEncode",
                        "chatglm3_model:CHATGLM3MODEL:2.0",
                        "kolors_embeds:KOLORS_EMBEDS",
                        "'a bicycle', 'fog', 1")
                .node(
                        4,
                        "KolorsSampler",
                        "kolors_model:KOLORSMODEL:1.0,kolors_embeds:KOLORS_EMBEDS:3.0,latent:LATENT",
                        "latent:LATENT",
                        "1024, 768, 5, 'fixed', 25, 5.0, 'EulerDiscreteScheduler', 1.0")
                .node(6, "VAEDecode", "samples:LATENT:4.0,vae:VAE", "IMAGE:IMAGE", "")
                .saved("6.0")
                .generation();
        assertThat(wrapped.positivePrompt()).contains("a bicycle");
        assertThat(wrapped.negativePrompt()).contains("fog");
        assertSettings(wrapped, "5", 25, "5.0");
        assertModel(wrapped, "diffusion-model", "Kwai-Kolors/Kolors");
        assertThat(wrapped.width()).contains(1024);
        assertThat(wrapped.height()).contains(768);
    }

    @Test
    void sanaAndPixArtEncodeWithALanguageModel() {
        Generation sana = new ComfyCanvasGraph()
                .node(
                        1,
                        "ClarkAirSanaLoader",
                        "",
                        "MODEL:MODEL",
                        "'sana.safetensors', 'SanaMS_1600M_P1_D20', 'bfloat16'")
                .node(2, "GemmaLoader", "", "GEMMA:GEMMA", "'garden/gemma', 'cuda', 'BF16'")
                .node(3, "GemmaTextEncode", "GEMMA:GEMMA:2.0", "CONDITIONING:CONDITIONING", "'a corgi'")
                .node(4, "ClarkAirSanaEmptyLatent", "", "LATENT:LATENT", "512, 640, 1")
                .node(
                        5,
                        "KSampler",
                        "model:MODEL:1.0,positive:CONDITIONING:3.0,negative:CONDITIONING,latent_image:LATENT:4.0",
                        "LATENT:LATENT",
                        "9, 'fixed', 20, 4.5, 'euler', 'normal', 1.0")
                .node(6, "VAEDecode", "samples:LATENT:5.0,vae:VAE:7.0", "IMAGE:IMAGE", "")
                .node(7, "ExtraVAELoader", "", "VAE:VAE", "'dcae.safetensors', 'dcae-f32c32-sana-1.0', 'FP16'")
                .saved("6.0")
                .generation();
        assertThat(sana.positivePrompt()).contains("a corgi");
        assertModel(sana, "diffusion-model", "sana.safetensors");
        assertModel(sana, "text-encoder", "garden/gemma");
        assertThat(sana.height()).contains(640);
        assertThat(sana.unknowns()).isEmpty();

        Generation dit = new ComfyCanvasGraph()
                .node(1, "HYDiTCheckpointLoader", "", "model:MODEL", "'dit.safetensors', 'G/2'")
                .node(2, "HYDiTTextEncoderLoader", "", "CLIP:CLIP,T5:T5", "'clip.bin', 'mt5.bin', 'auto', 'default'")
                .node(3, "HYDiTTextEncodeSimple", "CLIP:CLIP:2.0,T5:T5:2.1", "CONDITIONING:CONDITIONING", "'a kite'")
                .node(4, "EmptyLatentImage", "", "LATENT:LATENT", "1024, 1024, 1")
                .node(
                        5,
                        "KSampler",
                        "model:MODEL:1.0,positive:CONDITIONING:3.0,negative:CONDITIONING,latent_image:LATENT:4.0",
                        "LATENT:LATENT",
                        "9, 'fixed', 20, 4.5, 'euler', 'normal', 1.0")
                .node(6, "VAEDecode", "samples:LATENT:5.0,vae:VAE", "IMAGE:IMAGE", "")
                .saved("6.0")
                .generation();
        assertThat(dit.positivePrompt()).contains("a kite");
        assertModel(dit, "checkpoint", "dit.safetensors");
        assertModel(dit, "text-encoder", "mt5.bin");
    }

    @Test
    void wrappersWithTheirOwnEncoderAreReadLikeTheOthers() {
        Generation lumina = new ComfyCanvasGraph()
                .node(1, "DownloadAndLoadLuminaModel", "", "lumina_model:LUMINAMODEL", "'garden/Lumina', ''")
                .node(
                        2,
                        "LuminaGemmaTextEncode",
                        "lumina_model:LUMINAMODEL:1.0",
                        "lumina_embeds:LUMINATEMBED",
                        "'a cat', 'fog'")
                .node(3, "EmptyLatentImage", "", "LATENT:LATENT", "1024, 1024, 1")
                .node(
                        4,
                        "LuminaT2ISampler",
                        "latent:LATENT:3.0,lumina_model:LUMINAMODEL:1.0,lumina_embeds:LUMINATEMBED:2.0",
                        "samples:LATENT",
                        "4, 'fixed', 50, 4.0, false, 4, 'euler'")
                .node(6, "VAEDecode", "samples:LATENT:4.0,vae:VAE", "IMAGE:IMAGE", "")
                .saved("6.0")
                .generation();
        assertThat(lumina.positivePrompt()).contains("a cat");
        assertThat(lumina.negativePrompt()).contains("fog");
        assertSettings(lumina, "4", 50, "4.0");
        assertModel(lumina, "diffusion-model", "garden/Lumina");

        Generation pyramid = new ComfyCanvasGraph()
                .node(
                        1,
                        "DownloadAndLoadPyramidFlowModel",
                        "",
                        "pyramidflow_model:PYRAMIDFLOWMODEL",
                        "'garden/pyramid', 'diffusion_transformer_768p', 'bf16', 'bf16', 'bf16', false")
                .node(
                        2,
                        "PyramidFlowTextEncode",
                        "model:PYRAMIDFLOWMODEL:1.0,prev_prompt:PYRAMIDFLOWPROMPT",
                        "prompt_embeds:PYRAMIDFLOWPROMPT",
                        "'a kite rises', 'fog', false")
                .node(
                        3,
                        "PyramidFlowSampler",
                        "model:PYRAMIDFLOWMODEL:1.0,prompt_embeds:PYRAMIDFLOWPROMPT:2.0,input_latent:LATENT",
                        "model:PYRAMIDFLOWMODEL,samples:LATENT",
                        "640, 384, '20, 20, 20', '10, 10, 10', 16, 9.0, 5.0, 6, 'fixed', false")
                .node(4, "VAEDecode", "samples:LATENT:3.1,vae:VAE", "IMAGE:IMAGE", "")
                .saved("4.0")
                .generation();
        assertThat(pyramid.positivePrompt()).contains("a kite rises");
        assertThat(pyramid.negativePrompt()).contains("fog");
        assertThat(pyramid.seed()).contains("6");
        assertThat(pyramid.steps()).isEmpty();
        assertModel(pyramid, "diffusion-model", "garden/pyramid");
    }
}
