package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.ComfyCanvasGraph.assertModel;
import static org.latentprint.generator.ComfyCanvasGraph.assertSettings;
import static org.latentprint.generator.ComfyReadings.read;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nodes that load, encode and run in one, and classes whose versions differ; small graphs as the packs' own sources declare them. */
class ComfyOneNodeTest {
    @Test
    void aClassWhoseVersionsOrderTheirInputsDifferentlyIsReadByTheOneThatFits() {
        Generation worded = new ComfyCanvasGraph()
                .node(
                        1,
                        "AsymFluxLoader",
                        "",
                        "pipeline:ASYM_PIPE",
                        "'garden/base', 'garden/adapter', 'cuda', 'bf16', false")
                .node(
                        2,
                        "AsymFluxSampler",
                        "pipeline:ASYM_PIPE:1.0",
                        "image:IMAGE",
                        "'a lighthouse', 'fog', 42, 38, 4.0, 1.0, true, 960, 1280")
                .saved("2.0")
                .generation();
        assertThat(worded.positivePrompt()).contains("a lighthouse");
        assertThat(worded.negativePrompt()).contains("fog");
        assertSettings(worded, "42", 38, "4.0");
        assertModel(worded, "checkpoint", "garden/base");

        Generation linked = new ComfyCanvasGraph()
                .node(
                        1,
                        "AsymFluxLoader",
                        "",
                        "pipeline:ASYM_PIPE",
                        "'base.safetensors', 'side.safetensors', 'bf16', false")
                .node(3, "CLIPLoader", "", "CLIP:CLIP", "'text.safetensors', 'flux2', 'default'")
                .node(4, "CLIPTextEncode", "clip:CLIP:3.0", "CONDITIONING:CONDITIONING", "'a bicycle'")
                .node(
                        2,
                        "AsymFluxSampler",
                        "pipeline:ASYM_PIPE:1.0,positive:CONDITIONING:4.0,negative:CONDITIONING",
                        "image:IMAGE",
                        "43, 'fixed', 20, 3.5, 1.0, true, 512, 640")
                .saved("2.0")
                .generation();
        assertThat(linked.positivePrompt()).contains("a bicycle");
        assertSettings(linked, "43", 20, "3.5");
        assertModel(linked, "checkpoint", "base.safetensors");
        assertThat(linked.width()).contains(512);
    }

    @Test
    void valuesThatFitTwoVersionsAreNotGivenAName() {
        // By one version the first number is a scale, by the other the fineness of the shape
        Generation generation = new ComfyCanvasGraph()
                .node(1, "Hy3DModelLoader", "", "pipeline:HY3DMODEL,vae:HY3DVAE", "'shape.safetensors', 'sdpa', false")
                .node(2, "LoadImage", "", "IMAGE:IMAGE,MASK:MASK", "'cat.png', 'image'")
                .node(
                        3,
                        "Hy3DGenerateMesh",
                        "pipeline:HY3DMODEL:1.0,image:IMAGE:2.0,mask:MASK",
                        "mesh:HY3DMESH",
                        "256, 5.5, 30, 7, 'fixed'")
                .node(4, "Hy3DExportMesh", "mesh:HY3DMESH:3.0", "", "'shape', 'glb'")
                .generation();
        assertThat(generation.seed()).isEmpty();
        assertThat(generation.cfgScale()).isEmpty();
    }

    @Test
    void oneNodeThatLoadsEncodesAndRunsIsASampler() {
        Generation film = prompt("""
                '1': {'class_type': 'LoadImage', 'inputs': {'image': 'first.png'}},
                '2': {'class_type': 'LoadImage', 'inputs': {'image': 'last.png'}},
                '3': {'class_type': 'ToonCrafterNode', 'inputs': {'image': ['1', 0], 'image2': ['2', 0],
                    'ckpt_name': 'film/model.ckpt', 'vram_opt_strategy': 'none', 'prompt': 'a cat walks', 'seed': 123,
                    'eta': 1.0, 'cfg_scale': 7.5, 'steps': 50, 'frame_count': 10, 'fps': 8}},
                '9': {'class_type': 'SaveImage', 'inputs': {'images': ['3', 0], 'filename_prefix': 'x'}}""");
        assertThat(film.positivePrompt()).contains("a cat walks");
        assertSettings(film, "123", 50, "7.5");
        assertModel(film, "checkpoint", "film/model.ckpt");
        assertThat(film.inputs()).extracting(InputMedia::name).containsExactlyInAnyOrder("first.png", "last.png");

        Generation edit = new ComfyCanvasGraph()
                .node(2, "LoadImage", "", "IMAGE:IMAGE,MASK:MASK", "'panda.png', 'image'")
                .node(
                        1,
                        "Step1XEdit",
                        "image:IMAGE:2.0",
                        "edited_image:IMAGE",
                        "'give it a hat', 'Step1X-Edit-FP8', true, true, 96, 'randomize', 28, 7.5, 512, ''")
                .saved("1.0")
                .generation();
        assertThat(edit.positivePrompt()).contains("give it a hat");
        assertSettings(edit, "96", 28, "7.5");
        assertThat(edit.inputs()).extracting(InputMedia::name).contains("panda.png");
    }

    @Test
    void oneNodeOfAnUnknownClassIsASamplerByWhatItIsSetToAndGives() {
        String node = "'1': {'class_type': 'GardenPipeline', 'inputs': {'model_name': 'garden.safetensors',"
                + " 'prompt': 'a lighthouse', 'negative_prompt': 'fog', 'seed': 5, 'num_inference_steps': 12,"
                + " 'guidance_scale': 3.0}},";
        Generation drawn = prompt(
                node + "'9': {'class_type': 'SaveImage', 'inputs': {'images': ['1', 0], 'filename_prefix': 'x'}}");
        assertThat(drawn.positivePrompt()).contains("a lighthouse");
        assertThat(drawn.negativePrompt()).contains("fog");
        assertSettings(drawn, "5", 12, "3.0");
        assertModel(drawn, "diffusion-model", "garden.safetensors");
        assertThat(drawn.unknowns()).contains("GardenPipeline");
    }

    @Test
    void aNodeThatHandsItsSettingsOnRunsNothing() {
        Generation generation = new ComfyCanvasGraph()
                .node(
                        1,
                        "GardenSettings",
                        "prompt:STRING:2.0,seed:INT:3.0,steps:INT:3.0",
                        "image:IMAGE,seed:INT,steps:INT",
                        "")
                .node(2, "PrimitiveString", "", "STRING:STRING", "'a lighthouse'")
                .node(3, "PrimitiveInt", "", "INT:INT", "7")
                .saved("1.0")
                .generation();
        assertThat(generation.passes()).isEmpty();
        assertThat(generation.seed()).isEmpty();
    }

    @Test
    void depthIsMeasuredAndNotDrawn() {
        Generation generation = prompt("""
                '1': {'class_type': 'LoadImage', 'inputs': {'image': 'coast.png'}},
                '2': {'class_type': 'DepthOfGarden', 'inputs': {'image': ['1', 0], 'seed': 3, 'steps': 10, 'cfg': 1.0}},
                '9': {'class_type': 'SaveImage', 'inputs': {'images': ['2', 0], 'filename_prefix': 'x'}}""");
        assertThat(generation.passes()).isEmpty();
        assertThat(generation.seed()).isEmpty();
    }

    @Test
    void aStyleOfAFileThatIsNotAtHandIsSaid() {
        Generation generation = new ComfyCanvasGraph()
                .node(2, "LoadImage", "", "IMAGE:IMAGE,MASK:MASK", "'cat.png', 'image'")
                .node(
                        1,
                        "PhotoMaker_Zho",
                        "ref_image:IMAGE:2.0",
                        "image:IMAGE",
                        "'garden/base', 'a cat img', 'fog', 'Neon', 20, 50, 5.0, 1, 8, 'fixed'")
                .saved("1.0")
                .generation();
        assertThat(generation.positivePrompt()).contains("a cat img");
        assertSettings(generation, "8", 50, "5.0");
        assertModel(generation, "checkpoint", "garden/base");
        assertThat(generation.inferences()).extracting(Inference::field).contains("positive_prompt");
        assertThat(generation.inputs()).containsExactly(new InputMedia("reference", "cat.png"));
    }

    @Test
    void aSizeTakenFromThePictureFedInIsNotStated() {
        for (boolean measured : List.of(true, false)) {
            Generation generation = new ComfyCanvasGraph()
                    .node(
                            1,
                            "ailab_OmniGen",
                            "image_1:IMAGE,image_2:IMAGE,image_3:IMAGE",
                            "IMAGE:IMAGE",
                            "'', 'a lighthouse', 'Auto', 'Balanced', 2.5, 1.8, 50, true, " + measured
                                    + ", 512, 640, 33, 'fixed', 1024")
                    .saved("1.0")
                    .generation();
            assertThat(generation.positivePrompt()).contains("a lighthouse");
            assertSettings(generation, "33", 50, "2.5");
            assertThat(generation.width()).isEqualTo(measured ? Optional.empty() : Optional.of(512));
        }
    }

    @Test
    void ultraPixelSaysItsTextLast() {
        Generation generation = new ComfyCanvasGraph()
                .node(
                        1,
                        "UltraPixelLoad",
                        "",
                        "model:ULTRAPIXELMODEL",
                        "'ultra.safetensors', 'a.safetensors',"
                                + " 'b.safetensors', 'c.safetensors', 'effnet.safetensors', 'preview.safetensors'")
                .node(
                        2,
                        "UltraPixelProcess",
                        "model:ULTRAPIXELMODEL:1.0",
                        "IMAGE:IMAGE",
                        "3072, 2048, 60, 'randomize', 'bf16', 'true', 10, 1.1, 20, 4, 'a garden'")
                .saved("2.0")
                .generation();
        assertThat(generation.positivePrompt()).contains("a garden");
        assertThat(generation.seed()).contains("60");
        assertThat(generation.steps()).isEmpty();
        assertThat(generation.width()).contains(2048);
        assertModel(generation, "diffusion-model", "ultra.safetensors");
    }

    @Test
    void whatAServiceShowsBehindItsInputsTakesNoPlace() {
        Generation generation = new ComfyCanvasGraph()
                .node(
                        1,
                        "MeshyTextToModelNode",
                        "",
                        "model_file:STRING,meshy_task_id:MESHY_TASK_ID",
                        "'latest', 'a garden gate', 'realistic', 'true', 'triangle', 300000, 'auto', 'T-pose', 41,"
                                + " 'randomize', 'Status: Succeeded\\nTime elapsed: 85s'")
                .node(2, "Preview3D", "model_file:STRING:1.0", "", "'gate.glb', ''")
                .generation();
        assertThat(generation.positivePrompt()).contains("a garden gate");
        assertThat(generation.seed()).contains("41");
    }

    private static Generation prompt(String nodes) {
        return read("prompt", ("{" + nodes + "}").replace('\'', '"'));
    }
}
