package org.latentprint.modelfile;

import java.util.List;

/**
 * One tensor as a file's head states it.
 *
 * @param name as it stands in the file
 * @param type stored type in the format's own word, such as {@code F16} or {@code Q4_K}
 * @param shape in torch order, outermost first; empty for a scalar
 * @param bytes stored length
 */
public record TensorInfo(String name, String type, List<Long> shape, long bytes) {

    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /** Returns the number of elements, or the largest long where it does not fit one. */
    long elements() {
        long product = 1;
        boolean large = false;
        for (int i = 0; i < shape.size(); i++) {
            long size = shape.get(i);
            if (size == 0) {
                return 0;
            }
            large |= Math.multiplyHigh(product, size) != 0 || product * size < 0;
            product = large ? Long.MAX_VALUE : product * size;
        }
        return product;
    }

    TensorInfo named(String otherName) {
        return new TensorInfo(otherName, type, shape, bytes);
    }
}
