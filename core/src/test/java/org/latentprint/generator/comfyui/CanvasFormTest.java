package org.latentprint.generator.comfyui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.latentprint.generator.comfyui.Value.Link;

class CanvasFormTest {
    private static final String SAMPLER_WIDGETS = "[7, \"randomize\", 20, 6.5, \"euler\", \"normal\", 1]";

    @Test
    void takesValuesByPositionAndLeavesOutWhatHappensToTheSeed() {
        Node sampler = node(read(sampler(SAMPLER_WIDGETS)), "3");
        assertThat(sampler.literal("seed").map(Object::toString)).contains("7");
        assertThat(sampler.literal("steps").map(Object::toString)).contains("20");
        assertThat(sampler.text("scheduler")).contains("normal");
    }

    @Test
    void leavesOutAPacksOwnButtonBehindTheSeed() {
        Node sampler = node(read(sampler("[7, null, 20, 6.5, \"euler\", \"normal\", 1]")), "3");
        assertThat(sampler.literal("seed").map(Object::toString)).contains("7");
        assertThat(sampler.literal("steps").map(Object::toString)).contains("20");
    }

    @Test
    void dropsAllValuesWhereTheirNumberDoesNotFit() {
        Graph graph = read("""
                {"nodes": [{"id": 3, "type": "EmptyLatentImage", "widgets_values": [512, 768, 1, 99]}],
                 "links": [], "version": 0.4}""");
        assertThat(node(graph, "3").has("width")).isFalse();
        assertThat(graph.undecided()).containsExactly("3");
    }

    @Test
    void aSamplersSettingsAreNamedByTheirPlaceWhereTheNumberOfValuesDoesNotFit() {
        Graph graph = read(sampler("[7, \"randomize\", 20, 6.5, \"euler\", \"normal\", 1, 99]"));
        Node sampler = node(graph, "3");
        assertThat(sampler.literal("seed").map(Object::toString)).contains("7");
        assertThat(sampler.literal("steps").map(Object::toString)).contains("20");
        assertThat(sampler.literal("cfg").map(Object::toString)).contains("6.5");
        assertThat(sampler.text("sampler_name")).contains("euler");
        assertThat(sampler.text("scheduler")).contains("normal");
        assertThat(sampler.has("denoise")).isFalse();
        assertThat(graph.undecided()).containsExactly("3");
    }

    @Test
    void placesThatFitInTwoWaysNameNothing() {
        Node twice = node(
                read(sampler("[20, 6.5, \"euler\", \"normal\", 30, 7.5, \"heun\", \"karras\", 7, \"fixed\"]")), "3");
        assertThat(twice.inputs()).isEmpty();
        Node noPlace = node(read(sampler("[7, \"randomize\", 20, 6.5, \"bicycle\", \"normal\", 1, 99]")), "3");
        assertThat(noPlace.inputs()).isEmpty();
        Node twoSeeds = node(read(sampler("[7, \"fixed\", 8, \"randomize\", 20, 6.5, \"euler\", \"normal\", 1]")), "3");
        assertThat(twoSeeds.has("steps")).isTrue();
        assertThat(twoSeeds.has("seed")).isFalse();
    }

    @Test
    void aPlaceNamesNothingThatALinkMayReplace() {
        Graph graph = read("""
                {"nodes": [
                  {"id": 1, "type": "Garden Seeds", "outputs": [{"name": "INT", "type": "INT"}]},
                  {"id": 3, "type": "Garden Sampler", "inputs": [{"name": "noise_seed", "type": "INT", "link": 5,
                    "widget": {"name": "noise_seed"}}],
                    "widgets_values": [7, "randomize", 20, 6.5, "euler", "normal", 1]}],
                 "links": [[5, 1, 0, 3, 0, "INT"]], "version": 0.4}""");
        assertThat(node(graph, "3").has("seed")).isFalse();
        assertThat(node(graph, "3").has("steps")).isTrue();
    }

    @Test
    void anOlderFileHoldsNoValueForWhatANodeWasGivenLater() {
        String lora = """
                {"nodes": [{"id": 2, "type": "WanVideoLoraSelect", "widgets_values": [%s],
                    "inputs": [{"name": "prev_lora", "type": "WANVIDLORA"}, {"name": "blocks", "type": "SELECTEDBLOCKS"}]},
                  {"id": 3, "type": "WanVideoModelLoader", "inputs": [{"name": "lora", "type": "WANVIDLORA", "link": 5}]}],
                 "links": [[5, 2, 0, 3, 0, "WANVIDLORA"]], "version": 0.4}""";
        Node older = node(read(lora.formatted("\"ink.safetensors\", 0.6")), "2");
        assertThat(older.text("lora")).contains("ink.safetensors");
        assertThat(older.literal("strength").map(Object::toString)).contains("0.6");
        assertThat(older.has("merge_loras")).isFalse();
        Node newer = node(read(lora.formatted("\"ink.safetensors\", 0.6, false, true")), "2");
        assertThat(newer.text("lora")).contains("ink.safetensors");
        assertThat(newer.literal("merge_loras").map(Object::toString)).contains("true");
        assertThat(read(lora.formatted("\"ink.safetensors\"")).undecided()).contains("2");
    }

    @Test
    void readsAPrimitiveInPlaceOfTheStaleWidget() {
        Graph graph = read("""
                {"nodes": [
                  {"id": 1, "type": "PrimitiveNode", "outputs": [{"name": "INT", "type": "INT"}], "widgets_values": [41, "fixed"]},
                  {"id": 2, "type": "RandomNoise", "inputs": [{"name": "noise_seed", "type": "INT", "link": 5,
                    "widget": {"name": "noise_seed"}}], "widgets_values": [9, "fixed"]}],
                 "links": [[5, 1, 0, 2, 0, "INT"]], "version": 0.4}""");
        assertThat(node(graph, "2").literal("noise_seed").map(Object::toString)).contains("41");
        assertThat(graph.nodes()).containsOnlyKeys("2");
    }

    @Test
    void leavesOutMutedNodesAndWiresBypassedOnesThrough() {
        String chain = """
                {"nodes": [
                  {"id": 1, "type": "UNETLoader", "outputs": [{"name": "MODEL", "type": "MODEL"}],
                    "widgets_values": ["garden.safetensors", "default"]},
                  {"id": 2, "type": "LoraLoaderModelOnly", "mode": %d, "inputs": [{"name": "model", "type": "MODEL", "link": 5}],
                    "outputs": [{"name": "MODEL", "type": "MODEL"}], "widgets_values": ["bicycle.safetensors", 1]},
                  {"id": 3, "type": "BasicGuider", "inputs": [{"name": "model", "type": "MODEL", "link": 6}]}],
                 "links": [[5, 1, 0, 2, 0, "MODEL"], [6, 2, 0, 3, 0, "MODEL"]], "version": 0.4}""";
        assertThat(node(read(chain.formatted(0)), "3").link("model")).contains(new Link("2", 0));
        assertThat(node(read(chain.formatted(2)), "3").link("model")).isEmpty();
        Graph bypassed = read(chain.formatted(4));
        assertThat(node(bypassed, "3").link("model")).contains(new Link("1", 0));
        assertThat(bypassed.nodes()).doesNotContainKey("2");
    }

    @Test
    void followsANameThatALinkWasGiven() {
        Graph graph = read("""
                {"nodes": [
                  {"id": 1, "type": "VAELoader", "outputs": [{"name": "VAE", "type": "VAE"}], "widgets_values": ["vae.pt"]},
                  {"id": 2, "type": "SetNode", "inputs": [{"name": "VAE", "type": "VAE", "link": 5}], "widgets_values": ["shared"]},
                  {"id": 3, "type": "GetNode", "outputs": [{"name": "VAE", "type": "VAE"}], "widgets_values": ["shared"]},
                  {"id": 4, "type": "VAEDecode", "inputs": [{"name": "vae", "type": "VAE", "link": 6}]}],
                 "links": [[5, 1, 0, 2, 0, "VAE"], [6, 3, 0, 4, 0, "VAE"]], "version": 0.4}""");
        assertThat(node(graph, "4").link("vae")).contains(new Link("1", 0));
    }

    @Test
    void takesASubgraphApart() {
        Graph graph = read("""
                {"nodes": [
                  {"id": 1, "type": "inner", "inputs": [{"name": "text", "type": "STRING", "widget": {"name": "text"}, "link": null}],
                    "outputs": [{"name": "CONDITIONING", "type": "CONDITIONING"}], "widgets_values": ["a lighthouse"]},
                  {"id": 2, "type": "BasicGuider", "inputs": [{"name": "conditioning", "type": "CONDITIONING", "link": 5}]}],
                 "links": [[5, 1, 0, 2, 0, "CONDITIONING"]], "version": 0.4,
                 "definitions": {"subgraphs": [{"id": "inner",
                   "nodes": [{"id": 8, "type": "CLIPTextEncode", "inputs": [{"name": "clip", "type": "CLIP", "link": null},
                     {"name": "text", "type": "STRING", "widget": {"name": "text"}, "link": 1}],
                     "outputs": [{"name": "CONDITIONING", "type": "CONDITIONING"}], "widgets_values": ["a stale text"]}],
                   "links": [{"id": 1, "origin_id": -10, "origin_slot": 0, "target_id": 8, "target_slot": 1},
                     {"id": 2, "origin_id": 8, "origin_slot": 0, "target_id": -20, "target_slot": 0}]}]}}""");
        assertThat(node(graph, "2").link("conditioning")).contains(new Link("1:8", 0));
        assertThat(node(graph, "1:8").text("text")).contains("a lighthouse");
    }

    /** A saved graph leaves out widget inputs that are not linked, so that numbers of inputs do not match. */
    @Test
    void matchesASubgraphsInputsByName() {
        Graph graph = read(twoHosts(""));
        assertThat(node(graph, "1:8").link("clip")).contains(new Link("5", 1));
        assertThat(node(graph, "1:9").link("model")).contains(new Link("5", 0));
    }

    @Test
    void eachNodeOfASubgraphSetsItsOwnValues() {
        Graph graph = read(twoHosts(""));
        assertThat(node(graph, "1:8").text("text")).contains("a lighthouse");
        assertThat(node(graph, "2:8").text("text")).contains("a bicycle");
        assertThat(node(graph, "1:9").literal("steps").map(Object::toString)).contains("20");
    }

    @Test
    void aSubgraphsNodeSetsWidgetsThatItShowsOfNodesInside() {
        Graph graph = read(twoHosts(", \"properties\": {\"proxyWidgets\": [[\"9\", \"steps\"], [\"7\", \"value\"]]},"
                + " \"widgets_values\": [30, 2.5]"));
        assertThat(node(graph, "1:9").literal("steps").map(Object::toString)).contains("30");
        assertThat(node(graph, "1:9").literal("cfg").map(Object::toString)).contains("2.5");
        assertThat(node(graph, "1:8").text("text")).contains("inside");
    }

    @Test
    void valuesOfUnknownUseLeaveAShownWidgetOpen() {
        Graph graph = read(twoHosts(", \"widgets_values\": [\"a cat\", \"a garden\", 3]"));
        assertThat(node(graph, "1:8").has("text")).isFalse();
        assertThat(node(graph, "1:8").link("clip")).isPresent();
    }

    /** Two nodes of one subgraph, with a text, a model, an encoder and a sampler inside. */
    private static String twoHosts(String valuesOfTheFirst) {
        String sockets = "\"inputs\": [{\"name\": \"clip\", \"type\": \"CLIP\", \"link\": %d},"
                + " {\"name\": \"model\", \"type\": \"MODEL\", \"link\": %d}]";
        String first = valuesOfTheFirst.isEmpty() ? ", \"widgets_values\": [\"a lighthouse\"]" : valuesOfTheFirst;
        return """
                {"nodes": [
                  {"id": 5, "type": "CheckpointLoaderSimple", "outputs": [{"type": "MODEL"}, {"type": "CLIP"}],
                    "widgets_values": ["base.safetensors"]},
                  {"id": 1, "type": "inner", %s %s},
                  {"id": 2, "type": "inner", %s, "widgets_values": ["a bicycle"]}],
                 "links": [[1, 5, 1, 1, 0, "CLIP"], [2, 5, 0, 1, 1, "MODEL"], [3, 5, 1, 2, 0, "CLIP"], [4, 5, 0, 2, 1, "MODEL"]],
                 "version": 0.4, "definitions": {"subgraphs": [{"id": "inner",
                   "inputs": [{"name": "text"}, {"name": "clip"}, {"name": "model"}],
                   "nodes": [
                     {"id": 7, "type": "PrimitiveNode", "outputs": [{"type": "FLOAT"}], "widgets_values": [6.5, "fixed"]},
                     {"id": 8, "type": "CLIPTextEncode", "inputs": [{"name": "clip", "type": "CLIP", "link": 2},
                       {"name": "text", "widget": {"name": "text"}, "link": 1}], "widgets_values": ["inside"]},
                     {"id": 9, "type": "KSampler", "inputs": [{"name": "model", "type": "MODEL", "link": 3}, {"name": "positive"},
                       {"name": "negative"}, {"name": "latent_image"}, {"name": "cfg", "widget": {"name": "cfg"}, "link": 4}],
                       "widgets_values": [7, "randomize", 20, 8, "euler", "normal", 1]}],
                   "links": [{"id": 1, "origin_id": -10, "origin_slot": 0, "target_id": 8, "target_slot": 1},
                     {"id": 2, "origin_id": -10, "origin_slot": 1, "target_id": 8, "target_slot": 0},
                     {"id": 3, "origin_id": -10, "origin_slot": 2, "target_id": 9, "target_slot": 0},
                     {"id": 4, "origin_id": 7, "origin_slot": 0, "target_id": 9, "target_slot": 4}]}]}}""".formatted(sockets.formatted(1, 2), first, sockets.formatted(3, 4));
    }

    @Test
    void aBypassedNodeHandsOnWhatSuitsTheTaker() {
        Graph graph = read("""
                {"nodes": [
                  {"id": 1, "type": "VAEDecode", "outputs": [{"name": "IMAGE", "type": "IMAGE"}]},
                  {"id": 2, "type": "CleanUp", "mode": 4, "inputs": [{"name": "vae", "type": "VAE", "link": null},
                    {"name": "anything", "type": "*", "link": 5}], "outputs": [{"name": "output", "type": "*"}]},
                  {"id": 3, "type": "SaveImage", "inputs": [{"name": "images", "type": "IMAGE", "link": 6}]}],
                 "links": [[5, 1, 0, 2, 1, "IMAGE"], [6, 2, 0, 3, 0, "IMAGE"]], "version": 0.4}""");
        assertThat(node(graph, "3").link("images")).contains(new Link("1", 0));
    }

    @Test
    void atADeadEndTheWidgetsOwnValueCountsUnlessAMutedNodeStandsThere() {
        String graph = """
                {"nodes": [
                  {"id": 1, "type": "%s", "mode": %d, "inputs": [{"name": "", "type": "*", "link": null}],
                    "outputs": [{"name": "", "type": "*"}], "widgets_values": []},
                  {"id": 2, "type": "CLIPTextEncode", "inputs": [{"name": "clip", "type": "CLIP", "link": null},
                    {"name": "text", "type": "STRING", "widget": {"name": "text"}, "link": 5}], "widgets_values": ["a cat"]}],
                 "links": [[5, 1, 0, 2, 1, "STRING"]], "version": 0.4}""";
        assertThat(node(read(graph.formatted("Reroute", 0)), "2").text("text")).contains("a cat");
        assertThat(node(read(graph.formatted("AnyText", 4)), "2").text("text")).contains("a cat");
        assertThat(node(read(graph.formatted("AnyText", 2)), "2").has("text")).isFalse();
    }

    @Test
    void theOneValueOfANodeThatHoldsAValueNeedsNoKnownClass() {
        String graph =
                "{\"nodes\": [{\"id\": 1, \"type\": \"%s\", \"outputs\": [{\"name\": \"value\", \"type\": \"INT\"}],"
                        + " \"widgets_values\": [%s]}], \"links\": [], \"version\": 0.4}";
        assertThat(node(read(graph.formatted("SomeIntConstant", "640")), "1").literal("value"))
                .isPresent();
        assertThat(node(read(graph.formatted("SomeIntConstant", "\"640\"")), "1")
                        .literal("value"))
                .isEmpty();
        assertThat(node(read(graph.formatted("SomeRandomInt", "640")), "1").literal("value"))
                .isEmpty();
    }

    @Test
    @Timeout(5)
    void endsAtDefinitionsThatHoldThemselvesAndAtLinksInACircle() {
        String selves = String.join(",", Collections.nCopies(300, "{\"id\": %d, \"type\": \"self\"}"));
        Integer[] ids = new Integer[300];
        for (int id = 0; id < ids.length; id++) {
            ids[id] = id;
        }
        String nested = selves.formatted((Object[]) ids);
        assertThatCode(() ->
                        read("{\"nodes\": [" + nested + "], \"links\": [], \"definitions\": {\"subgraphs\": [{\"id\":"
                                + " \"self\", \"nodes\": [" + nested + "], \"links\": []}]}}"))
                .doesNotThrowAnyException();
        Graph circle = read("""
                {"nodes": [{"id": 1, "type": "Reroute", "inputs": [{"name": "", "type": "*", "link": 5}]},
                  {"id": 2, "type": "VAEDecode", "inputs": [{"name": "vae", "type": "VAE", "link": 6}]}],
                 "links": [[5, 1, 0, 1, 0, "*"], [6, 1, 0, 2, 0, "*"]], "version": 0.4}""");
        assertThat(node(circle, "2").link("vae")).isEmpty();
    }

    private static String sampler(String values) {
        return "{\"nodes\": [{\"id\": 3, \"type\": \"KSampler\", \"inputs\": [{\"name\": \"model\"}, {\"name\": \"positive\"},"
                + " {\"name\": \"negative\"}, {\"name\": \"latent_image\"}], \"widgets_values\": " + values
                + "}], \"links\": [], \"version\": 0.4}";
    }

    private static Graph read(String json) {
        return CanvasForm.read(GraphText.object(json).orElseThrow());
    }

    private static Node node(Graph graph, String id) {
        return Optional.ofNullable(graph.nodes().get(id)).orElseThrow();
    }
}
