package org.latentprint.generator;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The pictures that a part of InvokeAI's records names: {@code image_name} ({@code ImageField} in
 * {@code invokeai/app/invocations/fields.py}), {@code name} beside the size in the layers of version 4.2
 * ({@code features/controlLayers/util/controlAdapters.ts} of the web page), {@code dataURL} for a picture inside the record.
 */
final class InvokeAiImages {
    /** Layers and adapters of one picture; a hostile file could list millions. */
    static final int MAX_ENTRIES = 200;

    /** The deepest place of a picture's name is eight levels down. */
    private static final int MAX_DEPTH = 16;

    private static final Set<String> PICTURE_FIELDS = Set.of("image", "processedImage", "uploadedMaskImage");

    private InvokeAiImages() {}

    /** Adds every picture at or below the node. */
    static void add(JsonNode node, String role, GenerationBuilder builder) {
        if (node.isString()) {
            name(node, role, builder);
        } else {
            below(node, role, builder, 0);
        }
    }

    /** Says whether the node is or holds a picture's name. */
    static boolean isPicture(JsonNode node) {
        return node.path("image_name").isString();
    }

    private static void below(JsonNode node, String role, GenerationBuilder builder, int depth) {
        name(node.path("image_name"), role, builder);
        name(node.path("dataURL"), role, builder);
        for (String field : PICTURE_FIELDS) {
            JsonNode picture = node.path(field);
            if (picture.has("width") && picture.has("height")) {
                name(picture.path("name"), role, builder);
            }
        }
        if (depth < MAX_DEPTH) {
            int seen = 0;
            for (JsonNode child : node) {
                if (child.isContainer() && seen++ < MAX_ENTRIES) {
                    below(child, role, builder, depth + 1);
                }
            }
        }
    }

    private static void name(JsonNode node, String role, GenerationBuilder builder) {
        if (node.isString()) {
            EmbeddedData.name(node.stringValue()).ifPresent(name -> builder.input(new InputMedia(role, name)));
        }
    }
}
