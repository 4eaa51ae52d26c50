package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.latentprint.generator.infotext.HashKinds;
import tools.jackson.databind.JsonNode;

/**
 * InvokeAI's {@code sd-metadata} of 2022 and 2023 ({@code metadata_dumps} in {@code ldm/invoke/args.py}; its backend wrote the
 * same by {@code parameters_to_generated_image_metadata}). A prompt may be several weighted ones.
 */
final class InvokeAiSdMetadata {
    /** A grid lists each of its pictures; the first stands for the file. */
    private static final int MAX_PROMPTS = 100;

    private InvokeAiSdMetadata() {}

    static void fill(JsonNode json, GenerationBuilder builder) {
        JsonRecord outer = new JsonRecord(json);
        builder.version(outer.name("app_version"));
        Optional<String> model = outer.name("model_weights").or(() -> outer.name("model_id"));
        Map<String, String> hashes = outer.name("model_hash").map(HashKinds::of).orElse(Map.of());
        if (model.isPresent() || !hashes.isEmpty()) {
            builder.model(new NamedModel("checkpoint", model, hashes));
        }
        JsonNode images = outer.node("images");
        JsonNode image = outer.node("image");
        fillImage(new JsonRecord(image.isObject() ? image : images.path(0)), builder);
        outer.keepRest(builder);
    }

    private static void fillImage(JsonRecord image, GenerationBuilder builder) {
        prompt(image, builder);
        builder.seed(image.seed("seed"))
                .steps(image.positive("steps"))
                .cfgScale(image.decimal("cfg_scale"))
                .sampler(image.name("sampler"))
                .width(image.positive("width"))
                .height(image.positive("height"))
                .task(image.name("type").flatMap(InvokeAiSdMetadata::task));
        input(image, "init_image_path", "init", builder);
        input(image, "mask_image_path", "mask", builder);
        input(image, "init_img", "init", builder);
        input(image, "init_mask", "mask", builder);
        input(image, "orig_hash", "init", builder);
        input(image, "mask_hash", "mask", builder);
        image.keepRest(builder);
    }

    /** Where only the digest of the input picture is recorded, the digest is what names it. */
    private static void input(JsonRecord image, String field, String role, GenerationBuilder builder) {
        boolean digest = field.endsWith("_hash");
        image.name(field)
                .flatMap(EmbeddedData::name)
                .map(name -> new InputMedia(role, digest ? "sha256:" + name : name))
                .ifPresent(builder::input);
    }

    private static void prompt(JsonRecord image, GenerationBuilder builder) {
        JsonNode prompt = image.node("prompt");
        if (prompt.isString()) {
            BracketedPrompt.of(prompt.stringValue()).fill(builder);
            return;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode part : prompt) {
            Optional<String> text = GeneratorJson.text(part, "prompt");
            if (text.isPresent() && texts.size() < MAX_PROMPTS) {
                texts.add(text.orElseThrow());
                if (prompt.size() > 1) {
                    String weight = GeneratorJson.text(part, "weight").orElse("not stated");
                    builder.positivePart(new PromptPart("weight " + weight, text.orElseThrow()));
                }
            }
        }
        if (!texts.isEmpty()) {
            BracketedPrompt.of(texts.stream().collect(Collectors.joining(" "))).fill(builder);
        }
    }

    private static Optional<Task> task(String type) {
        return switch (type) {
            case "txt2img" -> Optional.of(Task.TXT2IMG);
            case "img2img" -> Optional.of(Task.IMG2IMG);
            case "inpaint", "inpainting" -> Optional.of(Task.INPAINT);
            default -> Optional.empty();
        };
    }
}
