package org.latentprint.generator.infotext;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.latentprint.generator.NamedLora;
import org.latentprint.generator.NamedModel;
import tools.jackson.databind.JsonNode;

/**
 * The JSON that stable-diffusion.cpp appends to its text as {@code SDCPP:}, schema {@code sdcpp.image.params/v1}
 * ({@code build_sdcpp_image_metadata_json} in {@code examples/common/common.cpp}).
 *
 * @param version of the program, as recorded
 * @param models those that the text has no key for
 * @param loras those that the text's prompt does not name by a tag
 */
public record SdcppRecord(Optional<String> version, List<NamedModel> models, List<NamedLora> loras) {
    /** Members of {@code models} that the text does not repeat, and our kinds of model. */
    private static final Map<String, String> KINDS = new TreeMap<>(Map.of(
            "high_noise_diffusion_model", "diffusion-model",
            "uncond_diffusion_model", "diffusion-model",
            "clip_vision", "clip-vision",
            "taesd", "vae",
            "control_net", "controlnet"));

    public SdcppRecord {
        models = List.copyOf(models);
        loras = List.copyOf(loras);
    }

    /** Returns the record; empty where the text has none. */
    public static Optional<SdcppRecord> of(Infotext infotext) {
        return infotext.filled("SDCPP")
                .flatMap(Json::parse)
                .filter(JsonNode::isObject)
                .map(json -> new SdcppRecord(
                        text(json.path("generator").path("version")),
                        models(json),
                        loras(json.path("loras"), infotext)));
    }

    private static List<NamedModel> models(JsonNode json) {
        List<NamedModel> models = new ArrayList<>();
        KINDS.forEach((member, kind) ->
                text(json.path("models").path(member)).ifPresent(name -> models.add(NamedModel.named(kind, name))));
        text(json.path("hires").path("model")).ifPresent(name -> models.add(NamedModel.named("upscaler", name)));
        return models;
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
