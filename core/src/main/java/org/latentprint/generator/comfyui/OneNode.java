package org.latentprint.generator.comfyui;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Tells the nodes that load a model, encode the text and run, all in one: those have no link that tells them. One is told by
 * what is set on it, and by what it gives.
 */
final class OneNode {
    /** Where such a node keeps its text; the first that it has counts. */
    static final List<String> TEXT = List.of(
            "positive_prompt", "positive", "prompt", "text_prompt", "instruction", "speech", "text", "style_prompt");

    /** What a node gives that hands on parts for another to run with. */
    private static final Set<Kind> PARTS = EnumSet.of(
            Kind.MODEL, Kind.CLIP, Kind.CONDITIONING, Kind.PIPE, Kind.GUIDER, Kind.SAMPLER, Kind.SIGMAS, Kind.NOISE);

    /** Words in the names of nodes that measure, cut out or bundle, and draw nothing themselves. */
    private static final String[] HELPERS = {
        "depth", "normal", "marigold", "lotus", "caption", "separat", "isolat", "param", "upscale", "interpolat"
    };

    private OneNode() {}

    /** Says whether the node makes a picture, film or sound of what is set on itself. */
    static boolean makes(Graph graph, Node node) {
        boolean seeded = Samplers.isSeeded(node);
        boolean stepped = Samplers.isStepped(node);
        boolean worded = node.hasAny(TEXT);
        boolean scaled = node.hasAny(Samplers.CFG);
        boolean known = Signatures.isKnown(node.type());
        boolean runs = seeded && stepped && (worded || scaled);
        boolean sounds = worded && (seeded || stepped || known);
        if ((!runs && !sounds) || node.isNamed(HELPERS) || graph.isService(node)) {
            return false;
        }
        Set<Kind> given = graph.given(node);
        if (given.stream().anyMatch(PARTS::contains) || handsOnSettings(node)) {
            return false;
        }
        return given.contains(Kind.AUDIO)
                ? sounds || runs
                : runs && (given.contains(Kind.IMAGE) || given.contains(Kind.VIDEO) || given.contains(Kind.LATENT));
    }

    private static boolean handsOnSettings(Node node) {
        return node.outputs().stream()
                .anyMatch(output -> Samplers.SEED.contains(output.name()) || Samplers.STEPS.contains(output.name()));
    }
}
