package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentprint.generator.infotext.HashKinds;
import tools.jackson.databind.JsonNode;

/**
 * InvokeAI's {@code sd-metadata} of 2022 and 2023: {@code metadata_dumps} in {@code ldm/invoke/args.py}; its web server wrote the
 * same by {@code parameters_to_generated_image_metadata} and {@code parameters_to_post_processed_image_metadata} in
 * {@code invokeai/backend/invoke_ai_web_server.py}. A prompt may be several weighted ones; a weight below zero takes away. Of an
 * input picture the command line writes the SHA-256 alone, the web server its path, too.
 */
final class InvokeAiSdMetadata {
    /** More than anyone weighs against each other; a hostile file could list millions. */
    private static final int MAX_PROMPTS = 100;

    /** Steps of processing that followed each other. */
    private static final int MAX_STEPS = 100;

    private static final String INPUT = "input";

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
        // A grid lists each of its pictures; the first stands for the file
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
        input(image, "orig_path", INPUT, builder);
        input(image, "orig_hash", image.has("orig_path") ? INPUT : "init", builder);
        input(image, "mask_hash", "mask", builder);
        processing(image, builder);
        image.keepRest(builder);
    }

    /** A picture without a record of its own that was enlarged or mended stands in the step that did it. */
    private static void processing(JsonRecord image, GenerationBuilder builder) {
        JsonNode steps = image.node("postprocessing");
        int seen = 0;
        for (JsonNode step : steps) {
            if (seen++ >= MAX_STEPS) {
                break;
            }
            JsonRecord record = new JsonRecord(step);
            input(record, "orig_hash", INPUT, builder);
            JsonNode path = record.node("orig_path");
            // The program wrote a path as a list of one by a slip
            (path.isArray() ? Optional.of(path.path(0)) : Optional.of(path))
                    .filter(JsonNode::isString)
                    .flatMap(node -> EmbeddedData.name(node.stringValue()))
                    .ifPresent(name -> builder.input(new InputMedia(INPUT, name)));
        }
        if (!steps.isMissingNode() && !steps.isNull() && !steps.isEmpty()) {
            builder.setting("postprocessing", EmbeddedData.shortened(steps));
        }
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
        List<String> weighted = new ArrayList<>();
        for (JsonNode part : prompt) {
            Optional<String> text = GeneratorJson.text(part, "prompt");
            if (text.isPresent() && weighted.size() < MAX_PROMPTS) {
                Optional<String> weight = GeneratorJson.text(part, "weight");
                boolean takesAway =
                        weight.filter(value -> value.startsWith("-")).isPresent();
                weighted.add(text.orElseThrow() + ":" + weight.orElse(""));
                if (!takesAway) {
                    texts.add(text.orElseThrow());
                }
                if (prompt.size() > 1) {
                    PromptPart named = new PromptPart("weight " + weight.orElse("not stated"), text.orElseThrow());
                    if (takesAway) {
                        builder.negativePart(named);
                    } else {
                        builder.positivePart(named);
                    }
                }
            }
        }
        if (!texts.isEmpty()) {
            BracketedPrompt.of(String.join(" ", texts)).fill(builder);
        }
        if (weighted.size() > 1) {
            builder.setting("weighted prompt", String.join(",", weighted));
        }
    }

    private static Optional<Task> task(String type) {
        return switch (type) {
            case "txt2img" -> Optional.of(Task.TXT2IMG);
            case "img2img" -> Optional.of(Task.IMG2IMG);
            case "inpaint", "inpainting", "outpaint", "outpainting" -> Optional.of(Task.INPAINT);
            case "esrgan" -> Optional.of(Task.UPSCALE);
            case "gfpgan", "codeformer" -> Optional.of(Task.PROCESSED);
            default -> Optional.empty();
        };
    }
}
