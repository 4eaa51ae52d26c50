package org.latentprint.generator.comfyui;

import java.util.List;

/** Tells the nodes that run a diffusion model, by what they take; their classes are too many to list. */
final class Samplers {
    static final List<String> SEED = List.of("seed", "noise_seed", "rng_seed", "seed_value");
    static final List<String> STEPS =
            List.of("steps", "num_steps", "num_inference_steps", "sampling_steps", "steps_total");
    static final List<String> SAMPLER = List.of("sampler_name", "sampler", "sampler_type");
    static final List<String> SCHEDULER = List.of("scheduler", "schedule", "scheduler_name");
    static final List<String> CFG = List.of("cfg", "cfg_scale", "CFG", "guidance_scale");
    static final List<String> DENOISE = List.of("denoise", "denoise_strength", "denoising_strength");

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
        if (!(guided || runs || (conditioned && drawn)) || isNamedOtherwise(node)) {
            return false;
        }
        if (guided) {
            return true;
        }
        boolean seeded = hasAny(node, SEED) || node.has("noise") || node.has("rand_init");
        boolean stepped = hasAny(node, STEPS) || node.has("sigmas");
        if (node.isNamed("pipeksampler", "easy ksampler", "pipe ksampler", "easy kSampler")) {
            return runs;
        }
        // Packs name the links of their own models as they like
        return seeded && stepped;
    }

    private static boolean isNamedOtherwise(Node node) {
        return node.isNamed(
                        "presampling", "config", "settings", "xyplot", "xy plot", "xy input", "imagesaver", "scheduler")
                || Savers.savesByName(node);
    }

    private static boolean hasAny(Node node, List<String> names) {
        for (String name : names) {
            if (node.has(name)) {
                return true;
            }
        }
        return false;
    }
}
