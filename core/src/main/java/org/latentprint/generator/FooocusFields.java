package org.latentprint.generator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.generator.infotext.HashKinds;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields that Fooocus records of a picture, whether it embeds them or writes them into its log: the list that
 * {@code modules/async_worker.py} makes, and what {@code modules/meta_parser.py} adds. Early versions and the scheme
 * {@code simple} of forks (SimpleSDXL, FooocusPlus) use the words of the page as keys.
 */
final class FooocusFields {
    /** LoRAs and prompts of one picture; the program's form shows five LoRAs. */
    private static final int MAX_ENTRIES = 100;

    private static final String LORA = "lora_combined_";
    private static final Pattern LORA_KEY = Pattern.compile("(?i)lora( \\d{1,3}|_\\d{1,3}|_combined_\\d{1,3})?");

    /** Versions to 2.1.6 put a LoRA's name into the key. */
    private static final Pattern LORA_IN_KEY = Pattern.compile("(?s)LoRA \\[(.{1,1000})] weight");

    /** Forks that say so in the version they write. */
    private static final List<String> FORKS = List.of("SimpleSDXL", "FooocusPlus", "DeFooocus", "RuinedFooocus", "MRE");

    private FooocusFields() {}

    /** Returns the object with the keys of the program's own, and its LoRAs numbered in their order. */
    static ObjectNode normal(JsonNode json) {
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(json.properties());
        return normal(fields);
    }

    /** As {@link #normal(JsonNode)}, for fields of which several may have one key. */
    static ObjectNode normal(List<Map.Entry<String, JsonNode>> fields) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        int loras = 0;
        for (Map.Entry<String, JsonNode> field : fields) {
            Matcher named = LORA_IN_KEY.matcher(field.getKey());
            if (named.matches()) {
                result.put(
                        LORA + ++loras,
                        named.group(1) + " : " + field.getValue().asString(""));
            } else if (LORA_KEY.matcher(field.getKey()).matches()) {
                result.set(LORA + ++loras, field.getValue());
            } else {
                result.set(field.getKey().toLowerCase(Locale.ROOT).replace(' ', '_'), field.getValue());
            }
        }
        return result;
    }

    /** Returns the fork that the version names; empty for the program itself. */
    static Optional<String> fork(Optional<String> version) {
        return FORKS.stream()
                .filter(fork -> version.filter(text -> text.contains(fork)).isPresent())
                .findFirst();
    }

    /**
     * Fills in what the record says. The requested {@code resolution} stays a setting: the picture may be upscaled or cropped.
     *
     * @param json with the keys of {@link #normal}
     */
    static void fill(JsonNode json, GenerationBuilder builder) {
        JsonRecord record = new JsonRecord(json);
        Optional<String> version = record.name("version");
        builder.version(version)
                .variant(fork(version))
                .positivePrompt(record.text("prompt"))
                .negativePrompt(record.text("negative_prompt"))
                .seed(record.seed("seed"))
                .steps(record.positive("steps"))
                .sampler(record.name("sampler"))
                .scheduler(record.name("scheduler"))
                .cfgScale(record.decimal("guidance_scale"));
        texts(record.node("full_prompt")).forEach(text -> builder.positivePart(new PromptPart("full_prompt", text)));
        texts(record.node("full_negative_prompt"))
                .forEach(text -> builder.negativePart(new PromptPart("full_negative_prompt", text)));
        model(record, "base_model", "base_model_hash", builder);
        model(record, "refiner_model", "refiner_model_hash", builder);
        // The VAE inside the model, where no file is named
        record.name("vae")
                .filter(name -> !name.equals("Default (model)"))
                .ifPresent(name -> builder.model(NamedModel.named("vae", name)));
        loras(record, builder);
        record.keepRest(builder);
    }

    /** {@code loras} is a list of name, weight and hash; versions without it have {@code lora_combined_1} and so on. */
    private static void loras(JsonRecord record, GenerationBuilder builder) {
        boolean any = false;
        int seen = 0;
        for (JsonNode entry : record.node("loras")) {
            if (entry.isArray() && entry.path(0).isString() && seen++ < MAX_ENTRIES) {
                any = true;
                builder.lora(new NamedLora(
                        Optional.of(entry.path(0).stringValue()),
                        number(entry.path(1).asString("")),
                        entry.path(2).isString() ? HashKinds.of(entry.path(2).stringValue()) : Map.of()));
            }
        }
        for (int index = 1; index <= MAX_ENTRIES; index++) {
            Optional<String> combined = record.name(LORA + index);
            if (combined.isPresent() && !any) {
                combined(combined.orElseThrow()).ifPresent(builder::lora);
            }
        }
    }

    /** Reads {@code name : weight}; presets put before it whether the LoRA is switched on. */
    private static Optional<NamedLora> combined(String text) {
        if (text.startsWith("False : ")) {
            return Optional.empty();
        }
        String rest = text.startsWith("True : ") ? text.substring("True : ".length()) : text;
        int border = rest.lastIndexOf(" : ");
        String name = border < 0 ? rest : rest.substring(0, border);
        return name.isBlank() || name.equals("None")
                ? Optional.empty()
                : Optional.of(new NamedLora(
                        Optional.of(name),
                        border < 0 ? Optional.empty() : number(rest.substring(border + 3)),
                        Map.of()));
    }

    /** Adds a model with its hash, where it is recorded. */
    static void model(JsonRecord record, String name, String hash, GenerationBuilder builder) {
        Map<String, String> hashes = record.name(hash).map(HashKinds::of).orElse(Map.of());
        record.name(name).ifPresent(found -> builder.model(new NamedModel("checkpoint", Optional.of(found), hashes)));
    }

    /** Returns a strength; empty where the text is no number. */
    static Optional<BigDecimal> number(String text) {
        String trimmed = text.strip();
        return trimmed.matches("-?\\d{1,6}(\\.\\d{1,30})?") ? Optional.of(new BigDecimal(trimmed)) : Optional.empty();
    }

    /** Returns the texts of a list, or the one text. */
    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        for (JsonNode entry : list.isString() ? List.of(list) : list) {
            if (entry.isString() && texts.size() < MAX_ENTRIES) {
                texts.add(entry.stringValue());
            }
        }
        return texts;
    }
}
