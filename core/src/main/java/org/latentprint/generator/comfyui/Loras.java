package org.latentprint.generator.comfyui;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latentprint.generator.NamedLora;
import tools.jackson.databind.JsonNode;

/**
 * Reads the LoRAs that a node applies, in the forms that nodes keep them: one name, numbered names, records in a list or an
 * input each, and tags in a text. Those switched off are left out; a strength of 0 is kept as recorded.
 */
final class Loras {
    /** Stacks offer up to fifty places; more are not read. */
    private static final int MAX_PLACES = 100;

    private static final List<String> NAMES = List.of("lora_name");
    private static final List<String> WEIGHTS = List.of(
            "strength_model",
            "strength",
            "lora_strength",
            "lora_model_strength",
            "model_strength",
            "lora_wt",
            "weight",
            "model_str",
            "lora_weight");
    private static final List<String> NUMBERED_NAMES =
            List.of("lora_name_%d", "lora_%d", "lora_%d_name", "lora_name%d", "lora_0%d");
    /** Weights that count for the model alone; a stack in its simple mode has one for all, and these beside it unused. */
    private static final List<String> NUMBERED_MODEL_WEIGHTS =
            List.of("model_weight_%d", "model_str_%d", "lora_%d_model_strength", "strength_model_%d");

    private static final List<String> NUMBERED_WEIGHTS =
            List.of("strength_%d", "lora_wt_%d", "lora_%d_strength", "lora_strength_%d", "strength_0%d");
    private static final List<String> NUMBERED_SWITCHES =
            List.of("switch_%d", "lora_%d_enabled", "enabled_%d", "on_%d");
    private static final Pattern NUMBERED_NAME = Pattern.compile("lora_?(name)?_?\\d");
    private static final Pattern TAG =
            Pattern.compile("<lora:([^:<>]{1,300})(?::(-?\\d{1,6}(?:\\.\\d{1,10})?))?[^<>]{0,60}>");

    private static final List<String> OFF =
            List.of("Off", "off", "None", "disable", "disabled", "DISABLE LORAS", "False");

    /** Inputs that switch a node's LoRAs off where they say no. */
    private static final List<String> SWITCHES = List.of("switch", "enabled", "toggle", "insert_lora");

    /** Texts in which tags name LoRAs; of one group the first that is there counts. */
    private static final List<List<String>> TAGGED = List.of(
            List.of("populated_text", "wildcard_text"), List.of("text"), List.of("lora_syntax"), List.of("loras"));

    private static final List<List<String>> TAGGED_PROMPTS =
            List.of(List.of("prompt"), List.of("prompt_g"), List.of("prompt_l"));

    private final Scalars scalars;

    Loras(Scalars scalars) {
        this.scalars = scalars;
    }

    /** Says whether the node takes one LoRA of the stack linked to it, and does not say which. */
    static boolean picks(Node node) {
        return node.isNamed("lora cycler");
    }

    List<NamedLora> of(Node node) {
        List<NamedLora> loras = new ArrayList<>();
        if (isSwitchedOff(node)) {
            return loras;
        }
        single(node, loras);
        numbered(node, loras);
        files(node, loras);
        // With this node all but the locked ones were drawn anew in each run
        boolean drawn = node.isNamed("lora randomizer");
        for (Map.Entry<String, Value> input : node.inputs().entrySet()) {
            node.literal(input.getKey()).ifPresent(json -> records(json, loras, drawn));
        }
        boolean listed = node.literal("loras").filter(JsonNode::isContainer).isPresent();
        if (loras.isEmpty() && !listed) {
            tagged(node, loras);
        }
        return loras;
    }

    private static boolean isSwitchedOff(Node node) {
        boolean bypassed = node.literal("bypass")
                .filter(json -> json.isBoolean() && json.booleanValue())
                .isPresent();
        // Which of its LoRAs a node of chance took is not recorded
        return bypassed
                || node.has("chance_1")
                || SWITCHES.stream()
                        .anyMatch(key -> node.literal(key).filter(Loras::isOff).isPresent());
    }

    private void single(Node node, List<NamedLora> loras) {
        scalars.text(node, NAMES)
                .or(() -> node.text("lora"))
                .or(() -> ofRepository(node))
                .filter(Loaders::isName)
                .ifPresent(name -> loras.add(lora(name, scalars.decimal(node, WEIGHTS))));
    }

    /** Adds files that stand under a name that is else one for a list or a text. */
    private static void files(Node node, List<NamedLora> loras) {
        Stream.of("pre_lora", "loras")
                .flatMap(key -> node.text(key).stream())
                .filter(name -> name.endsWith(".safetensors") && !name.contains("<"))
                .forEach(name -> loras.add(lora(name, Optional.empty())));
    }

    /** Names a file of a repository on the Hugging Face hub, as the hub itself does. */
    private static Optional<String> ofRepository(Node node) {
        if (!node.isNamed("lora")
                || node.text("repo_id").filter(Loaders::isName).isEmpty()) {
            return Optional.empty();
        }
        return node.text("filename")
                .filter(Loaders::isName)
                .map(file -> Stream.concat(
                                Stream.of("repo_id", "subfolder").flatMap(key -> node.text(key).stream()),
                                Stream.of(file))
                        .filter(part -> !part.isBlank())
                        .collect(Collectors.joining("/")));
    }

    /**
     * Returns the LoRAs that a text names in tags; empty where the text leaves some of itself to chance.
     *
     * @param text may hold none
     */
    static List<NamedLora> inText(String text) {
        List<NamedLora> loras = new ArrayList<>();
        if (!Texts.leavesToChance(text)) {
            tags(text, loras);
        }
        return loras;
    }

    private void tagged(Node node, List<NamedLora> loras) {
        if (node.isNamed("detailer")) {
            scalars.text(node, List.of("wildcard")).ifPresent(text -> loras.addAll(inText(text)));
        }
        // Without model and encoder this one only takes its tags for text
        boolean powerPrompt = node.isNamed("power prompt")
                && node.link("opt_model").isPresent()
                && node.link("opt_clip").isPresent();
        boolean reads = node.isNamed("lora", "wildcardencode", "pipeloader");
        for (List<String> group : powerPrompt ? TAGGED_PROMPTS : reads ? TAGGED : List.<List<String>>of()) {
            scalars.text(node, group).ifPresent(text -> tags(text, loras));
        }
    }

    private void numbered(Node node, List<NamedLora> loras) {
        if (node.inputs().keySet().stream().noneMatch(NUMBERED_NAME.asPredicate())) {
            return;
        }
        int places = scalars.whole(node, List.of("lora_count", "num_loras"))
                .filter(count -> count >= 0 && count < MAX_PLACES)
                .orElse(MAX_PLACES);
        List<String> weights = weights(node);
        for (int place = 0; place <= places; place++) {
            Optional<String> name =
                    scalars.text(node, at(NUMBERED_NAMES, place)).filter(Loaders::isName);
            boolean off = at(NUMBERED_SWITCHES, place).stream()
                    .anyMatch(key -> node.literal(key).filter(Loras::isOff).isPresent());
            if (name.isPresent() && !off) {
                loras.add(lora(name.get(), scalars.decimal(node, at(weights, place))));
            }
        }
    }

    /** Returns where the weights stand, the ones that count first. */
    private static List<String> weights(Node node) {
        boolean simple = Stream.of("mode", "input_mode")
                .anyMatch(key -> node.text(key).filter("simple"::equals).isPresent());
        List<String> first = simple ? NUMBERED_WEIGHTS : NUMBERED_MODEL_WEIGHTS;
        List<String> then = simple ? NUMBERED_MODEL_WEIGHTS : NUMBERED_WEIGHTS;
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private static List<String> at(List<String> patterns, int place) {
        return patterns.stream()
                .map(pattern -> pattern.replace("%d", Integer.toString(place)))
                .toList();
    }

    private static boolean isOff(JsonNode json) {
        return json.isBoolean() ? !json.booleanValue() : json.isString() && OFF.contains(json.stringValue());
    }

    private static void records(JsonNode json, List<NamedLora> loras, boolean drawn) {
        if (json.isObject()) {
            Optional<String> name =
                    text(json, "lora").or(() -> text(json, "lora_name")).or(() -> text(json, "name"));
            boolean isLora = json.has("lora") || json.has("lora_name") || (json.has("strength") && json.has("active"));
            boolean off = List.of("on", "active", "enabled").stream()
                    .anyMatch(
                            key -> json.path(key).isBoolean() && !json.path(key).booleanValue());
            if (isLora && !off && !(drawn && !json.path("locked").asBoolean(false))) {
                name.filter(Loaders::isName)
                        .ifPresent(found -> loras.add(lora(
                                found,
                                number(json, "strength")
                                        .or(() -> number(json, "strength_model"))
                                        .or(() -> number(json, "weight")))));
            } else if (json.path("__value__").isArray()) {
                records(json.path("__value__"), loras, drawn);
            }
        } else if (json.isArray() && json.size() <= MAX_PLACES) {
            for (JsonNode entry : json.values()) {
                if (entry.isObject()) {
                    records(entry, loras, drawn);
                }
            }
        }
    }

    private static Optional<String> text(JsonNode json, String key) {
        return json.path(key).isString() ? Optional.of(json.path(key).stringValue()) : Optional.empty();
    }

    /** Returns a number; some packs write it as text. */
    private static Optional<BigDecimal> number(JsonNode json, String key) {
        JsonNode value = json.path(key);
        return value.isString() ? parse(value.stringValue()) : Scalars.decimal(value);
    }

    private static Optional<BigDecimal> parse(String text) {
        return text.matches("-?\\d{1,6}(\\.\\d{1,10})?") ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    private static void tags(String text, List<NamedLora> loras) {
        Matcher matcher = TAG.matcher(text);
        while (matcher.find() && loras.size() < MAX_PLACES) {
            loras.add(
                    lora(matcher.group(1), Optional.ofNullable(matcher.group(2)).flatMap(Loras::parse)));
        }
    }

    private static NamedLora lora(String name, Optional<BigDecimal> weight) {
        return new NamedLora(Optional.of(name), weight, Map.of());
    }
}
