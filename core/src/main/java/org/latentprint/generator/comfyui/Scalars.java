package org.latentprint.generator.comfyui;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latentprint.generator.comfyui.Node.Wire;
import org.latentprint.generator.comfyui.Value.Link;
import org.latentprint.generator.comfyui.Value.Literal;
import tools.jackson.databind.JsonNode;

/**
 * Finds the number or word behind an input, on the node itself or on a node that only holds or hands on a value. Nothing is
 * computed: behind arithmetic there is no value.
 */
final class Scalars {
    /** Values are handed on over a few nodes; a longer way is a cycle or hostile. */
    private static final int MAX_HOPS = 64;

    /** Digits of a setting; more is no number that a program could have worked with. */
    private static final int MAX_DIGITS = 60;

    private static final List<String> VALUE_KEYS = List.of(
            "value",
            "Value",
            "int",
            "integer",
            "float",
            "number",
            "Number",
            "seed",
            "noise_seed",
            "string",
            "String",
            "text",
            "val",
            "seed_value",
            "seed_num",
            "choice",
            "prompt");

    /** How nodes that bundle a sampler's settings call them where it differs. */
    private static final Map<String, List<String>> OTHER_NAMES =
            Map.of("steps", List.of("steps_total"), "sampler", List.of("sampler_name"));

    /** Outputs with such a name give a sampler's setting as it stands on the node, whatever else is linked to it. */
    private static final Set<String> SETTINGS = Stream.of(
                    Samplers.SEED, Samplers.STEPS, Samplers.SAMPLER, Samplers.SCHEDULER, Samplers.CFG, Samplers.DENOISE)
            .flatMap(List::stream)
            .collect(Collectors.toSet());

    /** With this node, a number below zero says that the seed is to be drawn, or counted on from the last one. */
    private static final String DRAWN_SEED = "Seed (rgthree)";

    private final Graph graph;

    Scalars(Graph graph) {
        this.graph = graph;
    }

    /** Returns the first of the inputs, in the order of the names, behind which a number or word stands. */
    Optional<JsonNode> first(Node node, List<String> names) {
        for (String name : names) {
            Optional<JsonNode> found = node.input(name).flatMap(value -> resolve(value, name));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    Optional<String> text(Node node, List<String> names) {
        return first(node, names).filter(JsonNode::isString).map(JsonNode::stringValue);
    }

    Optional<Integer> whole(Node node, List<String> names) {
        return first(node, names).flatMap(Scalars::whole);
    }

    Optional<BigDecimal> decimal(Node node, List<String> names) {
        return first(node, names).flatMap(Scalars::decimal);
    }

    static Optional<Integer> whole(JsonNode value) {
        return decimal(value).flatMap(number -> {
            try {
                return Optional.of(number.intValueExact());
            } catch (ArithmeticException fractionOrTooLarge) {
                return Optional.empty();
            }
        });
    }

    static Optional<BigDecimal> decimal(JsonNode value) {
        // Python writes NaN and Infinity too, which are no decimals
        return value.decimalValueOpt()
                .filter(number -> number.precision() <= MAX_DIGITS && Math.abs(number.scale()) <= MAX_DIGITS);
    }

    /** Returns the value behind an input; {@code wanted} is the name by which bundles know it. */
    Optional<JsonNode> resolve(Value start, String wanted) {
        Value value = start;
        for (int hop = 0; hop < MAX_HOPS; hop++) {
            switch (value) {
                case Literal(JsonNode json) -> {
                    return json.isContainer() || json.isNull() ? Optional.empty() : Optional.of(json);
                }
                case Link link -> {
                    Optional<Value> next = graph.node(link).flatMap(node -> behind(node, link.slot(), wanted));
                    if (next.isEmpty()) {
                        return Optional.empty();
                    }
                    value = next.get();
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Value> behind(Node node, int slot, String wanted) {
        if (node.type().equals(DRAWN_SEED)
                && node.literal("seed")
                        .flatMap(Scalars::decimal)
                        .filter(seed -> seed.signum() < 0)
                        .isPresent()) {
            return Optional.empty();
        }
        // Impact's adapter gives its further scheduler where one is chosen
        if (node.text("extra_scheduler").filter(Loaders::isName).isPresent()) {
            return node.input("extra_scheduler");
        }
        List<Wire> wires = node.wires();
        boolean holdsOnly = wires.stream().allMatch(wire -> graph.kind(wire) == Kind.PIPE)
                || (SETTINGS.contains(node.output(slot).name())
                        && wires.stream().allMatch(wire -> graph.kind(wire).mayBeValue()));
        for (String name : names(node, slot, wanted)) {
            Optional<Value> input = node.input(name);
            if (input.isPresent() && (holdsOnly || input.get() instanceof Link)) {
                return input;
            }
        }
        if (wires.isEmpty()) {
            List<Value> constants =
                    VALUE_KEYS.stream().flatMap(key -> node.input(key).stream()).toList();
            return constants.size() == 1 ? Optional.of(constants.getFirst()) : Optional.empty();
        }
        if (wires.size() != 1) {
            return Optional.empty();
        }
        Kind kind = graph.kind(wires.getFirst());
        // What a node takes from a picture or model is a measure of it, not a value that it hands on
        boolean handsOn = onlyHandsOn(node) && kind.mayBeValue();
        return handsOn || kind == Kind.PIPE ? Optional.of(wires.getFirst().link()) : Optional.empty();
    }

    private static List<String> names(Node node, int slot, String wanted) {
        List<String> names = new ArrayList<>();
        String output = node.output(slot).name();
        if (!output.isEmpty()) {
            names.add(output);
            names.add(output.toLowerCase(Locale.ROOT));
        }
        names.add(wanted);
        names.addAll(OTHER_NAMES.getOrDefault(wanted, List.of()));
        return names;
    }

    private static boolean onlyHandsOn(Node node) {
        return node.isNamed("reroute", "switch", "getnode", "setnode", "primitive", "conversion", "anything", "any")
                || node.inputs().size() == 1;
    }
}
