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

/** One node of a graph. Two nodes are the same only where they are one object. */
final class Node {
    private final String id;
    private final String type;
    private final String lowerType;
    private final Map<String, Value> inputs;
    private final List<Output> outputs;
    private final List<Wire> wires;

    /**
     * Makes a node.
     *
     * @param id as recorded; a word or {@code 4:1} as well as a number
     * @param type the node's class, as recorded
     * @param inputs what stands on its inputs, in the recorded order
     * @param outputs its outputs in their order, as far as they are known
     */
    Node(String id, String type, Map<String, Value> inputs, List<Output> outputs) {
        this.id = id;
        this.type = type;
        this.lowerType = type.toLowerCase(Locale.ROOT);
        this.inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        this.outputs = List.copyOf(outputs);
        List<Wire> linked = new ArrayList<>();
        inputs.forEach((name, value) -> {
            if (value instanceof Link link) {
                linked.add(new Wire(name, link));
            }
        });
        this.wires = List.copyOf(linked);
    }

    /** An input that is linked. */
    record Wire(String input, Link link) {}

    String id() {
        return id;
    }

    String type() {
        return type;
    }

    Map<String, Value> inputs() {
        return inputs;
    }

    List<Output> outputs() {
        return outputs;
    }

    /** Returns all linked inputs in their order. */
    List<Wire> wires() {
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

    /** Says whether the node has an input with one of the names. */
    boolean hasAny(List<String> names) {
        for (String name : names) {
            if (has(name)) {
                return true;
            }
        }
        return false;
    }

    /** Says whether the class's name holds one of the words, in any case. */
    boolean isNamed(String... words) {
        for (String word : words) {
            if (lowerType.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the output with that number; without name and type where nothing is known of it. */
    Output output(int slot) {
        return slot >= 0 && slot < outputs.size() ? outputs.get(slot) : Output.UNKNOWN;
    }
}
