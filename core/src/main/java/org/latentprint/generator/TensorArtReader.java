package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Grade;
import org.latentprint.evidence.Problem;
import org.latentprint.generator.infotext.HashKinds;
import tools.jackson.databind.JsonNode;

/**
 * Tensor.Art: in PNG {@code generation_data}, a JSON object that ends with zeros, and in {@code prompt} the ComfyUI graph that
 * ran, from which pictures fed in, LoRAs and passes are taken. Source: enslo/sd-metadata, {@code src/parsers/tensorart.ts} and
 * its tests; fields that it does not read are kept as settings. The sampler and the schedule by a record of the site that
 * stands in a remark of a public program. No original file was at hand.
 */
final class TensorArtReader implements GeneratorReader {
    private static final String ID = "tensor-art/1";
    private static final String KEY = "generation_data";

    private final GeneratorReader graphs;

    TensorArtReader(GeneratorReader graphs) {
        this.graphs = graphs;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        Optional<MetadataBlock> block =
                metadata.withKey(KEY).filter(found -> data(found).isPresent()).findFirst();
        Optional<JsonNode> data = block.flatMap(TensorArtReader::data);
        if (block.isEmpty() || data.isEmpty()) {
            return Reading.NONE;
        }
        List<MetadataBlock> others = new ArrayList<>(metadata.blocks());
        others.removeIf(other -> other.key().equals(KEY));
        Reading graph = others.isEmpty() ? Reading.NONE : graphs.read(metadata.withBlocks(others));
        List<MetadataBlock> claimed = new ArrayList<>(List.of(block.get()));
        claimed.addAll(graph.claimed());
        List<Problem> problems = graph.problems();
        return new Reading(List.of(generation(data.get(), block.get(), graph)), claimed, problems);
    }

    /** Returns the service's object: other programs put graphs under that name. */
    private static Optional<JsonNode> data(MetadataBlock block) {
        String text = block.textOrEmpty();
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == 0) {
            end--;
        }
        return GeneratorJson.object(text.substring(0, end))
                .filter(json -> json.path("prompt").isString()
                        && (json.path("baseModel").isObject() || json.has("negativePrompt")));
    }

    private static Generation generation(JsonNode json, MetadataBlock block, Reading graph) {
        JsonRecord record = new JsonRecord(json);
        GenerationBuilder builder = Generation.builder(
                        "Tensor.Art", block.origin().readBy(ID))
                .positivePrompt(record.text("prompt"))
                .negativePrompt(record.text("negativePrompt"))
                .seed(record.seed("seed"))
                .steps(record.positive("steps"))
                .sampler(sampler(record))
                .scheduler(record.text("schedule"))
                .cfgScale(record.decimal("cfgScale"))
                .width(record.positive("width"))
                .height(record.positive("height"));
        JsonNode model = record.node("baseModel");
        Optional<String> name = GeneratorJson.text(model, "modelFileName").filter(text -> !text.isBlank());
        Map<String, String> hashes =
                GeneratorJson.text(model, "hash").map(HashKinds::of).orElse(Map.of());
        if (name.isPresent() || !hashes.isEmpty()) {
            builder.model(new NamedModel("checkpoint", name, hashes));
        }
        record.keepRest(builder);
        for (Generation ran : graph.generations()) {
            ran.sampler().ifPresent(sampler -> builder.sampler(Optional.of(sampler)));
            ran.scheduler().ifPresent(scheduler -> builder.scheduler(Optional.of(scheduler)));
            ran.task().ifPresent(task -> builder.task(Optional.of(task)));
            ran.loras().forEach(builder::lora);
            ran.inputs().forEach(builder::input);
            ran.passes().forEach(builder::pass);
            ran.unknowns().forEach(builder::unknown);
            ran.inferences().forEach(inference -> builder.inferred(inference.field(), inference.rule()));
            builder.grade(ran.grade()).alsoFrom(ran.origin());
            ran.furtherOrigins().forEach(builder::alsoFrom);
        }
        if (block.repaired().isPresent()) {
            builder.grade(Grade.DERIVED);
        }
        return builder.build();
    }

    /** Returns the sampler as the site calls it; newer records hold only the name that ComfyUI has for it. */
    private static Optional<String> sampler(JsonRecord record) {
        return record.text("samplerName")
                .filter(name -> !name.isBlank())
                .or(() -> record.text("ksamplerName").filter(name -> !name.isBlank()));
    }

    @Override
    public boolean readsGraphs() {
        return true;
    }
}
