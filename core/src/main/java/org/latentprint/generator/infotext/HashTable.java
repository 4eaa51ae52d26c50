package org.latentprint.generator.infotext;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The lists in which infotexts give hashes to names: A1111's {@code Lora hashes} and {@code TI hashes}
 * ({@code name: hash, name: hash}), and {@code Hashes}, the JSON object of Civitai's extension for A1111
 * ({@code scripts/gen_hashing.py}) with keys such as {@code lora:watercolour}.
 */
final class HashTable {
    /** Pictures with more than some dozens are rare. */
    private static final int MAX_ENTRIES = 500;

    private HashTable() {}

    /**
     * One entry.
     *
     * @param type in lower case: {@code model}, {@code lora}, {@code vae}, {@code embed}, {@code hypernet} ...
     * @param name as recorded; empty where the type says it all
     * @param hash as recorded
     * @param weight as recorded; empty where none is
     */
    record Entry(String type, String name, String hash, Optional<String> weight) {
        Map<String, String> hashes() {
            return HashKinds.of(hash);
        }
    }

    /** Returns the entries of {@code name: hash, name: hash}; Fooocus puts the weight behind the hash. */
    static List<Entry> named(String type, String list) {
        List<Entry> entries = new ArrayList<>();
        int start = 0;
        while (start < list.length() && entries.size() < MAX_ENTRIES) {
            int comma = list.indexOf(',', start);
            int end = comma < 0 ? list.length() : comma;
            String[] parts = list.substring(start, end).split(":", -1);
            if (parts.length == 2 || parts.length == 3) {
                entries.add(new Entry(
                        type,
                        parts[0].strip(),
                        parts[1].strip(),
                        parts.length == 3 ? Optional.of(parts[2].strip()) : Optional.empty()));
            }
            start = end + 1;
        }
        return entries;
    }

    /** Returns the entries of {@code Hashes}. */
    static List<Entry> json(Infotext infotext) {
        List<Entry> entries = new ArrayList<>();
        infotext.filled("Hashes")
                .flatMap(Json::parse)
                .filter(JsonNode::isObject)
                .ifPresent(object -> {
                    for (Map.Entry<String, JsonNode> field : object.properties()) {
                        if (field.getValue().isString() && entries.size() < MAX_ENTRIES) {
                            int colon = field.getKey().indexOf(':');
                            String type =
                                    colon < 0 ? field.getKey() : field.getKey().substring(0, colon);
                            entries.add(new Entry(
                                    type.strip().toLowerCase(Locale.ROOT),
                                    colon < 0
                                            ? ""
                                            : field.getKey()
                                                    .substring(colon + 1)
                                                    .strip(),
                                    field.getValue().stringValue(),
                                    Optional.empty()));
                        }
                    }
                });
        return entries;
    }
}
