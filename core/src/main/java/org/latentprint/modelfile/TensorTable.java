package org.latentprint.modelfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tensors of a file, found by name or by a pattern in which {@code #} stands for each run of digits. */
final class TensorTable {
    /** A real model has some hundred different patterns; a hostile one must not make every rule slow. */
    private static final int MAX_PATTERNS = 3_000;

    private final List<TensorInfo> tensors;
    private final Map<String, TensorInfo> byName;
    private final Map<String, List<TensorInfo>> byPattern = new LinkedHashMap<>();

    TensorTable(List<TensorInfo> tensors) {
        this.tensors = List.copyOf(tensors);
        byName = HashMap.newHashMap(tensors.size());
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

    /** Returns the tensors of each pattern, in the order of the file. */
    Map<String, List<TensorInfo>> patterns() {
        return byPattern;
    }

    static String pattern(String name) {
        int length = name.length();
        int first = 0;
        while (first < length && !digit(name.charAt(first))) {
            first++;
        }
        if (first == length) {
            return name;
        }
        char[] pattern = name.toCharArray();
        int to = first;
        boolean digits = false;
        for (int i = first; i < length; i++) {
            boolean digit = digit(pattern[i]);
            if (!digit) {
                pattern[to++] = pattern[i];
            } else if (!digits) {
                pattern[to++] = '#';
            }
            digits = digit;
        }
        return new String(pattern, 0, to);
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
