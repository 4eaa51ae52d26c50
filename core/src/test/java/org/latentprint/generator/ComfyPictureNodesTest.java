package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.ComfyPackGraph.LATENT;
import static org.latentprint.generator.ComfyPackGraph.LOADER;
import static org.latentprint.generator.ComfyPackGraph.NEGATIVE;
import static org.latentprint.generator.ComfyPackGraph.SETTINGS;
import static org.latentprint.generator.ComfyPackGraph.TEXTS;
import static org.latentprint.generator.ComfyPackGraph.assertWhole;
import static org.latentprint.generator.ComfyPackGraph.node;
import static org.latentprint.generator.ComfyPackGraph.prompt;
import static org.latentprint.generator.ComfyPackGraph.sampler;
import static org.latentprint.generator.ComfyPackGraph.saved;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/**
 * Samplers and picture nodes of packs in wide use: further passes, references, faces; class and input names as the packs' own
 * sources declare them.
 */
class ComfyPictureNodesTest {
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
}
