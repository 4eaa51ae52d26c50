package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Grade;
import org.latentprint.evidence.Problem;
import org.latentprint.generator.comfyui.GraphBlocks;
import org.latentprint.generator.comfyui.GraphReading;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads what ComfyUI leaves: the graph that ran ({@code prompt}), else the editor's ({@code workflow}). Programs that drive
 * ComfyUI and write their own record beside its graph are left to their own readers.
 */
public final class ComfyUiReader implements GeneratorReader {
    private static final String PROGRAM = "ComfyUI";
    private static final String CIVITAI = "Civitai";
    private static final String READ_FROM = "read_from";

    /** Keys or texts by which a program that drives ComfyUI, or another program, signs its own record. */
    private static final List<String> OTHER_KEYS =
            List.of("parameters-json", "smproj", "fooocus_scheme", "sui_image_params", "Dream", "sd-metadata");

    @Override
    public String id() {
        return "comfyui/1";
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        if (metadata.blocks().stream().anyMatch(ComfyUiReader::isOfAnotherProgram)) {
            return Reading.NONE;
        }
        GraphBlocks blocks = GraphBlocks.in(metadata);
        if (blocks.isEmpty()) {
            return Reading.NONE;
        }
        List<Problem> problems = new ArrayList<>();
        for (GraphBlocks.Damaged damaged : blocks.damaged()) {
            MetadataBlock block = damaged.block();
            problems.add(Problem.at(
                    Problem.Category.MALFORMED,
                    id(),
                    "the graph in " + block.container() + " " + block.key() + " is damaged" + damaged.place()
                            + " and cannot be read; " + read(blocks),
                    block.origin().offset()));
        }
        List<GenerationBuilder> builders = read(metadata, blocks, problems);
        builders.forEach(builder -> finish(builder, blocks));
        return new Reading(builders.stream().map(GenerationBuilder::build).toList(), blocks.blocks(), problems);
    }

    private static String read(GraphBlocks blocks) {
        if (blocks.prompt().isPresent()) {
            return "the graph that ran was read";
        }
        return blocks.workflow().isPresent() ? "the editor's graph was read instead" : "no graph was read";
    }

    private List<GenerationBuilder> read(ItemMetadata metadata, GraphBlocks blocks, List<Problem> problems) {
        Optional<GraphBlocks.Found> read = blocks.prompt().or(blocks::workflow);
        if (read.isEmpty()) {
            // The bytes say ComfyUI, and nothing more
            MetadataBlock block = blocks.damaged().getFirst().block();
            return List.of(Generation.builder(PROGRAM, block.origin().readBy(id())));
        }
        GraphBlocks.Found found = read.get();
        boolean ran = blocks.prompt().isPresent();
        Supplier<JsonNode> beside =
                () -> blocks.workflow().map(GraphBlocks.Found::json).orElse(MissingNode.getInstance());
        String program = isCivitai(found.json()) ? CIVITAI : PROGRAM;
        var origin = found.block().origin().readBy(id());
        GraphReading reading = ran
                ? GraphReading.ofPrompt(found.json(), beside, metadata, program, origin)
                : GraphReading.ofWorkflow(found.json(), metadata, program, origin);
        for (String bound : reading.bounds()) {
            problems.add(Problem.at(Problem.Category.LIMIT, id(), "the graph has " + bound, origin.offset()));
        }
        for (GenerationBuilder builder : reading.generations()) {
            builder.setting(READ_FROM, ran ? "prompt" : "workflow");
            if (!ran) {
                builder.inferred("graph", "read from the editor's graph, which may differ from what ran");
            }
        }
        return reading.generations();
    }

    private void finish(GenerationBuilder builder, GraphBlocks blocks) {
        for (MetadataBlock block : blocks.blocks()) {
            builder.alsoFrom(block.origin().readBy(id()));
            if (block.repaired().isPresent()) {
                builder.grade(Grade.DERIVED);
            }
        }
    }

    private static boolean isOfAnotherProgram(MetadataBlock block) {
        return OTHER_KEYS.contains(block.key())
                || block.key().startsWith("invokeai_")
                || block.textOrEmpty().contains("sui_image_params");
    }

    /** Civitai's service runs ComfyUI graphs and names resources by its own identifiers. */
    private static boolean isCivitai(JsonNode graph) {
        return graph.has("extraMetadata") || graph.path("extra").has("airs");
    }

    @Override
    public boolean readsGraphs() {
        return true;
    }
}
