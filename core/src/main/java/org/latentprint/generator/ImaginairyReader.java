package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import tools.jackson.databind.JsonNode;

/**
 * imaginAIry ({@code brycedrennan/imaginAIry}, {@code imaginairy/schema.py}, {@code ImagineResult._exif}): the EXIF tag
 * {@code Software} names the program, {@code UserComment} is {@code {"prompt": {...}}} with all settings, and
 * {@code ImageDescription} says them in short. Pictures fed in stand there as Python describes the object that loads them,
 * with their path or address where they came from one.
 *
 * <p>Untested ground: no file of the program was at hand.
 */
final class ImaginairyReader extends ProgramRecordReader {
    private static final String SOFTWARE = "Imaginairy / Stable Diffusion ";

    /** {@code LazyLoadingImage.__repr__}. */
    private static final Pattern PICTURE =
            Pattern.compile("<LazyLoadingImage filepath=([^<>\\n]{1,4096}) url=([^<>\\n]{1,4096})>");

    /** Two of the longest paths and what stands around them; the search takes long in longer texts. */
    private static final int MAX_DESCRIPTION = 10_000;

    /** Prompts and control inputs of one picture; real ones have a few. */
    private static final int MAX_ENTRIES = 100;

    ImaginairyReader() {
        super("imaginairy/1", "imaginAIry");
    }

    @Override
    boolean promises(String text) {
        return text.contains("\"prompt_strength\"");
    }

    @Override
    Optional<JsonNode> json(MetadataBlock block) {
        return super.json(block).map(json -> json.path("prompt"));
    }

    @Override
    boolean isOurs(JsonNode json) {
        return json.isObject() && json.has("prompt_strength") && json.has("solver_type");
    }

    @Override
    boolean isBeside(MetadataBlock block) {
        return block.key().equals("ImageDescription")
                || (block.key().equals("Software") && block.textOrEmpty().startsWith(SOFTWARE));
    }

    @Override
    void fill(JsonRecord record, GenerationBuilder builder, ItemMetadata metadata) {
        List<PromptPart> positive = prompts(record.node("prompt"), builder);
        List<PromptPart> negative = prompts(record.node("negative_prompt"), builder);
        builder.positivePrompt(positive.stream().map(PromptPart::text).findFirst())
                .negativePrompt(negative.stream().map(PromptPart::text).findFirst())
                .seed(record.seed("seed"))
                .steps(record.positive("steps"))
                .sampler(record.name("solver_type"))
                .cfgScale(record.decimal("prompt_strength"));
        if (positive.size() > 1) {
            positive.forEach(builder::positivePart);
        }
        if (negative.size() > 1) {
            negative.forEach(builder::negativePart);
        }
        JsonNode size = record.node("size");
        builder.width(pixels(size.path(0))).height(pixels(size.path(1)));
        GeneratorJson.text(record.node("model_weights"), "name")
                .filter(name -> !name.isBlank())
                .ifPresent(name -> builder.model(NamedModel.named("checkpoint", name)));
        boolean start = picture(record.node("init_image"), "init", builder);
        boolean mask = picture(record.node("mask_image"), "mask", builder);
        builder.first(record.node("control_inputs").valueStream(), MAX_ENTRIES, "control pictures")
                .forEach(control -> picture(control, "control", builder));
        if (mask
                || record.name("mask_prompt").isPresent()
                || record.name("outpaint").isPresent()) {
            builder.task(Optional.of(Task.INPAINT)).inferred("task", "a mask or an extension is recorded");
        } else if (start) {
            builder.task(Optional.of(Task.IMG2IMG)).inferred("task", "a start picture is recorded");
        }
        if (metadata.withKey("Software").noneMatch(block -> block.textOrEmpty().startsWith(SOFTWARE))) {
            builder.inferred("generator", "keys of the record that imaginAIry writes; no program is named");
        }
        record.keepRest(builder);
    }

    /** The texts with their weights; the program puts the weightiest first. */
    private static List<PromptPart> prompts(JsonNode list, GenerationBuilder builder) {
        List<PromptPart> parts = new ArrayList<>();
        builder.first(list.valueStream(), MAX_ENTRIES, "prompts")
                .forEach(entry -> GeneratorJson.text(entry, "text")
                        .ifPresent(text -> parts.add(new PromptPart(
                                "weight " + GeneratorJson.text(entry, "weight").orElse("1"), text))));
        return parts;
    }

    private static Optional<Integer> pixels(JsonNode node) {
        return Optional.of(node.asString(""))
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Integer::valueOf)
                .filter(number -> number > 0);
    }

    /** Adds the pictures that a description names and says whether it describes any, named or not. */
    private static boolean picture(JsonNode node, String role, GenerationBuilder builder) {
        String text = node.asString("");
        if (!text.contains("LazyLoadingImage")) {
            return false;
        }
        if (text.length() > MAX_DESCRIPTION) {
            return true;
        }
        Matcher matcher = PICTURE.matcher(text);
        for (int found = 0; found < MAX_ENTRIES && matcher.find(); found++) {
            for (String name : List.of(matcher.group(1), matcher.group(2))) {
                if (!name.equals("None")) {
                    builder.input(new InputMedia(role, name));
                }
            }
        }
        return true;
    }
}
