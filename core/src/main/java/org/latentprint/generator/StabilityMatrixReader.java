package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Origin;
import org.latentprint.evidence.Problem;
import org.latentprint.generator.infotext.NetworkTag;
import tools.jackson.databind.JsonNode;

/**
 * Stability Matrix's own generation page. It writes {@code parameters-json}
 * ({@code StabilityMatrix.Core/Models/GenerationParameters.cs}), the same as A1111 text, its project as {@code smproj}, and
 * leaves the graph that its ComfyUI ran ({@code StabilityMatrix.Avalonia/Helpers/PngDataHelper.cs}). Its model hash is BLAKE3.
 */
final class StabilityMatrixReader implements GeneratorReader {
    private static final String ID = "stability-matrix/2";
    private static final String NAME = "Stability Matrix";
    private static final String PARAMETERS = "parameters-json";
    private static final String PROJECT = "smproj";
    private static final Set<String> BESIDE = Set.of(PROJECT, "parameters", "prompt", "workflow");
    private static final Set<String> OWN_FIELD = Set.of(
            "PositivePrompt",
            "NegativePrompt",
            "Steps",
            "Sampler",
            "CfgScale",
            "Seed",
            "Height",
            "Width",
            "ModelHash",
            "ModelName",
            "ModelVersionId");

    /** Values of a saved project that are looked through; real ones have some hundreds. */
    private static final int MAX_NODES = 100_000;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        for (MetadataBlock block : metadata.withKey(PARAMETERS).toList()) {
            Optional<JsonNode> json = GeneratorJson.object(block.textOrEmpty());
            if (json.filter(object -> object.has("PositivePrompt") && object.has("CfgScale"))
                    .isPresent()) {
                return read(metadata, block, json.orElseThrow());
            }
            if (metadata.withKey(PROJECT).findAny().isPresent()) {
                return new Reading(
                        List.of(),
                        List.of(),
                        List.of(Problem.at(
                                Problem.Category.MALFORMED,
                                ID,
                                "parameters-json beside smproj is not the object it should be",
                                block.origin().offset())));
            }
        }
        return Reading.NONE;
    }

    private static Reading read(ItemMetadata metadata, MetadataBlock block, JsonNode json) {
        Origin origin = block.origin().readBy(ID);
        GenerationBuilder builder = Generation.builder(NAME, origin)
                .positivePrompt(GeneratorJson.text(json, "PositivePrompt"))
                .negativePrompt(GeneratorJson.text(json, "NegativePrompt"))
                .steps(GeneratorJson.positive(json, "Steps"))
                .sampler(GeneratorJson.text(json, "Sampler").filter(name -> !name.isBlank()))
                .cfgScale(GeneratorJson.decimal(json, "CfgScale"))
                .seed(GeneratorJson.text(json, "Seed"))
                .width(GeneratorJson.positive(json, "Width"))
                .height(GeneratorJson.positive(json, "Height"));
        Optional<String> model = GeneratorJson.text(json, "ModelName").filter(name -> !name.isBlank());
        Map<String, String> hashes = GeneratorJson.text(json, "ModelHash")
                .filter(hash -> hash.matches("[0-9a-fA-F]{64}"))
                .map(hash -> Map.of("blake3", hash))
                .orElse(Map.of());
        Map<String, String> identifiers = GeneratorJson.positive(json, "ModelVersionId")
                .map(id -> Map.of("civitai_version_id", id.toString()))
                .orElse(Map.of());
        if (model.isPresent() || !hashes.isEmpty() || !identifiers.isEmpty()) {
            builder.model(new NamedModel("checkpoint", model, hashes, identifiers));
        }
        GeneratorJson.text(json, "PositivePrompt").map(NetworkTag::in).orElse(List.of()).stream()
                .filter(NetworkTag::isLora)
                .forEach(tag -> builder.lora(new NamedLora(Optional.of(tag.name()), tag.weight(), Map.of())));
        json.properties().stream()
                .filter(field -> !OWN_FIELD.contains(field.getKey()))
                .filter(field -> !field.getValue().isNull())
                .forEach(field ->
                        builder.setting(field.getKey(), field.getValue().toString()));
        List<MetadataBlock> claimed = new ArrayList<>(List.of(block));
        metadata.blocks().stream().filter(other -> BESIDE.contains(other.key())).forEach(other -> {
            claimed.add(other);
            builder.alsoFrom(other.origin().readBy(ID));
        });
        metadata.withKey(PROJECT)
                .findFirst()
                .flatMap(found -> GeneratorJson.object(found.textOrEmpty()))
                .ifPresent(project -> addProject(project, builder));
        return Reading.of(List.of(builder.build()), claimed);
    }

    private static void addProject(JsonNode project, GenerationBuilder builder) {
        GeneratorJson.text(project, "ProjectType").ifPresent(type -> {
            builder.setting("ProjectType", type);
            builder.task(task(type));
        });
        List<JsonNode> open = new ArrayList<>(List.of(project));
        for (int seen = 0; !open.isEmpty() && seen < MAX_NODES; seen++) {
            JsonNode node = open.removeLast();
            JsonNode source = node.path("ImageSource");
            GeneratorJson.text(source, "LocalFile")
                    .or(() -> GeneratorJson.text(source, "RemoteUrl"))
                    .or(() -> source.isString() ? Optional.of(source.stringValue()) : Optional.empty())
                    .filter(name -> !name.isBlank())
                    .ifPresent(name -> builder.input(new InputMedia("input", name)));
            node.forEach(open::add);
        }
    }

    /** The words of {@code InferenceProjectType.cs}. */
    private static Optional<Task> task(String type) {
        return switch (type) {
            case "TextToImage", "FluxTextToImage" -> Optional.of(Task.TXT2IMG);
            case "ImageToImage" -> Optional.of(Task.IMG2IMG);
            case "Inpainting" -> Optional.of(Task.INPAINT);
            case "Upscale" -> Optional.of(Task.UPSCALE);
            case "ImageToVideo", "WanImageToVideo" -> Optional.of(Task.IMG2VID);
            case "WanTextToVideo" -> Optional.of(Task.TXT2VID);
            default -> Optional.empty();
        };
    }

    @Override
    public boolean readsGraphs() {
        return true;
    }
}
