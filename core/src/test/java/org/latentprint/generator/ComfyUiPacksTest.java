package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Origin;

/** Small graphs of node packs in wide use; class and input names as the packs' own sources declare them. */
class ComfyUiPacksTest {
    private static final String LOADER = node("1", "CheckpointLoaderSimple", "'ckpt_name': 'base.safetensors'");
    private static final String TEXTS = node("2", "CLIPTextEncode", "'text': 'a lighthouse', 'clip': ['1', 1]")
            + ","
            + node("3", "CLIPTextEncode", "'text': 'fog', 'clip': ['1', 1]");
    private static final String LATENT = node("4", "EmptyLatentImage", "'width': 640, 'height': 384, 'batch_size': 1");
    private static final String LTX_SETTINGS = node("30", "RandomNoise", "'noise_seed': 7") + ","
            + node("31", "KSamplerSelect", "'sampler_name': 'euler'")
            + ","
            + node("32", "BasicScheduler", "'model': ['1', 0], 'scheduler': 'karras', 'steps': 20, 'denoise': 1.0");
    private static final String SETTINGS =
            "'seed': 7, 'steps': 20, 'cfg': 7.5, 'sampler_name': 'euler', 'scheduler': 'karras', 'denoise': 1.0";

    @Test
    void efficientLoaderAndSamplerHoldAllThemselves() {
        String loader = node(
                "1",
                "Efficient Loader",
                "'ckpt_name': 'base.safetensors', 'vae_name': 'Baked VAE', 'clip_skip': -2, 'lora_name': 'ink.safetensors',"
                        + "'lora_model_strength': 0.6, 'lora_clip_strength': 1, 'positive': 'a lighthouse', 'negative': 'fog',"
                        + "'token_normalization': 'none', 'weight_interpretation': 'comfy', 'empty_latent_width': 640,"
                        + "'empty_latent_height': 384, 'batch_size': 1, 'lora_stack': ['2', 0]");
        String stack = node(
                "2",
                "LoRA Stacker",
                "'input_mode': 'advanced', 'lora_count': 1, 'lora_name_1': 'chalk.safetensors', 'lora_wt_1': 1.0,"
                        + "'model_str_1': 0.4, 'clip_str_1': 0.5, 'lora_name_2': 'unused.safetensors', 'lora_wt_2': 1.0");
        String sampler = node(
                "5",
                "KSampler (Efficient)",
                SETTINGS + ", 'preview_method': 'auto', 'vae_decode': 'true', 'model': ['1', 0], 'positive': ['1', 1],"
                        + "'negative': ['1', 2], 'latent_image': ['1', 3], 'optional_vae': ['1', 4]");
        Generation generation = prompt(loader, stack, sampler, saved("5", 5));
        assertWhole(generation);
        assertThat(generation.loras())
                .containsExactly(lora("ink.safetensors", "0.6"), lora("chalk.safetensors", "0.4"));
    }

    @Test
    void easyPipesHandModelPromptsAndSettingsOn() {
        String loader = node("1", "easy fullLoader", EASY_LOADER + "'resolution': 'width x height (custom)'");
        String settings = node("2", "easy preSampling", SETTINGS + ", 'pipe': ['1', 0]");
        String sampler = node(
                "5",
                "easy kSampler",
                "'image_output': 'Preview', 'link_id': 0, 'save_prefix': 'ComfyUI', 'pipe': ['2', 0]");
        Generation generation = prompt(loader, settings, sampler, saved("5", 1));
        assertWhole(generation);
        assertThat(generation.loras()).containsExactly(lora("ink.safetensors", "0.6"));
    }

    @Test
    void aChosenResolutionCountsNotTheNumbersBesideIt() {
        String loader = node("1", "easy fullLoader", EASY_LOADER + "'resolution': '768 x 512'");
        String sampler = node("5", "easy fullkSampler", SETTINGS + ", 'pipe': ['1', 0], 'image_output': 'Hide'");
        Generation generation = prompt(loader, sampler, saved("5", 1));
        assertThat(generation.width()).contains(768);
        assertThat(generation.height()).contains(512);
    }

    @Test
    void sizesNamedByAListAreRead() {
        assertThat(sizeOf("CR SDXL Aspect Ratio", 4, aspect("3:4 portrait 896x1152", "Off")))
                .contains("896x1152");
        assertThat(sizeOf("CR SDXL Aspect Ratio", 4, aspect("3:4 portrait 896x1152", "On")))
                .contains("1152x896");
        assertThat(sizeOf("CR SDXL Aspect Ratio", 4, aspect("custom", "Off"))).contains("640x384");
        assertThat(sizeOf("CR Aspect Ratio Banners", 5, aspect("Banner - 468x60", "Off")))
                .isEmpty();
        assertThat(sizeOf("CR Aspect Ratio", 5, aspect("custom", "Off") + ", 'prescale_factor': 2.0"))
                .isEmpty();
        assertThat(sizeOf("SDXL Empty Latent Image (rgthree)", 0, "'dimensions': ' 832 x 1216  (portrait)'"))
                .contains("832x1216");
        assertThat(sizeOf("Empty Latent Ratio Custom SDXL", 0, "'width': 16, 'height': 9, 'batch_size': 1"))
                .isEmpty();
        assertThat(sizeOf("EmptyLatentImage", 0, "'width': 640, 'height': 384, 'batch_size': 1"))
                .contains("640x384");
    }

    @Test
    void aPipeLoaderOfTinyTerraReadsLoraTags() {
        String loader = node(
                "1",
                "ttN pipeLoader_v2",
                "'ckpt_name': 'base.safetensors', 'config_name': 'Default', 'vae_name': 'Baked VAE', 'clip_skip': -1,"
                        + "'loras': '<lora:ink:0.6>', 'positive': 'a lighthouse', 'positive_token_normalization': 'none',"
                        + "'positive_weight_interpretation': 'comfy', 'negative': 'fog', 'negative_token_normalization': 'none',"
                        + "'negative_weight_interpretation': 'comfy', 'empty_latent_aspect': 'width x height [custom]',"
                        + "'empty_latent_width': 640, 'empty_latent_height': 384, 'seed': 7");
        String sampler = node(
                "5",
                "ttN pipeKSampler_v2",
                "'lora_name': 'chalk.safetensors', 'lora_strength': 0.4, 'upscale_method': 'None', 'upscale_model_name': 'x.pth',"
                        + "'factor': 2, 'rescale': 'None', 'percent': 50, 'width': 1024, 'height': 1024, 'longer_side': 1024,"
                        + "'crop': 'disabled', 'steps': 20, 'cfg': 7.5, 'sampler_name': 'euler', 'scheduler': 'karras',"
                        + "'denoise': 1.0, 'image_output': 'Preview', 'pipe': ['1', 0], 'seed': 7");
        Generation generation = prompt(loader, sampler, saved("5", 7));
        assertWhole(generation);
        assertThat(generation.loras()).containsExactly(lora("chalk.safetensors", "0.4"), lora("ink", "0.6"));
    }

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
    void powerPromptAppliesTheLorasInItsText() {
        String power = node(
                "2",
                "Power Prompt (rgthree)",
                "'prompt': 'a lighthouse <lora:ink:0.6>', 'opt_model': ['1', 0], 'opt_clip': ['1', 1], 'insert_lora': 'CHOOSE'");
        String sampler = node(
                "5",
                "KSampler",
                SETTINGS + ", 'model': ['2', 1], 'positive': ['2', 0], 'negative': ['3', 0], 'latent_image': ['4', 0]");
        Generation generation = prompt(LOADER, power, NEGATIVE, LATENT, sampler, saved("5", 0));
        assertThat(generation.positivePrompt()).contains("a lighthouse <lora:ink:0.6>");
        assertThat(generation.loras()).containsExactly(lora("ink", "0.6"));
        assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "base.safetensors"));

        Generation off =
                prompt(LOADER, power.replace("CHOOSE", "DISABLE LORAS"), NEGATIVE, LATENT, sampler, saved("5", 0));
        assertThat(off.loras()).isEmpty();
    }

    @Test
    void powerPromptForSdxlHasTwoTexts() {
        String power = node(
                "2",
                "SDXL Power Prompt - Positive (rgthree)",
                "'prompt_g': 'a lighthouse', 'prompt_l': 'oil paint', 'opt_model': ['1', 0], 'opt_clip': ['1', 1]");
        Generation generation = prompt(LOADER, power, NEGATIVE, LATENT, sampler("['2', 1]", "2", "3"), saved("5", 0));
        assertThat(generation.positiveParts())
                .containsExactly(new PromptPart("clip_g", "a lighthouse"), new PromptPart("clip_l", "oil paint"));
    }

    @Test
    void contextsHandModelAndTextsOn() {
        String context = node(
                        "6",
                        "Context (rgthree)",
                        "'model': ['1', 0], 'clip': ['1', 1], 'vae': ['1', 2], 'positive': ['2', 0], 'negative': ['3', 0],"
                                + "'latent': ['4', 0], 'seed': ['7', 0]")
                + "," + node("7", "Seed (rgthree)", "'seed': 7");
        String sampler = node(
                "5",
                "KSampler",
                "'seed': ['6', 8], 'steps': 20, 'cfg': 7.5, 'sampler_name': 'euler', 'scheduler': 'karras', 'denoise': 1.0,"
                        + "'model': ['6', 1], 'positive': ['6', 4], 'negative': ['6', 5], 'latent_image': ['6', 6]");
        assertWhole(prompt(LOADER, TEXTS, LATENT, context, sampler, saved("5", 0)));
    }

    @Test
    void settingsFromANodeThatBundlesThem() {
        String config = node(
                "6",
                "KSampler Config (rgthree)",
                "'steps_total': 20, 'refiner_step': 16, 'cfg': 7.5, 'sampler_name': 'euler', 'scheduler': 'karras'");
        String sampler = node(
                "5",
                "KSampler",
                "'seed': 7, 'steps': ['6', 0], 'cfg': ['6', 2], 'sampler_name': ['6', 3], 'scheduler': ['6', 4], 'denoise': 1.0,"
                        + "'model': ['1', 0], 'positive': ['2', 0], 'negative': ['3', 0], 'latent_image': ['4', 0]");
        assertWhole(prompt(LOADER, TEXTS, LATENT, config, sampler, saved("5", 0)));
    }

    @Test
    void shortSideNamesInPipes() {
        String pipe = node(
                "6",
                "easy pipeIn",
                "'model': ['1', 0], 'pos': ['2', 0], 'neg': ['3', 0], 'latent': ['4', 0], 'vae': ['1', 2], 'clip': ['1', 1]");
        String sampler = node("5", "easy fullkSampler", SETTINGS + ", 'pipe': ['6', 0], 'image_output': 'Hide'");
        assertWhole(prompt(LOADER, TEXTS, LATENT, pipe, sampler, saved("5", 1)));

        String out = node("7", "easy pipeOut", "'pipe': ['6', 0]");
        String plain = node(
                "5",
                "KSampler",
                SETTINGS + ", 'model': ['7', 1], 'positive': ['7', 2], 'negative': ['7', 3], 'latent_image': ['7', 4]");
        assertWhole(prompt(LOADER, TEXTS, LATENT, pipe, out, plain, saved("5", 0)));
    }

    @Test
    void stacksOfLorasFollowTheirModeAndSwitches() {
        String stack = node(
                "6",
                "easy loraStack",
                "'toggle': true, 'mode': 'advanced', 'num_loras': 1, 'lora_1_name': 'ink.safetensors', 'lora_1_strength': 1,"
                        + "'lora_1_model_strength': 0.6, 'lora_1_clip_strength': 0.5, 'lora_2_name': 'x.safetensors'");
        String apply = node("7", "CR Apply LoRA Stack", "'model': ['1', 0], 'clip': ['1', 1], 'lora_stack': ['6', 0]");
        String sampler = sampler("['7', 0]", "2", "3");
        assertThat(prompt(LOADER, TEXTS, LATENT, stack, apply, sampler, saved("5", 0))
                        .loras())
                .containsExactly(lora("ink.safetensors", "0.6"));
        assertThat(prompt(LOADER, TEXTS, LATENT, stack.replace("advanced", "simple"), apply, sampler, saved("5", 0))
                        .loras())
                .containsExactly(lora("ink.safetensors", "1"));
        assertThat(prompt(LOADER, TEXTS, LATENT, stack.replace("true", "false"), apply, sampler, saved("5", 0))
                        .loras())
                .isEmpty();
        String block = node(
                "7",
                "LoraLoaderBlockWeight //Inspire",
                "'model': ['1', 0], 'clip': ['1', 1], 'lora_name': 'ink.safetensors', 'strength_model': 0.6,"
                        + "'strength_clip': 1, 'bypass': true");
        assertThat(prompt(LOADER, TEXTS, LATENT, block, sampler, saved("5", 0)).loras())
                .isEmpty();
        String three = node(
                "7",
                "CR LoRA Stack",
                "'switch_1': 'On', 'lora_name_1': 'ink.safetensors', 'model_weight_1': 0.6, 'clip_weight_1': 1,"
                        + "'switch_2': 'Off', 'lora_name_2': 'x.safetensors', 'model_weight_2': 1, 'clip_weight_2': 1,"
                        + "'switch_3': 'On', 'lora_name_3': 'None', 'model_weight_3': 1, 'clip_weight_3': 1");
        String applied =
                node("6", "CR Apply LoRA Stack", "'model': ['1', 0], 'clip': ['1', 1], 'lora_stack': ['7', 0]");
        assertThat(prompt(LOADER, TEXTS, LATENT, three, applied, sampler("['6', 0]", "2", "3"), saved("5", 0))
                        .loras())
                .containsExactly(lora("ink.safetensors", "0.6"));
    }

    @Test
    void theLoraManagersLoaderListsItsLoras() {
        String loader = node(
                "7",
                "Lora Loader (LoraManager)",
                "'model': ['1', 0], 'clip': ['1', 1], 'text': '<lora:ink:0.6> <lora:x:1>', 'loras': {'__value__': ["
                        + "{'name': 'ink', 'strength': '0.60', 'active': true, 'clipStrength': '0.60'},"
                        + "{'name': 'x', 'strength': 1, 'active': false}]}");
        Generation generation = prompt(LOADER, TEXTS, LATENT, loader, sampler("['7', 0]", "2", "3"), saved("5", 0));
        assertThat(generation.loras()).containsExactly(lora("ink", "0.60"));
    }

    @Test
    void wildcardEncodersGiveWhatWasPopulated() {
        String encoder = node(
                "2",
                "ImpactWildcardEncode",
                "'model': ['1', 0], 'clip': ['1', 1], 'wildcard_text': '__place__', 'populated_text': 'a lighthouse <lora:ink:0.6>',"
                        + "'mode': 'populate', 'seed': 3");
        Generation generation = prompt(LOADER, encoder, NEGATIVE, LATENT, sampler("['2', 0]", "2", "3"), saved("5", 0));
        assertThat(generation.positivePrompt().orElseThrow()).startsWith("a lighthouse");
        assertThat(generation.loras()).containsExactly(lora("ink", "0.6"));
        String inspire = encoder.replace("ImpactWildcardEncode", "WildcardEncode //Inspire");
        Generation other = prompt(LOADER, inspire, NEGATIVE, LATENT, sampler("['2', 0]", "2", "3"), saved("5", 0));
        assertThat(other.positivePrompt().orElseThrow()).startsWith("a lighthouse");
        assertThat(other.loras()).containsExactly(lora("ink", "0.6"));
    }

    @Test
    void faceDetailersAreAFurtherPass() {
        String detailer = node(
                "6",
                "FaceDetailer",
                "'image': ['8', 0], 'model': ['1', 0], 'clip': ['1', 1], 'vae': ['1', 2], 'guide_size': 512, 'guide_size_for': true,"
                        + "'max_size': 1024, 'seed': 11, 'steps': 12, 'cfg': 5.0, 'sampler_name': 'heun', 'scheduler': 'normal',"
                        + "'positive': ['2', 0], 'negative': ['3', 0], 'denoise': 0.4, 'feather': 5, 'noise_mask': true,"
                        + "'bbox_detector': ['7', 0], 'wildcard': '', 'cycle': 1");
        Generation generation = prompt(
                LOADER,
                TEXTS,
                LATENT,
                sampler("['1', 0]", "2", "3"),
                node("8", "VAEDecode", "'samples': ['5', 0], 'vae': ['1', 2]"),
                node("7", "UltralyticsDetectorProvider", "'model_name': 'bbox/face.pt'"),
                detailer,
                node("9", "SaveImage", "'images': ['6', 0]"));
        assertWhole(generation);
        assertThat(generation.passes()).hasSize(2);
        assertThat(generation.passes().get(1).seed()).contains("11");
        assertThat(generation.passes().get(1).denoise()).contains(new BigDecimal("0.4"));
        assertThat(generation.models()).contains(NamedModel.named("detector", "bbox/face.pt"));
    }

    @Test
    void inspiresSamplerAndSeargesSampler() {
        String inspire = node(
                "5",
                "KSampler //Inspire",
                SETTINGS + ", 'model': ['1', 0], 'positive': ['2', 0], 'negative': ['3', 0], 'latent_image': ['4', 0],"
                        + "'noise_mode': 'CPU', 'batch_seed_mode': 'comfy', 'variation_seed': 99, 'variation_strength': 0.0");
        assertWhole(prompt(LOADER, TEXTS, LATENT, inspire, saved("5", 0)));
        String searge = node(
                "5",
                "SeargeSDXLSamplerV3",
                "'base_model': ['1', 0], 'base_positive': ['2', 0], 'base_negative': ['3', 0], 'refiner_model': ['6', 0],"
                        + "'refiner_positive': ['2', 0], 'refiner_negative': ['3', 0], 'latent_image': ['4', 0], 'noise_seed': 7,"
                        + "'steps': 20, 'cfg': 7.5, 'sampler_name': 'euler', 'scheduler': 'karras', 'base_ratio': 0.8, 'denoise': 1.0");
        Generation generation = prompt(
                LOADER,
                node("6", "CheckpointLoaderSimple", "'ckpt_name': 'refiner.safetensors'"),
                TEXTS,
                LATENT,
                searge,
                saved("5", 0));
        assertWhole(generation);
        assertThat(generation.models()).contains(NamedModel.named("checkpoint", "refiner.safetensors"));
    }

    @Test
    void imageEditorsTakeTheirPicturesAsReferences() {
        String edit = node(
                "2",
                "TextEncodeQwenImageEditPlus",
                "'clip': ['1', 1], 'prompt': 'a lighthouse', 'vae': ['1', 2], 'image1': ['10', 0], 'image2': ['11', 0]");
        Generation generation = prompt(
                LOADER,
                edit,
                NEGATIVE,
                node("10", "LoadImage", "'image': 'bicycle.png'"),
                node("11", "LoadImage", "'image': 'cat.png'"),
                LATENT,
                sampler("['1', 0]", "2", "3"),
                saved("5", 0));
        assertWhole(generation);
        assertThat(generation.inputs())
                .containsExactly(new InputMedia("reference", "bicycle.png"), new InputMedia("reference", "cat.png"));
    }

    @Test
    void aReceiverLoadsAPicture() {
        String receiver = node(
                "10",
                "ImageReceiver",
                "'image': 'bicycle.png', 'link_id': 0, 'save_to_workflow': false, 'image_data': '', 'trigger_always': false");
        String encode = node("4", "VAEEncode", "'pixels': ['10', 0], 'vae': ['1', 2]");
        Generation generation = prompt(LOADER, TEXTS, receiver, encode, sampler("['1', 0]", "2", "3"), saved("5", 0));
        assertThat(generation.inputs()).containsExactly(new InputMedia("init", "bicycle.png"));
        assertThat(generation.task()).contains(Task.IMG2IMG);
    }

    @Test
    void faceSwapsNameTheirSource() {
        String swap = node(
                "6",
                "ReActorFaceSwap",
                "'enabled': true, 'input_image': ['10', 0], 'swap_model': 'inswapper.onnx', 'face_restore_model': 'none',"
                        + "'source_image': ['11', 0]");
        Generation generation = prompt(
                node("10", "LoadImage", "'image': 'bicycle.png'"),
                node("11", "LoadImage", "'image': 'cat.png'"),
                swap,
                node("9", "SaveImage", "'images': ['6', 0]"));
        assertThat(generation.inputs())
                .containsExactly(new InputMedia("input", "bicycle.png"), new InputMedia("reference", "cat.png"));
        assertThat(generation.models()).contains(NamedModel.named("model", "inswapper.onnx"));
    }

    @Test
    void serviceNodesWithChoicesBelowTheModel() {
        Generation generation = prompt(
                node(
                        "5",
                        "OpenAIGPTImageNodeV2",
                        "'prompt': 'a lighthouse', 'model': 'gpt-image-2', 'model.size': '1024x1536', 'model.quality': 'low',"
                                + "'model.images.image_1': ['10', 0], 'n': 1, 'seed': 7"),
                node("10", "LoadImage", "'image': 'bicycle.png'"),
                node("9", "SaveImage", "'images': ['5', 0]"));
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.seed()).contains("7");
        assertThat(generation.models()).contains(NamedModel.named("service", "gpt-image-2"));
        assertThat(generation.settings()).containsEntry("size", "1024x1536").containsEntry("quality", "low");
        assertThat(generation.inputs()).containsExactly(new InputMedia("input", "bicycle.png"));
    }

    @Test
    void textNodesOfGeminiMakeNoPicture() {
        Generation generation = prompt(
                node(
                        "6",
                        "GeminiNode",
                        "'prompt': 'describe', 'model': 'gemini-2.5-pro', 'seed': 1, 'images': ['10', 0]"),
                node("10", "LoadImage", "'image': 'bicycle.png'"),
                node("9", "SaveImage", "'images': ['10', 0]"));
        assertThat(generation.positivePrompt()).isEmpty();
        assertThat(generation.task()).contains(Task.PROCESSED);
    }

    @Test
    void aChosenSizeOfAServiceCountsNotTheNumbersBesideIt() {
        String seedream = node(
                "5",
                "ByteDanceSeedreamNode",
                "'model': 'seedream-4-0-250828', 'prompt': 'a lighthouse', 'size_preset': '2048x2048 (1:1)', 'width': 1024,"
                        + "'height': 1024, 'seed': 7");
        String saved = node("9", "SaveImage", "'images': ['5', 0]");
        Generation preset = prompt(seedream, saved);
        assertThat(preset.width()).contains(2048);
        assertThat(preset.settings()).containsEntry("size_preset", "2048x2048 (1:1)");
        Generation custom = prompt(seedream.replace("2048x2048 (1:1)", "Custom"), saved);
        assertThat(custom.width()).contains(1024);
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

    @Test
    void oneOfSeveralNamesIsChosen() {
        String loader = node(
                "1",
                "CR Select Model",
                "'ckpt_name1': 'other.safetensors', 'ckpt_name2': 'base.safetensors', 'ckpt_name3': 'None', 'select_model': 2");
        String sampler = sampler("['1', 0]", "2", "3");
        Generation generation = prompt(loader, TEXTS, LATENT, sampler, saved("5", 0));
        assertWhole(generation);
        assertThat(generation.models()).hasSize(1);
    }

    @Test
    void textsGoThroughNodesThatShowThem() {
        String shown = node("40", "TextBox1", "'text1': 'a lighthouse'") + ","
                + node("41", "ShowText|pysssss", "'text': ['40', 0], 'text_0': 'a lighthouse'") + ","
                + node("42", "CR Text Concatenate", "'text1': ['41', 0], 'text2': ['43', 0], 'separator': ', '") + ","
                + node("43", "ttN text", "'text': 'cliffs'") + ","
                + node("6", "CLIPTextEncode", "'text': ['42', 0], 'clip': ['1', 1]");
        assertThat(switched(shown).positivePrompt()).contains("a lighthouse, cliffs");
    }

    @Test
    void aTextThatANodeCutsIsGivenAsTypedAndSaidToBe() {
        String cut = node("40", "CR Split String", "'text': 'a lighthouse, cliffs', 'delimiter': ','") + ","
                + node("6", "CLIPTextEncode", "'text': ['40', 0], 'clip': ['1', 1]");
        Generation generation = switched(cut);
        assertThat(generation.positivePrompt()).contains("a lighthouse, cliffs");
        assertThat(generation.inferences().toString())
                .contains("positive_prompt")
                .contains("takes a part of it");
    }

    @Test
    void aFunctionOnTextsJoinsThemOrLeavesNothingKnown() {
        String function = node(
                        "40",
                        "StringFunction|pysssss",
                        "'action': '%s', 'tidy_tags': '%s', 'text_a': 'a lighthouse',"
                                + "'text_b': 'cliffs', 'text_c': ''")
                + "," + node("6", "CLIPTextEncode", "'text': ['40', 0], 'clip': ['1', 1]");
        assertThat(switched(function.formatted("append", "yes")).positivePrompt())
                .contains("a lighthouse, cliffs");
        assertThat(switched(function.formatted("append", "no")).positivePrompt())
                .contains("a lighthousecliffs");
        assertThat(switched(function.formatted("replace", "yes")).positivePrompt())
                .isEmpty();
    }

    @Test
    void aReferenceNodeThatTakesAPromptMakesThePicture() {
        String service = node(
                "1",
                "ByteDanceImageReferenceNode",
                "'model': 'seedance', 'prompt': 'a lighthouse', 'images': ['2', 0], 'resolution': '480p',"
                        + "'aspect_ratio': '16:9', 'duration': 5, 'seed': 7");
        Generation generation = prompt(
                service, node("2", "LoadImage", "'image': 'coast.png'"), node("9", "SaveVideo", "'video': ['1', 0]"));
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.seed()).contains("7");
    }

    @Test
    void anEncoderWithASwitchUsesOneTextOrTwo() {
        String encoder =
                "'text': 'a lighthouse', 'parser': 'comfy', 'with_SDXL': %s, 'text_g': 'cliffs', 'text_l': 'fog',"
                        + "'clip': ['1', 1]";
        Generation plain = switched(node("6", "smZ CLIPTextEncode", encoder.formatted("false")));
        assertThat(plain.positivePrompt()).contains("a lighthouse");
        Generation twofold = switched(node("6", "smZ CLIPTextEncode", encoder.formatted("true")));
        assertThat(twofold.positiveParts())
                .containsExactly(new PromptPart("clip_g", "cliffs"), new PromptPart("clip_l", "fog"));
    }

    @Test
    void switchesHandOnWhatTheyChoose() {
        String branch =
                node("6", "ImpactConditionalBranch", "'cond': true, 'tt_value': ['2', 0], 'ff_value': ['3', 0]");
        assertThat(switched(branch).positivePrompt()).contains("a lighthouse");
        String swapped =
                node("6", "ImpactConditionalBranch", "'cond': false, 'tt_value': ['2', 0], 'ff_value': ['3', 0]");
        assertThat(switched(swapped).positivePrompt()).contains("fog");
        String easy = node("6", "easy conditioningIndexSwitch", "'index': 1, 'cond0': ['2', 0], 'cond1': ['3', 0]");
        assertThat(switched(easy).positivePrompt()).contains("fog");
        String core = node("6", "ComfySwitchNode", "'switch': false, 'on_false': ['2', 0], 'on_true': ['3', 0]");
        assertThat(switched(core).positivePrompt()).contains("a lighthouse");
        String comfyroll = node(
                "6",
                "CR Conditioning Input Switch",
                "'Input': 2, 'conditioning1': ['2', 0], 'conditioning2': ['3', 0]");
        assertThat(switched(comfyroll).positivePrompt()).contains("fog");
        String any = node("6", "Any Switch (rgthree)", "'any_01': ['3', 0], 'any_02': ['2', 0]");
        assertThat(switched(any).positivePrompt()).contains("fog");
        String crystools =
                node("6", "Switch any [Crystools]", "'boolean': false, 'on_true': ['2', 0], 'on_false': ['3', 0]");
        assertThat(switched(crystools).positivePrompt()).contains("fog");
    }

    @Test
    void picturesForPulidAreReferences() {
        String sampler = node(
                "5",
                "KSampler",
                SETTINGS + ", 'model': ['6', 0], 'positive': ['2', 0], 'negative': ['3', 0], 'latent_image': ['4', 0]");
        String pulid = node(
                "6",
                "ApplyPulid",
                "'model': ['1', 0], 'pulid': ['7', 0], 'eva_clip': ['8', 0], 'face_analysis': ['11', 0], 'image': ['10', 0],"
                        + "'method': 'fidelity', 'weight': 1.0, 'start_at': 0.0, 'end_at': 1.0");
        Generation generation = prompt(
                LOADER,
                TEXTS,
                LATENT,
                sampler,
                pulid,
                node("7", "PulidModelLoader", "'pulid_file': 'pulid.safetensors'"),
                node("8", "PulidEvaClipLoader", ""),
                node("11", "PulidInsightFaceLoader", "'provider': 'CPU'"),
                node("10", "LoadImage", "'image': 'face.png'"),
                saved("5", 0));
        assertWhole(generation);
        assertThat(generation.inputs()).hasSize(1);
    }

    @Test
    void aStyledTextIsGivenAsTypedAndSaidToBe() {
        String styler = node(
                "6",
                "SDXLPromptStyler",
                "'text_positive': 'a lighthouse', 'text_negative': 'fog', 'style': 'ink', 'log_prompt': false,"
                        + "'style_positive': true, 'style_negative': false");
        String texts = node("2", "CLIPTextEncode", "'text': ['6', 0], 'clip': ['1', 1]") + ","
                + node("3", "CLIPTextEncode", "'text': ['6', 1], 'clip': ['1', 1]");
        Generation generation = prompt(LOADER, styler, texts, LATENT, sampler("['1', 0]", "2", "3"), saved("5", 0));
        assertWhole(generation);
        assertThat(generation.inferences().toString())
                .contains("positive_prompt")
                .doesNotContain("negative_prompt");
    }

    @Test
    void classesOfThePacksAreKnown() {
        Generation generation = prompt(
                LOADER,
                TEXTS,
                LATENT,
                sampler("['6', 0]", "2", "3"),
                node("6", "ModelPassThrough", "'model': ['7', 0]"),
                node("7", "Any Switch (rgthree)", "'any_01': ['1', 0]"),
                saved("5", 0));
        assertWhole(generation);
        assertThat(generation.unknowns()).isEmpty();
    }

    private static final String NEGATIVE = node("3", "CLIPTextEncode", "'text': 'fog', 'clip': ['1', 1]");

    private static final String EASY_LOADER =
            "'ckpt_name': 'base.safetensors', 'config_name': 'Default', 'vae_name': 'Baked VAE', 'clip_skip': -2,"
                    + "'lora_name': 'ink.safetensors', 'lora_model_strength': 0.6, 'lora_clip_strength': 1,"
                    + "'empty_latent_width': 640, 'empty_latent_height': 384, 'positive': 'a lighthouse',"
                    + "'positive_token_normalization': 'none', 'positive_weight_interpretation': 'comfy', 'negative': 'fog',"
                    + "'negative_token_normalization': 'none', 'negative_weight_interpretation': 'comfy', 'batch_size': 1,";

    private static Generation switched(String chooser) {
        String sampler = node(
                "5",
                "KSampler",
                SETTINGS + ", 'model': ['1', 0], 'positive': ['6', 0], 'negative': ['3', 0], 'latent_image': ['4', 0]");
        return prompt(LOADER, TEXTS, LATENT, sampler, chooser, saved("5", 0));
    }

    private static void assertWhole(Generation generation) {
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.seed()).contains("7");
        assertThat(generation.steps()).contains(20);
        assertThat(generation.cfgScale()).contains(new BigDecimal("7.5"));
        assertThat(generation.sampler()).contains("euler");
        assertThat(generation.scheduler()).contains("karras");
        assertThat(generation.width()).contains(640);
        assertThat(generation.height()).contains(384);
        assertThat(generation.models()).contains(NamedModel.named("checkpoint", "base.safetensors"));
    }

    private static String aspect(String ratio, String swap) {
        return "'width': 640, 'height': 384, 'aspect_ratio': '" + ratio + "', 'swap_dimensions': '" + swap
                + "', 'upscale_factor': 1.0, 'batch_size': 1";
    }

    private static Optional<String> sizeOf(String latentClass, int slot, String inputs) {
        String sampler = node(
                "5",
                "KSampler",
                SETTINGS + ", 'model': ['1', 0], 'positive': ['2', 0], 'negative': ['3', 0], 'latent_image': ['4', "
                        + slot + "]");
        Generation generation = prompt(LOADER, TEXTS, node("4", latentClass, inputs), sampler, saved("5", 0));
        return generation.width().flatMap(width -> generation.height().map(height -> width + "x" + height));
    }

    private static NamedLora lora(String name, String weight) {
        return new NamedLora(Optional.of(name), Optional.of(new BigDecimal(weight)), Map.of());
    }

    private static String sampler(String model, String positive, String negative) {
        return node(
                "5",
                "KSampler",
                SETTINGS + ", 'model': " + model + ", 'positive': ['" + positive + "', 0], 'negative': ['" + negative
                        + "', 0], 'latent_image': ['4', 0]");
    }

    private static String saved(String from, int slot) {
        boolean latent = slot == 0;
        String decode = node("8", "VAEDecode", "'samples': ['" + from + "', 0], 'vae': ['1', 2]") + ",";
        String source = latent ? "['8', 0]" : "['" + from + "', " + slot + "]";
        return (latent ? decode : "") + node("9", "SaveImage", "'filename_prefix': 'garden', 'images': " + source);
    }

    private static String node(String id, String type, String inputs) {
        return ("'" + id + "': {'class_type': '" + type + "', 'inputs': {" + inputs + "}}").replace('\'', '"');
    }

    private static Generation prompt(String... nodes) {
        return new ComfyUiReader()
                .read(new ItemMetadata(
                        "pictures/cat_00001_.png",
                        Optional.of("image/png"),
                        512,
                        512,
                        List.of(block("{" + String.join(",", nodes) + "}")),
                        Optional.empty(),
                        List.of()))
                .generations()
                .getFirst();
    }

    private static MetadataBlock block(String text) {
        return new MetadataBlock(
                "png/tEXt",
                "prompt",
                new Origin("pictures/cat_00001_.png", 6, text.length(), "0".repeat(64), "png/1"),
                MetadataBlock.Crc.OK,
                Optional.of(text),
                Optional.of("utf-8"),
                Optional.empty());
    }
}
