package org.latentprint.modelfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tensors of a file, found by name or by a pattern in which {@code #} stands for each run of digits. */
final class TensorTable {
    /** A real model has some hundred different patterns; a hostile one must not make every rule slow. */
    private static final int MAX_PATTERNS = 3_000;

    private final List<TensorInfo> tensors;
    private final Map<String, TensorInfo> byName = new LinkedHashMap<>();
    private final Map<String, List<TensorInfo>> byPattern = new TreeMap<>();

    TensorTable(List<TensorInfo> tensors) {
        this.tensors = List.copyOf(tensors);
        for (TensorInfo tensor : tensors) {
            byName.putIfAbsent(tensor.name(), tensor);
            String pattern = pattern(tensor.name());
            List<TensorInfo> same = byPattern.get(pattern);
            if (same != null) {
                same.add(tensor);
            } else if (byPattern.size() < MAX_PATTERNS) {
                byPattern.put(pattern, new ArrayList<>(List.of(tensor)));
            }
        }
    }

    List<TensorInfo> tensors() {
        return tensors;
    }

    Optional<TensorInfo> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Returns the tensors of each pattern, in the order of the patterns. */
    Map<String, List<TensorInfo>> patterns() {
        return byPattern;
    }

    static String pattern(String name) {
        StringBuilder pattern = new StringBuilder(name.length());
        boolean digits = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (!digit) {
                pattern.append(c);
            } else if (!digits) {
                pattern.append('#');
            }
            digits = digit;
        }
        return pattern.toString();
    }
}
