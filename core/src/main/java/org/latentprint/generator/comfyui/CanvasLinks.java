package org.latentprint.generator.comfyui;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentprint.generator.comfyui.Value.Link;
import org.latentprint.generator.comfyui.Value.Literal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Follows an editor's link through everything that does not run: reroutes, bypassed nodes, set and get, subgraphs. */
final class CanvasLinks {
    /** A real link crosses some ten such nodes; a longer way is a cycle or hostile. */
    private static final int MAX_HOPS = 500;

    private final Map<String, JsonNode> subgraphs;
    private final Map<String, Scope> insides = new HashMap<>();

    CanvasLinks(Map<String, JsonNode> subgraphs) {
        this.subgraphs = subgraphs;
    }

    /** A link on a level; the next step of the way back. */
    private record Place(Scope scope, String link) {}

    private sealed interface Step {
        record Done(Optional<Value> value) implements Step {}

        record On(Place place) implements Step {}
    }

    private static final Step NOTHING = new Step.Done(Optional.empty());

    /** Returns the level inside an instance of a subgraph. */
    Scope inside(Scope around, JsonNode instance) {
        String prefix = around.prefix() + instance.path("id").asString("") + ":";
        return insides.computeIfAbsent(
                prefix,
                key -> Scope.of(
                        key,
                        subgraphs.getOrDefault(CanvasForm.type(instance), MissingNode.getInstance()),
                        Optional.of(around),
                        Optional.of(instance),
                        around.depth() + 1));
    }

    /** Returns what a link brings: another node's output or a value; empty where it brings nothing. */
    Optional<Value> behind(Scope scope, String link) {
        Place place = new Place(scope, link);
        for (int hop = 0; hop < MAX_HOPS; hop++) {
            switch (step(place)) {
                case Step.Done(Optional<Value> value) -> {
                    return value;
                }
                case Step.On(Place next) -> place = next;
            }
        }
        return Optional.empty();
    }

    private Step step(Place place) {
        Scope scope = place.scope();
        Scope.Wire wire = scope.links().get(place.link());
        if (wire == null) {
            return NOTHING;
        }
        if (wire.origin().equals(Scope.INPUTS)) {
            return scope.parent().isPresent() && scope.instance().isPresent()
                    ? outward(scope.parent().get(), scope.instance().get(), wire.slot())
                    : NOTHING;
        }
        JsonNode node = scope.nodes().get(wire.origin());
        if (node == null || CanvasForm.isMuted(node)) {
            return NOTHING;
        }
        String type = CanvasForm.type(node);
        if (!CanvasForm.isLive(node)) {
            return bypass(scope, node, wire);
        }
        if (type.equals("Reroute") || type.equals("Reroute (rgthree)")) {
            return onInput(scope, node.path("inputs").path(0));
        }
        if (type.equals("PrimitiveNode")) {
            return new Step.Done(
                    Optional.of(new Literal(node.path("widgets_values").path(0))));
        }
        if (type.equals("GetNode")) {
            return setNode(scope, node.path("widgets_values").path(0).asString(""));
        }
        if (type.equals("SetNode")) {
            return onInput(scope, node.path("inputs").path(0));
        }
        if (subgraphs.containsKey(type)) {
            Scope inside = inside(scope, node);
            String left = inside.outputs().get(wire.slot());
            return left == null ? NOTHING : new Step.On(new Place(inside, left));
        }
        return new Step.Done(Optional.of(new Link(scope.prefix() + wire.origin(), wire.slot())));
    }

    private static Step onInput(Scope scope, JsonNode input) {
        JsonNode link = input.path("link");
        return link.isNull() || link.isMissingNode() ? NOTHING : new Step.On(new Place(scope, link.asString("")));
    }

    /** Leaves a subgraph by one of its inputs: its link outside, else the value set on the instance. */
    private static Step outward(Scope around, JsonNode instance, int slot) {
        JsonNode input = instance.path("inputs").path(slot);
        Step linked = onInput(around, input);
        if (linked instanceof Step.On || !input.path("widget").isObject()) {
            return linked;
        }
        List<String> names = new ArrayList<>();
        for (JsonNode each : instance.path("inputs").values()) {
            if (each.path("widget").isObject()) {
                names.add(each.path("name").asString(""));
            }
        }
        JsonNode values = instance.path("widgets_values");
        int place = names.indexOf(input.path("name").asString(""));
        // Without a value for each, the values stand on the nodes inside
        return values.size() == names.size()
                        && values.path(place).isValueNode()
                        && !values.path(place).isNull()
                ? new Step.Done(Optional.of(new Literal(values.path(place))))
                : NOTHING;
    }

    /** A bypassed node hands on the input of the same place where its type is right, else the first of that type. */
    private static Step bypass(Scope scope, JsonNode node, Scope.Wire wire) {
        JsonNode inputs = node.path("inputs");
        String type = node.path("outputs").path(wire.slot()).path("type").asString(wire.type());
        JsonNode same = inputs.path(wire.slot());
        if (fits(same, type)) {
            return onInput(scope, same);
        }
        for (JsonNode input : inputs.values()) {
            if (fits(input, type)) {
                return onInput(scope, input);
            }
        }
        return NOTHING;
    }

    private static boolean fits(JsonNode input, String type) {
        String own = input.path("type").asString("");
        return !own.isEmpty() && (own.equals(type) || own.equals("*") || type.equals("*"));
    }

    /** Finds the set node of that name, on this level or one around. */
    private static Step setNode(Scope start, String name) {
        Optional<Scope> scope = Optional.of(start);
        while (scope.isPresent()) {
            JsonNode setter = scope.get().setters().get(name);
            if (setter != null) {
                return onInput(scope.get(), setter.path("inputs").path(0));
            }
            scope = scope.get().parent();
        }
        return NOTHING;
    }
}
