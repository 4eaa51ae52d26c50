package org.latentprint.container.c2pa;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads assertions that are JSON into the values that those in CBOR are read into. */
final class JsonValues {
    /** The largest real ones, with all of a camera's EXIF, have some kilobytes. */
    private static final int MAX_LENGTH = 4 << 20;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JsonValues() {}

    /**
     * Reads the value.
     *
     * @throws MalformedStoreException where the bytes are no JSON or too many
     */
    static CborValue read(byte[] bytes) throws MalformedStoreException {
        if (bytes.length > MAX_LENGTH) {
            throw MalformedStoreException.beyondBound(
                    "JSON of " + bytes.length + " bytes; up to " + MAX_LENGTH + " are read");
        }
        try {
            return value(JSON.readTree(bytes));
        } catch (JacksonException noJson) {
            throw new MalformedStoreException("an assertion is no JSON: " + noJson.getOriginalMessage());
        }
    }

    private static CborValue value(JsonNode node) {
        if (node.isString()) {
            return new CborValue.Text(node.stringValue());
        }
        if (node.isBoolean()) {
            return new CborValue.Flag(node.booleanValue());
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return new CborValue.Whole(node.longValue());
        }
        if (node.isNumber()) {
            return new CborValue.Real(node.doubleValue());
        }
        if (node.isArray()) {
            List<CborValue> items = new ArrayList<>();
            node.forEach(item -> items.add(value(item)));
            return new CborValue.Items(items);
        }
        if (node.isObject()) {
            Map<String, CborValue> entries = new LinkedHashMap<>();
            node.properties().forEach(entry -> entries.put(entry.getKey(), value(entry.getValue())));
            return new CborValue.Entries(entries);
        }
        return CborValue.nothing();
    }
}
