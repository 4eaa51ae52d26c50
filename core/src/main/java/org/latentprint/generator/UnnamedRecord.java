package org.latentprint.generator;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latentprint.evidence.Grade;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The words in which programs record a generation, for a record that names no known program. Scripts use those of the
 * libraries that they call, such as {@code num_inference_steps} and {@code guidance_scale} of {@code huggingface/diffusers}.
 */
final class UnnamedRecord {
    static final String NAME = "unnamed program";

    private static final List<String> PROMPTS = List.of("prompt", "positive_prompt", "text_prompt", "prompt_text");
    private static final List<String> NEGATIVES =
            List.of("negative_prompt", "neg_prompt", "n_prompt", "negativeprompt");
    private static final List<String> STEPS =
            List.of("steps", "num_inference_steps", "inference_steps", "infer_steps", "sampling_steps", "num_steps");
    private static final List<String> SCALES =
            List.of("cfg_scale", "guidance_scale", "cfg", "guidance", "cfgscale", "scale");
    private static final List<String> SAMPLERS = List.of("sampler", "sampler_name", "sample_method");
    private static final List<String> SCHEDULERS = List.of("scheduler", "scheduler_name");
    private static final List<String> MODELS =
            List.of("model", "model_name", "model_id", "checkpoint", "ckpt", "base_model", "model_path");
    private static final List<String> WRAPPERS =
            List.of("parameters", "params", "settings", "metadata", "generation", "args", "input", "config");

    /** What a record calls the files it works from, and the part they play. */
    private static final Map<String, String> ROLES = Map.ofEntries(
            Map.entry("init_image", "init"),
            Map.entry("input_image", "init"),
            Map.entry("image_path", "init"),
            Map.entry("start_image", "init"),
            Map.entry("source_image", "init"),
            Map.entry("first_frame", "init"),
            Map.entry("image", "init"),
            Map.entry("end_image", "end"),
            Map.entry("last_frame", "end"),
            Map.entry("mask", "mask"),
            Map.entry("mask_image", "mask"),
            Map.entry("control_image", "control"),
            Map.entry("reference_image", "reference"),
            Map.entry("reference_images", "reference"),
            Map.entry("input_video", "video"),
            Map.entry("video_path", "video"),
            Map.entry("audio_path", "audio"));

    /** Settings beside a prompt from which on a record counts as a generation's. */
    private static final int ENOUGH = 2;

    /** Programs record some hundred settings at most. */
    private static final int MAX_FIELDS = 500;

    private UnnamedRecord() {}

    /** Writes a key as this class knows it: {@code Negative Prompt} becomes {@code negative_prompt}. */
    static String normal(String key) {
        return key.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
    }

    /** Says whether a key in its normal form is one of those that say something here. */
    static boolean isKnown(String key) {
        return key.equals("seed")
                || key.equals("width")
                || key.equals("height")
                || ROLES.containsKey(key)
                || List.of(PROMPTS, NEGATIVES, STEPS, SCALES, SAMPLERS, SCHEDULERS, MODELS).stream()
                        .anyMatch(words -> words.contains(key));
    }

    /** Returns the object with its keys in their normal form, or the one inside it that describes a generation. */
    static Optional<JsonNode> in(JsonNode json) {
        JsonNode outer = withNormalKeys(json);
        if (isGeneration(outer)) {
            return Optional.of(outer);
        }
        return WRAPPERS.stream()
                .map(outer::path)
                .filter(JsonNode::isObject)
                .map(UnnamedRecord::withNormalKeys)
                .filter(UnnamedRecord::isGeneration)
                .findFirst();
    }

    /** Says whether a prompt stands beside enough settings of a sampler, one of them a number. */
    static boolean isGeneration(JsonNode json) {
        JsonRecord record = new JsonRecord(json);
        boolean prompt = first(PROMPTS, record)
                .filter(text -> !text.isBlank() && !text.stripLeading().startsWith("{"))
                .isPresent();
        if (!prompt) {
            return false;
        }
        int numbers = count(record.seed("seed").isPresent())
                + count(STEPS.stream().anyMatch(key -> record.positive(key).isPresent()))
                + count(SCALES.stream().anyMatch(key -> record.decimal(key).isPresent()));
        int words = count(first(SAMPLERS, record)
                        .or(() -> first(SCHEDULERS, record))
                        .isPresent())
                + count(first(NEGATIVES, record).isPresent());
        return numbers > 0 && numbers + words >= ENOUGH;
    }

    /** Fills in what the keys say by their names; the whole is graded inferred. */
    static void fill(JsonRecord record, GenerationBuilder builder) {
        builder.grade(Grade.INFERRED)
                .inferred("generator", "a prompt beside settings of a sampler; the record names no known program")
                .positivePrompt(first(PROMPTS, record))
                .negativePrompt(first(NEGATIVES, record))
                .seed(record.seed("seed"))
                .steps(STEPS.stream()
                        .map(record::positive)
                        .flatMap(Optional::stream)
                        .findFirst())
                .cfgScale(SCALES.stream()
                        .map(record::decimal)
                        .flatMap(Optional::stream)
                        .findFirst())
                .sampler(first(SAMPLERS, record))
                .scheduler(first(SCHEDULERS, record))
                .width(record.positive("width"))
                .height(record.positive("height"));
        first(MODELS, record).ifPresent(name -> builder.model(NamedModel.named("model", name)));
        Set<String> roles = new TreeSet<>();
        ROLES.forEach(
                (field, role) -> InputNames.of(record.node(field)).forEach(name -> roles.add(role + '\n' + name)));
        roles.forEach(input -> builder.input(
                new InputMedia(input.substring(0, input.indexOf('\n')), input.substring(input.indexOf('\n') + 1))));
        if (!roles.isEmpty()) {
            builder.inferred("inputs", "the part of each input follows the name of its key");
        }
        record.keepRest(builder);
    }

    private static int count(boolean present) {
        return present ? 1 : 0;
    }

    private static Optional<String> first(List<String> keys, JsonRecord record) {
        return keys.stream().map(record::name).flatMap(Optional::stream).findFirst();
    }

    private static JsonNode withNormalKeys(JsonNode json) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        json.properties().stream()
                .limit(MAX_FIELDS)
                .forEach(field -> result.putIfAbsent(normal(field.getKey()), field.getValue()));
        return result;
    }
}
