package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.ComfyPackGraph.LATENT;
import static org.latentprint.generator.ComfyPackGraph.LOADER;
import static org.latentprint.generator.ComfyPackGraph.SETTINGS;
import static org.latentprint.generator.ComfyPackGraph.TEXTS;
import static org.latentprint.generator.ComfyPackGraph.assertWhole;
import static org.latentprint.generator.ComfyPackGraph.lora;
import static org.latentprint.generator.ComfyPackGraph.node;
import static org.latentprint.generator.ComfyPackGraph.prompt;
import static org.latentprint.generator.ComfyPackGraph.sampler;
import static org.latentprint.generator.ComfyPackGraph.saved;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Loaders, pipes and bundles of packs in wide use, which hold or hand on model, prompts, settings and size; class and input names
 * as the packs' own sources declare them.
 */
class ComfyPipeNodesTest {
    private static final String EASY_LOADER =
            "'ckpt_name': 'base.safetensors', 'config_name': 'Default', 'vae_name': 'Baked VAE', 'clip_skip': -2,"
                    + "'lora_name': 'ink.safetensors', 'lora_model_strength': 0.6, 'lora_clip_strength': 1,"
                    + "'empty_latent_width': 640, 'empty_latent_height': 384, 'positive': 'a lighthouse',"
                    + "'positive_token_normalization': 'none', 'positive_weight_interpretation': 'comfy', 'negative': 'fog',"
                    + "'negative_token_normalization': 'none', 'negative_weight_interpretation': 'comfy', 'batch_size': 1,";

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
}
