package org.latentprint.generator.comfyui;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.latentprint.generator.comfyui.CanvasNode.Socket;
import tools.jackson.databind.JsonNode;

/**
 * Names the settings of a sampler whose values fit no known class, by what they are: steps, CFG scale, sampler and scheduler
 * stand side by side in the {@code KSampler} of ComfyUI ({@code nodes.py}) and in what packs made of it, and the names of the
 * samplers and schedulers cannot be mistaken for anything else.
 */
final class SamplerValues {
    /** {@code KSAMPLER_NAMES} and {@code SAMPLER_NAMES} in {@code comfy/samplers.py}. */
    private static final Set<String> SAMPLERS = Set.of(
            "euler",
            "euler_cfg_pp",
            "euler_ancestral",
            "euler_ancestral_cfg_pp",
            "heun",
            "heunpp2",
            "exp_heun_2_x0",
            "exp_heun_2_x0_sde",
            "dpm_2",
            "dpm_2_ancestral",
            "lms",
            "dpm_fast",
            "dpm_adaptive",
            "dpmpp_2s_ancestral",
            "dpmpp_2s_ancestral_cfg_pp",
            "dpmpp_sde",
            "dpmpp_sde_gpu",
            "dpmpp_2m",
            "dpmpp_2m_cfg_pp",
            "dpmpp_2m_sde",
            "dpmpp_2m_sde_gpu",
            "dpmpp_2m_sde_heun",
            "dpmpp_2m_sde_heun_gpu",
            "dpmpp_3m_sde",
            "dpmpp_3m_sde_gpu",
            "ddpm",
            "lcm",
            "ipndm",
            "ipndm_v",
            "deis",
            "res_multistep",
            "res_multistep_cfg_pp",
            "res_multistep_ancestral",
            "res_multistep_ancestral_cfg_pp",
            "gradient_estimation",
            "gradient_estimation_cfg_pp",
            "er_sde",
            "seeds_2",
            "seeds_3",
            "sa_solver",
            "sa_solver_pece",
            "ddim",
            "uni_pc",
            "uni_pc_bh2");

    /** {@code SCHEDULER_HANDLERS} in {@code comfy/samplers.py}. */
    private static final Set<String> SCHEDULERS = Set.of(
            "simple",
            "sgm_uniform",
            "karras",
            "exponential",
            "ddim_uniform",
            "beta",
            "normal",
            "linear_quadratic",
            "kl_optimal");

    private SamplerValues() {}

    /**
     * Returns the settings by name; empty unless they stand in the list of values exactly once. A setting that a link may
     * replace is left out, since its own value then counts for nothing.
     *
     * @param node whose inputs tell what is linked
     * @param values by position
     */
    static Map<String, JsonNode> of(CanvasNode node, JsonNode values) {
        int place = -1;
        for (int at = 2; at + 1 < values.size(); at++) {
            if (isRun(values, at)) {
                if (place >= 0) {
                    return Map.of();
                }
                place = at;
            }
        }
        if (place < 0) {
            return Map.of();
        }
        Map<String, JsonNode> named = new LinkedHashMap<>();
        named.put("steps", values.get(place - 2));
        named.put("cfg", values.get(place - 1));
        named.put("sampler_name", values.get(place));
        named.put("scheduler", values.get(place + 1));
        int seed = seed(values);
        if (seed >= 0) {
            named.put("seed", values.get(seed));
        }
        named.keySet().removeIf(name -> isReplaced(node, name));
        return named;
    }

    /** Packs name such inputs in many ways: {@code noise_seed}, {@code steps_total}, {@code sampler}. */
    private static boolean isReplaced(CanvasNode node, String name) {
        String stem = name.equals("sampler_name") ? "sampler" : name;
        return node.sockets().stream()
                .filter(socket -> socket.from().isPresent())
                .map(Socket::name)
                .anyMatch(input -> input.contains(stem) && !input.equals(name));
    }

    private static boolean isRun(JsonNode values, int at) {
        return SAMPLERS.contains(values.get(at).asString(""))
                && SCHEDULERS.contains(values.get(at + 1).asString(""))
                && values.get(at - 1).isNumber()
                && values.get(at - 2).isIntegralNumber();
    }

    /** Returns the place of the one number that has beside it what happens to it after a run; -1 where there is none, or two. */
    private static int seed(JsonNode values) {
        int seed = -1;
        for (int at = 0; at + 1 < values.size(); at++) {
            if (values.get(at).isIntegralNumber()
                    && CanvasWidgets.AFTER_GENERATE.contains(values.get(at + 1).asString(""))) {
                if (seed >= 0) {
                    return -1;
                }
                seed = at;
            }
        }
        return seed;
    }
}
