package org.latentprint.generator.comfyui;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latentprint.generator.comfyui.CanvasNode.End;
import org.latentprint.generator.comfyui.CanvasNode.Socket;
import org.latentprint.generator.comfyui.Value.Literal;
import tools.jackson.databind.JsonNode;

/**
 * Reads the editor's form ({@code workflow}: nodes, links and values by position) as the graph that it stands for, the way
 * ComfyUI's frontend turns it into the form that runs ({@code graphToPrompt} in {@code src/utils/executionUtil.ts}).
 */
final class CanvasForm {
    /** Subgraphs stand in subgraphs over two or three levels; a definition that holds itself never ends. */
    private static final int MAX_DEPTH = 12;

    /** A definition of a few nodes that holds itself often would grow without end; this bounds all levels together. */
    private static final int MAX_EXPANDED = 2 * Graph.MAX_NODES;

    private final JsonNode workflow;
    private final Map<String, JsonNode> subgraphs = new HashMap<>();
    private final Map<String, Optional<CanvasScope>> expanded = new HashMap<>();
    private final CanvasWires wires = new CanvasWires(this::inside);
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Set<String> undecided = new HashSet<>();
    private final List<Node> idle = new ArrayList<>();
    private int expandedNodes;

    private CanvasForm(JsonNode workflow) {
        this.workflow = workflow;
        for (JsonNode definition :
                workflow.path("definitions").path("subgraphs").values()) {
            subgraphs.put(definition.path("id").asString(""), definition);
        }
    }

    /** Reads a graph; it is empty where nothing in it runs. */
    static Graph read(JsonNode workflow) {
        CanvasForm form = new CanvasForm(workflow);
        form.add(CanvasScope.of(workflow, "", Optional.empty()));
        return Switches.prune(new Graph(form.nodes, form.undecided, form.idle));
    }

    private void add(CanvasScope scope) {
        Map<String, JsonNode> ofGroup = groupValues(scope);
        for (CanvasNode node : scope.nodes().values()) {
            if (nodes.size() >= Graph.MAX_NODES) {
                return;
            }
            if (node.isOfEditor()) {
                continue;
            }
            if (!node.runs()) {
                addIdle(scope, node);
                continue;
            }
            Optional<CanvasScope> inner = inside(scope, node);
            if (inner.isPresent()) {
                add(inner.get());
            } else if (!subgraphs.containsKey(node.type())) {
                JsonNode dealt = ofGroup.get(node.id());
                add(scope, node, dealt == null ? CanvasWidgets.of(node) : CanvasWidgets.of(node, dealt));
            }
        }
    }

    private void add(CanvasScope scope, CanvasNode node, CanvasWidgets.Named named) {
        String id = scope.prefix() + node.id();
        if (!named.complete()) {
            undecided.add(id);
        }
        Map<String, Value> inputs = new LinkedHashMap<>();
        named.byName().forEach((name, value) -> inputs.put(name, new Literal(value)));
        scope.promotions().ofNode(node.id()).forEach((name, value) -> inputs.put(name, new Literal(value)));
        for (int slot = 0; slot < node.sockets().size(); slot++) {
            Socket socket = node.sockets().get(slot);
            Optional<End> source = scope.source(node, slot);
            if (source.isPresent()) {
                switch (wires.follow(scope, source.get(), socket.type())) {
                    case CanvasWires.Found.Given given -> inputs.put(socket.name(), given.value());
                    case CanvasWires.Found.Own own -> {}
                    case CanvasWires.Found.Nothing nothing -> inputs.remove(socket.name());
                    case CanvasWires.Found.Onward onward -> inputs.remove(socket.name());
                }
            }
        }
        nodes.put(id, new Node(id, node.type(), inputs, node.outputs()));
    }

    /** Keeps a node that does not run with its own values only: they name what it would have loaded. */
    private void addIdle(CanvasScope scope, CanvasNode node) {
        if (idle.size() >= Graph.MAX_NODES) {
            return;
        }
        Map<String, Value> inputs = new LinkedHashMap<>();
        CanvasWidgets.of(node).byName().forEach((name, value) -> inputs.put(name, new Literal(value)));
        idle.add(new Node(scope.prefix() + node.id(), node.type(), inputs, node.outputs()));
    }

    private Optional<CanvasScope> inside(CanvasScope scope, CanvasNode node) {
        String prefix = scope.prefix() + node.id() + ":";
        Optional<CanvasScope> before = expanded.get(prefix);
        if (before != null) {
            return before;
        }
        Optional<CanvasScope> inner = Optional.empty();
        if (depth(scope) < MAX_DEPTH && expandedNodes < MAX_EXPANDED) {
            Optional<CanvasScope.Outer> outer = Optional.of(new CanvasScope.Outer(scope, node));
            JsonNode definition = subgraphs.get(node.type());
            if (definition != null) {
                inner = Optional.of(CanvasScope.of(definition, prefix, outer));
            } else {
                inner = group(node.type()).map(group -> CanvasScope.ofGroup(group, prefix, outer.get()));
            }
        }
        if (inner.isPresent()) {
            // An empty level counts, too
            expandedNodes += 1 + inner.get().nodes().size();
            expanded.put(prefix, inner);
        }
        return inner;
    }

    private static int depth(CanvasScope scope) {
        int depth = 0;
        for (Optional<CanvasScope.Outer> outer = scope.outer(); outer.isPresent(); depth++) {
            outer = outer.get().scope().outer();
        }
        return depth;
    }

    private Optional<JsonNode> group(String type) {
        boolean group = type.startsWith("workflow/") || type.startsWith("workflow>");
        JsonNode definition =
                workflow.path("extra").path("groupNodes").path(group ? type.substring("workflow/".length()) : "");
        return group && definition.isObject() ? Optional.of(definition) : Optional.empty();
    }

    /** Deals the values of a group's node out to the nodes inside, in their order; those without a value keep their own. */
    private Map<String, JsonNode> groupValues(CanvasScope scope) {
        Optional<CanvasNode> group = scope.outer().map(CanvasScope.Outer::node);
        if (group.isEmpty()
                || group(group.get().type()).isEmpty()
                || group.get().values().isEmpty()) {
            return Map.of();
        }
        JsonNode all = group.get().values();
        Map<String, JsonNode> dealt = new HashMap<>();
        List<JsonNode> inOrder = new ArrayList<>(all.values());
        int from = 0;
        for (CanvasNode node : scope.nodes().values()) {
            int count = node.isOfEditor() ? 0 : node.values().size();
            if (from + count > inOrder.size()) {
                return nothing(scope);
            }
            dealt.put(node.id(), GraphText.array(inOrder.subList(from, from + count)));
            from += count;
        }
        return from == inOrder.size() ? dealt : nothing(scope);
    }

    /** Values that fit no places leave open what each inner widget was set to. */
    private static Map<String, JsonNode> nothing(CanvasScope scope) {
        Map<String, JsonNode> nothing = new HashMap<>();
        scope.nodes().keySet().forEach(id -> nothing.put(id, GraphText.array(List.of())));
        return nothing;
    }
}
