package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.ComfyPackGraph.LATENT;
import static org.latentprint.generator.ComfyPackGraph.LOADER;
import static org.latentprint.generator.ComfyPackGraph.SETTINGS;
import static org.latentprint.generator.ComfyPackGraph.TEXTS;
import static org.latentprint.generator.ComfyPackGraph.node;
import static org.latentprint.generator.ComfyPackGraph.prompt;
import static org.latentprint.generator.ComfyPackGraph.sampler;
import static org.latentprint.generator.ComfyPackGraph.saved;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Small graphs of the node packs in the widest use, in the way their sources write and read them. */
class ComfyWidePacksTest {
    private static final String COAST = node("20", "LoadImage", "'image': 'coast.png'");
    private static final String DETAIL =
            "'image': ['8', 0], 'guide_size': 512, 'seed': 8, 'steps': 15, 'cfg': 6.0, 'sampler_name': 'euler',"
                    + " 'scheduler': 'simple', 'denoise': 0.4";

    private static String bundle(String wildcard) {
        return node(
                "30",
                "ToDetailerPipe",
                "'model': ['1', 0], 'clip': ['1', 1], 'vae': ['1', 2], 'positive': ['2', 0], 'negative': ['3', 0],"
                        + " 'bbox_detector': ['33', 0], 'wildcard': '" + wildcard + "', 'Select to add LoRA': '',"
                        + " 'Select to add Wildcard': ''");
    }

    /** Returns a picture of the usual settings (8), drawn anew in part by a detailer (32) of that bundle. */
    private static Generation detailed(String bundle, String from) {
        return prompt(
                LOADER,
                TEXTS,
                LATENT,
                sampler("['1', 0]", "2", "3"),
                node("8", "VAEDecode", "'samples': ['5', 0], 'vae': ['1', 2]"),
                node("33", "UltralyticsDetectorProvider", "'model_name': 'bbox/face.pt'"),
                bundle,
                node("32", "FaceDetailerPipe", DETAIL + ", 'detailer_pipe': ['" + from + "', 0]"),
                node("9", "SaveImage", "'filename_prefix': 'garden', 'images': ['32', 0]"));
    }

    @Test
    void aTextWithinADetailersBundleIsThatPassesPrompt() {
        List<Pass> passes = detailed(bundle("a cat"), "30").passes();
        assertThat(passes).extracting(Pass::node).containsExactly("5", "32");
        assertThat(passes.get(0).positivePrompt()).contains("a lighthouse");
        assertThat(passes.get(1).positivePrompt()).contains("a cat");
        assertThat(passes.get(1).negativePrompt()).contains("fog");
        assertThat(detailed(bundle(""), "30").passes().get(1).positivePrompt()).contains("a lighthouse");
        assertThat(detailed(bundle("[CONCAT]a cat"), "30").passes().get(1).positivePrompt())
                .contains("a lighthouse\na cat");
    }

    @Test
    void editingADetailersBundleChangesItsTextWhereOneIsGiven() {
        String changed = node("31", "EditDetailerPipe", "'detailer_pipe': ['30', 0], 'wildcard': 'a bicycle'");
        String kept = node("31", "EditDetailerPipe", "'detailer_pipe': ['30', 0], 'wildcard': ''");
        assertThat(detailed(bundle("a cat") + "," + changed, "31")
                        .passes()
                        .get(1)
                        .positivePrompt())
                .contains("a bicycle");
        assertThat(detailed(bundle("a cat") + "," + kept, "31").passes().get(1).positivePrompt())
                .contains("a cat");
    }

    @Test
    void whatScalesUpStepByStepSamplesWithItsProvidersSettings() {
        Generation generation = prompt(
                LOADER,
                TEXTS,
                LATENT,
                sampler("['1', 0]", "2", "3"),
                node(
                        "40",
                        "PixelKSampleUpscalerProvider",
                        "'scale_method': 'lanczos', 'model': ['1', 0], 'vae': ['1', 2], 'seed': 8, 'steps': 15, 'cfg': 6.0,"
                                + " 'sampler_name': 'dpmpp_2m', 'scheduler': 'simple', 'positive': ['2', 0], 'negative': ['3', 0],"
                                + " 'denoise': 0.4, 'use_tiled_vae': false, 'tile_size': 512"),
                node(
                        "41",
                        "IterativeLatentUpscale",
                        "'samples': ['5', 0], 'upscale_factor': 1.5, 'steps': 3, 'temp_prefix': '', 'upscaler': ['40', 0],"
                                + " 'step_mode': 'simple'"),
                saved("41", 0));
        assertThat(generation.passes()).hasSize(2).anySatisfy(pass -> {
            assertThat(pass.node()).isEqualTo("40");
            assertThat(pass.steps()).contains(15);
            assertThat(pass.sampler()).contains("dpmpp_2m");
            assertThat(pass.denoise()).contains(new BigDecimal("0.4"));
            assertThat(pass.positivePrompt()).contains("a lighthouse");
        });
        assertThat(generation.unknowns()).isEmpty();
    }

    @Test
    void anAdapterOfSchedulersGivesTheFurtherOneWhereItIsChosen() {
        assertThat(adapted("None").scheduler()).contains("karras");
        assertThat(adapted("AYS SDXL").scheduler()).contains("AYS SDXL");
    }

    private static Generation adapted(String further) {
        return prompt(
                LOADER,
                TEXTS,
                LATENT,
                node("50", "ImpactSchedulerAdapter", "'scheduler': 'karras', 'extra_scheduler': '" + further + "'"),
                node(
                        "5",
                        "KSampler",
                        SETTINGS.replace("'scheduler': 'karras'", "'scheduler': ['50', 0]")
                                + ", 'model': ['1', 0], 'positive': ['2', 0], 'negative': ['3', 0], 'latent_image': ['4', 0]"),
                saved("5", 0));
    }

    @Test
    void aSchedulersSettingsAreGivenOnAsTheyStandBesideWhatIsLinked() {
        String settings = "'model': ['1', 0], 'image_embeds': ['4', 0], 'text_embeds': ['2', 0], 'seed': 7, 'cfg': 1.0,"
                + " 'steps': ['60', 1], 'shift': ['60', 2], 'scheduler': ['60', 3]";
        Generation generation = prompt(
                node("1", "WanVideoModelLoader", "'model': 'wan.safetensors'"),
                node(
                        "2",
                        "WanVideoTextEncode",
                        "'positive_prompt': 'a lighthouse', 'negative_prompt': 'fog', 't5': ['3', 0]"),
                node("3", "LoadWanVideoT5TextEncoder", "'model_name': 'umt5.safetensors'"),
                node("4", "WanVideoEmptyEmbeds", "'width': 640, 'height': 384, 'num_frames': 81"),
                node("61", "INTConstant", "'value': 3"),
                node(
                        "60",
                        "WanVideoScheduler",
                        "'scheduler': 'unipc', 'steps': 6, 'shift': 5.0, 'start_step': 0, 'end_step': ['61', 0]"),
                node("5", "WanVideoSampler", settings),
                node("8", "WanVideoDecode", "'samples': ['5', 0]"),
                node("9", "VHS_VideoCombine", "'images': ['8', 0], 'frame_rate': 16"));
        assertThat(generation.steps()).contains(6);
        assertThat(generation.scheduler()).contains("unipc");
    }

    @Test
    void pictureForAControlNetThatIsSwitchedOffIsALeadOnly() {
        assertThat(controlled("0.8").inputs()).containsExactly(new InputMedia("control", "coast.png"));
        assertThat(controlled("0").inputs()).containsExactly(new InputMedia("unconnected", "coast.png"));
    }

    private static Generation controlled(String strength) {
        return prompt(
                LOADER,
                TEXTS,
                LATENT,
                COAST,
                node("21", "ControlNetLoader", "'control_net_name': 'lines.safetensors'"),
                node(
                        "22",
                        "ControlNetApplyAdvanced",
                        "'positive': ['2', 0], 'negative': ['3', 0], 'control_net': ['21', 0], 'image': ['20', 0], 'strength': "
                                + strength + ", 'start_percent': 0, 'end_percent': 1"),
                node(
                        "5",
                        "KSampler",
                        SETTINGS
                                + ", 'model': ['1', 0], 'positive': ['22', 0], 'negative': ['22', 1], 'latent_image': ['4', 0]"),
                saved("5", 0));
    }

    @Test
    void placesOfAStackThatAreOffLeaveTheirPicturesUnused() {
        String place = "'switch_%d': '%s', 'controlnet_%d': '%s', 'controlnet_strength_%d': 1.0, ";
        String stack = place.formatted(1, "On", 1, "lines.safetensors", 1)
                + place.formatted(2, "Off", 2, "depth.safetensors", 2)
                + place.formatted(3, "On", 3, "pose.safetensors", 3);
        Generation on = stacked(stack, "On");
        assertThat(on.inputs())
                .containsExactlyInAnyOrder(
                        new InputMedia("control", "coast.png"), new InputMedia("unconnected", "dusk.png"));
        // The third place has no picture
        assertThat(on.models())
                .extracting(NamedModel::name)
                .contains(Optional.of("lines.safetensors"))
                .doesNotContain(Optional.of("depth.safetensors"), Optional.of("pose.safetensors"));
        assertThat(stacked(stack, "Off").inputs()).extracting(InputMedia::role).containsOnly("unconnected");
    }

    private static Generation stacked(String stack, String applied) {
        return prompt(
                LOADER,
                TEXTS,
                LATENT,
                COAST,
                node("21", "LoadImage", "'image': 'dusk.png'"),
                node("22", "CR Multi-ControlNet Stack", stack + "'image_1': ['20', 0], 'image_2': ['21', 0]"),
                node(
                        "23",
                        "CR Apply Multi-ControlNet",
                        "'base_positive': ['2', 0], 'base_negative': ['3', 0], 'switch': '" + applied
                                + "', 'controlnet_stack': ['22', 0]"),
                node(
                        "5",
                        "KSampler",
                        SETTINGS
                                + ", 'model': ['1', 0], 'positive': ['23', 0], 'negative': ['23', 1], 'latent_image': ['4', 0]"),
                saved("5", 0));
    }

    @Test
    void aFaceSwapThatIsSwitchedOffUsesNoSource() {
        assertThat(swapped("true").inputs()).contains(new InputMedia("reference", "coast.png"));
        assertThat(swapped("false").inputs()).contains(new InputMedia("unconnected", "coast.png"));
    }

    private static Generation swapped(String enabled) {
        return prompt(
                LOADER,
                TEXTS,
                LATENT,
                sampler("['1', 0]", "2", "3"),
                COAST,
                node("8", "VAEDecode", "'samples': ['5', 0], 'vae': ['1', 2]"),
                node(
                        "21",
                        "ReActorFaceSwap",
                        "'enabled': " + enabled
                                + ", 'input_image': ['8', 0], 'source_image': ['20', 0], 'swap_model': 'swap.onnx'"),
                node("9", "SaveImage", "'images': ['21', 0]"));
    }

    @Test
    void aPictureForEasyUsesPreSamplingIsDrawnOver() {
        Generation generation = prompt(
                COAST,
                node(
                        "1",
                        "easy a1111Loader",
                        "'ckpt_name': 'base.safetensors', 'vae_name': 'Baked VAE', 'clip_skip': -2, 'lora_name': 'None',"
                                + " 'positive': 'a lighthouse', 'negative': 'fog', 'resolution': '640 x 384', 'batch_size': 1"),
                node("2", "easy preSampling", SETTINGS + ", 'pipe': ['1', 0], 'image_to_latent': ['20', 0]"),
                node("3", "easy kSampler", "'pipe': ['2', 0], 'image_output': 'Hide'"),
                node("9", "SaveImage", "'images': ['3', 1]"));
        assertThat(generation.task()).contains(Task.IMG2IMG);
        assertThat(generation.inputs()).containsExactly(new InputMedia("init", "coast.png"));
        assertThat(generation.seed()).contains("7");
    }

    @Test
    void aModelThatRestoresFilmsScalesUp() {
        Generation generation = prompt(
                COAST,
                node("1", "SeedVR2LoadDiTModel", "'model': 'restore.safetensors', 'device': 'cuda:0'"),
                node("2", "SeedVR2LoadVAEModel", "'model': 'vae.safetensors', 'device': 'cuda:0'"),
                node(
                        "3",
                        "SeedVR2VideoUpscaler",
                        "'image': ['20', 0], 'dit': ['1', 0], 'vae': ['2', 0], 'seed': 42, 'resolution': 1080, 'batch_size': 5"),
                node("9", "SaveImage", "'images': ['3', 0]"));
        assertThat(generation.task()).contains(Task.UPSCALE);
        assertThat(generation.models())
                .containsExactlyInAnyOrder(
                        NamedModel.named("upscaler", "restore.safetensors"),
                        NamedModel.named("vae", "vae.safetensors"));
    }
}
