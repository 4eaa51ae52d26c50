package org.latentprint.generator.comfyui;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.latentprint.container.ItemMetadata;
import org.latentprint.evidence.Origin;
import org.latentprint.generator.Generation;
import org.latentprint.generator.GenerationBuilder;
import org.latentprint.generator.InputMedia;
import tools.jackson.databind.JsonNode;

/**
 * What a graph says, one generation for each picture it makes; the one that fits the item first.
 *
 * @param generations not yet built, so that the reader can add what stands beside the graph
 * @param bounds what of the graph was not followed to its end, in words: what there is and what is followed
 */
public record GraphReading(List<GenerationBuilder> generations, List<String> bounds) {

    static final String TEMPLATE =
            "text as typed; before running it the editor takes out comments and picks from alternatives";

    public GraphReading {
        generations = List.copyOf(generations);
        bounds = List.copyOf(bounds);
    }

    /**
     * Reads the graph that ran.
     *
     * @param prompt the API form
     * @param workflow gives the editor's form beside it, which shows the types of outputs, or a missing node; asked where the
     *     graph has classes whose outputs are not known
     * @param item whose file the graph was found in
     * @param program to name as the generator
     * @param origin of the block
     */
    public static GraphReading ofPrompt(
            JsonNode prompt, Supplier<JsonNode> workflow, ItemMetadata item, String program, Origin origin) {
        // The editor's form is the larger one by far, and costs most of the time where it is read
        Map<String, List<Output>> shown = ApiForm.isAllKnown(prompt) ? Map.of() : ApiForm.shownOutputs(workflow.get());
        Graph graph = ApiForm.read(prompt, shown);
        return of(graph, prompt.size(), item, program, origin);
    }

    /** Reads the editor's graph, for files that hold no other; see {@link #ofPrompt} for the parameters. */
    public static GraphReading ofWorkflow(JsonNode workflow, ItemMetadata item, String program, Origin origin) {
        Graph graph = CanvasForm.read(workflow);
        GraphReading reading = of(graph, workflow.path("nodes").size(), item, program, origin);
        for (GenerationBuilder builder : reading.generations()) {
            if (builder.build()
                    .positivePrompt()
                    .filter(GraphReading::isTemplate)
                    .isPresent()) {
                builder.inferred("positive_prompt", TEMPLATE);
            }
        }
        return reading;
    }

    private static GraphReading of(Graph graph, int recorded, ItemMetadata item, String program, Origin origin) {
        Scalars scalars = new Scalars(graph);
        Branches.Found found = Branches.of(graph, scalars);
        Fit fit = new Fit(item, scalars);
        List<List<Branch>> groups = Branches.grouped(found.branches(), fit);
        Assembler assembler = new Assembler(graph, scalars, program, origin);
        List<GenerationBuilder> generations = new ArrayList<>();
        for (List<Branch> group : groups) {
            GenerationBuilder builder = assembler.of(group);
            if (groups.size() > 1) {
                boolean tie = fit.applyAsInt(groups.get(0).getFirst())
                        == fit.applyAsInt(groups.get(1).getFirst());
                builder.inferred("saving_node", tie ? Fit.UNDECIDED : Fit.RULE);
            } else if (group.size() > 1) {
                builder.inferred("saving_node", Fit.RULE);
            }
            generations.add(builder);
        }
        if (generations.isEmpty()) {
            GenerationBuilder builder = Generation.builder(program, origin);
            new Media(graph).anywhere().forEach(name -> builder.input(new InputMedia("unconnected", name)));
            generations.add(builder);
        }
        List<String> bounds = new ArrayList<>(found.bounds());
        if (recorded > Graph.MAX_NODES || graph.nodes().size() >= Graph.MAX_NODES) {
            bounds.add(Math.max(recorded, graph.nodes().size()) + " nodes, the first " + Graph.MAX_NODES + " are read");
        }
        return new GraphReading(generations, bounds);
    }

    private static boolean isTemplate(String text) {
        return text.contains("/*") || text.contains("//") || (text.contains("{") && text.contains("|"));
    }
}
