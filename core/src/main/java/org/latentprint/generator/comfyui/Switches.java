package org.latentprint.generator.comfyui;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.latentprint.generator.comfyui.Node.Wire;
import org.latentprint.generator.comfyui.Value.Link;
import tools.jackson.databind.JsonNode;

/**
 * Takes off a switch the links that it did not choose, where its own setting says which. After that a switch is a node that
 * hands one link through. A switch that decides at run time keeps all its links.
 */
final class Switches {
    private static final List<String> NUMBERED =
            List.of("select", "index", "Input", "selector", "input_index", "choice");
    private static final List<String> BOOLEAN =
            List.of("switch", "boolean", "boolean_value", "condition", "cond", "value", "enabled", "bool");
    private static final List<String> WHEN_TRUE =
            List.of("on_true", "true", "tt_value", "if_true", "value_true", "true_value");
    private static final List<String> WHEN_FALSE =
            List.of("on_false", "false", "ff_value", "if_false", "value_false", "false_value");
    private static final Pattern LAST_NUMBER = Pattern.compile("(\\d{1,4})$");

    private Switches() {}

    /** Returns the graph with every switch that says what it chose reduced to that. */
    static Graph prune(Graph graph) {
        Scalars scalars = new Scalars(graph);
        Map<String, Node> pruned = new HashMap<>();
        for (Node node : graph.nodes().values()) {
            if (isSwitch(node)) {
                chosen(node, scalars).ifPresent(input -> pruned.put(node.id(), keepOnly(node, input)));
            }
        }
        return pruned.isEmpty() ? graph : graph.with(pruned);
    }

    /**
     * Says whether the node chooses at run time among several links of the kind, so that none of them can be told to be the
     * one that was used.
     */
    static boolean isOpen(Graph graph, Node node, Kind kind) {
        return isSwitch(node)
                && node.wires().size() > 1
                && graph.links(node, kind).size() > 1;
    }

    private static boolean isSwitch(Node node) {
        return node.isNamed("switch", "selector", "conditionalbranch", "ifelse", "index", "if else");
    }

    /** Returns the name of the chosen input; empty where the node does not say. */
    private static Optional<String> chosen(Node node, Scalars scalars) {
        if (node.isNamed("any switch")) {
            // rgthree's takes the first input that gives something
            return node.wires().stream().map(Wire::input).findFirst();
        }
        Optional<Boolean> flag = settings(node, BOOLEAN, scalars)
                .filter(JsonNode::isBoolean)
                .map(JsonNode::booleanValue)
                .findFirst();
        if (flag.isPresent()) {
            List<String> names = flag.get() ? WHEN_TRUE : WHEN_FALSE;
            List<String> others = flag.get() ? WHEN_FALSE : WHEN_TRUE;
            Optional<String> taken = names.stream().filter(node::has).findFirst();
            // Only a soft switch takes the other way where its own is free
            boolean nothing = others.stream().anyMatch(node::has) && !node.isNamed("soft");
            return taken.or(() -> nothing ? Optional.of(names.getFirst()) : Optional.empty());
        }
        return settings(node, NUMBERED, scalars)
                .filter(JsonNode::isIntegralNumber)
                .map(JsonNode::asString)
                .findFirst()
                .flatMap(number -> numbered(node, number));
    }

    /** Returns what the inputs of those names are set to, on the node itself before what is linked. */
    private static Stream<JsonNode> settings(Node node, List<String> names, Scalars scalars) {
        Stream<JsonNode> own = names.stream().flatMap(name -> node.literal(name).stream());
        Stream<JsonNode> linked = names.stream()
                .flatMap(name -> node.link(name).stream().flatMap(link -> scalars.resolve(link, name).stream()));
        return Stream.concat(own, linked);
    }

    private static Optional<String> numbered(Node node, String number) {
        for (String name : node.inputs().keySet()) {
            Matcher matcher = LAST_NUMBER.matcher(name);
            boolean isSelector = NUMBERED.contains(name);
            if (!isSelector && matcher.find() && stripZeros(matcher.group(1)).equals(number)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static String stripZeros(String digits) {
        return digits.replaceFirst("^0+(?=\\d)", "");
    }

    private static Node keepOnly(Node node, String input) {
        Map<String, Value> kept = new LinkedHashMap<>();
        String stem = LAST_NUMBER.matcher(input).replaceFirst("");
        node.inputs().forEach((name, value) -> {
            boolean alternative = value instanceof Link
                    || LAST_NUMBER.matcher(name).replaceFirst("").equals(stem)
                    || WHEN_TRUE.contains(name)
                    || WHEN_FALSE.contains(name);
            if (name.equals(input) || !alternative) {
                kept.put(name, value);
            }
        });
        return new Node(node.id(), node.type(), kept, node.outputs());
    }
}
