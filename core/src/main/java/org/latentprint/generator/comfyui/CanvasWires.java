package org.latentprint.generator.comfyui;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import org.latentprint.generator.comfyui.CanvasNode.End;
import org.latentprint.generator.comfyui.CanvasNode.Socket;
import org.latentprint.generator.comfyui.Value.Link;
import org.latentprint.generator.comfyui.Value.Literal;
import tools.jackson.databind.JsonNode;

/**
 * Follows a link of the editor's form to the node that gives in the graph that runs: through reroutes, named links, bypassed
 * nodes, and in and out of subgraphs ({@code ExecutableNodeDTO.ts} does this before a graph is queued).
 */
final class CanvasWires {
    /** Real links pass over some ten such places; a longer way is a cycle or hostile. */
    private static final int MAX_HOPS = 100;

    /** Inputs take a few types at most; a longer list costs time on every bypassed node. */
    private static final int MAX_TYPES = 32;

    private final BiFunction<CanvasScope, CanvasNode, Optional<CanvasScope>> inside;

    /** Takes what tells the level inside a node; it is empty for a node that is no subgraph or group. */
    CanvasWires(BiFunction<CanvasScope, CanvasNode, Optional<CanvasScope>> inside) {
        this.inside = inside;
    }

    /** What was found at the end of a link. */
    sealed interface Found {
        /** A link or value. */
        record Given(Value value) implements Found {}

        /** Nothing: the link ends at a muted node, at a cycle, or outside the graph, and takes the input with it. */
        record Nothing() implements Found {}

        /** An end with nothing on it, such as a subgraph's free input, so that the widget's own value counts. */
        record Own() implements Found {}

        /** The way goes on, to an input that takes the type. */
        record Onward(CanvasScope scope, End end, String type) implements Found {}
    }

    /**
     * Follows to the end; never gives {@link Found.Onward}.
     *
     * @param start the level of the link
     * @param end where the link comes from
     * @param type what may be linked to the input that it leads to
     */
    Found follow(CanvasScope start, End end, String type) {
        Found found = new Found.Onward(start, end, type);
        for (int hop = 0; hop < MAX_HOPS && found instanceof Found.Onward onward; hop++) {
            found = onward.end().node().equals(CanvasScope.INPUTS)
                    ? outward(onward.scope(), onward.end().slot())
                    : step(onward);
        }
        return found instanceof Found.Onward ? new Found.Nothing() : found;
    }

    private static Found outward(CanvasScope scope, int slot) {
        if (scope.outer().isEmpty()) {
            return new Found.Nothing();
        }
        CanvasScope.Outer outer = scope.outer().get();
        CanvasNode instance = outer.node();
        OptionalInt place = scope.socketOf(instance, slot);
        if (place.isPresent()) {
            Optional<End> linked = outer.scope().source(instance, place.getAsInt());
            if (linked.isPresent()) {
                Socket socket = instance.sockets().get(place.getAsInt());
                return new Found.Onward(outer.scope(), linked.get(), socket.type());
            }
        }
        if (slot < 0 || slot >= scope.inputs().size()) {
            return new Found.Own();
        }
        Optional<JsonNode> value = scope.promotions().ofInput(scope.inputs().get(slot));
        if (value.isPresent()) {
            return new Found.Given(new Literal(value.get()));
        }
        // Values of unknown use leave it open which of them replaces the inner one
        return scope.promotions().open() ? new Found.Nothing() : new Found.Own();
    }

    private Found step(Found.Onward from) {
        CanvasScope scope = from.scope();
        End end = from.end();
        CanvasNode node = scope.nodes().get(end.node());
        if (node == null || node.mode() == CanvasNode.MUTED) {
            return new Found.Nothing();
        }
        if (node.mode() == CanvasNode.BYPASSED) {
            int slot = passing(node, end.slot(), from.type());
            return slot < 0 || slot >= node.sockets().size()
                    ? new Found.Own()
                    : onward(scope, node, slot, node.sockets().get(slot).type());
        }
        if (node.isPrimitive()) {
            return Optional.ofNullable(scope.promotions().ofNode(node.id()).get("value"))
                    .or(node::firstValue)
                    .<Found>map(value -> new Found.Given(new Literal(value)))
                    .orElse(new Found.Nothing());
        }
        if (node.isGetter()) {
            Optional<CanvasNode> setter = node.firstValue()
                    .map(name -> name.asString(""))
                    .flatMap(name -> Optional.ofNullable(scope.setters().get(name)));
            return setter.map(named -> onward(scope, named, 0, from.type())).orElse(new Found.Own());
        }
        if (node.handsOn()) {
            return onward(scope, node, 0, from.type());
        }
        Optional<CanvasScope> inner = inside.apply(scope, node);
        if (inner.isPresent()) {
            return Optional.ofNullable(inner.get().outputs().get(end.slot()))
                    .<Found>map(source -> new Found.Onward(inner.get(), source, from.type()))
                    .orElse(new Found.Own());
        }
        return new Found.Given(new Link(scope.prefix() + node.id(), end.slot()));
    }

    private static Found onward(CanvasScope scope, CanvasNode node, int slot, String type) {
        if (slot < 0 || slot >= node.sockets().size()) {
            return new Found.Own();
        }
        return scope.source(node, slot)
                .<Found>map(end -> new Found.Onward(scope, end, type))
                .orElse(new Found.Own());
    }

    /**
     * Returns the input that a bypassed node hands to an output: that in its place where it suits both the output and what
     * takes it, else the first of the taker's type, else the first that suits both ({@code #getBypassSlotIndex}).
     */
    private static int passing(CanvasNode node, int output, String taker) {
        List<Socket> sockets = node.sockets();
        if (isAny(taker)) {
            return output < sockets.size() ? output : 0;
        }
        String given = node.output(output).type();
        if (output >= 0 && output < sockets.size() && suits(sockets.get(output), given, taker)) {
            return output;
        }
        for (int slot = 0; slot < sockets.size(); slot++) {
            if (sockets.get(slot).type().equals(taker)) {
                return slot;
            }
        }
        for (int slot = 0; slot < sockets.size(); slot++) {
            if (suits(sockets.get(slot), given, taker)) {
                return slot;
            }
        }
        return -1;
    }

    private static boolean suits(Socket socket, String given, String taker) {
        return fits(socket.type(), given) && fits(socket.type(), taker);
    }

    /** Types may be lists, {@code INT,FLOAT}. */
    private static boolean fits(String one, String other) {
        if (isAny(one) || isAny(other) || one.equalsIgnoreCase(other)) {
            return true;
        }
        List<String> others = List.of(other.toLowerCase(Locale.ROOT).split(",", MAX_TYPES));
        return Arrays.stream(one.toLowerCase(Locale.ROOT).split(",", MAX_TYPES)).anyMatch(others::contains);
    }

    private static boolean isAny(String type) {
        return type.isEmpty() || type.equals("*") || type.equals("0");
    }
}
