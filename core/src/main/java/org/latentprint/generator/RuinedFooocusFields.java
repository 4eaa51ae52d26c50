package org.latentprint.generator;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.generator.infotext.HashKinds;
import tools.jackson.databind.JsonNode;

/**
 * The record of RuinedFooocus ({@code _process} in {@code modules/async_worker.py}; films in {@code modules/*pipeline.py}): an object
 * that ends with {@code software}. LoRAs were one text {@code Loras:<name:weight>} at first, since then pairs of a hash and
 * {@code weight - name}. The hash is 8 digits, 10 or a whole SHA-256 by version. Where a film's settings cannot be gathered, the
 * program writes its prompt alone.
 */
final class RuinedFooocusFields {
    static final String NAME = "RuinedFooocus";

    /** More than the page has places for. */
    private static final int MAX_ENTRIES = 100;

    private static final Pattern TAG = Pattern.compile("<([^<>]{1,500}):(-?\\d{1,4}(?:\\.\\d{1,20})?)>");

    private RuinedFooocusFields() {}

    /** Says whether the object is the program's. */
    static boolean isIn(JsonNode json) {
        return GeneratorJson.text(json, "software").filter(NAME::equals).isPresent();
    }

    static void fill(JsonNode json, GenerationBuilder builder) {
        JsonRecord record = new JsonRecord(json);
        record.text("software");
        builder.variant(Optional.of(NAME))
                .positivePrompt(record.text("Prompt").or(() -> record.text("prompt")))
                .negativePrompt(record.text("Negative"))
                .seed(record.seed("seed"))
                .steps(record.positive("steps"))
                .sampler(record.name("sampler_name"))
                .scheduler(record.name("scheduler"))
                .cfgScale(record.decimal("cfg"))
                .width(record.positive("width"))
                .height(record.positive("height"));
        FooocusFields.model(record, "base_model_name", "base_model_hash", builder);
        FooocusFields.model(record, "refiner_model_name", "refiner_model_hash", builder);
        loras(record.node("loras"), builder);
        record.keepRest(builder);
    }

    private static void loras(JsonNode loras, GenerationBuilder builder) {
        int seen = 0;
        if (loras.isString()) {
            Matcher tag = TAG.matcher(loras.stringValue());
            while (tag.find() && seen++ < MAX_ENTRIES) {
                add(tag.group(1), tag.group(2), "", builder);
            }
        }
        for (JsonNode entry : loras) {
            String named = entry.path(1).asString("");
            int border = named.indexOf(" - ");
            if (border > 0 && seen++ < MAX_ENTRIES) {
                add(
                        named.substring(border + 3),
                        named.substring(0, border),
                        entry.path(0).asString(""),
                        builder);
            }
        }
    }

    private static void add(String name, String weight, String hash, GenerationBuilder builder) {
        if (!name.equals("None")) {
            builder.lora(new NamedLora(Optional.of(name), FooocusFields.number(weight), HashKinds.of(hash)));
        }
    }
}
