package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * Parts of which the tests of node packs build their graphs: a loader (1), two texts (2, 3), a latent (4), a sampler (5), a
 * decoder (8) and a saver (9).
 */
final class ComfyPackGraph {
    static final String LOADER = node("1", "CheckpointLoaderSimple", "'ckpt_name': 'base.safetensors'");
    static final String NEGATIVE = node("3", "CLIPTextEncode", "'text': 'fog', 'clip': ['1', 1]");
    static final String TEXTS =
            node("2", "CLIPTextEncode", "'text': 'a lighthouse', 'clip': ['1', 1]") + "," + NEGATIVE;
    static final String LATENT = node("4", "EmptyLatentImage", "'width': 640, 'height': 384, 'batch_size': 1");
    static final String SETTINGS =
            "'seed': 7, 'steps': 20, 'cfg': 7.5, 'sampler_name': 'euler', 'scheduler': 'karras', 'denoise': 1.0";

    private ComfyPackGraph() {}

    /** Returns a node; quotes in the inputs are single ones. */
    static String node(String id, String type, String inputs) {
        return ("'" + id + "': {'class_type': '" + type + "', 'inputs': {" + inputs + "}}").replace('\'', '"');
    }

    /** Returns a sampler (5) with the model of the link and the texts of two nodes. */
    static String sampler(String model, String positive, String negative) {
        return node(
                "5",
                "KSampler",
                SETTINGS + ", 'model': " + model + ", 'positive': ['" + positive + "', 0], 'negative': ['" + negative
                        + "', 0], 'latent_image': ['4', 0]");
    }

    /** Returns a saver (9) of what a node gives, with a decoder (8) before it where that is the first output. */
    static String saved(String from, int slot) {
        boolean latent = slot == 0;
        String decode = node("8", "VAEDecode", "'samples': ['" + from + "', 0], 'vae': ['1', 2]") + ",";
        String source = latent ? "['8', 0]" : "['" + from + "', " + slot + "]";
        return (latent ? decode : "") + node("9", "SaveImage", "'filename_prefix': 'garden', 'images': " + source);
    }

    static NamedLora lora(String name, String weight) {
        return new NamedLora(Optional.of(name), Optional.of(new BigDecimal(weight)), Map.of());
    }

    /** Checks that all settings are found that the constants and helpers of this class put into a graph. */
    static void assertWhole(Generation generation) {
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

    static String graph(String... nodes) {
        return "{" + String.join(",", nodes) + "}";
    }

    /** Returns the first generation of the graph that these nodes make. */
    static Generation prompt(String... nodes) {
        return ComfyReadings.read("prompt", graph(nodes));
    }
}
