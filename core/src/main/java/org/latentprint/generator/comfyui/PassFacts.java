package org.latentprint.generator.comfyui;

import java.util.Map;
import java.util.Optional;
import org.latentprint.generator.Pass;

/**
 * One run of a sampler and what it rests on.
 *
 * @param node the sampler
 * @param pass its settings
 * @param positive texts on its positive side
 * @param negative texts on its negative side
 * @param models what it ran on
 * @param latentMaker the node that made the latent it started from
 * @param settings what else stands on its nodes
 */
record PassFacts(
        Node node,
        Pass pass,
        Prompt positive,
        Prompt negative,
        Models models,
        Optional<Node> latentMaker,
        Map<String, String> settings) {

    PassFacts {
        settings = Map.copyOf(settings);
    }
}
