package org.latentprint.generator.comfyui;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latentprint.generator.comfyui.Value.Link;

/**
 * Follows a sampler's latent link back to the node that states its size in plain numbers. A size that would have to be
 * computed, from a factor or from a picture, is not stated.
 */
final class Latents {
    /** A latent passes some ten nodes; the walk is repeated for every pass. */
    private static final int MAX_STEPS = 1_000;

    private final Graph graph;
    private final Scalars scalars;
    private final Steps steps;

    /**
     * Makes the walker of one graph.
     *
     * @param steps that all walks back from passes take from
     */
    Latents(Graph graph, Scalars scalars, Steps steps) {
        this.graph = graph;
        this.scalars = scalars;
        this.steps = steps;
    }

    /** Where a latent comes from, and what its size is where that is stated. */
    record Start(Optional<Node> maker, Optional<Size> size) {}

    /** Returns the size on which the sampler started. */
    Start start(Node sampler) {
        // Beside a way of scaling the numbers are those of a later step
        Optional<Size> own = sampler.has("upscale_method") ? Optional.empty() : size(sampler);
        if (own.isPresent()) {
            return new Start(Optional.of(sampler), own);
        }
        Set<String> seen = new HashSet<>();
        List<Link> next = next(sampler);
        while (!next.isEmpty() && seen.size() < MAX_STEPS && steps.take()) {
            Optional<Node> node = graph.node(next.getFirst());
            if (node.isEmpty() || !seen.add(node.get().id())) {
                return new Start(Optional.empty(), Optional.empty());
            }
            if (StatedSize.isStated(node.get())) {
                return new Start(node, size(node.get()));
            }
            if (changesSize(node.get()) || Switches.isOpen(graph, node.get(), Kind.LATENT)) {
                return new Start(node, Optional.empty());
            }
            List<Link> latents = next(node.get());
            if (latents.isEmpty()) {
                return new Start(node, pixelSize(node.get()));
            }
            next = latents;
        }
        return new Start(Optional.empty(), Optional.empty());
    }

    private List<Link> next(Node node) {
        List<Link> latents = graph.links(node, Kind.LATENT);
        if (!latents.isEmpty() || !graph.links(node, Kind.IMAGE).isEmpty()) {
            return latents;
        }
        return graph.onward(node, Kind.LATENT);
    }

    private static boolean changesSize(Node node) {
        return node.isNamed("upscale", "latentcrop", "latentcomposite") && !node.isNamed("sampler");
    }

    /** Returns the size stated on a scaling node right before a picture was encoded. */
    private Optional<Size> pixelSize(Node encoder) {
        List<Link> pixels = graph.links(encoder, Kind.IMAGE);
        if (pixels.isEmpty()) {
            return Optional.empty();
        }
        Optional<Node> before = graph.node(pixels.getFirst());
        for (int hop = 0;
                hop < 8 && before.filter(node -> node.isNamed("reroute")).isPresent();
                hop++) {
            before = before.flatMap(node -> node.wires().stream().findFirst()).flatMap(wire -> graph.node(wire.link()));
        }
        return before.filter(node -> node.type().equals("ImageScale")).flatMap(this::size);
    }

    Optional<Size> size(Node node) {
        return StatedSize.of(node, scalars);
    }
}
