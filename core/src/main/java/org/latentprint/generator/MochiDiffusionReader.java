package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Grade;
import org.latentprint.generator.infotext.HashKinds;
import org.latentprint.generator.xmp.XmpName;
import org.latentprint.generator.xmp.XmpPacket;
import org.latentprint.generator.xmp.XmpReader;
import tools.jackson.databind.JsonNode;

/**
 * Mochi Diffusion (macOS). Its native record is a JSON object in an XMP property of its own
 * ({@code MochiDiffusion/Musubi}, {@code MochiNativeCodec.swift}), beside A1111's text; before that it wrote a caption (see
 * {@link MochiCaption}), which macOS keeps as the XMP description and as the IPTC caption. Pictures fed in are recorded by
 * file name without a path.
 *
 * <p>Untested ground: no file of the program was at hand.
 */
final class MochiDiffusionReader implements GeneratorReader {
    private static final String ID = "mochi-diffusion/1";
    private static final String NAME = "Mochi Diffusion";
    private static final String NAMESPACE = "https://github.com/MochiDiffusion/MochiDiffusion/ns/metadata/1.0/";
    private static final XmpName GENERATION = new XmpName(NAMESPACE, "Generation");

    /** LoRAs and controls of one picture; real ones have a few. */
    private static final int MAX_RESOURCES = 200;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        List<Generation> generations = new ArrayList<>();
        List<MetadataBlock> claimed = new ArrayList<>();
        List<MochiCaption> captions = new ArrayList<>();
        for (MetadataBlock block : metadata.blocks()) {
            String text = block.textOrEmpty();
            if (!text.contains(NAME) && !text.contains(NAMESPACE)) {
                continue;
            }
            XmpPacket xmp = XmpReader.read(text.stripLeading().startsWith("<") ? text : "");
            Optional<JsonNode> ownRecord = xmp.first(GENERATION).flatMap(GeneratorJson::object);
            Optional<MochiCaption> caption =
                    MochiCaption.parse(xmp.first(XmpName.DESCRIPTION).orElse(text));
            if (ownRecord.isPresent()) {
                GenerationBuilder builder = start(block);
                fill(ownRecord.orElseThrow(), builder);
                generations.add(builder.build());
                claimed.add(block);
            } else if (caption.isPresent()) {
                claimed.add(block);
                if (!captions.contains(caption.orElseThrow())) {
                    captions.add(caption.orElseThrow());
                    GenerationBuilder builder = start(block);
                    caption.orElseThrow().fill(builder);
                    generations.add(builder.build());
                }
            }
        }
        if (!generations.isEmpty()) {
            metadata.blocks().stream()
                    .filter(block -> block.textOrEmpty().contains("Software: " + NAME) && !claimed.contains(block))
                    .toList()
                    .forEach(claimed::add);
        }
        return Reading.of(generations, claimed);
    }

    private static GenerationBuilder start(MetadataBlock block) {
        GenerationBuilder builder = Generation.builder(NAME, block.origin().readBy(ID));
        return block.repaired().isPresent() ? builder.grade(Grade.DERIVED) : builder;
    }

    private static void fill(JsonNode json, GenerationBuilder builder) {
        JsonRecord record = new JsonRecord(json.path("generation"));
        JsonRecord own = new JsonRecord(json.path("mochi"));
        builder.version(GeneratorJson.text(json.path("producer"), "version"))
                .positivePrompt(record.text("prompt"))
                .negativePrompt(record.text("negativePrompt"))
                .seed(record.seed("seed"))
                .steps(record.positive("steps"))
                .sampler(record.name("sampler"))
                .scheduler(record.name("scheduler"))
                .cfgScale(record.decimal("cfgScale"))
                .width(record.positive("width"))
                .height(record.positive("height"));
        record.name("model").ifPresent(name -> builder.model(NamedModel.named("checkpoint", name)));
        builder.first(record.node("resources").valueStream(), MAX_RESOURCES, "resources")
                .forEach(entry -> resource(entry, builder));
        own.name("startingImage")
                .ifPresent(name -> builder.input(new InputMedia("init", name))
                        .task(Optional.of(Task.IMG2IMG))
                        .inferred("task", "a starting image is recorded"));
        own.name("controlNetImage").ifPresent(name -> builder.input(new InputMedia("control", name)));
        InputNames.add(builder, "reference", own.node("inputImages"));
        builder.first(own.node("parameters").valueStream(), MAX_RESOURCES, "parameters")
                .forEach(entry -> GeneratorJson.text(entry, "key")
                        .ifPresent(key -> builder.setting(
                                key, GeneratorJson.text(entry, "value").orElse(""))));
        record.keepRest(builder);
        own.keepRest(builder);
    }

    private static void resource(JsonNode entry, GenerationBuilder builder) {
        Optional<String> name = GeneratorJson.text(entry, "name").filter(text -> !text.isBlank());
        Map<String, String> hashes = new TreeMap<>();
        builder.first(entry.path("hashes").valueStream(), MAX_RESOURCES, "hashes of a resource")
                .forEach(hash ->
                        GeneratorJson.text(hash, "value").map(HashKinds::of).ifPresent(hashes::putAll));
        String kind = GeneratorJson.text(entry, "kind").orElse("");
        switch (kind) {
            case "lora" -> builder.lora(new NamedLora(name, GeneratorJson.decimal(entry, "weight"), hashes));
            case "control" -> builder.model(new NamedModel("controlnet", name, hashes));
            case "checkpoint", "vae", "embedding", "upscaler" -> builder.model(new NamedModel(kind, name, hashes));
            default -> builder.model(new NamedModel("model", name, hashes));
        }
    }
}
