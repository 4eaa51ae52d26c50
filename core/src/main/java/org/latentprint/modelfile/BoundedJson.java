package org.latentprint.modelfile;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Parses JSON that stands in models' metadata and beside models, as Python writes it, within bounds. */
final class BoundedJson {
    /** Characters of one text: as a tree it takes some twenty times as much memory. */
    static final int MAX_LENGTH = 1 << 20;

    /** Nesting; settings of trainers have some ten levels. */
    private static final int MAX_DEPTH = 50;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            // Python writes NaN and Infinity.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(tools.jackson.core.TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY).build();

    private BoundedJson() {}

    /** Returns the tree; an empty object where the text is too long or no JSON. */
    static JsonNode tree(String text) {
        if (text.length() > MAX_LENGTH) {
            return MAPPER.createObjectNode();
        }
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException broken) {
            return MAPPER.createObjectNode();
        }
    }

    /** Returns a field that is a text or a number, as text. */
    static Optional<String> field(JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (value.isFloatingPointNumber() && Double.isFinite(value.asDouble())) {
            // Seconds since 1970 with a fraction must not become 1.7E9.
            return Optional.of(BigDecimal.valueOf(value.asDouble()).toPlainString());
        }
        return value.isString() || value.isNumber() ? Optional.of(value.asString()) : Optional.empty();
    }
}
