package org.latentprint.generator.comfyui;

import java.util.List;
import java.util.Set;

/** Tells the nodes that run a diffusion model, by what they take; their classes are too many to list. */
final class Samplers {
    static final List<String> SEED = List.of("seed", "noise_seed", "rng_seed", "seed_value");
    static final List<String> STEPS = List.of(
            "steps",
            "num_steps",
            "num_inference_steps",
            "sampling_steps",
            "steps_total",
            "inference_steps",
            "diffusion_steps");

    /** Steps of one stage of several; which of them count for a pass, the node does not say. */
    private static final List<String> STAGED = List.of(
            "base_steps", "lightning_steps", "stage_b_steps", "stage_c_steps", "first_frame_steps", "video_steps");

    static final List<String> SAMPLER = List.of("sampler_name", "sampler", "sampler_type");
    static final List<String> SCHEDULER = List.of("scheduler", "schedule", "scheduler_name");
    static final List<String> CFG = List.of("cfg", "cfg_scale", "CFG", "guidance_scale", "base_cfg");
    static final List<String> DENOISE = List.of("denoise", "denoise_strength", "denoising_strength");

    /** What a sampler gives. */
    private static final Set<String> DRAWN = Set.of("LATENT", "IMAGE");

    /** What a node gives that changes how a sampler behind it works, and draws nothing itself. */
    private static final Set<String> HANDED_ON = Set.of("MODEL", "CONDITIONING");

    private Samplers() {}

    static boolean isSampler(Graph graph, Node node) {
        boolean guided = false;
        boolean runs = false;
        boolean conditioned = false;
        boolean drawn = false;
        for (Node.Wire wire : node.wires()) {
            Kind kind = graph.kind(wire);
            guided |= kind == Kind.GUIDER;
            runs |= kind == Kind.MODEL || kind == Kind.PIPE;
            conditioned |= kind == Kind.CONDITIONING;
            drawn |= kind == Kind.LATENT;
        }
        if (isNamedOtherwise(node)) {
            return false;
        }
        if (guided) {
            return true;
        }
        if (node.isNamed(
                "pipeksampler",
                "easy ksampler",
                "pipe ksampler",
                "easy kSampler",
                "fooocus ksampler",
                "fooocus hirefix")) {
            return runs;
        }
        // Packs name the links of their own models as they like
        boolean connected = runs || (conditioned && drawn);
        return (connected && isSeeded(node) && isStepped(node))
                || (runs && conditioned && drawn && isUnread(graph, node))
                || OneNode.makes(graph, node);
    }

    /** Says whether the node's own values could not be named, so that only its links tell that it draws. */
    private static boolean isUnread(Graph graph, Node node) {
        return graph.undecided().contains(node.id())
                && node.outputs().stream().map(Output::type).anyMatch(DRAWN::contains)
                && node.outputs().stream().map(Output::type).noneMatch(HANDED_ON::contains);
    }

    /** Says whether the node states or takes the noise that it starts on. */
    static boolean isSeeded(Node node) {
        return node.hasAny(SEED) || node.has("noise") || node.has("rand_init");
    }

    /** Says whether the node states or takes how many steps it runs. */
    static boolean isStepped(Node node) {
        return node.hasAny(STEPS) || node.has("sigmas") || node.hasAny(STAGED);
    }

    private static boolean isNamedOtherwise(Node node) {
        return node.isNamed(
                        "presampling", "config", "settings", "xyplot", "xy plot", "xy input", "imagesaver", "scheduler")
                || Savers.savesByName(node);
    }
}
