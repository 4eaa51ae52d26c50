package org.latentprint.generator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.container.ItemMetadata;
import tools.jackson.databind.JsonNode;

/**
 * One set of WanGP's settings, with the names of {@code generate_media}'s arguments ({@code wgp.py}). The LoRAs' weights are a
 * text with one number for each; one that changes over the steps or phases is no number and stays a setting
 * ({@code shared/utils/loras_mutipliers.py}).
 */
final class WanGpSettings {
    private static final Pattern TYPE =
            Pattern.compile("WanGP v(\\S{1,40}) by [^-]{1,40} - (.{1,300})", Pattern.DOTALL);
    private static final String LETTERS = "image_prompt_type";
    private static final String CONTROL_LETTERS = "video_prompt_type";

    /** Films with more than a dozen are rare. */
    private static final int MAX_LORAS = 200;

    /** A text of weights; longer ones are none. */
    private static final int MAX_WEIGHTS = 20_000;

    /** What may be fed in ({@code ATTACHMENT_KEYS}), in the order in which it is listed. */
    private static final List<Map.Entry<String, String>> ROLES = List.of(
            Map.entry("image_start", "init"),
            Map.entry("image_end", "end"),
            Map.entry("image_refs", "reference"),
            Map.entry("image_guide", "control"),
            Map.entry("image_mask", "mask"),
            Map.entry("video_source", "video"),
            Map.entry("video_guide", "control"),
            Map.entry("video_guide2", "control"),
            Map.entry("video_mask", "mask"),
            Map.entry("audio_guide", "audio"),
            Map.entry("audio_guide2", "audio"),
            Map.entry("audio_source", "audio"),
            Map.entry("replace_voice_sample", "audio"),
            Map.entry("replace_voice_sample2", "audio"),
            Map.entry("custom_guide", "input"));

    /**
     * A kind of input that letters tell of.
     *
     * @param control whether the letters are those of the controls
     */
    private record Kind(String field, boolean control, String letters, String words) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("image_start", false, "S", "a start picture"),
            new Kind("image_end", false, "E", "an end picture"),
            new Kind("video_source", false, "VL", "a film to go on from"),
            new Kind("image_refs", true, "I", "reference pictures"),
            new Kind("video_guide", true, "V", "a control film or picture"));

    private WanGpSettings() {}

    /**
     * Fills in one set of settings.
     *
     * @param file what holds them, where they were written into what was made
     */
    static void fill(JsonRecord record, Optional<ItemMetadata> file, GenerationBuilder builder) {
        Optional<String> type = record.text("type");
        Optional<Matcher> named = type.map(TYPE::matcher).filter(Matcher::matches);
        builder.version(named.map(matcher -> matcher.group(1)))
                .positivePrompt(record.text("prompt"))
                .negativePrompt(record.text("negative_prompt"))
                .seed(record.seed("seed"))
                .steps(record.positive("num_inference_steps"))
                .cfgScale(record.decimal("guidance_scale"))
                .sampler(record.name("sample_solver"));
        type.ifPresent(text -> builder.setting("type", text));
        record.name("resolution")
                .flatMap(GeneratorJson::size)
                .ifPresent(size -> builder.width(Optional.of(size.width())).height(Optional.of(size.height())));
        record.name("model_filename")
                .or(() -> record.name("model_type"))
                .or(() -> record.name("base_model_type"))
                .ifPresent(name -> builder.model(NamedModel.named("diffusion-model", name)));
        loras(record, builder);
        ROLES.forEach(role -> InputNames.add(builder, role.getValue(), record.node(role.getKey())));
        task(record, named.map(matcher -> matcher.group(2)), file, builder);
        record.keepRest(builder);
    }

    private static void loras(JsonRecord record, GenerationBuilder builder) {
        JsonNode activated = record.node("activated_loras");
        List<String> names = InputNames.of(activated);
        Optional<String> text = record.text("loras_multipliers");
        // Names and weights belong together by place, which an odd entry upsets.
        List<String> weights = names.size() == activated.size()
                ? text.map(WanGpSettings::weights).orElse(List.of())
                : List.of();
        for (int index = 0; index < names.size() && index < MAX_LORAS; index++) {
            Optional<BigDecimal> weight =
                    index < weights.size() ? GeneratorJson.number(weights.get(index)) : Optional.empty();
            builder.lora(new NamedLora(Optional.of(names.get(index)), weight, Map.of()));
        }
        text.filter(value -> !value.isBlank()).ifPresent(value -> builder.setting("loras_multipliers", value));
    }

    /** Splits at white space and at the bar between the accelerator's LoRAs and the user's; a line may be a comment. */
    private static List<String> weights(String text) {
        List<String> weights = new ArrayList<>();
        if (text.length() <= MAX_WEIGHTS) {
            for (String line : text.split("\n", -1)) {
                if (!line.startsWith("#")) {
                    for (String weight : line.strip().split("[\\s|]+", -1)) {
                        if (!weight.isEmpty()) {
                            weights.add(weight);
                        }
                    }
                }
            }
        }
        return weights;
    }

    /** The letters: S and E for start and end pictures, V and L for a film to go on from; for controls V, for references I. */
    private static void task(
            JsonRecord record, Optional<String> model, Optional<ItemMetadata> file, GenerationBuilder builder) {
        String letters = record.text(LETTERS).orElse("");
        String control = record.text(CONTROL_LETTERS).orElse("");
        record.text(LETTERS).ifPresent(text -> builder.setting(LETTERS, text));
        record.text(CONTROL_LETTERS).ifPresent(text -> builder.setting(CONTROL_LETTERS, text));
        unnamed(record, file.map(WanGpPictures::fields).orElse(Set.of()), letters, control)
                .ifPresent(text -> builder.setting("inputs_not_named", text));
        if (model.filter(name -> name.contains("Post Processing")).isPresent()) {
            builder.task(Optional.of(record.name("spatial_upsampling").isPresent() ? Task.UPSCALE : Task.PROCESSED));
            return;
        }
        int mode = record.node("image_mode").asInt(0);
        boolean film = file.flatMap(ItemMetadata::mediaType)
                .filter(type -> type.startsWith("video/"))
                .isPresent();
        if (mode == 2) {
            infer(Task.INPAINT, "image_mode 2 is the page for inpainting", builder);
        } else if (mode == 1) {
            boolean fed = has(control, "IV") || has(letters, "S");
            infer(fed ? Task.IMG2IMG : Task.TXT2IMG, "letters of image_prompt_type and video_prompt_type", builder);
        } else if (has(letters, "S")) {
            infer(Task.IMG2VID, "image_prompt_type tells of a start picture", builder);
        } else if (has(letters, "VL") || has(control, "V")) {
            infer(Task.VID2VID, "the letters tell of a film to go on from or to follow", builder);
        } else if (film && record.has(LETTERS) && !has(control, "I")) {
            infer(Task.TXT2VID, "the letters tell of no picture and no film", builder);
        }
    }

    private static void infer(Task task, String rule, GenerationBuilder builder) {
        builder.task(Optional.of(task)).inferred("task", rule);
    }

    /** Says which inputs the letters tell of that nothing names. */
    private static Optional<String> unnamed(JsonRecord record, Set<String> inTheFile, String letters, String control) {
        List<String> unnamed = new ArrayList<>();
        for (Kind kind : KINDS) {
            JsonNode names = record.node(kind.field());
            if (has(kind.control() ? control : letters, kind.letters())
                    && !inTheFile.contains(kind.field())
                    && (names.isMissingNode() || names.isNull())) {
                unnamed.add(kind.words());
            }
        }
        return unnamed.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", unnamed));
    }

    private static boolean has(String letters, String wanted) {
        return wanted.chars().anyMatch(letter -> letters.indexOf(letter) >= 0);
    }
}
