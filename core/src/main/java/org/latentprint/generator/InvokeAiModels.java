package org.latentprint.generator;

import java.util.Map;
import java.util.Optional;
import org.latentprint.generator.infotext.HashKinds;
import tools.jackson.databind.JsonNode;

/**
 * How InvokeAI writes a model into its records: since version 4 key, hash, name, base and type ({@code ModelIdentifierField} in
 * {@code invokeai/app/invocations/model.py}), before it {@code model_name}.
 */
final class InvokeAiModels {
    private InvokeAiModels() {}

    /** Adds the model that the node names; nothing where it names none. */
    static void add(JsonNode node, String kind, GenerationBuilder builder) {
        Optional<String> name = name(node);
        Map<String, String> hashes = hashes(node);
        if (name.isPresent() || !hashes.isEmpty()) {
            builder.model(new NamedModel(kind, name, hashes, identifiers(node)));
        }
    }

    /** Returns a LoRA; empty where the node names none. */
    static Optional<NamedLora> lora(JsonNode entry) {
        JsonNode model = entry.has("model") ? entry.path("model") : entry.path("lora");
        Optional<String> name = name(model);
        return name.isEmpty() && hashes(model).isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new NamedLora(name, GeneratorJson.decimal(entry, "weight"), hashes(model), identifiers(model)));
    }

    /** Says whether the node is a model's identifier, which tells its own type. */
    static boolean isIdentifier(JsonNode node) {
        return node.isObject()
                && node.path("name").isString()
                && node.path("type").isString()
                && node.has("base");
    }

    /** Returns our kind for the type in an identifier ({@code ModelType} in {@code model_manager/taxonomy.py}). */
    static String kind(JsonNode identifier) {
        String type = identifier.path("type").asString("");
        return switch (type) {
            case "main" -> "checkpoint";
            case "vae", "embedding" -> type;
            case "controlnet", "t2i_adapter", "control_lora" -> "controlnet";
            case "ip_adapter" -> "ip-adapter";
            case "clip_vision", "siglip" -> "clip-vision";
            case "spandrel_image_to_image" -> "upscaler";
            default -> type.endsWith("_encoder") || type.equals("clip_embed") ? "text-encoder" : "model";
        };
    }

    static Optional<String> name(JsonNode model) {
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
}
