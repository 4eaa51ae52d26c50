package org.latentprint.generator;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Grade;
import org.latentprint.evidence.Problem;
import tools.jackson.databind.JsonNode;

/**
 * InvokeAI in its three ages: {@code Dream}, a command line (2022, {@code ldm/dream/pngwriter.py}), {@code sd-metadata}, JSON
 * beside it ({@code ldm/invoke/pngwriter.py}), and {@code invokeai_metadata} ({@code invokeai/app/invocations/metadata.py}).
 * The newest that can be read counts; the others are claimed with it. Pictures of its workflow editor may have a graph alone.
 */
final class InvokeAiReader implements GeneratorReader {
    private static final String ID = "invokeai/2";
    private static final String NAME = "InvokeAI";
    private static final String METADATA = "invokeai_metadata";
    private static final String SD_METADATA = "sd-metadata";
    private static final String DREAM = "Dream";
    private static final String GRAPH = "invokeai_graph";
    private static final Set<String> KEYS = Set.of(METADATA, GRAPH, "invokeai_workflow", SD_METADATA, DREAM);

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        List<MetadataBlock> ours = metadata.blocks().stream()
                .filter(block -> KEYS.contains(block.key()))
                .toList();
        if (ours.isEmpty()) {
            return Reading.NONE;
        }
        Optional<GenerationBuilder> builder = ofMetadata(ours)
                .or(() -> ofSdMetadata(ours))
                .or(() -> ofDream(ours))
                .or(() -> ofGraph(ours))
                .or(() -> ofKeyAlone(ours));
        if (builder.isEmpty()) {
            return Reading.NONE;
        }
        List<Problem> problems = ours.stream()
                .filter(block -> (block.key().equals(METADATA) || block.key().equals(SD_METADATA))
                        && json(block).isEmpty())
                .map(block -> Problem.at(
                        Problem.Category.MALFORMED,
                        ID,
                        block.key() + " is not the object it should be",
                        block.origin().offset()))
                .toList();
        for (MetadataBlock block : ours) {
            builder.orElseThrow().alsoFrom(block.origin().readBy(ID));
            if (block.repaired().isPresent()) {
                builder.orElseThrow().grade(Grade.DERIVED);
            }
        }
        return new Reading(List.of(builder.orElseThrow().build()), ours, problems);
    }

    private static Optional<GenerationBuilder> ofMetadata(List<MetadataBlock> ours) {
        return withJson(ours, METADATA).map(block -> {
            GenerationBuilder builder = start(block, METADATA);
            InvokeAiMetadata.fill(json(block).orElseThrow(), builder);
            return builder;
        });
    }

    private static Optional<GenerationBuilder> ofSdMetadata(List<MetadataBlock> ours) {
        return withJson(ours, SD_METADATA).map(block -> {
            GenerationBuilder builder = start(block, SD_METADATA);
            InvokeAiSdMetadata.fill(json(block).orElseThrow(), builder);
            // Only the command line names the input picture; the JSON has its digest alone
            dream(ours).ifPresent(command -> command.inputs().forEach(builder::input));
            return builder;
        });
    }

    private static Optional<GenerationBuilder> ofDream(List<MetadataBlock> ours) {
        return ours.stream()
                .filter(block -> block.key().equals(DREAM))
                .findFirst()
                .map(block -> {
                    GenerationBuilder builder = start(block, DREAM);
                    DreamCommand.parse(block.textOrEmpty()).ifPresent(command -> command.fill(builder));
                    return builder;
                });
    }

    private static Optional<GenerationBuilder> ofGraph(List<MetadataBlock> ours) {
        return withJson(ours, GRAPH).map(block -> {
            GenerationBuilder builder = start(block, GRAPH);
            InvokeAiGraph.fill(json(block).orElseThrow(), builder);
            return builder;
        });
    }

    /** A workflow, or a record that cannot be read, still says which program wrote the file. */
    private static Optional<GenerationBuilder> ofKeyAlone(List<MetadataBlock> ours) {
        return ours.stream().findFirst().map(block -> start(block, block.key()));
    }

    private static Optional<DreamCommand> dream(List<MetadataBlock> ours) {
        return ours.stream()
                .filter(block -> block.key().equals(DREAM))
                .findFirst()
                .flatMap(block -> DreamCommand.parse(block.textOrEmpty()));
    }

    private static Optional<MetadataBlock> withJson(List<MetadataBlock> ours, String key) {
        return ours.stream()
                .filter(block -> block.key().equals(key) && json(block).isPresent())
                .findFirst();
    }

    private static Optional<JsonNode> json(MetadataBlock block) {
        return GeneratorJson.object(block.textOrEmpty());
    }

    private static GenerationBuilder start(MetadataBlock block, String variant) {
        return Generation.builder(NAME, block.origin().readBy(ID)).variant(Optional.of(variant));
    }
}
