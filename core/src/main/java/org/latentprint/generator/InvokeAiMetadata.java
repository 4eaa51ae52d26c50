package org.latentprint.generator;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * InvokeAI's {@code invokeai_metadata} since version 3 ({@code CoreMetadataInvocation} in
 * {@code invokeai/app/invocations/metadata.py}). Its web page adds fields of its own for each family of models
 * ({@code features/nodes/util/graph/generation}, {@code features/metadata/parsing.tsx}): further models, {@code ref_images},
 * {@code canvas_v2_metadata}, {@code upscale_initial_image}. A model that is recorded as a whole tells its own type, and a picture
 * is known by its form, so that such fields are read without being listed here.
 */
final class InvokeAiMetadata {
    private static final String CHECKPOINT = "checkpoint";
    private static final String CONTROL = "control";
    private static final String REFERENCE = "reference";
    private static final String CONTROLNET = "controlnet";

    private InvokeAiMetadata() {}

    static void fill(JsonNode json, GenerationBuilder builder) {
        JsonRecord record = new JsonRecord(json);
        Optional<Task> task = record.name("generation_mode").flatMap(InvokeAiMetadata::task);
        builder.version(record.name("app_version"))
                .positivePrompt(record.text("positive_prompt"))
                .negativePrompt(record.text("negative_prompt"))
                .seed(record.seed("seed"))
                .steps(record.positive("steps"))
                .sampler(record.name("scheduler"))
                .cfgScale(record.decimal("cfg_scale"))
                .width(record.positive("width"))
                .height(record.positive("height"))
                .task(task);
        record.text("positive_style_prompt")
                .filter(text -> !text.isBlank())
                .ifPresent(text -> builder.positivePart(new PromptPart("style", text)));
        record.text("negative_style_prompt")
                .filter(text -> !text.isBlank())
                .ifPresent(text -> builder.negativePart(new PromptPart("style", text)));
        InvokeAiModels.add(record.node("model"), CHECKPOINT, builder);
        InvokeAiModels.add(record.node("refiner_model"), CHECKPOINT, builder);
        InvokeAiModels.add(record.node("vae"), "vae", builder);
        builder.first(record.node("loras").valueStream(), InvokeAiImages.MAX_ENTRIES, "LoRAs")
                .forEach(entry -> InvokeAiModels.lora(entry).ifPresent(builder::lora));
        adapters(record.node("controlnets"), "control_model", CONTROLNET, CONTROL, builder);
        adapters(record.node("ipAdapters"), "ip_adapter_model", "ip-adapter", REFERENCE, builder);
        adapters(record.node("t2iAdapters"), "t2i_adapter_model", CONTROLNET, CONTROL, builder);
        InvokeAiImages.add(record.node("init_image"), "init", builder);
        upscaling(record, task, builder);
        references(record.node("ref_images"), builder, 0);
        InvokeAiCanvas.fill(record.node("canvas_v2_metadata"), task, builder);
        InvokeAiCanvas.fillControlLayers(record.node("control_layers").path("layers"), builder);
        refiner(json, builder);
        Stream<Map.Entry<String, JsonNode>> others =
                json.properties().stream().filter(field -> !record.understands(field.getKey()));
        builder.first(others, InvokeAiImages.MAX_ENTRIES, "further fields")
                .forEach(field -> further(field.getKey(), record, json, builder));
        record.keepRest(builder);
    }

    /** Adds the model or picture that a field holds which this class does not list. */
    private static void further(String field, JsonRecord record, JsonNode json, GenerationBuilder builder) {
        JsonNode value = json.path(field);
        if (InvokeAiModels.isIdentifier(value)) {
            InvokeAiModels.add(record.node(field), InvokeAiModels.kind(value), builder);
        } else if (InvokeAiImages.isPicture(value)) {
            InvokeAiImages.add(record.node(field), "input", builder);
        }
    }

    /** The page for enlarging writes no mode, but its own picture and the model that enlarged it. */
    private static void upscaling(JsonRecord record, Optional<Task> task, GenerationBuilder builder) {
        JsonNode initial = record.node("upscale_initial_image");
        if (InvokeAiImages.isPicture(initial)) {
            InvokeAiImages.add(initial, "init", builder);
            if (task.isEmpty()) {
                builder.task(Optional.of(Task.UPSCALE))
                        .inferred("task", "an initial picture for enlarging is written by the page for it only");
            }
        }
    }

    /** An adapter is its model and the pictures it was given; the processed one is made from the other. */
    private static void adapters(
            JsonNode list, String modelField, String kind, String role, GenerationBuilder builder) {
        builder.first(list.valueStream(), InvokeAiImages.MAX_ENTRIES, "adapters or reference pictures")
                .forEach(entry -> {
                    InvokeAiModels.add(entry.path(modelField), kind, builder);
                    InvokeAiImages.add(entry, role, builder);
                });
    }

    /** Reference pictures with their models; some versions wrote a list within the list. */
    private static void references(JsonNode list, GenerationBuilder builder, int depth) {
        builder.first(list.valueStream(), InvokeAiImages.MAX_ENTRIES, "adapters or reference pictures")
                .forEach(entry -> {
                    if (entry.isArray()) {
                        if (depth == 0) {
                            references(entry, builder, 1);
                        }
                        return;
                    }
                    boolean used = entry.path("isEnabled").asBoolean(true);
                    InvokeAiImages.add(entry, used ? REFERENCE : "unconnected", builder);
                    JsonNode model = entry.path("config").path("model");
                    if (used && InvokeAiModels.isIdentifier(model)) {
                        InvokeAiModels.add(model, InvokeAiModels.kind(model), builder);
                    }
                });
    }

    private static void refiner(JsonNode json, GenerationBuilder builder) {
        Optional<String> model = InvokeAiModels.name(json.path("refiner_model"));
        if (model.isPresent()) {
            builder.pass(
                    pass(json, "base", "steps", "scheduler", "cfg_scale", InvokeAiModels.name(json.path("model"))));
            builder.pass(pass(json, "refiner", "refiner_steps", "refiner_scheduler", "refiner_cfg_scale", model));
        }
    }

    private static Pass pass(
            JsonNode json, String node, String steps, String sampler, String cfgScale, Optional<String> model) {
        Optional<BigDecimal> none = Optional.empty();
        return new Pass(
                node,
                Optional.empty(),
                Optional.empty(),
                GeneratorJson.positive(json, steps),
                GeneratorJson.text(json, sampler),
                Optional.empty(),
                GeneratorJson.decimal(json, cfgScale),
                none,
                model,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The family of the model stands before the mode, such as {@code flux_img2img}. */
    private static Optional<Task> task(String mode) {
        String last = mode.substring(mode.lastIndexOf('_') + 1);
        return switch (last) {
            case "txt2img" -> Optional.of(Task.TXT2IMG);
            case "img2img" -> Optional.of(Task.IMG2IMG);
            case "inpaint", "outpaint" -> Optional.of(Task.INPAINT);
            default -> Optional.empty();
        };
    }
}
