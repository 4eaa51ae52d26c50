package org.latentprint.generator.comfyui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Gives the values of an editor's node their names. The editor writes {@code widgets_values} as a list without names: newer
 * versions show the names on the node's input sockets, for older ones the order of the class's declaration decides, with
 * what the editor puts between (the choice after a seed).
 */
final class Widgets {
    private static final Set<String> CONTROL =
            Set.of("fixed", "increment", "decrement", "randomize", "increment-wrap", "randomize-wrap");
    private static final Set<String> SEEDS = Set.of("seed", "noise_seed", "rand_seed", "value", "seed_value");

    private Widgets() {}

    /** Returns name to value, in the node's order; values without a name stand under their place. */
    static Map<String, JsonNode> of(String type, JsonNode node) {
        JsonNode values = node.path("widgets_values");
        Map<String, JsonNode> named = new LinkedHashMap<>();
        if (values.isObject()) {
            values.properties().forEach(entry -> named.put(entry.getKey(), entry.getValue()));
            return named;
        }
        List<JsonNode> list = new ArrayList<>(values.values());
        Set<String> plain = new LinkedHashSet<>();
        List<String> shown = new ArrayList<>();
        for (JsonNode input : node.path("inputs").values()) {
            String name = input.path("name").asString("");
            if (input.path("widget").isObject()) {
                shown.add(input.path("widget").path("name").asString(name));
            } else {
                plain.add(name);
            }
        }
        List<String> declared = Signatures.of(type)
                .map(signature -> signature.inputs().stream()
                        .filter(input -> !plain.contains(input))
                        .toList())
                .orElse(List.of());
        return choose(declared, shown, list);
    }

    private static Map<String, JsonNode> choose(List<String> declared, List<String> shown, List<JsonNode> values) {
        Optional<Map<String, JsonNode>> byDeclaration = declared.isEmpty() ? Optional.empty() : fit(declared, values);
        Optional<Map<String, JsonNode>> bySockets = shown.isEmpty() ? Optional.empty() : fit(shown, values);
        boolean agree = declared.containsAll(shown);
        if (byDeclaration.isPresent() && (agree || bySockets.isEmpty())) {
            return byDeclaration.get();
        }
        if (bySockets.isPresent()) {
            return bySockets.get();
        }
        // A version with fewer or more widgets than declared: those before the difference are still in place
        return declared.isEmpty() ? byPlace(values) : align(declared, values).named();
    }

    private record Aligned(Map<String, JsonNode> named, boolean whole) {}

    private static Optional<Map<String, JsonNode>> fit(List<String> names, List<JsonNode> values) {
        Aligned aligned = align(names, values);
        return aligned.whole() ? Optional.of(aligned.named()) : Optional.empty();
    }

    private static Aligned align(List<String> names, List<JsonNode> values) {
        Map<String, JsonNode> named = new LinkedHashMap<>();
        int next = 0;
        for (String name : names) {
            if (next >= values.size()) {
                return new Aligned(named, false);
            }
            JsonNode value = values.get(next++);
            named.put(name, value);
            if (next < values.size() && isControl(name, value, values.get(next))) {
                next++;
            }
        }
        boolean onlyButtonsLeft = values.subList(next, values.size()).stream()
                .allMatch(left -> left.isNull() || left.isContainer() || isButton(left));
        return new Aligned(named, onlyButtonsLeft);
    }

    /** The editor adds the choice after a seed; its first versions wrote a yes or no. */
    private static boolean isControl(String name, JsonNode value, JsonNode following) {
        if (!value.isNumber()) {
            return false;
        }
        return following.isString()
                ? CONTROL.contains(following.stringValue())
                : following.isBoolean() && SEEDS.contains(name);
    }

    private static boolean isButton(JsonNode value) {
        return value.isString()
                && (value.stringValue().isEmpty()
                        || value.stringValue().equals("image")
                        || CONTROL.contains(value.stringValue()));
    }

    private static Map<String, JsonNode> byPlace(List<JsonNode> values) {
        Map<String, JsonNode> named = new LinkedHashMap<>();
        if (values.size() == 1 || (values.size() == 2 && isControl("seed", values.get(0), values.get(1)))) {
            named.put("value", values.getFirst());
            return named;
        }
        for (int place = 0; place < values.size(); place++) {
            named.put("widget_" + place, values.get(place));
        }
        return named;
    }
}
