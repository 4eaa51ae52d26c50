package org.latentprint.generator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import tools.jackson.databind.JsonNode;

/**
 * The history that the AI plug-in of Krita keeps in a document ({@code Acly/krita-ai-diffusion},
 * {@code ai_diffusion/persistence.py} and {@code jobs.py}): the annotation {@code ui.json} inside the {@code .kra}, which is a
 * zip, with one entry for each run whose results were kept beside it as {@code result0.webp} and so on. The picture worked on
 * is the document; control pictures and references are recorded by the names of its layers.
 *
 * <p>Untested ground: no document of the program was at hand.
 */
final class KritaDocumentReader extends BlockReader {
    private static final String NAME = "Krita AI Diffusion";

    /** Regions, reference layers, controls and LoRAs of one run; real ones have a few. */
    private static final int MAX_PARTS = 200;

    KritaDocumentReader() {
        super("krita-document/1");
    }

    @Override
    Reading read(MetadataBlock block, ItemMetadata metadata) {
        return block.text()
                .filter(text -> text.contains("\"history\"") && text.contains("\"fixed_seed\""))
                .flatMap(GeneratorJson::object)
                .filter(object -> object.path("history").isArray() && object.has("workspace"))
                .map(document -> each(
                        block,
                        document.path("history")
                                .valueStream()
                                .filter(run -> run.path("params").isObject()),
                        "runs in one document",
                        (run, place) -> generation(run, block)))
                // A history without runs is the program's all the same.
                .map(runs -> new Reading(runs.generations(), List.of(block), runs.problems()))
                .orElse(Reading.NONE);
    }

    private Generation generation(JsonNode run, MetadataBlock block) {
        JsonRecord params = new JsonRecord(run.path("params"));
        // Documents before version 1.26 have these fields among the parameters.
        JsonRecord record = params.has("metadata") ? new JsonRecord(params.node("metadata")) : params;
        GenerationBuilder builder = start(NAME, block)
                .inferred("generator", "form of the annotation; no program is named")
                .positivePrompt(record.text("prompt"))
                .negativePrompt(record.text("negative_prompt"))
                .seed(params.seed("seed"))
                .steps(record.positive("steps"))
                .sampler(record.name("sampler"))
                .cfgScale(record.decimal("guidance"));
        GeneratorJson.text(run, "slot")
                .ifPresent(slot -> builder.setting("describes", "result" + slot + ".webp in the same document"));
        JsonNode bounds = params.node("bounds");
        builder.width(pixels(bounds.path(2))).height(pixels(bounds.path(3)));
        record.name("checkpoint").ifPresent(name -> builder.model(NamedModel.named("checkpoint", name)));
        builder.first(record.node("loras").valueStream(), MAX_PARTS, "LoRAs").forEach(lora -> lora(lora, builder));
        builder.first(params.node("regions").valueStream(), MAX_PARTS, "regions")
                .forEach(region -> GeneratorJson.text(region, "prompt")
                        .filter(text -> !text.isBlank())
                        .ifPresent(text -> builder.positivePart(new PromptPart("region", text))));
        builder.first(record.node("control").valueStream(), MAX_PARTS, "control layers")
                .forEach(control -> GeneratorJson.text(control, "image")
                        .filter(name -> !name.isBlank())
                        .ifPresent(name -> builder.input(new InputMedia("control", "layer " + name))));
        builder.first(params.node("ref_layers").properties().stream(), MAX_PARTS, "reference layers")
                .forEach(layer -> builder.input(new InputMedia("reference", "layer " + layer.getKey())));
        task(params, record, builder);
        record.keepRest(builder);
        if (record != params) {
            params.keepRest(builder);
        }
        return builder.build();
    }

    private static void task(JsonRecord params, JsonRecord record, GenerationBuilder builder) {
        boolean whole = record.text("strength")
                .filter(text -> text.matches("1(\\.0{1,10})?"))
                .isPresent();
        if (params.node("has_mask").asBoolean(false)) {
            builder.task(Optional.of(Task.INPAINT)).inferred("task", "a selection of the document was its mask");
        } else if (!whole && record.has("strength")) {
            builder.task(Optional.of(Task.IMG2IMG))
                    .inferred("task", "a strength below 1 works on what the document shows");
        }
        record.text("strength").ifPresent(text -> builder.setting("strength", text));
    }

    private static void lora(JsonNode lora, GenerationBuilder builder) {
        Optional<String> name = lora.isArray()
                ? Optional.of(lora.path(0).asString("")).filter(text -> !text.isBlank())
                : GeneratorJson.text(lora, "name").filter(text -> !text.isBlank());
        JsonNode weight =
                lora.isArray() ? lora.path(1) : lora.has("strength") ? lora.path("strength") : lora.path("weight");
        if (name.isPresent()) {
            builder.lora(new NamedLora(name, GeneratorJson.number(weight.asString("")), Map.of()));
        }
    }

    private static Optional<Integer> pixels(JsonNode node) {
        return Optional.of(node.asString(""))
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Integer::valueOf)
                .filter(number -> number > 0);
    }
}
