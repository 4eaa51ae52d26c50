package org.latentprint.generator;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * One program's JSON object while a reader goes through it. It remembers which fields were understood, so that all others can
 * be kept as settings. Used by one thread for one item.
 */
final class JsonRecord {
    private static final Pattern SEED = Pattern.compile("-?\\d{1,40}");

    /** Programs record some hundred settings at most; a hostile file could have millions. */
    private static final int MAX_SETTINGS = 500;

    private final JsonNode json;
    private final Set<String> understood = new HashSet<>();

    JsonRecord(JsonNode json) {
        this.json = json;
    }

    boolean has(String field) {
        return json.has(field);
    }

    /** Says whether a field was asked for and found to be of use. */
    boolean understands(String field) {
        return understood.contains(field);
    }

    /** Returns a field's value of any type; counts as understood. A missing node where it is absent. */
    JsonNode node(String field) {
        understood.add(field);
        return json.path(field);
    }

    /** Returns a field's text, or its number as text. */
    Optional<String> text(String field) {
        return noted(field, GeneratorJson.text(json, field));
    }

    /** Returns a name; blank ones and the word {@code None} name nothing. */
    Optional<String> name(String field) {
        return text(field).filter(name -> !name.isBlank() && !name.equals("None"));
    }

    Optional<Integer> positive(String field) {
        return noted(field, GeneratorJson.positive(json, field));
    }

    Optional<BigDecimal> decimal(String field) {
        return noted(field, GeneratorJson.decimal(json, field));
    }

    Optional<String> seed(String field) {
        return noted(
                field,
                GeneratorJson.text(json, field)
                        .filter(seed -> SEED.matcher(seed).matches()));
    }

    /** Keeps every field that was not understood as a setting. */
    void keepRest(GenerationBuilder builder) {
        Stream<Map.Entry<String, JsonNode>> rest = json.properties().stream()
                .filter(field -> !understood.contains(field.getKey()))
                .filter(field -> !field.getValue().isNull()
                        && !(field.getValue().isContainer() && field.getValue().isEmpty()));
        builder.first(rest, MAX_SETTINGS, "further settings")
                .forEach(field -> builder.setting(field.getKey(), EmbeddedData.shortened(field.getValue())));
    }

    private <T> Optional<T> noted(String field, Optional<T> value) {
        if (value.isPresent()) {
            understood.add(field);
        }
        return value;
    }
}
