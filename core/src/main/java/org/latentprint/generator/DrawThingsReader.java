package org.latentprint.generator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.generator.xmp.XmpName;
import org.latentprint.generator.xmp.XmpPacket;
import org.latentprint.generator.xmp.XmpReader;
import tools.jackson.databind.JsonNode;

/**
 * Draw Things (iOS, macOS): an XMP packet whose creator tool names the program and whose user comment is one JSON object:
 * {@code c} and {@code uc} are the prompts, {@code v2} the configuration as the program's scripts know it
 * ({@code drawthingsai/draw-things-community}, {@code JSGenerationConfiguration}). The part of the program that writes files
 * is not public; the keys are those that {@code MochiDiffusion/Musubi}, {@code DrawThingsCodec.swift}, reads. Where there is no
 * such object, the packet's description says the same in words ({@link DrawThingsCaption}). It records no name of a picture to
 * work from.
 *
 * <p>Untested ground: no file of the program was at hand.
 */
final class DrawThingsReader extends ProgramRecordReader {
    private static final String NAME = "Draw Things";

    /** LoRAs and controls of one picture; real ones have a few. */
    private static final int MAX_ENTRIES = 200;

    DrawThingsReader() {
        super("draw-things/1", NAME);
    }

    @Override
    boolean promises(String text) {
        return text.contains("\"uc\"") || text.contains("&quot;uc&quot;") || text.contains(NAME);
    }

    @Override
    Optional<JsonNode> json(MetadataBlock block) {
        return block.text().filter(this::promises).flatMap(text -> {
            if (text.stripLeading().startsWith("{")) {
                return GeneratorJson.object(text).filter(DrawThingsReader::isWhole);
            }
            XmpPacket xmp = XmpReader.read(text);
            Optional<JsonNode> comment = xmp.first(XmpName.USER_COMMENT).flatMap(GeneratorJson::object);
            boolean named = xmp.first(XmpName.CREATOR_TOOL)
                    .filter(tool -> tool.contains(NAME))
                    .isPresent();
            if (!named) {
                return comment.filter(DrawThingsReader::isWhole);
            }
            return comment.filter(json -> json.has("c"))
                    .or(() -> xmp.first(XmpName.DESCRIPTION).flatMap(DrawThingsCaption::asRecord));
        });
    }

    /** Beside a packet that names the program a prompt is enough; an object that stands alone is looked at in json(). */
    @Override
    boolean isOurs(JsonNode json) {
        return json.has("c");
    }

    /** An object that no name stands beside must have all that the program writes. */
    private static boolean isWhole(JsonNode json) {
        return json.has("c")
                && json.has("seed")
                && json.has("sampler")
                && json.has("scale")
                && (json.has("size") || json.path("v2").isObject());
    }

    @Override
    void fill(JsonRecord record, GenerationBuilder builder, ItemMetadata metadata) {
        JsonNode second = record.node("v2");
        JsonRecord configuration = new JsonRecord(second);
        builder.positivePrompt(record.text("c"))
                .negativePrompt(record.text("uc"))
                .seed(record.seed("seed"))
                .steps(record.positive("steps").or(() -> configuration.positive("steps")))
                .sampler(record.name("sampler"))
                .cfgScale(record.decimal("scale").or(() -> configuration.decimal("guidanceScale")));
        record.name("size")
                .flatMap(GeneratorJson::size)
                .ifPresent(size -> builder.width(Optional.of(size.width())).height(Optional.of(size.height())));
        record.name("model")
                .or(() -> configuration.name("model"))
                .ifPresent(name -> builder.model(NamedModel.named("checkpoint", name)));
        model(configuration, "refinerModel", "checkpoint", builder);
        model(configuration, "upscaler", "upscaler", builder);
        entries(configuration.node("controls"), builder)
                .forEach(control -> GeneratorJson.text(control, "file")
                        .filter(name -> !name.isBlank())
                        .ifPresent(name -> builder.model(NamedModel.named("controlnet", name))));
        loras(entries(configuration.node("loras"), builder), "file", builder);
        loras(second.has("loras") ? List.of() : entries(record.node("lora"), builder), "model", builder);
        if (record.node(DrawThingsCaption.UNSURE).asBoolean(false)) {
            builder.inferred("negative_prompt", "the first of several lines that begin with a hyphen");
        }
        record.keepRest(builder);
        configuration.keepRest(builder);
        if (!metadata.blocks().stream().anyMatch(block -> block.textOrEmpty().contains(NAME))) {
            builder.inferred("generator", "keys of the record that Draw Things writes; no program is named");
        }
    }

    private static void model(JsonRecord record, String field, String kind, GenerationBuilder builder) {
        record.name(field).ifPresent(name -> builder.model(NamedModel.named(kind, name)));
    }

    private static void loras(Iterable<JsonNode> entries, String nameField, GenerationBuilder builder) {
        for (JsonNode entry : entries) {
            Optional<String> name = GeneratorJson.text(entry, nameField).filter(text -> !text.isBlank());
            if (name.isPresent()) {
                builder.lora(new NamedLora(name, GeneratorJson.decimal(entry, "weight"), Map.of()));
            }
        }
    }

    private static List<JsonNode> entries(JsonNode list, GenerationBuilder builder) {
        return list.isArray() ? builder.first(list.valueStream(), MAX_ENTRIES, "LoRAs or controls") : List.of();
    }
}
