package org.latentprint.generator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import tools.jackson.databind.JsonNode;

/**
 * NMKD Stable Diffusion GUI ({@code n00mkrad/text2image-gui}): a PNG text {@code Nmkdiffusers}, {@code GenerationInfo} or
 * {@code GenerationInfoJson} with one JSON object ({@code Implementations/ComfyData.cs}, read by
 * {@code Data/ImageMetadata.cs}), in later versions beside the graph that its ComfyUI ran. The start picture and the mask are
 * named. Where it ran InvokeAI, InvokeAI's text stands instead.
 *
 * <p>Untested ground: no file of the program was at hand.
 */
final class NmkdReader extends ProgramRecordReader {
    private static final Set<String> KEYS = Set.of("Nmkdiffusers", "GenerationInfo", "GenerationInfoJson");

    /** Pictures with more than a dozen are rare. */
    private static final int MAX_LORAS = 200;

    NmkdReader() {
        super("nmkd/1", "NMKD Stable Diffusion GUI");
    }

    @Override
    boolean promises(String text) {
        return text.stripLeading().startsWith("{");
    }

    @Override
    Optional<JsonNode> json(MetadataBlock block) {
        return KEYS.contains(block.key()) ? super.json(block) : Optional.empty();
    }

    @Override
    boolean isOurs(JsonNode json) {
        return first(json, "prompt", "Prompt").isString();
    }

    @Override
    boolean isBeside(MetadataBlock block) {
        return block.key().equals("prompt") || block.key().equals("workflow");
    }

    @Override
    void fill(JsonRecord record, GenerationBuilder builder, ItemMetadata metadata) {
        builder.positivePrompt(any(record, "prompt", "Prompt"))
                .negativePrompt(any(record, "promptNeg", "NegativePrompt", "negative_prompt"))
                .steps(record.positive("steps").or(() -> record.positive("Steps")))
                .seed(record.seed("seed").or(() -> record.seed("Seed")))
                .sampler(any(record, "sampler", "Sampler").filter(name -> !name.isBlank()))
                .cfgScale(record.decimal("scaleTxt")
                        .or(() -> record.decimal("Scale"))
                        .or(() -> record.decimal("scale")));
        size(record, builder);
        model(record, "checkpoint", builder, "model", "Model");
        model(record, "checkpoint", builder, "modelRefiner", "ModelRefiner", "model_refiner");
        model(record, "vae", builder, "Vae", "vae");
        model(record, "upscaler", builder, "upscaler", "Upscaler");
        Optional<String> start = input(record, "init", builder, "initImg", "InitImg", "init_img");
        Optional<String> mask = input(record, "mask", builder, "inpaintMask", "MaskPath", "mask_path");
        for (String field : List.of("loras", "Loras")) {
            builder.first(record.node(field).properties().stream(), MAX_LORAS, "LoRAs")
                    .forEach(lora -> builder.lora(new NamedLora(
                            Optional.of(lora.getKey()),
                            GeneratorJson.number(lora.getValue().asString("")),
                            Map.of())));
        }
        if (mask.isPresent()) {
            builder.task(Optional.of(Task.INPAINT)).inferred("task", "a mask is recorded");
        } else if (start.isPresent()) {
            builder.task(Optional.of(Task.IMG2IMG)).inferred("task", "a start picture is recorded");
        }
        record.keepRest(builder);
    }

    private static void size(JsonRecord record, GenerationBuilder builder) {
        builder.width(record.positive("w")).height(record.positive("h"));
        any(record, "BaseResolution", "base_resolution")
                .flatMap(GeneratorJson::size)
                .ifPresent(size -> builder.width(Optional.of(size.width())).height(Optional.of(size.height())));
    }

    private static void model(JsonRecord record, String kind, GenerationBuilder builder, String... fields) {
        any(record, fields)
                .filter(name -> !name.isBlank())
                .ifPresent(name -> builder.model(NamedModel.named(kind, name)));
    }

    private static Optional<String> input(JsonRecord record, String role, GenerationBuilder builder, String... fields) {
        Optional<String> name = any(record, fields).flatMap(EmbeddedData::name);
        name.ifPresent(text -> builder.input(new InputMedia(role, text)));
        return name;
    }

    private static Optional<String> any(JsonRecord record, String... fields) {
        return List.of(fields).stream()
                .map(record::text)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static JsonNode first(JsonNode json, String one, String other) {
        return json.has(one) ? json.path(one) : json.path(other);
    }

    @Override
    public boolean readsGraphs() {
        return true;
    }
}
