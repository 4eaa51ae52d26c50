package org.latentprint.generator.comfyui;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latentprint.generator.comfyui.Value.Link;
import org.latentprint.generator.comfyui.Value.Literal;
import tools.jackson.databind.JsonNode;

/**
 * One node of a graph.
 *
 * @param id as recorded; a word or {@code 4:1} as well as a number
 * @param type the node's class, as recorded
 * @param inputs what stands on its inputs, in the recorded order
 * @param outputs its outputs in their order, as far as they are known
 */
record Node(String id, String type, Map<String, Value> inputs, List<Output> outputs) {

    Node {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        outputs = List.copyOf(outputs);
    }

    /** An input that is linked. */
    record Wire(String input, Link link) {}

    /** Returns all linked inputs in their order. */
    List<Wire> wires() {
        List<Wire> wires = new ArrayList<>();
        inputs.forEach((name, value) -> {
            if (value instanceof Link link) {
                wires.add(new Wire(name, link));
            }
        });
        return wires;
    }

    Optional<Value> input(String name) {
        return Optional.ofNullable(inputs.get(name));
    }

    Optional<Link> link(String name) {
        return inputs.get(name) instanceof Link link ? Optional.of(link) : Optional.empty();
    }

    /** Returns the value set on the node itself; empty where the input is linked, missing or null. */
    Optional<JsonNode> literal(String name) {
        return inputs.get(name) instanceof Literal(JsonNode json) && !json.isNull()
                ? Optional.of(json)
                : Optional.empty();
    }

    /** Returns the text set on the node itself; empty where the input holds something else. */
    Optional<String> text(String name) {
        return literal(name).filter(JsonNode::isString).map(JsonNode::stringValue);
    }

    boolean has(String name) {
        return inputs.containsKey(name);
    }

    /** Says whether the class's name holds one of the words, in any case. */
    boolean isNamed(String... words) {
        String lower = type.toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (lower.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the output with that number; without name and type where nothing is known of it. */
    Output output(int slot) {
        return slot >= 0 && slot < outputs.size() ? outputs.get(slot) : new Output("", "");
    }
}
