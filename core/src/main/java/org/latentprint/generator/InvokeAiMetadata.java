package org.latentprint.generator;

import java.util.Map;
import java.util.Optional;
import org.latentprint.generator.infotext.HashKinds;
import tools.jackson.databind.JsonNode;

/**
 * InvokeAI's {@code invokeai_metadata} since version 3 ({@code CoreMetadataInvocation} in
 * {@code invokeai/app/invocations/metadata.py}). Models were recorded as {@code model_name} at first, later with key, hash and
 * name; the web page adds lists of its own, such as {@code ref_images} and {@code canvas_v2_metadata}.
 */
final class InvokeAiMetadata {
    /** Layers and adapters of one picture; a hostile file could list millions. */
    private static final int MAX_ENTRIES = 200;

    /** The deepest place of an image's name in {@code canvas_v2_metadata} is six levels down. */
    private static final int MAX_DEPTH = 12;

    private InvokeAiMetadata() {}

    static void fill(JsonNode json, GenerationBuilder builder) {
        JsonRecord record = new JsonRecord(json);
        builder.version(record.name("app_version"))
                .positivePrompt(record.text("positive_prompt"))
                .negativePrompt(record.text("negative_prompt"))
                .seed(record.seed("seed"))
                .steps(record.positive("steps"))
                .sampler(record.name("scheduler"))
                .cfgScale(record.decimal("cfg_scale"))
                .width(record.positive("width"))
                .height(record.positive("height"))
                .task(record.name("generation_mode").flatMap(InvokeAiMetadata::task));
        record.text("positive_style_prompt")
                .filter(text -> !text.isBlank())
                .ifPresent(text -> builder.positivePart(new PromptPart("style", text)));
        record.text("negative_style_prompt")
                .filter(text -> !text.isBlank())
                .ifPresent(text -> builder.negativePart(new PromptPart("style", text)));
        model(record.node("model"), "checkpoint", builder);
        model(record.node("refiner_model"), "checkpoint", builder);
        model(record.node("vae"), "vae", builder);
        model(record.node("t5_encoder"), "text-encoder", builder);
        model(record.node("qwen3_encoder"), "text-encoder", builder);
        model(record.node("clip_embed_model"), "text-encoder", builder);
        model(record.node("upscale_model"), "upscaler", builder);
        loras(record.node("loras"), builder);
        adapters(record.node("controlnets"), "control_model", "controlnet", "control", builder);
        adapters(record.node("controlLayers"), "control_model", "controlnet", "control", builder);
        adapters(record.node("ipAdapters"), "ip_adapter_model", "ip-adapter", "reference", builder);
        adapters(record.node("t2iAdapters"), "t2i_adapter_model", "controlnet", "control", builder);
        inputs(record, builder);
        record.keepRest(builder);
    }

    private static void inputs(JsonRecord record, GenerationBuilder builder) {
        images(record.node("init_image"), "init", builder, 0);
        images(record.node("initial_image_name"), "init", builder, 0);
        images(record.node("mask_image"), "mask", builder, 0);
        for (String field : new String[] {"ref_images", "reference_images"}) {
            images(record.node(field), "reference", builder, 0);
        }
        for (String field : new String[] {"canvas_v2_metadata", "control_layers", "regions"}) {
            images(record.node(field), "input", builder, 0);
        }
    }

    /** An adapter is its model and the pictures it was given; the processed one is made from the other. */
    private static void adapters(
            JsonNode list, String modelField, String kind, String role, GenerationBuilder builder) {
        int seen = 0;
        for (JsonNode entry : list) {
            if (seen++ >= MAX_ENTRIES) {
                return;
            }
            model(entry.path(modelField), kind, builder);
            images(entry.path("image"), role, builder, 0);
            images(entry.path("processed_image"), role, builder, 0);
        }
    }

    /** Finds every {@code image_name} below a node, and a plain text where the node is one. */
    private static void images(JsonNode node, String role, GenerationBuilder builder, int depth) {
        if (node.isString() && depth == 0) {
            EmbeddedData.name(node.stringValue()).ifPresent(name -> builder.input(new InputMedia(role, name)));
        }
        GeneratorJson.text(node, "image_name")
                .flatMap(EmbeddedData::name)
                .ifPresent(name -> builder.input(new InputMedia(role, name)));
        if (depth < MAX_DEPTH) {
            int seen = 0;
            for (JsonNode child : node) {
                if (child.isContainer() && seen++ < MAX_ENTRIES) {
                    images(child, role, builder, depth + 1);
                }
            }
        }
    }

    private static void loras(JsonNode list, GenerationBuilder builder) {
        int seen = 0;
        for (JsonNode entry : list) {
            JsonNode model = entry.has("model") ? entry.path("model") : entry.path("lora");
            Optional<String> name = name(model);
            if (seen++ < MAX_ENTRIES && (name.isPresent() || !hashes(model).isEmpty())) {
                builder.lora(
                        new NamedLora(name, GeneratorJson.decimal(entry, "weight"), hashes(model), identifiers(model)));
            }
        }
    }

    private static void model(JsonNode node, String kind, GenerationBuilder builder) {
        Optional<String> name = name(node);
        Map<String, String> hashes = hashes(node);
        if (name.isPresent() || !hashes.isEmpty()) {
            builder.model(new NamedModel(kind, name, hashes, identifiers(node)));
        }
    }

    private static Optional<String> name(JsonNode model) {
        Optional<String> name = model.isString() ? Optional.of(model.stringValue()) : GeneratorJson.text(model, "name");
        return name.or(() -> GeneratorJson.text(model, "model_name")).filter(text -> !text.isBlank());
    }

    /** The kind stands before the colon ({@code HASHING_ALGORITHMS} in {@code model_hash.py}); a random one is no hash. */
    private static Map<String, String> hashes(JsonNode model) {
        return GeneratorJson.text(model, "hash")
                .map(hash -> {
                    int colon = hash.indexOf(':');
                    if (colon < 0) {
                        return HashKinds.of(hash);
                    }
                    String kind = hash.substring(0, colon);
                    return kind.matches("[a-z0-9_]{2,20}") && !kind.equals("random")
                            ? Map.of(kind, hash)
                            : Map.<String, String>of();
                })
                .orElse(Map.of());
    }

    private static Map<String, String> identifiers(JsonNode model) {
        return GeneratorJson.text(model, "key")
                .filter(key -> key.matches("[0-9a-fA-F-]{8,64}"))
                .map(key -> Map.of("invokeai_key", key))
                .orElse(Map.of());
    }

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
