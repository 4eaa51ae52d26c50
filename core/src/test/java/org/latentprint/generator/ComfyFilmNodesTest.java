package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.ComfyPackGraph.LOADER;
import static org.latentprint.generator.ComfyPackGraph.TEXTS;
import static org.latentprint.generator.ComfyPackGraph.assertWhole;
import static org.latentprint.generator.ComfyPackGraph.lora;
import static org.latentprint.generator.ComfyPackGraph.node;
import static org.latentprint.generator.ComfyPackGraph.prompt;
import static org.latentprint.generator.ComfyPackGraph.saved;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Nodes of packs in wide use that make films and their sound; class and input names as the packs' own sources declare them. */
class ComfyFilmNodesTest {
    private static final String LTX_SETTINGS = node("30", "RandomNoise", "'noise_seed': 7") + ","
            + node("31", "KSamplerSelect", "'sampler_name': 'euler'")
            + ","
            + node("32", "BasicScheduler", "'model': ['1', 0], 'scheduler': 'karras', 'steps': 20, 'denoise': 1.0");

    @Test
    void wanVideoWrapperChains() {
        String model = node(
                "1",
                "WanVideoModelLoader",
                "'model': 'wan.safetensors', 'base_precision': 'bf16', 'quantization': 'disabled', 'load_device': 'offload_device',"
                        + "'lora': ['2', 0], 'block_swap_args': ['11', 0]");
        String lora = node("2", "WanVideoLoraSelect", "'lora': 'ink.safetensors', 'strength': 0.6") + ","
                + node("11", "WanVideoBlockSwap", "'blocks_to_swap': 20");
        String text = node(
                        "3",
                        "WanVideoTextEncode",
                        "'positive_prompt': 'a lighthouse', 'negative_prompt': 'fog', 'force_offload': true, 't5': ['4', 0]")
                + "," + node("4", "LoadWanVideoT5TextEncoder", "'model_name': 'umt5.safetensors', 'precision': 'bf16'");
        String image = node(
                        "6",
                        "WanVideoImageToVideoEncode",
                        "'width': 640, 'height': 384, 'num_frames': 81, 'noise_aug_strength': 0, 'start_latent_strength': 1,"
                                + "'end_latent_strength': 1, 'force_offload': true, 'vae': ['7', 0], 'start_image': ['10', 0]")
                + "," + node("7", "WanVideoVAELoader", "'model_name': 'wanvae.safetensors', 'precision': 'bf16'")
                + "," + node("10", "LoadImage", "'image': 'bicycle.png'");
        String sampler = node(
                "5",
                "WanVideoSampler",
                "'model': ['1', 0], 'image_embeds': ['6', 0], 'text_embeds': ['3', 0], 'steps': 20, 'cfg': 7.5, 'shift': 5.0,"
                        + "'seed': 7, 'force_offload': true, 'scheduler': 'unipc', 'riflex_freq_index': 0");
        String saved = node("8", "WanVideoDecode", "'vae': ['7', 0], 'samples': ['5', 0]") + ","
                + node("9", "VHS_VideoCombine", "'frame_rate': 16, 'filename_prefix': 'wan', 'images': ['8', 0]");
        Generation generation = prompt(model, lora, text, image, sampler, saved);
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.scheduler()).contains("unipc");
        assertThat(generation.width()).contains(640);
        assertThat(generation.height()).contains(384);
        assertThat(generation.settings()).containsEntry("frames", "81").containsEntry("frame_rate", "16");
        assertThat(generation.task()).contains(Task.IMG2VID);
        assertThat(generation.inputs()).containsExactly(new InputMedia("init", "bicycle.png"));
        assertThat(generation.loras()).containsExactly(lora("ink.safetensors", "0.6"));
        assertThat(generation.models())
                .contains(NamedModel.named("diffusion-model", "wan.safetensors"))
                .contains(NamedModel.named("text-encoder", "umt5.safetensors"))
                .contains(NamedModel.named("vae", "wanvae.safetensors"));
    }

    @Test
    void hunyuanVideoWrapperKeepsTheNegativeOnItsCfgNode() {
        String model = node("1", "HyVideoModelLoader", "'model': 'hy.safetensors', 'base_precision': 'bf16'");
        String text = node(
                        "2",
                        "HyVideoTextEncode",
                        "'text_encoders': ['4', 0], 'prompt': 'a lighthouse', 'force_offload': true, 'hyvid_cfg': ['3', 0]")
                + ","
                + node("3", "HyVideoCFG", "'negative_prompt': 'fog', 'cfg': 6.0, 'start_percent': 0, 'end_percent': 1")
                + "," + node("4", "DownloadAndLoadHyVideoTextEncoder", "'llm_model': 'llava', 'clip_model': 'clip-l'");
        String sampler = node(
                "5",
                "HyVideoSampler",
                "'model': ['1', 0], 'hyvid_embeds': ['2', 0], 'width': 640, 'height': 384, 'num_frames': 49, 'steps': 20,"
                        + "'embedded_guidance_scale': 6.0, 'flow_shift': 9.0, 'seed': 7, 'force_offload': true");
        String saved = node("8", "HyVideoDecode", "'vae': ['7', 0], 'samples': ['5', 0]") + ","
                + node("9", "VHS_VideoCombine", "'frame_rate': 24, 'filename_prefix': 'hy', 'images': ['8', 0]");
        Generation generation = prompt(model, text, sampler, saved);
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.width()).contains(640);
        assertThat(generation.settings()).containsEntry("frames", "49");
        assertThat(generation.cfgScale()).isEmpty();
        assertThat(generation.task()).contains(Task.TXT2VID);
        assertThat(generation.models()).contains(NamedModel.named("diffusion-model", "hy.safetensors"));
    }

    @Test
    void framePackTakesItsSizeFromTheStartLatent() {
        String model = node("1", "LoadFramePackModel", "'model': 'fp.safetensors', 'base_precision': 'bf16'");
        String vision = node("6", "CLIPVisionEncode", "'clip_vision': ['7', 0], 'image': ['10', 0], 'crop': 'center'")
                + ","
                + node("10", "ImageScale", "'image': ['11', 0], 'width': 224, 'height': 224, 'upscale_method': 'area'")
                + "," + node("11", "LoadImage", "'image': 'bicycle.png'");
        String start = node("12", "VAEEncode", "'pixels': ['13', 0], 'vae': ['14', 0]")
                + ","
                + node("13", "ImageScale", "'image': ['11', 0], 'width': 640, 'height': 384, 'upscale_method': 'area'")
                + "," + node("14", "VAELoader", "'vae_name': 'hyvae.safetensors'");
        String sampler = node(
                "5",
                "FramePackSampler",
                "'model': ['1', 0], 'positive': ['2', 0], 'negative': ['3', 0], 'image_embeds': ['6', 0], 'steps': 20,"
                        + "'use_teacache': true, 'cfg': 7.5, 'guidance_scale': 10.0, 'shift': 0, 'seed': 7, 'sampler': 'unipc_bh1',"
                        + "'start_latent': ['12', 0]");
        Generation generation = prompt(
                model,
                node(
                        "15",
                        "DualCLIPLoader",
                        "'clip_name1': 'l.safetensors', 'clip_name2': 'llava.safetensors', 'type': 'hunyuan_video'"),
                TEXTS.replace("[\"1\", 1]", "[\"15\", 0]"),
                vision,
                start,
                sampler,
                saved("5", 0));
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.cfgScale()).contains(new BigDecimal("7.5"));
        assertThat(generation.sampler()).contains("unipc_bh1");
        assertThat(generation.width()).contains(640);
        assertThat(generation.models()).contains(NamedModel.named("diffusion-model", "fp.safetensors"));
        assertThat(generation.inputs()).contains(new InputMedia("init", "bicycle.png"));
    }

    @Test
    void aSamplerThatHoldsThePromptsItself() {
        String sampler = node(
                "5",
                "MMAudioSampler",
                "'mmaudio_model': ['1', 0], 'feature_utils': ['2', 0], 'duration': 8, 'steps': 20, 'cfg': 7.5, 'seed': 7,"
                        + "'prompt': 'waves', 'negative_prompt': 'music', 'mask_away_clip': false, 'force_offload': true,"
                        + "'images': ['10', 0]");
        Generation generation = prompt(
                node("1", "MMAudioModelLoader", "'mmaudio_model': 'mmaudio.safetensors', 'base_precision': 'fp16'"),
                node(
                        "2",
                        "MMAudioFeatureUtilsLoader",
                        "'vae_model': 'v.safetensors', 'synchformer_model': 's.safetensors'"),
                node("10", "VHS_LoadVideo", "'video': 'harbour.mp4', 'force_rate': 0"),
                sampler,
                node("9", "VHS_VideoCombine", "'frame_rate': 25, 'images': ['10', 0], 'audio': ['5', 0]"));
        assertThat(generation.positivePrompt()).contains("waves");
        assertThat(generation.negativePrompt()).contains("music");
        assertThat(generation.seed()).contains("7");
        assertThat(generation.models()).contains(NamedModel.named("diffusion-model", "mmaudio.safetensors"));
        assertThat(generation.inputs()).contains(new InputMedia("video", "harbour.mp4"));
    }

    @Test
    void filmAndSoundMadeInOnePass() {
        Generation generation = prompt(
                LOADER,
                TEXTS,
                LTX_SETTINGS,
                node("20", "LTXVConditioning", "'positive': ['2', 0], 'negative': ['3', 0], 'frame_rate': 24"),
                node("21", "CFGGuider", "'model': ['1', 0], 'positive': ['20', 0], 'negative': ['20', 1], 'cfg': 7.5"),
                node("22", "EmptyLTXVLatentVideo", "'width': 640, 'height': 384, 'length': 97, 'batch_size': 1"),
                node("23", "LTXVEmptyLatentAudio", "'frames_number': 97, 'frame_rate': 25, 'audio_vae': ['24', 0]"),
                node("24", "LTXVAudioVAELoader", "'ckpt_name': 'base.safetensors'"),
                node(
                        "25",
                        "LTXVImgToVideoInplace",
                        "'vae': ['1', 2], 'image': ['10', 0], 'latent': ['22', 0], 'strength': 1.0"),
                node("10", "LoadImage", "'image': 'coast.png'"),
                node("26", "LTXVConcatAVLatent", "'video_latent': ['25', 0], 'audio_latent': ['23', 0]"),
                node(
                        "5",
                        "SamplerCustomAdvanced",
                        "'noise': ['30', 0], 'guider': ['21', 0], 'sampler': ['31', 0], 'sigmas': ['32', 0], 'latent_image': ['26', 0]"),
                node("27", "LTXVSeparateAVLatent", "'av_latent': ['5', 0]"),
                node("8", "VAEDecode", "'samples': ['27', 0], 'vae': ['1', 2]"),
                node("28", "LTXVAudioVAEDecode", "'samples': ['27', 1], 'audio_vae': ['24', 0]"),
                node("29", "CreateVideo", "'images': ['8', 0], 'audio': ['28', 0], 'fps': 24"),
                node("9", "SaveVideo", "'video': ['29', 0], 'filename_prefix': 'garden'"));
        assertWhole(generation);
        assertThat(generation.inputs()).hasSize(1);
        assertThat(generation.passes()).hasSize(1);
    }

    @Test
    void aSamplerThatMakesItsLatentItself() {
        Generation generation = prompt(
                LOADER,
                TEXTS,
                LTX_SETTINGS,
                node(
                        "21",
                        "STGGuiderAdvanced",
                        "'model': ['33', 0], 'positive': ['2', 0], 'negative': ['3', 0],"
                                + "'skip_steps_sigma_threshold': 1, 'sigmas': '1.0, 0.9', 'cfg_values': '8, 6'"),
                node(
                        "33",
                        "LTXICLoRALoaderModelOnly",
                        "'model': ['1', 0], 'lora_name': 'ink.safetensors', 'strength_model': 0.6"),
                node(
                        "5",
                        "LTXVBaseSampler",
                        "'model': ['33', 0], 'vae': ['1', 2], 'width': 640, 'height': 384, 'num_frames': 97, 'guider': ['21', 0],"
                                + "'sampler': ['31', 0], 'sigmas': ['32', 0], 'noise': ['30', 0], 'optional_cond_images': ['10', 0],"
                                + "'optional_cond_indices': '0', 'strength': 0.9, 'crop': 'disabled', 'crf': 35, 'blur': 0"),
                node("10", "LoadImage", "'image': 'coast.png'"),
                node("8", "VAEDecode", "'samples': ['5', 0], 'vae': ['1', 2]"),
                node("9", "VHS_VideoCombine", "'images': ['8', 0], 'frame_rate': 24, 'save_output': true"));
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.seed()).contains("7");
        assertThat(generation.steps()).contains(20);
        assertThat(generation.cfgScale()).isEmpty();
        assertThat(generation.width()).contains(640);
        assertThat(generation.loras()).containsExactly(lora("ink.safetensors", "0.6"));
        assertThat(generation.models()).contains(NamedModel.named("checkpoint", "base.safetensors"));
        assertThat(generation.inputs()).hasSize(1);
    }
}
