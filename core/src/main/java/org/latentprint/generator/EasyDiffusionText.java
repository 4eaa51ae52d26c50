package org.latentprint.generator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The text that Easy Diffusion writes beside a picture: a line for each setting with the words of its page ({@code save_dicts} in
 * sdkit's {@code sdkit/utils/file_utils.py}). A prompt may have lines of its own; the first versions wrote it before all else, without
 * a word ({@code parseTaskFromText} in {@code ui/media/js/dnd.js}).
 */
final class EasyDiffusionText {
    /** The key of a request to the words of the page ({@code TASK_TEXT_MAPPING} in {@code save_utils.py}). */
    static final Map<String, String> WORDS = words();

    private EasyDiffusionText() {}

    /** Returns the settings by the keys of a request; empty where the text has no line of a model. */
    static Optional<ObjectNode> parse(String text) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        String key = "prompt";
        StringBuilder value = new StringBuilder();
        boolean labelled = false;
        boolean first = true;
        for (String line : text.split("\\r?\\n", -1)) {
            Optional<Map.Entry<String, String>> named = WORDS.entrySet().stream()
                    .filter(entry -> line.startsWith(entry.getValue() + ":"))
                    .findFirst();
            if (named.isPresent()) {
                put(settings, key, value, labelled);
                labelled = true;
                key = named.orElseThrow().getKey();
                value.setLength(0);
                value.append(line.substring(named.orElseThrow().getValue().length() + 1)
                        .strip());
            } else {
                value.append(first ? "" : "\n").append(line);
            }
            first = false;
        }
        put(settings, key, value, labelled);
        return settings.has("use_stable_diffusion_model") ? Optional.of(settings) : Optional.empty();
    }

    /** An empty prompt is one only where its word stands before it. */
    private static void put(ObjectNode settings, String key, StringBuilder value, boolean labelled) {
        String text = value.toString().strip();
        if (!settings.has(key) && (!text.isEmpty() || (labelled && key.endsWith("prompt")))) {
            settings.put(key, text);
        }
    }

    private static Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("prompt", "Prompt");
        words.put("negative_prompt", "Negative Prompt");
        words.put("seed", "Seed");
        words.put("use_stable_diffusion_model", "Stable Diffusion model");
        words.put("clip_skip", "Clip Skip");
        words.put("use_controlnet_model", "ControlNet model");
        words.put("control_filter_to_apply", "ControlNet Filter");
        words.put("use_vae_model", "VAE model");
        words.put("sampler_name", "Sampler");
        words.put("width", "Width");
        words.put("height", "Height");
        words.put("num_inference_steps", "Steps");
        words.put("guidance_scale", "Guidance Scale");
        words.put("prompt_strength", "Prompt Strength");
        words.put("use_lora_model", "LoRA model");
        words.put("lora_alpha", "LoRA Strength");
        words.put("use_hypernetwork_model", "Hypernetwork model");
        words.put("hypernetwork_strength", "Hypernetwork Strength");
        words.put("use_embedding_models", "Embedding models");
        words.put("tiling", "Seamless Tiling");
        words.put("use_face_correction", "Use Face Correction");
        words.put("use_upscale", "Use Upscaling");
        words.put("upscale_amount", "Upscale By");
        words.put("latent_upscaler_steps", "Latent Upscaler Steps");
        return words;
    }
}
