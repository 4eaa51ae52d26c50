package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.ComfyReadings.read;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentprint.fixture.ComfyGraph;

/** Small graphs of further node packs; class and input names as the packs' own sources declare them. */
class ComfyFurtherPacksTest {
    private static final String SAMPLER =
            "'seed': 9, 'steps': 25, 'cfg': 6.5, 'sampler_name': 'euler', 'scheduler': 'simple',"
                    + " 'denoise': 1.0, 'model': ['%s', 0], 'positive': ['6', 0], 'negative': ['7', 0], 'latent_image': ['5', 0]";

    @Test
    void tagsThatALoaderGetsThroughALinkNameItsLoras() {
        ComfyGraph graph = new ComfyGraph()
                .textToImage("base.safetensors", "a cat", "fog", 7)
                .node("10", "SeargePromptText", q("'prompt': '<lora:ink:0.7> <lora:wool:0.5>'"))
                .node("11", "PCLazyLoraLoader", q("'text': ['10', 0], 'model': ['4', 0], 'clip': ['4', 1]"))
                .node(
                        "3",
                        "KSampler",
                        q("'model': ['11', 0], 'positive': ['6', 0], 'negative': ['7', 0], 'latent_image': ['5', 0],"
                                + " 'seed': 7, 'steps': 20, 'cfg': 7, 'sampler_name': 'euler', 'scheduler': 'normal'"));
        assertThat(read(graph).loras())
                .extracting(lora -> lora.name().orElse(""))
                .containsExactly("ink", "wool");
    }

    @Test
    void supirRestoresAPictureByItsOwnTexts() {
        ComfyGraph graph = new ComfyGraph()
                .node("10", "LoadImage", q("'image': 'coast.png'"))
                .node("4", "CheckpointLoaderSimple", q("'ckpt_name': 'base.safetensors'"))
                .node(
                        "11",
                        "SUPIR_model_loader_v2",
                        q("'model': ['4', 0], 'clip': ['4', 1], 'vae': ['4', 2], 'supir_model': 'restore.ckpt'"))
                .node("12", "SUPIR_encode", q("'SUPIR_VAE': ['11', 1], 'image': ['10', 0]"))
                .node(
                        "13",
                        "SUPIR_conditioner",
                        q("'SUPIR_model': ['11', 0], 'latents': ['12', 0], 'positive_prompt': 'a lighthouse',"
                                + " 'negative_prompt': 'fog'"))
                .node(
                        "3",
                        "SUPIR_sample",
                        q(
                                "'SUPIR_model': ['11', 0], 'latents': ['12', 0], 'positive': ['13', 0], 'negative': ['13', 1],"
                                        + " 'seed': 9, 'steps': 45, 'cfg_scale_start': 4, 'cfg_scale_end': 3,"
                                        + " 'sampler': 'RestoreEDMSampler'"))
                .node("8", "SUPIR_decode", q("'SUPIR_VAE': ['11', 1], 'latents': ['3', 0]"))
                .node("9", "SaveImage", q("'images': ['8', 0]"));
        Generation generation = read(graph);
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.seed()).contains("9");
        assertThat(generation.sampler()).contains("RestoreEDMSampler");
        assertThat(generation.cfgScale()).isEmpty();
        assertThat(generation.models())
                .containsExactlyInAnyOrder(
                        NamedModel.named("checkpoint", "base.safetensors"), NamedModel.named("model", "restore.ckpt"));
        assertThat(generation.inputs()).containsExactly(new InputMedia("init", "coast.png"));
        assertThat(generation.unknowns()).isEmpty();
    }

    @Test
    void brushNetPaintsWithinAMask() {
        ComfyGraph graph = texts("4")
                .node("10", "LoadImage", q("'image': 'coast.png'"))
                .node("11", "BrushNetLoader", q("'brushnet': 'brush.safetensors', 'dtype': 'float16'"))
                .node(
                        "12",
                        "BrushNet",
                        q(
                                "'model': ['4', 0], 'vae': ['4', 2], 'image': ['10', 0], 'mask': ['10', 1], 'brushnet': ['11', 0],"
                                        + " 'positive': ['6', 0], 'negative': ['7', 0], 'scale': 1, 'start_at': 0, 'end_at': 10000"))
                .node(
                        "3",
                        "KSampler",
                        q(
                                "'seed': 9, 'steps': 25, 'cfg': 6.5, 'sampler_name': 'euler', 'scheduler': 'simple', 'denoise': 1.0,"
                                        + " 'model': ['12', 0], 'positive': ['12', 1], 'negative': ['12', 2], 'latent_image': ['12', 3]"));
        Generation generation = read(graph);
        assertThat(generation.task()).contains(Task.INPAINT);
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.models())
                .containsExactlyInAnyOrder(
                        NamedModel.named("checkpoint", "base.safetensors"),
                        NamedModel.named("model", "brush.safetensors"));
        assertThat(generation.inputs()).extracting(InputMedia::role).contains("mask");
    }

    @Test
    void loadersThatSayWhereTheirPartsLieAreReadLikeTheOthers() {
        String plain = canvasLoader("UNETLoaderMultiGPU", "'garden.safetensors', 'default', 'cuda:1'");
        String spread = canvasLoader(
                "UNETLoaderDisTorch2MultiGPU", "'garden.safetensors', 'default', 'cuda:0', 4.0, 'cpu', ''");
        for (String canvas : List.of(plain, spread)) {
            Generation generation = read("workflow", q(canvas));
            assertThat(generation.models()).containsExactly(NamedModel.named("diffusion-model", "garden.safetensors"));
            assertThat(generation.unknowns()).isEmpty();
        }
    }

    @Test
    void choicesOfDynamicPromptsAreMadeAtRunTime() {
        String generator = "'text': '%s', 'seed': 3, 'autorefresh': 'No'";
        for (String type : List.of("DPRandomGenerator", "DPCombinatorialGenerator")) {
            assertThat(read(withText("20").node("20", type, q(generator.formatted("a {red|white} lighthouse"))))
                            .positivePrompt())
                    .isEmpty();
            assertThat(read(withText("20").node("20", type, q(generator.formatted("a lighthouse"))))
                            .positivePrompt())
                    .contains("a lighthouse");
        }
    }

    @Test
    void wildcardsOfImpactGiveTheTextThatTheyFilledIn() {
        ComfyGraph processed = withText("20")
                .node(
                        "20",
                        "ImpactWildcardProcessor",
                        q("'wildcard_text': 'a {red|white} lighthouse', 'populated_text': 'a white lighthouse',"
                                + " 'mode': true, 'seed': 3, 'Select to add Wildcard': ''"));
        assertThat(read(processed).positivePrompt()).contains("a white lighthouse");
        ComfyGraph encoded = texts("20")
                .node(
                        "20",
                        "ImpactWildcardEncode",
                        q(
                                "'model': ['4', 0], 'clip': ['4', 1], 'wildcard_text': 'a {red|white} lighthouse <lora:ink:0.6>',"
                                        + " 'populated_text': 'a white lighthouse <lora:ink:0.6>', 'mode': true,"
                                        + " 'Select to add LoRA': '', 'Select to add Wildcard': '', 'seed': 3"))
                .node(
                        "3",
                        "KSampler",
                        q(SAMPLER.formatted("20").replace("'positive': ['6', 0]", "'positive': ['20', 2]")));
        Generation generation = read(encoded);
        assertThat(generation.positivePrompt()).contains("a white lighthouse <lora:ink:0.6>");
        assertThat(generation.loras())
                .extracting(lora -> lora.name().orElse(""))
                .containsExactly("ink");
        assertThat(generation.unknowns()).isEmpty();
    }

    @Test
    void aDetailersOwnTextStandsInPlaceOfThePrompt() {
        Pass own = detailed("a cat, <lora:fur:0.5>");
        assertThat(own.positivePrompt()).contains("a cat, <lora:fur:0.5>");
        assertThat(detailed("").positivePrompt()).contains("a lighthouse");
        assertThat(detailed("[CONCAT]a cat").positivePrompt()).contains("a lighthouse\na cat");
        Generation shared = read(detailer("[ASC] a cat [SEP] a bicycle"));
        assertThat(shared.inferences()).anyMatch(inferred -> inferred.toString().contains("shares it out"));
        assertThat(read(detailer("a cat, <lora:fur:0.5>")).loras())
                .extracting(lora -> lora.name().orElse(""))
                .containsExactly("fur");
        assertThat(read(detailer("{a cat <lora:fur:0.5>|a bicycle}")).loras()).isEmpty();
    }

    @Test
    void tagsInThePromptOfAnEasyLoaderNameLoras() {
        String loader =
                "'ckpt_name': 'base.safetensors', 'vae_name': 'Baked VAE', 'clip_skip': -2, 'lora_name': 'None',"
                        + " 'resolution': '512 x 512', 'empty_latent_width': 512, 'empty_latent_height': 512,"
                        + " 'positive': 'a lighthouse <lora:ink:0.6>', 'negative': 'fog', 'batch_size': 1";
        ComfyGraph graph = new ComfyGraph()
                .node("1", "easy fullLoader", q(loader))
                .node(
                        "2",
                        "easy preSampling",
                        q("'pipe': ['1', 0], 'seed': 9, 'steps': 20, 'cfg': 7, 'sampler_name': 'euler',"
                                + " 'scheduler': 'normal', 'denoise': 1"))
                .node("3", "easy kSampler", q("'pipe': ['2', 0], 'image_output': 'Hide'"))
                .node("9", "SaveImage", q("'images': ['3', 1]"));
        Generation generation = read(graph);
        assertThat(generation.loras())
                .extracting(lora -> lora.name().orElse(""))
                .containsExactly("ink");
        assertThat(generation.inferences())
                .anyMatch(inferred -> inferred.toString().contains("loras"));
    }

    @Test
    void stackedControlNetsCountWhereTheyAreOn() {
        ComfyGraph graph = texts("4")
                .node("10", "LoadImage", q("'image': 'lines.png'"))
                .node(
                        "11",
                        "CR Multi-ControlNet Stack",
                        q(
                                "'switch_1': 'On', 'controlnet_1': 'lines.safetensors', 'controlnet_strength_1': 1.0, 'image_1':"
                                        + " ['10', 0], 'switch_2': 'Off', 'controlnet_2': 'depth.safetensors', 'switch_3': 'On',"
                                        + " 'controlnet_3': 'None'"))
                .node(
                        "12",
                        "CR Apply Multi-ControlNet",
                        q(
                                "'base_positive': ['6', 0], 'base_negative': ['7', 0], 'switch': 'On', 'controlnet_stack': ['11', 0]"))
                .node(
                        "3",
                        "KSampler",
                        q(SAMPLER.formatted("4")
                                .replace("['6', 0]", "['12', 0]")
                                .replace("['7', 0]", "['12', 1]")));
        Generation generation = read(graph);
        assertThat(generation.models())
                .contains(NamedModel.named("controlnet", "lines.safetensors"))
                .doesNotContain(NamedModel.named("controlnet", "depth.safetensors"))
                .hasSize(2);
        assertThat(generation.inputs()).containsExactly(new InputMedia("control", "lines.png"));
    }

    @Test
    void lorasOfAHubAndOfFramePackAreNamed() {
        ComfyGraph hub = texts("4")
                .node(
                        "20",
                        "HFHubLoraLoader",
                        q("'model': ['4', 0], 'clip': ['4', 1], 'repo_id': 'garden/ink', 'subfolder': '', 'filename':"
                                + " 'ink.safetensors', 'strength_model': 0.6, 'strength_clip': 1"))
                .node("3", "KSampler", q(SAMPLER.formatted("20")));
        assertThat(read(hub).loras())
                .extracting(lora -> lora.name().orElse("") + " " + lora.weight().orElseThrow())
                .containsExactly("garden/ink/ink.safetensors 0.6");
        ComfyGraph packed = new ComfyGraph()
                .node("1", "LoadFramePackModel", q("'model': 'frames.safetensors', 'lora': ['2', 0]"))
                .node("2", "FramePackLoraSelect", q("'lora': 'ink.safetensors', 'strength': 0.6, 'fuse_lora': true"))
                .node("6", "CLIPTextEncode", q("'text': 'a lighthouse', 'clip': ['5', 0]"))
                .node("5", "DualCLIPLoader", q("'clip_name1': 'a.safetensors', 'clip_name2': 'b.safetensors'"))
                .node(
                        "3",
                        "FramePackSampler",
                        q(
                                "'model': ['1', 0], 'positive': ['6', 0], 'negative': ['6', 0], 'steps': 30, 'cfg': 1, 'seed': 9"))
                .node("8", "VAEDecode", q("'samples': ['3', 0], 'vae': ['4', 0]"))
                .node("9", "SaveImage", q("'images': ['8', 0]"));
        assertThat(read(packed).loras())
                .extracting(lora -> lora.name().orElse("") + " " + lora.weight().orElseThrow())
                .containsExactly("ink.safetensors 0.6");
    }

    @Test
    void aFolderThatIsLoadedIsAnInput() {
        ComfyGraph graph = texts("4")
                .node(
                        "10",
                        "VHS_LoadImagesPath",
                        q("'directory': 'C:/garden', 'image_load_cap': 0, 'skip_first_images': 0,"
                                + " 'select_every_nth': 1"))
                .node("5", "VAEEncode", q("'pixels': ['10', 0], 'vae': ['4', 2]"));
        Generation generation = read(graph);
        assertThat(generation.inputs()).containsExactly(new InputMedia("init", "C:/garden"));
        assertThat(generation.unknowns()).isEmpty();
    }

    @Test
    void aFaceForPulidIsAReference() {
        ComfyGraph graph = texts("4")
                .node("10", "LoadImage", q("'image': 'gardener.png'"))
                .node("11", "PulidFluxModelLoader", q("'pulid_file': 'pulid.safetensors'"))
                .node("12", "PulidFluxEvaClipLoader", "")
                .node("13", "PulidFluxInsightFaceLoader", q("'provider': 'CPU'"))
                .node(
                        "14",
                        "ApplyPulidFlux",
                        q(
                                "'model': ['4', 0], 'pulid_flux': ['11', 0], 'eva_clip': ['12', 0], 'face_analysis': ['13', 0],"
                                        + " 'image': ['10', 0], 'weight': 1, 'start_at': 0, 'end_at': 1"))
                .node("15", "TeaCache", q("'model': ['14', 0], 'model_type': 'flux', 'rel_l1_thresh': 0.4"))
                .node("3", "KSampler", q(SAMPLER.formatted("15")));
        Generation generation = read(graph);
        assertThat(generation.inputs()).containsExactly(new InputMedia("reference", "gardener.png"));
        assertThat(generation.models())
                .containsExactlyInAnyOrder(
                        NamedModel.named("checkpoint", "base.safetensors"),
                        NamedModel.named("ip-adapter", "pulid.safetensors"));
        assertThat(generation.unknowns()).isEmpty();
    }

    @Test
    void nodesThatOnlyShowOrHandOnAreKnown() {
        ComfyGraph graph = texts("4")
                .node("20", "Seed (rgthree)", q("'seed': 41"))
                .node("21", "ReroutePrimitive|pysssss", q("'value': ['20', 0]"))
                .node("22", "PreviewBridge", q("'images': ['8', 0], 'image': '$22-0'"))
                .node("9", "SaveImage", q("'images': ['22', 0]"))
                .node("3", "KSampler", q(SAMPLER.formatted("4").replace("'seed': 9", "'seed': ['21', 0]")));
        Generation generation = read(graph);
        assertThat(generation.seed()).contains("41");
        assertThat(generation.unknowns()).isEmpty();
        graph.node("20", "Seed (rgthree)", q("'seed': -1"));
        assertThat(read(graph).seed()).isEmpty();
    }

    private static Pass detailed(String wildcard) {
        return read(detailer(wildcard)).passes().stream()
                .filter(pass -> pass.node().equals("30"))
                .findFirst()
                .orElseThrow();
    }

    private static ComfyGraph detailer(String wildcard) {
        return texts("4")
                .node(
                        "30",
                        "FaceDetailer",
                        q(
                                "'image': ['8', 0], 'model': ['4', 0], 'clip': ['4', 1], 'vae': ['4', 2], 'positive': ['6', 0],"
                                        + " 'negative': ['7', 0], 'seed': 12, 'steps': 20, 'cfg': 8, 'sampler_name': 'euler',"
                                        + " 'scheduler': 'normal', 'denoise': 0.5, 'wildcard': '" + wildcard + "'"))
                .node("9", "SaveImage", q("'images': ['30', 0]"));
    }

    private static ComfyGraph withText(String from) {
        return texts("4").node("6", "CLIPTextEncode", q("'text': ['" + from + "', 0], 'clip': ['4', 1]"));
    }

    private static ComfyGraph texts(String model) {
        return new ComfyGraph()
                .node("4", "CheckpointLoaderSimple", q("'ckpt_name': 'base.safetensors'"))
                .node("5", "EmptyLatentImage", q("'width': 640, 'height': 384, 'batch_size': 1"))
                .node("6", "CLIPTextEncode", q("'text': 'a lighthouse', 'clip': ['4', 1]"))
                .node("7", "CLIPTextEncode", q("'text': 'fog', 'clip': ['4', 1]"))
                .node("3", "KSampler", q(SAMPLER.formatted(model)))
                .node("8", "VAEDecode", q("'samples': ['3', 0], 'vae': ['4', 2]"))
                .node("9", "SaveImage", q("'images': ['8', 0]"));
    }

    private static String canvasLoader(String type, String widgets) {
        return "{'nodes': [{'id': 1, 'type': '" + type + "', 'widgets_values': [" + widgets + "],"
                + " 'outputs': [{'name': 'MODEL', 'type': 'MODEL'}]},"
                + " {'id': 5, 'type': 'EmptyLatentImage', 'widgets_values': [640, 384, 1],"
                + " 'outputs': [{'name': 'LATENT', 'type': 'LATENT'}]},"
                + " {'id': 3, 'type': 'KSampler', 'widgets_values': [9, 'fixed', 20, 7, 'euler', 'normal', 1],"
                + " 'inputs': [{'name': 'model', 'type': 'MODEL', 'link': 1}, {'name': 'positive', 'type': 'CONDITIONING'},"
                + " {'name': 'negative', 'type': 'CONDITIONING'}, {'name': 'latent_image', 'type': 'LATENT', 'link': 2}],"
                + " 'outputs': [{'name': 'LATENT', 'type': 'LATENT'}]}],"
                + " 'links': [[1, 1, 0, 3, 0, 'MODEL'], [2, 5, 0, 3, 3, 'LATENT']], 'version': 0.4}";
    }

    private static String q(String members) {
        return members.replace('\'', '"');
    }
}
