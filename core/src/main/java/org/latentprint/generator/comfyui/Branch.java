package org.latentprint.generator.comfyui;

import java.util.List;
import java.util.Optional;
import org.latentprint.generator.InputMedia;

/**
 * What leads to one saving node.
 *
 * @param saver where the file was given
 * @param upstream all nodes that lead there, in the order of the data's flow, the saver last
 * @param passes runs of samplers among them, in the same order
 * @param services nodes of online services among them, in the same order
 * @param inputs media that were fed in
 */
record Branch(Node saver, List<Node> upstream, List<PassFacts> passes, List<Node> services, List<InputMedia> inputs) {

    Branch {
        upstream = List.copyOf(upstream);
        passes = List.copyOf(passes);
        services = List.copyOf(services);
        inputs = List.copyOf(inputs);
    }

    /** Returns the first pass in the order of the data's flow. */
    Optional<PassFacts> main() {
        return passes.stream().findFirst();
    }

    /** Says whether a model, here or online, took part. */
    boolean generates() {
        return !passes.isEmpty() || !services.isEmpty();
    }

    /** Names what made the picture, so that branches that only save it in two states are told from different pictures. */
    String source() {
        return main().map(pass -> pass.node().id())
                .or(() -> services.stream().findFirst().map(Node::id))
                .orElse("");
    }
}
