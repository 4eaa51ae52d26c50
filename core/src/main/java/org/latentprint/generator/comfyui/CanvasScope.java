package org.latentprint.generator.comfyui;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.latentprint.generator.comfyui.CanvasNode.End;
import org.latentprint.generator.comfyui.CanvasNode.Socket;
import tools.jackson.databind.JsonNode;

/**
 * One level of the editor's form: the whole graph, or what stands inside a subgraph or group node.
 *
 * @param prefix of the identifiers that its nodes have in the graph that runs, such as {@code 12:}
 * @param outer the level on which the subgraph or group stands, and its node there; empty for the whole graph
 * @param nodes by their identifier within the level
 * @param inputs names of the subgraph's inputs, by slot; empty where the level has none or they count by place
 * @param outputs what the subgraph's or group's outputs take, by slot
 * @param promotions what the node of the subgraph sets inside
 * @param setters what was given a name, by that name
 * @param broadcasts what reaches inputs without a link
 */
record CanvasScope(
        String prefix,
        Optional<Outer> outer,
        Map<String, CanvasNode> nodes,
        List<String> inputs,
        Map<Integer, End> outputs,
        CanvasPromotions promotions,
        Map<String, CanvasNode> setters,
        Map<Target, End> broadcasts) {
    /** Stands for the inputs of a subgraph ({@code SUBGRAPH_INPUT_ID} in litegraph's {@code constants.ts}). */
    static final String INPUTS = "-10";

    /** Stands for the outputs of a subgraph ({@code SUBGRAPH_OUTPUT_ID}). */
    static final String OUTPUTS = "-20";

    /** Where a subgraph or group stands. */
    record Outer(CanvasScope scope, CanvasNode node) {}

    /** An input of a node. */
    record Target(String node, int slot) {}

    /** Reads the whole graph, or a subgraph's definition; both are written alike. */
    static CanvasScope of(JsonNode graph, String prefix, Optional<Outer> outer) {
        Map<String, End> links = new HashMap<>();
        Map<Integer, End> outputs = new HashMap<>();
        for (JsonNode link : graph.path("links").values()) {
            boolean array = link.isArray();
            String id = (array ? link.path(0) : link.path("id")).asString("");
            End end = new End(
                    (array ? link.path(1) : link.path("origin_id")).asString(""),
                    (array ? link.path(2) : link.path("origin_slot")).asInt(0));
            links.put(id, end);
            if ((array ? link.path(3) : link.path("target_id")).asString("").equals(OUTPUTS)) {
                outputs.put((array ? link.path(4) : link.path("target_slot")).asInt(0), end);
            }
        }
        Map<String, CanvasNode> nodes = new LinkedHashMap<>();
        for (JsonNode json : graph.path("nodes").values()) {
            if (nodes.size() >= Graph.MAX_NODES) {
                break;
            }
            String id = json.path("id").asString("");
            nodes.put(
                    id,
                    CanvasNode.read(
                            id,
                            json,
                            (slot, socket) -> Optional.ofNullable(
                                    links.get(socket.path("link").asString("")))));
        }
        List<String> inputs = new ArrayList<>();
        for (JsonNode input : graph.path("inputs").values()) {
            inputs.add(input.path("name").asString(""));
        }
        if (inputs.isEmpty()) {
            outer.ifPresent(host -> host.node().sockets().forEach(socket -> inputs.add(socket.name())));
        }
        CanvasPromotions promotions = outer.map(host -> CanvasPromotions.of(
                        host.node(),
                        leadingToWidgets(inputs, nodes),
                        host.scope().promotions().ofNode(host.node().id())))
                .orElse(CanvasPromotions.NONE);
        return new CanvasScope(prefix, outer, nodes, inputs, outputs, promotions, setters(nodes), broadcasts(graph));
    }

    /**
     * Reads a group's definition ({@code extra.groupNodes}, {@code groupNode.ts}). Its inputs and outputs are those that no
     * link inside takes up, in the order of the nodes.
     */
    static CanvasScope ofGroup(JsonNode group, String prefix, Outer outer) {
        Map<Target, End> links = new HashMap<>();
        Set<End> linked = new HashSet<>();
        for (JsonNode link : group.path("links").values()) {
            if (!link.path(0).isNull()) {
                End end = new End(link.path(0).asString(""), link.path(1).asInt(0));
                linked.add(end);
                links.put(new Target(link.path(2).asString(""), link.path(3).asInt(0)), end);
            }
        }
        for (JsonNode external : group.path("external").values()) {
            JsonNode node = external.path(0);
            linked.remove(new End(
                    (node.isObject() ? node.path("index") : node).asString(""),
                    external.path(1).asInt(0)));
        }
        Map<String, CanvasNode> nodes = new LinkedHashMap<>();
        Map<Integer, End> outputs = new HashMap<>();
        int place = 0;
        Iterator<Integer> entries = plainSockets(outer.node()).iterator();
        for (JsonNode json : group.path("nodes").values()) {
            String id = Integer.toString(place);
            JsonNode config = group.path("config").path(id);
            CanvasNode node = CanvasNode.read(id, json, (slot, socket) -> {
                Optional<End> inside = Optional.ofNullable(links.get(new Target(id, slot)));
                boolean exposed = inside.isEmpty()
                        && !socket.path("widget").isObject()
                        && isVisible(config.path("input"), socket.path("name").asString(""));
                return exposed && entries.hasNext() ? Optional.of(new End(INPUTS, entries.next())) : inside;
            });
            nodes.put(id, node);
            for (int slot = 0; slot < node.outputs().size() && !node.isPrimitive(); slot++) {
                End end = new End(id, slot);
                if (!linked.contains(end) && isVisible(config.path("output"), Integer.toString(slot))) {
                    outputs.put(outputs.size(), end);
                }
            }
            place++;
        }
        return new CanvasScope(
                prefix, Optional.of(outer), nodes, List.of(), outputs, CanvasPromotions.NONE, setters(nodes), Map.of());
    }

    private static List<String> leadingToWidgets(List<String> inputs, Map<String, CanvasNode> nodes) {
        Set<Integer> slots = new HashSet<>();
        for (CanvasNode node : nodes.values()) {
            for (Socket socket : node.sockets()) {
                if (socket.widget().isPresent()) {
                    socket.from().filter(end -> end.node().equals(INPUTS)).ifPresent(end -> slots.add(end.slot()));
                }
            }
        }
        return IntStream.range(0, inputs.size())
                .filter(slots::contains)
                .mapToObj(inputs::get)
                .toList();
    }

    /**
     * Returns the place, on the outer node, of the subgraph's input with that number. A saved graph leaves out inputs that
     * stand for widgets and are not linked ({@code compressWidgetInputSlots}), so the name tells, not the number.
     */
    OptionalInt socketOf(CanvasNode instance, int slot) {
        List<Socket> sockets = instance.sockets();
        if (slot >= 0 && slot < inputs.size()) {
            for (int place = 0; place < sockets.size(); place++) {
                if (sockets.get(place).name().equals(inputs.get(slot))) {
                    return OptionalInt.of(place);
                }
            }
            if (sockets.size() != inputs.size()) {
                return OptionalInt.empty();
            }
        }
        return slot >= 0 && slot < sockets.size() ? OptionalInt.of(slot) : OptionalInt.empty();
    }

    private static boolean isVisible(JsonNode config, String name) {
        return config.path(name).path("visible").asBoolean(true);
    }

    private static Map<String, CanvasNode> setters(Map<String, CanvasNode> nodes) {
        Map<String, CanvasNode> setters = new HashMap<>();
        for (CanvasNode node : nodes.values()) {
            if (node.isSetter() && node.runs()) {
                node.firstValue().map(name -> name.asString("")).ifPresent(name -> setters.putIfAbsent(name, node));
            }
        }
        return setters;
    }

    /** Reads the links that cg-use-everywhere worked out when the graph was saved ({@code extra.ue_links}). */
    private static Map<Target, End> broadcasts(JsonNode graph) {
        Map<Target, End> broadcasts = new HashMap<>();
        for (JsonNode link : graph.path("extra").path("ue_links").values()) {
            broadcasts.put(
                    new Target(
                            link.path("downstream").asString(""),
                            link.path("downstream_slot").asInt(-1)),
                    new End(
                            link.path("upstream").asString(""),
                            link.path("upstream_slot").asInt(-1)));
        }
        return broadcasts;
    }

    /** Returns what is linked to an input, or reaches it without a link. */
    Optional<End> source(CanvasNode node, int slot) {
        return node.sockets()
                .get(slot)
                .from()
                .or(() -> Optional.ofNullable(broadcasts.get(new Target(node.id(), slot))));
    }

    /** Returns the inputs of the outer node that can be linked only: a group's places are counted over these. */
    private static List<Integer> plainSockets(CanvasNode group) {
        List<Integer> plain = new ArrayList<>();
        for (int slot = 0; slot < group.sockets().size(); slot++) {
            Socket socket = group.sockets().get(slot);
            if (socket.widget().isEmpty()) {
                plain.add(slot);
            }
        }
        return plain;
    }
}
