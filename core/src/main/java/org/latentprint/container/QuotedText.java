package org.latentprint.container;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * A text that was written as one JSON string although it is a record itself: scripts dump what was dumped before, so that
 * {@code {"seed": 5}} stands in the file as {@code "{\"seed\": 5}"}. It is opened once. Readers of graphs, which do so more
 * often, open what is inside.
 */
final class QuotedText {
    /** How the encoding of such a text ends. */
    static final String NOTE = " in a JSON string";

    /** Only a record of these is opened: JSON, and the settings of AUTOMATIC1111's text. A quotation stays as it is. */
    private static final String SETTINGS = "Steps: ";

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength((int) MetadataExtractor.MAX_TEXT)
                    .maxDocumentLength(2 * MetadataExtractor.MAX_TEXT)
                    .build())
            .build();

    private QuotedText() {}

    /** Returns the text in the string where it is one that holds a record; else the text as it is. */
    static DecodedText opened(DecodedText decoded) {
        String text = decoded.text();
        boolean quoted = text.startsWith("\"") && text.endsWith("\"") && text.indexOf('\\') > 0;
        return (quoted ? content(text) : Optional.<String>empty())
                .map(inner -> new DecodedText(inner, decoded.encoding() + NOTE, decoded.repaired()))
                .orElse(decoded);
    }

    private static Optional<String> content(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                return Optional.empty();
            }
            String inner = parser.getString();
            return parser.nextToken() == null && isRecord(inner) ? Optional.of(inner) : Optional.empty();
        } catch (JacksonException noString) {
            return Optional.empty();
        }
    }

    private static boolean isRecord(String inner) {
        String start = inner.stripLeading();
        return start.startsWith("{") || start.startsWith("[") || inner.contains(SETTINGS);
    }
}
