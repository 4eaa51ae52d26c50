package org.latentprint.generator;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The record of Fooocus-MRE ({@code modules/async_worker.py} and {@code modules/private_logger.py} of MoonRide303/Fooocus-MRE, seen
 * in a copy): an object that ends with {@code software}, such as {@code Fooocus 2.0.93 MRE}, in PNG as {@code Comment}, in JPEG as
 * the comment, and in a JSON file beside the picture. It names the pictures that were fed in by their files' names.
 */
final class FooocusMreFields {
    /** The program writes as many. */
    private static final int MAX_LORAS = 5;

    private static final String UNCONNECTED = "unconnected";

    private FooocusMreFields() {}

    /** Says whether the object is the program's. */
    static boolean isIn(JsonNode json) {
        return GeneratorJson.text(json, "software")
                .filter(software -> software.startsWith("Fooocus ") && software.contains("MRE"))
                .isPresent();
    }

    static void fill(JsonNode json, GenerationBuilder builder) {
        JsonRecord record = new JsonRecord(json);
        builder.variant(Optional.of("MRE"))
                .version(record.name("software"))
                .positivePrompt(record.text("prompt"))
                .negativePrompt(record.text("negative_prompt"))
                .seed(record.seed("seed"))
                .steps(record.positive("steps"))
                .sampler(record.name("sampler").or(() -> record.name("sampler_name")))
                .scheduler(record.name("scheduler"))
                .cfgScale(record.decimal("cfg"))
                .width(record.positive("width"))
                .height(record.positive("height"));
        for (String field : new String[] {"real_prompt", "p_txt"}) {
            FooocusFields.texts(record.node(field)).forEach(text -> builder.positivePart(new PromptPart(field, text)));
        }
        for (String field : new String[] {"real_negative_prompt", "n_txt"}) {
            FooocusFields.texts(record.node(field)).forEach(text -> builder.negativePart(new PromptPart(field, text)));
        }
        for (String field : new String[] {"base_model", "base_model_name", "refiner_model", "refiner_model_name"}) {
            record.name(field).ifPresent(name -> builder.model(NamedModel.named("checkpoint", name)));
        }
        for (String field : new String[] {"canny_model", "depth_model"}) {
            record.name(field).ifPresent(name -> builder.model(NamedModel.named("controlnet", name)));
        }
        for (int index = 1; index <= MAX_LORAS; index++) {
            Optional<String> name = record.name("l" + index);
            var weight = record.decimal("w" + index);
            name.ifPresent(found -> builder.lora(new NamedLora(Optional.of(found), weight, Map.of())));
        }
        inputs(json, record, builder);
        record.keepRest(builder);
    }

    /** Some versions record the chosen picture whether or not its use was switched on. */
    private static void inputs(JsonNode json, JsonRecord record, GenerationBuilder builder) {
        boolean fromImage = json.path("img2img").asBoolean(false);
        if (fromImage) {
            builder.task(Optional.of(Task.IMG2IMG));
        }
        picture(record.node("input_image"), fromImage ? "init" : UNCONNECTED, builder);
        boolean revision = json.path("revision").asBoolean(false);
        for (JsonNode image : record.node("revision_images")) {
            picture(image, revision ? "reference" : UNCONNECTED, builder);
        }
        picture(record.node("canny_input"), "control", builder);
        picture(record.node("depth_input"), "control", builder);
    }

    private static void picture(JsonNode node, String role, GenerationBuilder builder) {
        if (node.isString()) {
            EmbeddedData.name(node.stringValue()).ifPresent(name -> builder.input(new InputMedia(role, name)));
        }
    }
}
