package org.latentprint.generator.comfyui;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.latentprint.generator.NamedLora;
import org.latentprint.generator.NamedModel;
import org.latentprint.generator.comfyui.Value.Link;

/**
 * Follows a model link back through patches, LoRAs and merges to the loaders.
 *
 * @param sources every diffusion model that went in, all sources of a merge included
 * @param loras in the order they were met, from the sampler back
 * @param loraNodes identifiers of the nodes that name them
 */
record Models(List<NamedModel> sources, List<NamedLora> loras, Set<String> loraNodes) {

    /** Loaders, patches and merges behind one sampler; the walk is repeated for every pass. */
    private static final int MAX_NODES = 2_000;

    Models {
        sources = List.copyOf(sources);
        loras = List.copyOf(loras);
        loraNodes = Set.copyOf(loraNodes);
    }

    /**
     * Follows the links.
     *
     * @param steps that all walks back from passes take from
     */
    static Models behind(Graph graph, Scalars scalars, List<Link> starts, Steps steps) {
        Loras reader = new Loras(scalars);
        Set<NamedModel> sources = new LinkedHashSet<>();
        List<NamedLora> loras = new ArrayList<>();
        Set<String> loraNodes = new HashSet<>();
        Set<String> seen = new HashSet<>();
        Deque<Link> left = new ArrayDeque<>();
        starts.reversed().forEach(left::push);
        while (!left.isEmpty() && seen.size() < MAX_NODES && steps.take()) {
            Optional<Node> node = graph.node(left.pop());
            if (node.isEmpty() || !seen.add(node.get().id())) {
                continue;
            }
            List<NamedLora> named = reader.of(node.get());
            if (!named.isEmpty()) {
                loras.addAll(named);
                loraNodes.add(node.get().id());
            }
            if (Switches.isOpen(graph, node.get(), Kind.MODEL)) {
                continue;
            }
            List<Link> models = graph.links(node.get(), Kind.MODEL);
            if (models.isEmpty()) {
                List<NamedModel> loaded = Loaders.diffusion(node.get(), scalars);
                sources.addAll(loaded);
                models = loaded.isEmpty() ? graph.onward(node.get(), Kind.MODEL) : List.of();
            }
            if (!Loras.picks(node.get())) {
                graph.links(node.get(), Kind.LORA).reversed().forEach(left::push);
            }
            models.reversed().forEach(left::push);
        }
        return new Models(List.copyOf(sources), loras, loraNodes);
    }

    /** Returns the same with LoRAs that the sampler applies itself, first. */
    Models with(List<NamedLora> own) {
        return own.isEmpty()
                ? this
                : new Models(
                        sources, Stream.concat(own.stream(), loras.stream()).toList(), loraNodes);
    }
}
