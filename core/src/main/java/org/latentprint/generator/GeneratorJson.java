package org.latentprint.generator;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,30})?([eE][-+]?\\d{1,2})?");

    /** Programs put an {@code x}, a comma or the sign of multiplication between the two. */
    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})\\s?[xX*,]\\s?(\\d{1,6})");

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
        return tree(text, "{").filter(JsonNode::isObject);
    }

    /** Returns the list; empty where the text is none or breaks the bounds. */
    static Optional<JsonNode> array(String text) {
        return tree(text, "[").filter(JsonNode::isArray);
    }

    private static Optional<JsonNode> tree(String text, String start) {
        String trimmed = text.strip();
        if (!trimmed.startsWith(start)) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readTree(trimmed));
        } catch (JacksonException | NumberFormatException noJson) {
            // The second, of the library's own making, is for an exponent that no number can have.
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
        return text(object, field).flatMap(GeneratorJson::number);
    }

    /** Returns the number that a text is; empty where it is none, or one beyond any setting's bounds. */
    static Optional<BigDecimal> number(String text) {
        return Optional.of(text).filter(NUMBER.asMatchPredicate()).map(BigDecimal::new);
    }

    /** Returns width and height of a text such as {@code 512x768}; empty where it is none. */
    static Optional<PictureSize> size(String text) {
        Matcher matcher = SIZE.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new PictureSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                .filter(size -> size.width() > 0 && size.height() > 0);
    }

    /** Width and height in pixels. */
    record PictureSize(int width, int height) {}
}
