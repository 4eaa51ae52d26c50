package org.latentprint.modelfile;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How much a model holds and how it is stored.
 *
 * @param tensors number of tensors
 * @param elements number of stored elements
 * @param parameters number of the network's own values: without counters, scales and packing
 * @param precision stored type of most bytes
 * @param quantisation scheme, where there is one
 * @param types stored type to number of tensors
 */
public record ModelWeights(
        long tensors,
        long elements,
        long parameters,
        Optional<String> precision,
        Optional<String> quantisation,
        Map<String, Long> types) {

    public ModelWeights {
        types = java.util.Collections.unmodifiableMap(new TreeMap<>(types));
    }
}
