package org.latentprint.generator.comfyui;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latentprint.generator.comfyui.Value.Literal;
import tools.jackson.databind.JsonNode;

/**
 * Reads the editor's form ({@code workflow}) into the graph that it would run, as {@code graphToPrompt} of ComfyUI's frontend
 * does: muted nodes are left out, bypassed ones, reroutes, primitives, set and get nodes and subgraphs are resolved.
 */
final class CanvasForm {
    /** Subgraphs are nested two or three deep; one that holds itself would never end. */
    private static final int MAX_DEPTH = 16;

    private static final int MUTED = 2;
    private static final int BYPASSED = 4;

    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "Note",
            "MarkdownNote",
            "PrimitiveNode",
            "Reroute",
            "Reroute (rgthree)",
            "SetNode",
            "GetNode",
            "Fast Groups Muter (rgthree)",
            "Fast Groups Bypasser (rgthree)",
            "Label (rgthree)",
            "Bookmark (rgthree)",
            "Fast Bypasser (rgthree)",
            "Fast Muter (rgthree)",
            "Fast Actions Button (rgthree)");

    private final Map<String, JsonNode> subgraphs = new HashMap<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final CanvasLinks links;

    private CanvasForm(JsonNode workflow) {
        for (JsonNode subgraph : workflow.path("definitions").path("subgraphs").values()) {
            subgraphs.put(subgraph.path("id").asString(""), subgraph);
        }
        links = new CanvasLinks(subgraphs);
    }

    static Graph read(JsonNode workflow) {
        CanvasForm form = new CanvasForm(workflow);
        List<Scope> scopes = form.scopes(workflow);
        Map<String, Value> broadcasts = Broadcasts.in(scopes, form.links);
        for (Scope scope : scopes) {
            scope.nodes().forEach((id, node) -> form.add(scope, id, node, broadcasts));
        }
        return new Graph(form.nodes);
    }

    /** Returns the whole and every live instance of a subgraph in it, within bounds. */
    private List<Scope> scopes(JsonNode workflow) {
        List<Scope> scopes = new ArrayList<>();
        Deque<Scope> left = new ArrayDeque<>();
        left.add(Scope.of("", workflow, Optional.empty(), Optional.empty(), 0));
        int size = 0;
        while (!left.isEmpty() && size < Graph.MAX_NODES) {
            Scope scope = left.poll();
            scopes.add(scope);
            size += scope.nodes().size() + 1;
            if (scope.depth() >= MAX_DEPTH) {
                continue;
            }
            for (JsonNode node : scope.nodes().values()) {
                if (isLive(node)
                        && subgraphs.containsKey(type(node))
                        && scopes.size() + left.size() < Graph.MAX_NODES / 10) {
                    left.add(links.inside(scope, node));
                }
            }
        }
        return scopes;
    }

    private void add(Scope scope, String id, JsonNode json, Map<String, Value> broadcasts) {
        String type = type(json);
        if (!isLive(json)
                || WITHOUT_EFFECT.contains(type)
                || subgraphs.containsKey(type)
                || nodes.size() >= Graph.MAX_NODES) {
            return;
        }
        Map<String, Value> inputs = new LinkedHashMap<>();
        Widgets.of(type, json).forEach((name, value) -> inputs.put(name, new Literal(value)));
        for (JsonNode input : json.path("inputs").values()) {
            String name = input.path("name").asString("");
            if (input.path("link").isNull() || input.path("link").isMissingNode()) {
                Optional.ofNullable(Broadcasts.find(broadcasts, input))
                        .ifPresent(value -> inputs.putIfAbsent(name, value));
                continue;
            }
            links.behind(scope, input.path("link").asString("")).ifPresent(value -> inputs.put(name, value));
        }
        List<Output> outputs = new ArrayList<>();
        for (JsonNode output : json.path("outputs").values()) {
            outputs.add(new Output(
                    output.path("name").asString(""), output.path("type").asString("")));
        }
        Node node = new Node(scope.prefix() + id, type, inputs, outputs);
        nodes.put(node.id(), Switches.prune(node));
    }

    static String type(JsonNode node) {
        return node.path("type").asString("");
    }

    static boolean isLive(JsonNode node) {
        int mode = node.path("mode").asInt(0);
        return mode != MUTED && mode != BYPASSED;
    }

    static boolean isMuted(JsonNode node) {
        return node.path("mode").asInt(0) == MUTED;
    }
}
