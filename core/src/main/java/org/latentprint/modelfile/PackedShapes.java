package org.latentprint.modelfile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives weights that bitsandbytes packed their shape back. It stores two values of four bits in a byte and all of a weight in
 * one column ({@code bitsandbytes/functional.py}: {@code quantize_4bit}); the shape stands among the data, which a head does
 * not hold. The length of a weight's bias is its outer size.
 */
final class PackedShapes {
    private static final String STATE = ".quant_state.bitsandbytes__";
    private static final String WEIGHT = "weight";
    private static final int VALUES_IN_BYTE = 2;

    private PackedShapes() {}

    /** Returns the tensors, packed weights that have a bias with the shape that they had; others as they are. */
    static List<TensorInfo> restored(List<TensorInfo> tensors) {
        Set<String> packed = new HashSet<>();
        for (TensorInfo tensor : tensors) {
            int state = tensor.name().indexOf(STATE);
            if (state > 0) {
                packed.add(tensor.name().substring(0, state));
            }
        }
        if (packed.isEmpty()) {
            return tensors;
        }
        Map<String, Long> biases = new HashMap<>();
        for (TensorInfo tensor : tensors) {
            if (tensor.name().endsWith(".bias") && tensor.shape().size() == 1) {
                biases.put(tensor.name(), tensor.shape().getFirst());
            }
        }
        return tensors.stream()
                .map(tensor -> packed.contains(tensor.name()) ? restored(tensor, biases) : tensor)
                .toList();
    }

    private static TensorInfo restored(TensorInfo weight, Map<String, Long> biases) {
        if (!weight.name().endsWith(WEIGHT)
                || weight.shape().size() != 2
                || weight.shape().getLast() != 1) {
            return weight;
        }
        String stem = weight.name().substring(0, weight.name().length() - WEIGHT.length());
        long outer = biases.getOrDefault(stem + "bias", 0L);
        long bytes = weight.shape().getFirst();
        if (outer <= 0 || bytes > Long.MAX_VALUE / VALUES_IN_BYTE || bytes * VALUES_IN_BYTE % outer != 0) {
            return weight;
        }
        return new TensorInfo(
                weight.name(), weight.type(), List.of(outer, bytes * VALUES_IN_BYTE / outer), weight.bytes());
    }
}
