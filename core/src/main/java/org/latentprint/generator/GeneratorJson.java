package org.latentprint.generator;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON that programs put into whole blocks, within bounds, with numbers as they are written. */
final class GeneratorJson {
    /** Saved projects nest their panels; the deepest real one has 15 levels. */
    private static final int MAX_DEPTH = 200;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private GeneratorJson() {}

    /** Returns the object; empty where the text is none or breaks the bounds. */
    static Optional<JsonNode> object(String text) {
        String trimmed = text.strip();
        if (!trimmed.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readTree(trimmed)).filter(JsonNode::isObject);
        } catch (JacksonException noJson) {
            return Optional.empty();
        }
    }

    /** Returns a field's text, or its number as text; empty where it is absent or something else. */
    static Optional<String> text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isString() || value.isNumber() ? Optional.of(value.asString()) : Optional.empty();
    }

    /** Returns a field's number where it is a whole one above zero and below a thousand million. */
    static Optional<Integer> positive(JsonNode object, String field) {
        return text(object, field)
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::valueOf)
                .filter(number -> number > 0);
    }

    /** Returns a field's number. */
    static Optional<BigDecimal> decimal(JsonNode object, String field) {
        return text(object, field)
                .filter(text -> text.matches("-?\\d{1,15}(\\.\\d{1,30})?([eE][-+]?\\d{1,2})?"))
                .map(BigDecimal::new);
    }
}
