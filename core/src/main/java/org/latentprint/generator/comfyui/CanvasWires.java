package org.latentprint.generator.comfyui;

import java.util.Map;
import java.util.Optional;
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
    private static final int MAX_HOPS = 256;

    private final BiFunction<CanvasScope, CanvasNode, Optional<CanvasScope>> inside;

    /** Takes what tells the level inside a node; it is empty for a node that is no subgraph or group. */
    CanvasWires(BiFunction<CanvasScope, CanvasNode, Optional<CanvasScope>> inside) {
        this.inside = inside;
    }

    /** What was found at the end of a link. */
    sealed interface Found {
        /** A link or value. */
        record Given(Value value) implements Found {}

        /** Nothing: the link ends at a muted node, at a cycle, or nowhere. */
        record Nothing() implements Found {}

        /** A subgraph's input with nothing on it, so that the inner widget's own value counts. */
        record Own() implements Found {}

        /** The way goes on. */
        record Onward(CanvasScope scope, End end) implements Found {}
    }

    /** Follows to the end; never gives {@link Found.Onward}. */
    Found follow(CanvasScope start, End end) {
        Found found = new Found.Onward(start, end);
        for (int hop = 0; hop < MAX_HOPS && found instanceof Found.Onward(CanvasScope scope, End next); hop++) {
            found = next.node().equals(CanvasScope.INPUTS) ? outward(scope, next.slot()) : step(scope, next);
        }
        return found instanceof Found.Onward ? new Found.Nothing() : found;
    }

    private Found outward(CanvasScope scope, int slot) {
        if (scope.outer().isEmpty()) {
            return new Found.Nothing();
        }
        CanvasScope.Outer outer = scope.outer().get();
        CanvasNode instance = outer.node();
        if (slot < 0 || slot >= instance.sockets().size()) {
            return new Found.Own();
        }
        Optional<End> linked = outer.scope().source(instance, slot);
        if (linked.isPresent()) {
            return new Found.Onward(outer.scope(), linked.get());
        }
        Optional<String> widget = instance.sockets().get(slot).widget();
        Map<String, JsonNode> promoted = CanvasWidgets.promoted(instance);
        Optional<JsonNode> value = widget.flatMap(name -> Optional.ofNullable(promoted.get(name)));
        if (value.isPresent() && !value.get().isNull()) {
            return new Found.Given(new Literal(value.get()));
        }
        // Values that fit no names leave it open which of them replaces the inner one
        boolean mayDiffer =
                widget.isPresent() && promoted.isEmpty() && !instance.values().isEmpty();
        return mayDiffer ? new Found.Nothing() : new Found.Own();
    }

    private Found step(CanvasScope scope, End end) {
        CanvasNode node = scope.nodes().get(end.node());
        if (node == null || node.mode() == CanvasNode.MUTED) {
            return new Found.Nothing();
        }
        if (node.mode() == CanvasNode.BYPASSED) {
            return onward(scope, node, passing(node, end.slot()));
        }
        if (node.isPrimitive()) {
            return node.firstValue()
                    .<Found>map(value -> new Found.Given(new Literal(value)))
                    .orElse(new Found.Nothing());
        }
        if (node.isGetter()) {
            Optional<CanvasNode> setter = node.firstValue()
                    .map(name -> name.asString(""))
                    .flatMap(name -> Optional.ofNullable(scope.setters().get(name)));
            return setter.map(named -> onward(scope, named, 0)).orElse(new Found.Nothing());
        }
        if (node.handsOn()) {
            return onward(scope, node, 0);
        }
        Optional<CanvasScope> inner = inside.apply(scope, node);
        if (inner.isPresent()) {
            return Optional.ofNullable(inner.get().outputs().get(end.slot()))
                    .<Found>map(source -> new Found.Onward(inner.get(), source))
                    .orElse(new Found.Nothing());
        }
        return new Found.Given(new Link(scope.prefix() + node.id(), end.slot()));
    }

    private static Found onward(CanvasScope scope, CanvasNode node, int slot) {
        if (slot < 0 || slot >= node.sockets().size()) {
            return new Found.Nothing();
        }
        return scope.source(node, slot)
                .<Found>map(end -> new Found.Onward(scope, end))
                .orElse(new Found.Nothing());
    }

    /** Returns the input that a bypassed node hands to an output: that in its place, else the first, of the same type. */
    private static int passing(CanvasNode node, int output) {
        String type = node.output(output).type();
        if (output < node.sockets().size()
                && output >= 0
                && type.equals(node.sockets().get(output).type())) {
            return output;
        }
        for (int slot = 0; slot < node.sockets().size(); slot++) {
            Socket socket = node.sockets().get(slot);
            if (socket.type().equals(type) || socket.type().equals("*")) {
                return slot;
            }
        }
        return -1;
    }
}
