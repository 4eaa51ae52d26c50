package org.latentprint.generator.comfyui;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    static Node prune(Node node) {
        if (!node.isNamed("switch", "selector", "conditionalbranch", "ifelse", "index", "if else")) {
            return node;
        }
        return chosen(node).map(input -> keepOnly(node, input)).orElse(node);
    }

    /** Returns the name of the chosen input; empty where the node does not say. */
    private static Optional<String> chosen(Node node) {
        if (node.isNamed("any switch")) {
            // rgthree's takes the first input that gives something
            return node.wires().stream().map(Wire::input).findFirst();
        }
        Optional<Boolean> flag = BOOLEAN.stream()
                .flatMap(name -> node.literal(name).stream())
                .flatMap(value -> asBoolean(value).stream())
                .findFirst();
        if (flag.isPresent()) {
            for (String name : flag.get() ? WHEN_TRUE : WHEN_FALSE) {
                if (node.has(name)) {
                    return Optional.of(name);
                }
            }
        }
        return NUMBERED.stream()
                .flatMap(name -> node.literal(name).stream())
                .filter(JsonNode::isIntegralNumber)
                .map(JsonNode::asString)
                .findFirst()
                .flatMap(number -> numbered(node, number));
    }

    private static Optional<Boolean> asBoolean(JsonNode value) {
        return value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
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
        String stripped = digits.replaceFirst("^0+(?=\\d)", "");
        return stripped.toLowerCase(Locale.ROOT);
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
