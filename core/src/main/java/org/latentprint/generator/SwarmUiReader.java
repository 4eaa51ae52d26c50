package org.latentprint.generator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Grade;
import tools.jackson.databind.JsonNode;

/**
 * SwarmUI ({@code GenFullMetadataObject} in {@code src/Text2Image/T2IParamInput.cs}): an object with {@code sui_image_params},
 * in PNG as {@code parameters}, elsewhere in EXIF. Its hashes are SHA-256 over the tensors only
 * ({@code GetOrGenerateTensorHashSha256}). The ComfyUI graph that ran may lie beside it.
 */
final class SwarmUiReader implements GeneratorReader {
    private static final String ID = "swarmui/1";
    private static final String PARAMETERS = "sui_image_params";
    private static final String TENSOR_SHA256 = "tensor_sha256";
    private static final int MAX_ENTRIES = 200;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        List<Generation> generations = new ArrayList<>();
        List<MetadataBlock> claimed = new ArrayList<>();
        List<JsonNode> seen = new ArrayList<>();
        for (MetadataBlock block : metadata.blocks()) {
            Optional<JsonNode> json = block.text()
                    .filter(text -> text.contains(PARAMETERS))
                    .flatMap(GeneratorJson::object)
                    .filter(object -> object.path(PARAMETERS).isObject());
            if (json.isEmpty()) {
                continue;
            }
            claimed.add(block);
            if (!seen.contains(json.orElseThrow())) {
                seen.add(json.orElseThrow());
                generations.add(generation(json.orElseThrow(), block, metadata));
            }
        }
        if (!generations.isEmpty()) {
            claimed.addAll(beside(metadata));
        }
        return Reading.of(generations, claimed);
    }

    private static List<MetadataBlock> beside(ItemMetadata metadata) {
        return metadata.blocks().stream()
                .filter(block -> block.key().equals("prompt") || block.key().equals("workflow"))
                .toList();
    }

    private static Generation generation(JsonNode json, MetadataBlock block, ItemMetadata metadata) {
        JsonRecord outer = new JsonRecord(json);
        JsonRecord record = new JsonRecord(outer.node(PARAMETERS));
        JsonNode hashes = outer.node("sui_models");
        GenerationBuilder builder = Generation.builder("SwarmUI", block.origin().readBy(ID))
                .version(record.name("swarm_version"))
                .positivePrompt(record.text("prompt"))
                .negativePrompt(record.text("negativeprompt"))
                .seed(record.seed("seed"))
                .steps(record.positive("steps"))
                .cfgScale(record.decimal("cfgscale"))
                .sampler(record.name("sampler"))
                .scheduler(record.name("scheduler"))
                .width(record.positive("width"))
                .height(record.positive("height"));
        model(record, "model", "checkpoint", hashes, builder);
        model(record, "refinermodel", "checkpoint", hashes, builder);
        model(record, "videomodel", "diffusion-model", hashes, builder);
        model(record, "vae", "vae", hashes, builder);
        for (String field : List.of("controlnetmodel", "controlnettwomodel", "controlnetthreemodel")) {
            model(record, field, "controlnet", hashes, builder);
        }
        List<String> loras = list(record.node("loras"));
        List<String> weights = list(record.node("loraweights"));
        for (int index = 0; index < loras.size(); index++) {
            String name = loras.get(index);
            builder.lora(new NamedLora(
                    Optional.of(name),
                    index < weights.size() ? weight(weights.get(index)) : Optional.empty(),
                    hash(hashes, "loras", name)));
        }
        for (String field : List.of("initimage", "maskimage", "controlnetimageinput", "promptimages")) {
            String role = field.startsWith("init")
                    ? "init"
                    : field.startsWith("mask") ? "mask" : field.startsWith("prompt") ? "reference" : "control";
            record.name(field).flatMap(EmbeddedData::name).ifPresent(name -> builder.input(new InputMedia(role, name)));
        }
        if (record.has("initimagecreativity") || record.has("initimage")) {
            builder.task(Optional.of(Task.IMG2IMG))
                    .inferred("task", "settings of an initial image are recorded; the image itself is not");
        }
        record.keepRest(builder);
        new JsonRecord(outer.node("sui_extra_data")).keepRest(builder);
        if (block.repaired().isPresent()) {
            builder.grade(Grade.DERIVED);
        }
        beside(metadata).forEach(other -> builder.alsoFrom(other.origin().readBy(ID)));
        return builder.build();
    }

    private static void model(
            JsonRecord record, String field, String kind, JsonNode hashes, GenerationBuilder builder) {
        record.name(field)
                .ifPresent(name -> builder.model(new NamedModel(kind, Optional.of(name), hash(hashes, field, name))));
    }

    /** Joins a model to its hash by parameter and name; the list's names have the file's ending, the parameters' have not. */
    private static Map<String, String> hash(JsonNode hashes, String parameter, String name) {
        int seen = 0;
        for (JsonNode entry : hashes) {
            if (seen++ >= MAX_ENTRIES) {
                break;
            }
            Optional<String> hash =
                    GeneratorJson.text(entry, "hash").filter(value -> value.matches("(0x)?[0-9a-fA-F]{64}"));
            boolean same =
                    GeneratorJson.text(entry, "param").filter(parameter::equals).isPresent()
                            && GeneratorJson.text(entry, "name")
                                    .filter(full -> stem(full).equals(stem(name)))
                                    .isPresent();
            if (same && hash.isPresent()) {
                return Map.of(TENSOR_SHA256, hash.orElseThrow());
            }
        }
        return Map.of();
    }

    private static String stem(String name) {
        return name.replaceFirst("\\.(safetensors|sft|ckpt|gguf|pt|pth|bin)$", "");
    }

    /** Newer versions write a JSON list, older ones text with commas. */
    private static List<String> list(JsonNode node) {
        List<String> entries = new ArrayList<>();
        if (node.isArray()) {
            for (JsonNode entry : node) {
                if (entries.size() < MAX_ENTRIES) {
                    // An odd entry keeps its place, since names and weights are joined by place
                    entries.add(entry.isValueNode() ? entry.asString() : "");
                }
            }
        } else if (node.isString()) {
            for (String entry : node.stringValue().split(",", MAX_ENTRIES)) {
                entries.add(entry.strip());
            }
        }
        return entries.stream().allMatch(String::isBlank) ? List.of() : entries;
    }

    private static Optional<BigDecimal> weight(String text) {
        return text.matches("-?\\d{1,6}(\\.\\d{1,30})?") ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }
}
