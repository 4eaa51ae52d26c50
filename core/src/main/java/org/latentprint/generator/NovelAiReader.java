package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Grade;
import tools.jackson.databind.JsonNode;

/**
 * NovelAI's image service. In PNG {@code Software}, {@code Source}, {@code Description} and {@code Comment}, where the last is
 * a JSON object; in the alpha channel and in EXIF one object with the same keys. The service publishes a reader of its own
 * ({@code NovelAI/novelai-image-metadata}). The hexadecimal word in {@code Source} is the service's own mark of a model.
 *
 * <p>The service's source is not public. The keys of the object were held against what its users publish: the requests that
 * clients send, of which the object repeats a part, and records that they quote. It keeps the strengths of the reference
 * pictures ({@code reference_strength_multiple}), not the pictures; should a file hold them, they are read. The tools for an uploaded
 * picture write {@code req_type} in place of a prompt's settings.
 */
final class NovelAiReader implements GeneratorReader {
    private static final String ID = "novelai/2";
    private static final String NAME = "NovelAI";
    private static final String COMMENT = "Comment";
    private static final List<String> KEYS = List.of("Title", "Description", "Software", "Source", COMMENT);
    private static final Pattern SOURCE = Pattern.compile("(.{1,200}) ([0-9A-F]{8})");

    /** Characters and reference pictures of one picture; the service takes six characters and a few references. */
    private static final int MAX_ENTRIES = 100;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        Map<String, String> fields = new TreeMap<>();
        List<MetadataBlock> claimed = new ArrayList<>();
        for (MetadataBlock block : metadata.blocks()) {
            Optional<JsonNode> whole = block.text()
                    .filter(text -> text.contains(NAME) && text.contains(COMMENT))
                    .flatMap(GeneratorJson::object)
                    .filter(json -> GeneratorJson.text(json, "Software")
                            .filter(NAME::equals)
                            .isPresent());
            if (whole.isPresent()) {
                JsonNode json = whole.orElseThrow();
                KEYS.forEach(key -> GeneratorJson.text(json, key)
                        .or(() -> Optional.of(json.path(key))
                                .filter(JsonNode::isObject)
                                .map(JsonNode::toString))
                        .ifPresent(text -> fields.putIfAbsent(key, text)));
                claimed.add(block);
            } else if (block.container().startsWith("png/") && KEYS.contains(block.key())) {
                fields.putIfAbsent(block.key(), block.textOrEmpty());
                claimed.add(block);
            }
        }
        if (!NAME.equals(fields.get("Software"))) {
            return Reading.NONE;
        }
        GenerationBuilder builder =
                Generation.builder(NAME, claimed.getFirst().origin().readBy(ID));
        fill(fields, builder);
        for (MetadataBlock block : claimed) {
            builder.alsoFrom(block.origin().readBy(ID));
            if (block.repaired().isPresent()) {
                builder.grade(Grade.DERIVED);
            }
        }
        return Reading.of(List.of(builder.build()), claimed);
    }

    private static void fill(Map<String, String> fields, GenerationBuilder builder) {
        Optional<String> description = Optional.ofNullable(fields.get("Description"));
        Optional.ofNullable(fields.get("Source"))
                .filter(text -> !text.isBlank())
                .ifPresent(source -> {
                    Matcher matcher = SOURCE.matcher(source);
                    builder.model(
                            matcher.matches()
                                    ? new NamedModel(
                                            "service",
                                            Optional.of(matcher.group(1)),
                                            Map.of("novelai", matcher.group(2)))
                                    : NamedModel.named("service", source));
                });
        Optional<JsonRecord> comment = Optional.ofNullable(fields.get(COMMENT))
                .flatMap(GeneratorJson::object)
                .map(JsonRecord::new);
        if (comment.isEmpty()) {
            builder.positivePrompt(description);
            return;
        }
        JsonRecord record = comment.orElseThrow();
        builder.positivePrompt(record.text("prompt").or(() -> description))
                .negativePrompt(record.text("uc"))
                .seed(record.seed("seed"))
                .steps(record.positive("steps"))
                .sampler(record.name("sampler"))
                .scheduler(record.name("noise_schedule"))
                .cfgScale(record.decimal("scale"))
                .width(record.positive("width"))
                .height(record.positive("height"))
                .task(record.name("request_type")
                        .flatMap(NovelAiReader::task)
                        .or(() -> record.name("req_type").flatMap(NovelAiReader::tool)));
        captions(record.node("v4_prompt")).forEach(builder::positivePart);
        captions(record.node("v4_negative_prompt")).forEach(builder::negativePart);
        images(record.node("image"), "init", builder);
        images(record.node("mask"), "mask", builder);
        images(record.node("reference_image"), "reference", builder);
        images(record.node("reference_image_multiple"), "reference", builder);
        images(record.node("director_reference_images"), "reference", builder);
        record.keepRest(builder);
        record.name("req_type").ifPresent(type -> builder.setting("req_type", type));
    }

    private static List<PromptPart> captions(JsonNode prompt) {
        List<PromptPart> parts = new ArrayList<>();
        JsonNode caption = prompt.path("caption");
        GeneratorJson.text(caption, "base_caption").ifPresent(text -> parts.add(new PromptPart("base", text)));
        int character = 0;
        for (JsonNode entry : caption.path("char_captions")) {
            character++;
            String encoder = "character " + character;
            if (character <= MAX_ENTRIES) {
                GeneratorJson.text(entry, "char_caption").ifPresent(text -> parts.add(new PromptPart(encoder, text)));
            }
        }
        return parts;
    }

    private static void images(JsonNode node, String role, GenerationBuilder builder) {
        int seen = 0;
        for (JsonNode entry : node.isArray() ? node : List.of(node)) {
            if (entry.isString() && seen++ < MAX_ENTRIES) {
                EmbeddedData.name(entry.stringValue()).ifPresent(name -> builder.input(new InputMedia(role, name)));
            }
        }
    }

    private static Optional<Task> task(String type) {
        return switch (type) {
            case "PromptGenerateRequest" -> Optional.of(Task.TXT2IMG);
            case "Img2ImgRequest" -> Optional.of(Task.IMG2IMG);
            case "NativeInfillingRequest" -> Optional.of(Task.INPAINT);
            default -> Optional.empty();
        };
    }

    /** The service's tools draw an uploaded picture anew or take away from it. */
    private static Optional<Task> tool(String type) {
        return switch (type) {
            case "lineart", "sketch", "colorize", "emotion", "declutter" -> Optional.of(Task.IMG2IMG);
            case "bg-removal" -> Optional.of(Task.PROCESSED);
            default -> Optional.empty();
        };
    }
}
