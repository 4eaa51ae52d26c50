package org.latentprint.generator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * InvokeAI's {@code invokeai_graph}, the graph that ran, for pictures without a record of settings: those of its workflow editor
 * have one only where their user put it into the workflow. It holds {@code nodes} by identifier and {@code edges} from a field of one to
 * a field of another ({@code features/nodes/util/graph/generation/Graph.ts} of the web page; saved by
 * {@code invokeai/app/services/image_files/image_files_disk.py}). Models and pictures are read from every node; prompts and settings
 * where one node alone denoises, since nothing else tells which pass made the picture.
 */
final class InvokeAiGraph {
    /** Graphs of the page have some thirty nodes. */
    private static final int MAX_NODES = 5_000;

    /** The largest graphs seen have some hundreds. */
    private static final int MAX_EDGES = 20_000;

    /** From the denoising node to a text there are three steps at most: a collector, an encoder, a text node. */
    private static final int MAX_STEPS = 8;

    private final JsonNode nodes;

    /** Identifiers of the nodes that lead into a field, by the node's identifier, a line end, and the field's name. */
    private final Map<String, List<String>> sources = new HashMap<>();

    private InvokeAiGraph(JsonNode graph, GenerationBuilder builder) {
        this.nodes = graph.path("nodes");
        builder.first(graph.path("edges").valueStream(), MAX_EDGES, "links of the graph")
                .forEach(edge -> {
                    JsonNode to = edge.path("destination");
                    sources.computeIfAbsent(
                                    place(
                                            to.path("node_id").asString(""),
                                            to.path("field").asString("")),
                                    key -> new ArrayList<>())
                            .add(edge.path("source").path("node_id").asString(""));
                });
    }

    /** Fills in what the graph says; nothing where it is none. */
    static void fill(JsonNode json, GenerationBuilder builder) {
        InvokeAiGraph graph = new InvokeAiGraph(json, builder);
        List<String> denoising = new ArrayList<>();
        builder.first(graph.nodes.properties().stream(), MAX_NODES, "nodes of the graph")
                .forEach(node -> {
                    String type = node.getValue().path("type").asString("");
                    if (type.contains("denoise")) {
                        denoising.add(node.getKey());
                    }
                    resources(node.getValue(), type, builder);
                });
        if (denoising.size() == 1) {
            graph.pass(denoising.getFirst(), builder);
        }
    }

    private static void resources(JsonNode node, String type, GenerationBuilder builder) {
        builder.first(node.properties().stream(), InvokeAiImages.MAX_ENTRIES, "fields of a node")
                .forEach(field -> {
                    JsonNode value = field.getValue();
                    if (InvokeAiModels.isIdentifier(value)) {
                        if (value.path("type").asString("").equals("lora")) {
                            builder.lora(new NamedLora(
                                    InvokeAiModels.name(value), GeneratorJson.decimal(node, "weight"), Map.of()));
                        } else {
                            InvokeAiModels.add(value, InvokeAiModels.kind(value), builder);
                        }
                    } else if (InvokeAiImages.isPicture(value)) {
                        InvokeAiImages.add(value, role(type, field.getKey()), builder);
                    }
                });
    }

    private static String role(String type, String field) {
        String both = type + " " + field;
        if (both.contains("mask")) {
            return "mask";
        }
        if (type.contains("controlnet") || type.contains("t2i_adapter")) {
            return "control";
        }
        return type.contains("ip_adapter") || type.contains("redux") || type.contains("kontext")
                ? "reference"
                : "input";
    }

    private void pass(String id, GenerationBuilder builder) {
        JsonNode node = nodes.path(id);
        builder.positivePrompt(text(id, "positive_conditioning").or(() -> text(id, "positive_text_conditioning")))
                .negativePrompt(text(id, "negative_conditioning").or(() -> text(id, "negative_text_conditioning")))
                .steps(GeneratorJson.positive(node, "steps").or(() -> GeneratorJson.positive(node, "num_steps")))
                .cfgScale(GeneratorJson.decimal(node, "cfg_scale"))
                .sampler(GeneratorJson.text(node, "scheduler"));
        String noise = onlySource(id, "noise").orElse(id);
        builder.seed(value(noise, "seed").filter(seed -> seed.matches("-?\\d{1,20}")))
                .width(GeneratorJson.positive(nodes.path(noise), "width"))
                .height(GeneratorJson.positive(nodes.path(noise), "height"));
    }

    /** Returns the text whose conditioning arrives at a field; empty where there is none or are several. */
    private Optional<String> text(String id, String field) {
        Optional<String> node = onlySource(id, field);
        for (int step = 0; step < MAX_STEPS && node.isPresent(); step++) {
            String found = node.orElseThrow();
            if (nodes.path(found).has("prompt") || sources.containsKey(place(found, "prompt"))) {
                return value(found, "prompt");
            }
            node = onlySource(found, "item").or(() -> onlySource(found, "conditioning"));
        }
        return Optional.empty();
    }

    /** Returns a field's value, or that of the one node that leads into it. */
    private Optional<String> value(String id, String field) {
        return sources.containsKey(place(id, field))
                ? onlySource(id, field).flatMap(source -> GeneratorJson.text(nodes.path(source), "value"))
                : GeneratorJson.text(nodes.path(id), field);
    }

    private Optional<String> onlySource(String id, String field) {
        List<String> all = sources.getOrDefault(place(id, field), List.of());
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    private static String place(String id, String field) {
        return id + "\n" + field;
    }
}
