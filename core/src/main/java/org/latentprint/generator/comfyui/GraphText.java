package org.latentprint.generator.comfyui;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON that Python's {@code json.dumps} writes, within bounds. */
final class GraphText {
    /** Real graphs nest some ten deep: node, input, a widget's list of records. */
    private static final int MAX_DEPTH = 200;

    /** The largest workflows seen have a few megabytes; pictures pasted into a node make them larger. */
    private static final int MAX_LENGTH = 64 << 20;

    /** A number longer than this is no setting; converting it would cost time that grows with its square. */
    private static final int MAX_NUMBER_LENGTH = 400;

    /** Some writers dump a dumped text again, and again into a container's comment. */
    private static final int MAX_WRAPPINGS = 3;

    /** In the editor's form a node stands this deep: object, list of nodes, node. */
    private static final int CANVAS_NODE = 3;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_LENGTH)
                            .maxDocumentLength(MAX_LENGTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .build())
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private GraphText() {}

    /** Makes a list of values that were read. */
    static JsonNode array(List<JsonNode> values) {
        return MAPPER.createArrayNode().addAll(values);
    }

    /**
     * Reads an object, unwrapping texts that hold JSON themselves.
     *
     * @param text may be longer than the bound, it is then not read
     * @return the object; empty where the text is none or breaks a bound
     */
    static Optional<JsonNode> object(String text) {
        String current = text;
        for (int wrapping = 0; wrapping <= MAX_WRAPPINGS; wrapping++) {
            if (current.length() > MAX_LENGTH) {
                return Optional.empty();
            }
            JsonNode node;
            try {
                node = MAPPER.readTree(current);
            } catch (JacksonException | NumberFormatException damaged) {
                // The second, of the library's own making, is for an exponent that no number can have.
                return Optional.empty();
            }
            if (node.isObject()) {
                return Optional.of(node);
            }
            if (!node.isString()) {
                return Optional.empty();
            }
            current = node.stringValue();
        }
        return Optional.empty();
    }

    /**
     * Where a graph's text breaks.
     *
     * @param character number of the last character that was read, from 0
     * @param node identifier of the node that was being read; empty where none had begun
     */
    record Damage(long character, Optional<String> node) {}

    /** Tells where a text breaks; empty where it is whole, or too long to be read. */
    static Optional<Damage> damage(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Optional<String> node = Optional.empty();
        int depth = 0;
        try (JsonParser parser = MAPPER.createParser(text)) {
            try {
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                    if (token == JsonToken.PROPERTY_NAME && depth == 1) {
                        node = Optional.of(parser.currentName());
                    } else if (token.isScalarValue() && depth == CANVAS_NODE && "id".equals(parser.currentName())) {
                        node = Optional.of(parser.getValueAsString());
                    }
                }
                return Optional.empty();
            } catch (JacksonException broken) {
                return Optional.of(
                        new Damage(Math.max(0, parser.currentLocation().getCharOffset() - 1), node));
            }
        }
    }

    /**
     * Says whether a text begins with an object and the object's end is there: all that a cut text lacks. It is far cheaper than
     * reading, and finds no other damage.
     */
    static boolean isWhole(String text) {
        if (!text.startsWith("{") || text.length() > MAX_LENGTH) {
            return false;
        }
        int depth = 0;
        for (int at = 0; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case '"' -> {
                    at = closingQuote(text, at + 1);
                    if (at < 0) {
                        return false;
                    }
                }
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    depth--;
                    if (depth == 0) {
                        return true;
                    }
                }
                default -> {}
            }
        }
        return false;
    }

    /** Returns the place of the quote that ends a string, -1 where none does. */
    private static int closingQuote(String text, int from) {
        int quote = text.indexOf('"', from);
        while (quote > 0 && isEscaped(text, quote, from)) {
            quote = text.indexOf('"', quote + 1);
        }
        return quote;
    }

    private static boolean isEscaped(String text, int place, int from) {
        int before = place - 1;
        while (before >= from && text.charAt(before) == '\\') {
            before--;
        }
        return (place - before) % 2 == 0;
    }

    /** Returns the object itself, or the one that the text holds; empty where it is neither. */
    static Optional<JsonNode> unwrap(JsonNode node) {
        if (node.isObject()) {
            return Optional.of(node);
        }
        return node.isString() ? object(node.stringValue()) : Optional.empty();
    }
}
