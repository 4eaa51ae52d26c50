package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.ComfyReadings.block;
import static org.latentprint.generator.ComfyReadings.read;

import org.junit.jupiter.api.Test;
import org.latentprint.container.MetadataBlock;
import org.latentprint.fixture.ComfyGraph;

/** Ways through a graph that have to be told from those that were not taken. */
class ComfyGraphWalkTest {

    @Test
    void aSwitchTakesTheWayThatALinkedSettingNames() {
        ComfyGraph graph = withText("30")
                .node(
                        "30",
                        "ComfySwitchNode",
                        "\"on_false\": [\"31\", 0], \"on_true\": [\"32\", 0], \"switch\": [\"33\", 0]")
                .node("33", "PrimitiveBoolean", "\"value\": true");
        assertThat(read(graph).positivePrompt()).contains("a bicycle");
    }

    @Test
    void aSwitchThatDecidesAtRunTimeLeavesOpenWhatWasTaken() {
        ComfyGraph graph = new ComfyGraph()
                .textToImage("base.safetensors", "a cat", "fog", 7)
                .node("10", "CheckpointLoaderSimple", ComfyGraph.member("ckpt_name", "other.safetensors"))
                .node("11", "EmptyLatentImage", "\"width\": 640, \"height\": 384, \"batch_size\": 1")
                .node("20", "CompareNumbers", "\"a\": 1, \"b\": 2")
                .node("21", "AnySwitchNode", bothWays("4", "10"))
                .node("22", "AnySwitchNode", bothWays("6", "7"))
                .node("23", "AnySwitchNode", bothWays("5", "11"))
                .node("3", "KSampler", SAMPLER.formatted("21", "22", "7", "23"));
        Generation generation = read(graph);
        assertThat(generation.positivePrompt()).isEmpty();
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.models()).isEmpty();
        assertThat(generation.width()).isEmpty();
        assertThat(generation.seed()).contains("9");
    }

    @Test
    void aLoaderWhoseSizeIsLinkedIsALoader() {
        ComfyGraph graph = new ComfyGraph()
                .textToImage("base.safetensors", "a cat", "fog", 7)
                .node("10", "VHS_LoadVideo", "\"video\": \"garden.mp4\", \"custom_width\": [\"11\", 0]")
                .node("11", "PrimitiveInt", "\"value\": 640")
                .node("12", "VAEEncode", "\"pixels\": [\"10\", 0], \"vae\": [\"4\", 2]")
                .sampler(7, "12");
        assertThat(read(graph).inputs()).containsExactly(new InputMedia("video", "garden.mp4"));
    }

    @Test
    void aPictureBehindAConditioningIsAReferenceAndTheTaskAnEdit() {
        ComfyGraph graph = new ComfyGraph()
                .textToImage("base.safetensors", "a cat", "fog", 7)
                .node("10", "LoadImage", "\"image\": \"cat.png\"")
                .node("12", "VAEEncode", "\"pixels\": [\"10\", 0], \"vae\": [\"4\", 2]")
                .node("13", "ReferenceLatent", "\"conditioning\": [\"6\", 0], \"latent\": [\"12\", 0]")
                .node("3", "KSampler", SAMPLER.formatted("4", "13", "7", "5"));
        Generation generation = read(graph);
        assertThat(generation.inputs()).containsExactly(new InputMedia("reference", "cat.png"));
        assertThat(generation.task()).contains(Task.IMG2IMG);
        assertThat(generation.positivePrompt()).contains("a cat");
        assertThat(generation.width()).contains(1024);
    }

    @Test
    void aPictureThatIsAlsoMeasuredStandsThereOnce() {
        ComfyGraph graph = new ComfyGraph()
                .textToImage("base.safetensors", "a cat", "fog", 7)
                .node("10", "LoadImage", "\"image\": \"cat.png\"")
                .node("11", "GetImageSize", "\"image\": [\"10\", 0]")
                .node(
                        "12",
                        "ImageScaleBy",
                        "\"image\": [\"10\", 0], \"upscale_method\": \"lanczos\", \"scale_by\": 0.5")
                .node(
                        "13",
                        "WanImageToVideo",
                        "\"positive\": [\"6\", 0], \"negative\": [\"7\", 0], \"vae\": [\"4\", 2], \"start_image\": [\"12\", 0],"
                                + " \"width\": [\"11\", 0], \"height\": [\"11\", 1], \"length\": 81")
                .node(
                        "3",
                        "KSampler",
                        SAMPLER.formatted("4", "13", "7", "13")
                                .replace("\"latent_image\": [\"13\", 0]", "\"latent_image\": [\"13\", 2]"));
        Generation generation = read(graph);
        assertThat(generation.inputs()).containsExactly(new InputMedia("init", "cat.png"));
        assertThat(generation.width()).isEmpty();
        assertThat(generation.height()).isEmpty();
    }

    @Test
    void aLoraOnTheTextEncoderAloneCounts() {
        ComfyGraph graph = new ComfyGraph()
                .textToImage("base.safetensors", "a cat", "fog", 7)
                .node(
                        "10",
                        "LoraLoader",
                        "\"lora_name\": \"ink.safetensors\", \"strength_model\": 1, \"strength_clip\": 0.25,"
                                + " \"model\": [\"4\", 0], \"clip\": [\"4\", 1]")
                .node("6", "CLIPTextEncode", "\"text\": \"a cat\", \"clip\": [\"10\", 1]");
        assertThat(read(graph).loras())
                .extracting(lora -> lora.name().orElse("") + " " + lora.weight().orElseThrow())
                .containsExactly("ink.safetensors 0.25");
    }

    @Test
    void sidesBehindANodeThatGivesAModelFirstAreKeptApart() {
        ComfyGraph graph = new ComfyGraph()
                .textToImage("base.safetensors", "a cat", "fog", 7)
                .node("10", "SomeAdapter", "\"model\": [\"4\", 0], \"positive\": [\"6\", 0], \"negative\": [\"7\", 0]")
                .node(
                        "3",
                        "KSampler",
                        SAMPLER.formatted("10", "10", "10", "5")
                                .replace("\"positive\": [\"10\", 0]", "\"positive\": [\"10\", 1]")
                                .replace("\"negative\": [\"10\", 0]", "\"negative\": [\"10\", 2]"));
        Generation generation = read(graph);
        assertThat(generation.positivePrompt()).contains("a cat");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "base.safetensors"));
    }

    @Test
    void anEncoderOfAnUnknownClassEndsAConditioning() {
        ComfyGraph graph = new ComfyGraph()
                .textToImage("base.safetensors", "a cat", "fog", 7)
                .node("6", "SomeLanguageModel", "\"text\": \"a garden\", \"language_model\": [\"4\", 1]");
        assertThat(read(graph).positivePrompt()).contains("a garden");
    }

    @Test
    void aSamplerMayNameItsModelAsItLikes() {
        ComfyGraph graph = new ComfyGraph()
                .textToImage("base.safetensors", "a cat", "fog", 7)
                .node("3", "SomeSample", SAMPLER.formatted("4", "6", "7", "5").replace("\"model\"", "\"SOME_net\""));
        Generation generation = read(graph);
        assertThat(generation.seed()).contains("9");
        assertThat(generation.positivePrompt()).contains("a cat");
        assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "base.safetensors"));
    }

    @Test
    void whatMovesOnePictureIsImageToVideoAndAShapeIsNoPicture() {
        ComfyGraph film = new ComfyGraph()
                .textToImage("base.safetensors", "a cat sings", "fog", 7)
                .node("10", "LoadImage", "\"image\": \"cat.png\"")
                .node(
                        "13",
                        "WanSoundImageToVideo",
                        "\"positive\": [\"6\", 0], \"negative\": [\"7\", 0], \"vae\": [\"4\", 2], \"ref_image\": [\"10\", 0],"
                                + " \"width\": 640, \"height\": 384, \"length\": 77")
                .node(
                        "3",
                        "KSampler",
                        SAMPLER.formatted("4", "13", "7", "13")
                                .replace("\"latent_image\": [\"13\", 0]", "\"latent_image\": [\"13\", 2]"));
        assertThat(read(film).task()).contains(Task.IMG2VID);
        ComfyGraph shape = new ComfyGraph()
                .textToImage("base.safetensors", "a cat", "fog", 7)
                .node("9", "SaveGLB", "\"filename_prefix\": \"mesh\", \"mesh\": [\"8\", 0]");
        assertThat(read(shape).task()).contains(Task.OTHER);
    }

    @Test
    void aSavingNodeWithNothingToSaveIsNoChoice() {
        ComfyGraph graph = new ComfyGraph()
                .node("1", "PreviewAnimation", "\"fps\": 8")
                .textToImage("base.safetensors", "a cat", "fog", 7);
        Generation generation = read(graph);
        assertThat(generation.settings())
                .containsEntry("saving_node", "9 SaveImage")
                .doesNotContainKey("further_saving_nodes");
        assertThat(generation.seed()).contains("7");
    }

    /** Graphs for the program's API are often kept without a saving node. */
    @Test
    void aGraphThatEndsInADecoderIsRead() {
        ComfyGraph graph = decoded();
        Generation generation = read(graph);
        assertThat(generation.positivePrompt()).contains("a cat");
        assertThat(generation.seed()).contains("9");
        assertThat(generation.width()).contains(640);
        assertThat(generation.settings()).containsEntry("saving_node", "8 VAEDecode");
        ComfyGraph latentOnly = sampled(new ComfyGraph()
                .node("1", "LatentUpscale", "\"samples\": [\"3\", 0], \"width\": 1280, \"height\": 768"));
        assertThat(read(latentOnly).seed()).contains("9");
    }

    @Test
    void aDecodersDeadEndBesideASavingNodeIsNoSecondGeneration() {
        ComfyGraph graph = decoded()
                .node("13", "KSampler", SAMPLER.formatted("4", "6", "7", "5").replace("\"seed\": 9", "\"seed\": 21"))
                .node("18", "VAEDecode", "\"samples\": [\"13\", 0], \"vae\": [\"4\", 2]")
                .node("19", "SaveImage", "\"images\": [\"18\", 0]");
        Reading reading = read(block("prompt", graph.json()));
        assertThat(reading.generations()).hasSize(1);
        assertThat(reading.generations().getFirst().seed()).contains("21");
        assertThat(reading.generations().getFirst().settings()).doesNotContainKey("further_saving_nodes");
    }

    private static ComfyGraph decoded() {
        return sampled(new ComfyGraph()).node("8", "VAEDecode", "\"samples\": [\"3\", 0], \"vae\": [\"4\", 2]");
    }

    private static ComfyGraph sampled(ComfyGraph graph) {
        return graph.node("4", "CheckpointLoaderSimple", ComfyGraph.member("ckpt_name", "base.safetensors"))
                .node("5", "EmptyLatentImage", "\"width\": 640, \"height\": 384, \"batch_size\": 1")
                .node("6", "CLIPTextEncode", "\"text\": \"a cat\", \"clip\": [\"4\", 1]")
                .node("7", "CLIPTextEncode", "\"text\": \"fog\", \"clip\": [\"4\", 1]")
                .node("3", "KSampler", SAMPLER.formatted("4", "6", "7", "5"));
    }

    @Test
    void aDamagedWorkflowBesideTheGraphThatRanIsNamedAndLeftUnclaimed() {
        String graph = new ComfyGraph()
                .textToImage("base.safetensors", "a cat", "fog", 7)
                .json();
        String damaged =
                "{\"nodes\": [{\"id\": 4, \"type\": \"KSampler\"}, {\"id\": 12, \"type\": \"Note\"], \"links\": []}";
        Reading reading = read(block("prompt", graph), block("workflow", damaged));
        assertThat(reading.generations().getFirst().settings()).containsEntry("read_from", "prompt");
        assertThat(reading.claimed()).extracting(MetadataBlock::key).containsExactly("prompt");
        assertThat(reading.problems()).hasSize(1);
        assertThat(reading.problems().getFirst().message())
                .contains("workflow", "at character " + damaged.indexOf(']'), "\"12\"", "the graph that ran was read");
    }

    private static final String SAMPLER = "\"seed\": 9, \"steps\": 25, \"cfg\": 6.5, \"sampler_name\": \"euler\","
            + " \"scheduler\": \"simple\", \"denoise\": 1.0, \"model\": [\"%s\", 0], \"positive\": [\"%s\", 0],"
            + " \"negative\": [\"%s\", 0], \"latent_image\": [\"%s\", 0]";

    private static String bothWays(String one, String other) {
        return "\"input1\": [\"" + one + "\", 0], \"input2\": [\"" + other + "\", 0], \"select\": [\"20\", 0]";
    }

    /** A plain graph whose positive text comes from the node; two texts stand ready. */
    private static ComfyGraph withText(String node) {
        return new ComfyGraph()
                .textToImage("base.safetensors", "", "fog", 7)
                .node("6", "CLIPTextEncode", "\"text\": [\"" + node + "\", 0], \"clip\": [\"4\", 1]")
                .node("31", "PrimitiveString", ComfyGraph.member("value", "a lighthouse"))
                .node("32", "PrimitiveString", ComfyGraph.member("value", "a bicycle"));
    }
}
