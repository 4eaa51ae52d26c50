package org.latentprint.generator.infotext;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latentprint.generator.NamedLora;
import tools.jackson.databind.JsonNode;

/**
 * The JSON that stable-diffusion.cpp appends to its text as {@code SDCPP:}, schema {@code sdcpp.image.params/v1}
 * ({@code build_sdcpp_image_metadata_json} in {@code examples/common/common.cpp}).
 *
 * @param version of the program, as recorded
 * @param loras those that the text's prompt does not name by a tag
 */
public record SdcppRecord(Optional<String> version, List<NamedLora> loras) {

    /** Returns the record; empty where the text has none. */
    public static Optional<SdcppRecord> of(Infotext infotext) {
        return infotext.filled("SDCPP")
                .flatMap(Json::parse)
                .filter(JsonNode::isObject)
                .map(json -> new SdcppRecord(
                        text(json.path("generator").path("version")), loras(json.path("loras"), infotext)));
    }

    private static List<NamedLora> loras(JsonNode list, Infotext infotext) {
        Set<String> tagged = new HashSet<>();
        NetworkTag.in(infotext.positivePrompt()).forEach(tag -> tagged.add(LoraTable.joinKey(tag.name())));
        List<NamedLora> loras = new ArrayList<>();
        for (JsonNode entry : list) {
            Optional<String> name = text(entry.path("name")).or(() -> text(entry.path("path")));
            if (name.isPresent()
                    && loras.size() < NetworkTag.MAX_TAGS
                    && tagged.add(LoraTable.joinKey(name.orElseThrow()))) {
                JsonNode weight = entry.path("multiplier");
                loras.add(new NamedLora(
                        name, weight.isNumber() ? Numbers.decimal(weight.asString()) : Optional.empty(), Map.of()));
            }
        }
        return loras;
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString() ? Optional.of(node.stringValue()).filter(text -> !text.isBlank()) : Optional.empty();
    }
}
