package org.latentprint.modelfile;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a side file claims, under one name for each thing whatever the writer calls it.
 *
 * @param into takes the claims; the first of a name stays
 */
record SideClaims(Map<String, String> into) {
    /** Characters of one value; longer ones are descriptions. */
    private static final int MAX_VALUE = 2_000;

    /** Trigger words and hashes of one model; real ones have a dozen. */
    static final int MAX_WORDS = 100;

    private static final Map<String, String> HASHES = Map.of(
            "SHA256", "sha256",
            "AUTOV1", "autoV1",
            "AUTOV2", "autoV2",
            "AUTOV3", "autoV3",
            "CRC32", "crc32",
            "BLAKE3", "blake3");

    void put(String key, String value) {
        if (!value.isBlank()) {
            into.putIfAbsent(key, value.substring(0, Math.min(value.length(), MAX_VALUE)));
        }
    }

    void put(JsonNode object, String field, String key) {
        BoundedJson.field(object, field).ifPresent(value -> put(key, value));
    }

    void words(JsonNode list) {
        List<String> words = new ArrayList<>();
        for (JsonNode word : list) {
            if (word.isString() && words.size() < MAX_WORDS) {
                words.add(word.asString());
            }
        }
        put("trainedWords", String.join(", ", words));
    }

    void hashes(JsonNode hashes) {
        hashes.propertyStream().limit(MAX_WORDS).forEach(hash -> {
            String kind = HASHES.get(hash.getKey().toUpperCase(Locale.ROOT));
            if (kind != null && hash.getValue().asString("").matches("[0-9a-fA-F]{8,64}")) {
                put(kind, hash.getValue().asString().toLowerCase(Locale.ROOT));
            }
        });
    }

    void time(Optional<String> value, String key) {
        value.ifPresent(text -> {
            try {
                Instant instant = OffsetDateTime.parse(text).toInstant();
                put(key, Instant.ofEpochSecond(instant.getEpochSecond()).toString());
            } catch (DateTimeException unclear) {
                put(key, text);
            }
        });
    }

    void seconds(Optional<String> value, String key) {
        value.filter(text -> text.matches("\\d{9,10}(\\.\\d{1,9})?"))
                .map(text -> Instant.ofEpochSecond(Long.parseLong(text.replaceFirst("\\..*", ""))))
                .ifPresent(instant -> put(key, instant.toString()));
    }
}
