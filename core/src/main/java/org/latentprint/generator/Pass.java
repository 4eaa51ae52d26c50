package org.latentprint.generator;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * One run of a sampler, in the order of the data's flow.
 *
 * @param node identifier of the node, or the name of the stage, such as {@code hires}
 * @param nodeClass the node's class as recorded; empty where there is no graph
 * @param seed as text, since it may exceed 2^53
 * @param steps sampling steps
 * @param sampler as recorded
 * @param scheduler as recorded
 * @param cfgScale as recorded
 * @param denoise as recorded
 * @param model name of the diffusion model it ran on
 * @param positivePrompt the text on its positive input
 * @param negativePrompt the text on its negative input
 * @param width in pixels, where the metadata state it
 * @param height in pixels, where the metadata state it
 */
public record Pass(
        String node,
        Optional<String> nodeClass,
        Optional<String> seed,
        Optional<Integer> steps,
        Optional<String> sampler,
        Optional<String> scheduler,
        Optional<BigDecimal> cfgScale,
        Optional<BigDecimal> denoise,
        Optional<String> model,
        Optional<String> positivePrompt,
        Optional<String> negativePrompt,
        Optional<Integer> width,
        Optional<Integer> height) {}
