package org.latentprint.generator;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The layers of InvokeAI's canvas beside a picture: {@code canvas_v2_metadata} since version 5 ({@code zCanvasMetadata} and the
 * layers' states in {@code features/controlLayers/store/types.ts} of the web page), and {@code control_layers} of version 4.2
 * ({@code addControlLayers.ts}). A layer that was switched off led nowhere. The raster layers together make the initial image
 * of the modes that need one.
 */
final class InvokeAiCanvas {
    private static final String UNCONNECTED = "unconnected";
    private static final String CONTROL = "control";
    private static final String REFERENCE = "reference";
    private static final String CONTROLNET = "controlnet";

    private InvokeAiCanvas() {}

    /**
     * Adds what the canvas holds.
     *
     * @param canvas {@code canvas_v2_metadata}; nothing is added where it is missing
     * @param task of the picture, which tells whether the raster layers were used
     */
    static void fill(JsonNode canvas, Optional<Task> task, GenerationBuilder builder) {
        boolean initial = task.filter(found -> found == Task.IMG2IMG || found == Task.INPAINT)
                .isPresent();
        layers(canvas.path("rasterLayers"), initial ? "init" : UNCONNECTED, builder);
        if (canvas.path("rasterLayers").size() > 0) {
            builder.inferred(
                    "inputs",
                    initial
                            ? "raster layers of the canvas make the initial image; whether each lies within it is not recorded"
                            : "raster layers of the canvas are not used where no mode needs an initial image");
        }
        layers(canvas.path("inpaintMasks"), "mask", builder);
        layers(canvas.path("controlLayers"), CONTROL, builder);
        layers(canvas.path("referenceImages"), REFERENCE, builder);
        regions(canvas.path("regionalGuidance"), builder);
    }

    /** Adds the layers of version 4.2; the writer left out those that were switched off. */
    static void fillControlLayers(JsonNode layers, GenerationBuilder builder) {
        int region = 0;
        for (JsonNode layer : bounded(layers, builder)) {
            switch (layer.path("type").asString("")) {
                case "control_adapter_layer" -> {
                    JsonNode adapter = layer.path("controlAdapter");
                    InvokeAiModels.add(adapter.path("model"), CONTROLNET, builder);
                    InvokeAiImages.add(adapter, CONTROL, builder);
                }
                case "ip_adapter_layer" -> {
                    InvokeAiModels.add(layer.path("ipAdapter").path("model"), "ip-adapter", builder);
                    InvokeAiImages.add(layer, REFERENCE, builder);
                }
                case "initial_image_layer" -> InvokeAiImages.add(layer, "init", builder);
                case "regional_guidance_layer" -> {
                    region++;
                    prompts(layer, region, builder);
                    InvokeAiImages.add(layer.path("ipAdapters"), REFERENCE, builder);
                    InvokeAiImages.add(layer.path("uploadedMaskImage"), "mask", builder);
                }
                default -> InvokeAiImages.add(layer, "input", builder);
            }
        }
    }

    private static void layers(JsonNode layers, String role, GenerationBuilder builder) {
        for (JsonNode layer : bounded(layers, builder)) {
            boolean used = isUsed(layer);
            InvokeAiImages.add(layer, used ? role : UNCONNECTED, builder);
            if (used) {
                InvokeAiModels.add(layer.path("controlAdapter").path("model"), CONTROLNET, builder);
                InvokeAiModels.add(layer.path("ipAdapter").path("model"), "ip-adapter", builder);
            }
        }
    }

    private static void regions(JsonNode regions, GenerationBuilder builder) {
        int region = 0;
        for (JsonNode layer : bounded(regions, builder)) {
            region++;
            boolean used = isUsed(layer);
            InvokeAiImages.add(layer.path("referenceImages"), used ? REFERENCE : UNCONNECTED, builder);
            InvokeAiImages.add(layer.path("objects"), used ? "mask" : UNCONNECTED, builder);
            if (used) {
                prompts(layer, region, builder);
            }
        }
    }

    private static void prompts(JsonNode layer, int region, GenerationBuilder builder) {
        GeneratorJson.text(layer, "positivePrompt")
                .filter(text -> !text.isBlank())
                .ifPresent(text -> builder.positivePart(new PromptPart("region " + region, text)));
        GeneratorJson.text(layer, "negativePrompt")
                .filter(text -> !text.isBlank())
                .ifPresent(text -> builder.negativePart(new PromptPart("region " + region, text)));
    }

    private static boolean isUsed(JsonNode layer) {
        return layer.path("isEnabled").asBoolean(true);
    }

    private static List<JsonNode> bounded(JsonNode list, GenerationBuilder builder) {
        return builder.first(list.valueStream(), InvokeAiImages.MAX_ENTRIES, "layers");
    }
}
