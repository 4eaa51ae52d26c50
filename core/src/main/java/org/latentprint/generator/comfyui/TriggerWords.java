package org.latentprint.generator.comfyui;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Reads the words that LoRAs are called by, where ComfyUI-Lora-Manager puts them into a prompt: a node on which each is
 * switched on or off, and an encoder that sets them before its text.
 *
 * <p>Source: {@code py/nodes/trigger_word_toggle.py} and {@code py/nodes/prompt.py} of ComfyUI-Lora-Manager.
 */
final class TriggerWords {
    static final String SWITCHED =
            "words of LoRAs as they were switched on; where the LoRAs linked to the node had others by then, those counted";
    static final String BEFORE = "text as typed; words of LoRAs that are not known stand before it";

    private static final String SEPARATOR = ", ";
    private static final String WORDS = "trigger_words";
    private static final String TOGGLES = "toggle_trigger_words";

    private static final Pattern WEIGHTED = Pattern.compile("\\((.{1,300}):(\\d{1,4}(?:\\.\\d{1,6})?)\\)");

    /** A LoRA has some ten words; a list that is longer than any prompt is not read. */
    private static final int MAX_WORDS = 1_000;

    private TriggerWords() {}

    /** Says whether the node switches words on and off. */
    static boolean areSwitched(Node node) {
        return node.isNamed("triggerword toggle");
    }

    /** Returns the words that are switched on, joined; empty where the node holds no list of them. */
    static Optional<Text> switched(Node node) {
        return node.literal(TOGGLES)
                .map(json -> json.isObject() ? json.path("__value__") : json)
                .filter(list -> list.isArray() && list.size() <= MAX_WORDS)
                .map(list -> {
                    boolean weighted = isOn(node, "allow_strength_adjustment");
                    boolean asIs = isOn(node, "group_mode") && !weighted;
                    List<String> words = new ArrayList<>();
                    for (JsonNode word : list.values()) {
                        String text = word.path("text").asString("").strip();
                        if (!text.isEmpty() && word.path("active").asBoolean(false)) {
                            words.add(asIs ? text : word(text, word.path("strength"), weighted));
                        }
                    }
                    return new Text(String.join(SEPARATOR, words), Optional.of(SWITCHED));
                });
    }

    private static boolean isOn(Node node, String key) {
        return node.literal(key).filter(json -> json.asBoolean(false)).isPresent();
    }

    /** Returns the word with its weight where weights are set, else without the one that it may be written with. */
    private static String word(String text, JsonNode strength, boolean weighted) {
        Matcher matcher = WEIGHTED.matcher(text);
        boolean written = matcher.matches();
        String plain = written ? matcher.group(1).strip() : text;
        Optional<BigDecimal> weight = Scalars.decimal(strength)
                .or(() -> written ? Optional.of(new BigDecimal(matcher.group(2))) : Optional.empty());
        return weighted && weight.isPresent()
                ? "(" + plain + ":"
                        + weight.get().setScale(2, RoundingMode.HALF_EVEN).toPlainString() + ")"
                : plain;
    }

    /** Returns a prompt with the words that the encoder sets before it; the prompt itself with other encoders. */
    static Text before(Node encoder, Text prompt, Texts texts) {
        if (!encoder.type().equals("Prompt (LoraManager)")) {
            return prompt;
        }
        List<String> pieces = new ArrayList<>();
        Optional<String> rule = prompt.rule();
        for (String input : encoder.inputs().keySet()) {
            if (input.startsWith(WORDS)) {
                Optional<Text> words = texts.of(encoder, input);
                if (words.isEmpty()) {
                    return prompt.by(BEFORE);
                }
                rule = rule.or(words.get()::rule);
                if (!words.get().value().isEmpty()) {
                    pieces.add(words.get().value());
                }
            }
        }
        pieces.add(prompt.value());
        return new Text(String.join(SEPARATOR, pieces), rule);
    }
}
