package org.latentprint.generator.infotext;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * One entry of {@code Civitai resources}, the JSON list that Civitai's generator and some saving nodes write.
 *
 * @param type in lower case: {@code checkpoint}, {@code lora}, {@code embed} ...; empty where none is recorded
 * @param name the model's title on the site, which is not its file's name; empty where only a number is recorded
 * @param weight as recorded
 * @param hashes digests
 * @param identifiers {@code civitai_version_id}, the number of the model's version on the site
 */
record CivitaiResource(
        Optional<String> type,
        Optional<String> name,
        Optional<BigDecimal> weight,
        Map<String, String> hashes,
        Map<String, String> identifiers) {
    /** Pictures with more than some dozens are rare. */
    private static final int MAX_RESOURCES = 500;

    private static final String CIVITAI_VERSION_ID = "civitai_version_id";
    private static final String AIR = "urn:air:";

    /** Returns the entries of an infotext in their order. */
    static List<CivitaiResource> in(Infotext infotext) {
        List<CivitaiResource> resources = new ArrayList<>();
        infotext.filled("Civitai resources").flatMap(Json::parse).ifPresent(list -> {
            for (JsonNode entry : list) {
                if (entry.isObject() && resources.size() < MAX_RESOURCES) {
                    resources.add(of(entry));
                }
            }
        });
        return resources;
    }

    boolean isLora() {
        return type.map(word ->
                        word.equals("lora") || word.equals("locon") || word.equals("lycoris") || word.equals("dora"))
                .orElse(false);
    }

    private static CivitaiResource of(JsonNode entry) {
        Map<String, String> hashes = new TreeMap<>();
        text(entry, "hash").map(HashKinds::of).ifPresent(hashes::putAll);
        Map<String, String> identifiers = new TreeMap<>();
        Optional<String> air = text(entry, "air").filter(urn -> urn.startsWith(AIR));
        text(entry, "modelVersionId")
                .or(() -> air.filter(urn -> urn.indexOf('@') > 0).map(urn -> urn.substring(urn.lastIndexOf('@') + 1)))
                .ifPresent(id -> identifiers.put(CIVITAI_VERSION_ID, id));
        return new CivitaiResource(
                text(entry, "type")
                        .or(() -> air.map(urn -> urn.split(":", -1))
                                .filter(parts -> parts.length > 3)
                                .map(parts -> parts[3]))
                        .map(word -> word.toLowerCase(Locale.ROOT)),
                text(entry, "modelName"),
                text(entry, "weight").flatMap(Numbers::decimal),
                hashes,
                identifiers);
    }

    private static Optional<String> text(JsonNode entry, String field) {
        JsonNode value = entry.path(field);
        return value.isString() || value.isNumber()
                ? Optional.of(value.asString()).filter(text -> !text.isBlank())
                : Optional.empty();
    }
}
