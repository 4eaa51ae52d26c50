package org.latentprint.generator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Grade;
import org.latentprint.evidence.Problem;
import tools.jackson.databind.JsonNode;

/**
 * SwarmUI ({@code GenFullMetadataObject} in {@code src/Text2Image/T2IParamInput.cs}; the parameters' names are those of
 * {@code src/Text2Image/T2IParamTypes.cs} in lower case without blanks): an object with {@code sui_image_params}, in PNG as
 * {@code parameters}, elsewhere in EXIF, and as {@code .swarm.json} beside media that take none. Its hashes are SHA-256 over the tensors
 * only ({@code GetOrGenerateTensorHashSha256}). The ComfyUI graph that ran may lie beside it. The program leaves pictures that were fed in
 * out of its record ({@code MetadatableToJTok}); only settings of theirs tell that there were any.
 */
final class SwarmUiReader implements GeneratorReader {
    private static final String ID = "swarmui/3";
    private static final String PARAMETERS = "sui_image_params";
    private static final String TENSOR_SHA256 = "tensor_sha256";

    /** LoRAs, models and inputs of one picture; real ones have a few. */
    private static final int MAX_ENTRIES = 200;

    /** A picture has one record, and a copy of it; a list of a night's work some dozens. */
    private static final int MAX_RECORDS = 1_000;

    /** The graph that ran and the editor's form of it, each in one place or two. */
    private static final int MAX_BESIDE = 16;

    /** Model parameters in the order in which they are listed, with our kinds. */
    private static final Map<String, String> MODELS = models();

    /** Choices that stand where a model's name would. */
    private static final Set<String> NO_MODEL = Set.of("Automatic", "(None)", "(Use Base)");

    /** Lists of names, which are read with what belongs to them. */
    private static final Set<String> JOINED = Set.of("loras", "used_embeddings");

    /** What a choice of enlarging puts before a model's name. */
    private static final String UPSCALER = "model-";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        List<Generation> generations = new ArrayList<>();
        List<MetadataBlock> claimed = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Set<JsonNode> seen = new HashSet<>();
        List<MetadataBlock> beside = beside(metadata);
        for (MetadataBlock block : metadata.blocks()) {
            Optional<JsonNode> json = block.text()
                    .filter(text -> text.contains(PARAMETERS))
                    .flatMap(GeneratorJson::object)
                    .filter(object -> object.path(PARAMETERS).isObject());
            if (json.isEmpty()) {
                continue;
            }
            claimed.add(block);
            if (seen.contains(json.orElseThrow())) {
                continue;
            }
            if (seen.size() < MAX_RECORDS) {
                seen.add(json.orElseThrow());
                generations.add(generation(json.orElseThrow(), block, beside));
            } else if (problems.isEmpty()) {
                problems.add(Problem.at(
                        Problem.Category.LIMIT,
                        ID,
                        "more than " + MAX_RECORDS + " records; the rest was not read",
                        block.origin().offset()));
            }
        }
        if (!generations.isEmpty()) {
            claimed.addAll(beside);
        }
        return new Reading(generations, claimed, problems);
    }

    private static List<MetadataBlock> beside(ItemMetadata metadata) {
        return metadata.blocks().stream()
                .filter(block -> block.key().equals("prompt") || block.key().equals("workflow"))
                .limit(MAX_BESIDE)
                .toList();
    }

    private static Generation generation(JsonNode json, MetadataBlock block, List<MetadataBlock> beside) {
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
                .sampler(record.name("sampler").or(() -> record.name("comfyuisampler")))
                .scheduler(record.name("scheduler").or(() -> record.name("comfyuischeduler")))
                .width(record.positive("width"))
                .height(record.positive("height"));
        MODELS.forEach((field, kind) -> model(record, field, kind, hashes, builder));
        otherModels(record, hashes, builder);
        record.name("refinerupscalemethod")
                .filter(method -> method.startsWith(UPSCALER))
                .ifPresent(method -> builder.model(NamedModel.named("upscaler", method.substring(UPSCALER.length()))));
        // The first versions kept what is now extra data among the parameters
        Stream.concat(
                        list(record.node("used_embeddings")).stream(),
                        list(outer.node("sui_extra_data").path("used_embeddings")).stream())
                .distinct()
                .forEach(name -> builder.model(
                        new NamedModel("embedding", Optional.of(name), hash(hashes, "used_embeddings", name))));
        List<String> loras = list(record.node("loras"));
        List<String> weights = list(record.node("loraweights"));
        for (int index = 0; index < loras.size(); index++) {
            String name = loras.get(index);
            builder.lora(new NamedLora(
                    Optional.of(name),
                    index < weights.size() ? weight(weights.get(index)) : Optional.empty(),
                    hash(hashes, "loras", name)));
        }
        if (record.has("initimagecreativity")) {
            builder.task(Optional.of(Task.IMG2IMG))
                    .inferred("task", "settings of an initial image are recorded; the image itself is not");
        }
        record.keepRest(builder);
        new JsonRecord(outer.node("sui_extra_data")).keepRest(builder);
        if (block.repaired().isPresent()) {
            builder.grade(Grade.DERIVED);
        }
        beside.forEach(other -> builder.alsoFrom(other.origin().readBy(ID)));
        return builder.build();
    }

    private static void model(
            JsonRecord record, String field, String kind, JsonNode hashes, GenerationBuilder builder) {
        record.name(field)
                .filter(name -> !NO_MODEL.contains(name))
                .ifPresent(name -> builder.model(new NamedModel(kind, Optional.of(name), hash(hashes, field, name))));
    }

    /** Adds the models of parameters that are not listed here: the list of hashes names the parameter of each. */
    private static void otherModels(JsonRecord record, JsonNode hashes, GenerationBuilder builder) {
        builder.first(hashes.valueStream(), MAX_ENTRIES, "hashes of models").stream()
                .flatMap(entry -> GeneratorJson.text(entry, "param").stream())
                .filter(parameter -> !MODELS.containsKey(parameter) && !JOINED.contains(parameter))
                .distinct()
                .forEach(parameter -> model(record, parameter, "model", hashes, builder));
    }

    private static Map<String, String> models() {
        Map<String, String> models = new LinkedHashMap<>();
        models.put("model", "checkpoint");
        models.put("refinermodel", "checkpoint");
        models.put("videomodel", "diffusion-model");
        models.put("videoextendmodel", "diffusion-model");
        models.put("vae", "vae");
        models.put("refinervae", "vae");
        models.put("cliplmodel", "text-encoder");
        models.put("clipgmodel", "text-encoder");
        models.put("t5xxlmodel", "text-encoder");
        models.put("llavamodel", "text-encoder");
        models.put("revisionmodel", "clip-vision");
        models.put("controlnetmodel", "controlnet");
        models.put("controlnettwomodel", "controlnet");
        models.put("controlnetthreemodel", "controlnet");
        return Collections.unmodifiableMap(models);
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

    @Override
    public boolean readsGraphs() {
        return true;
    }
}
