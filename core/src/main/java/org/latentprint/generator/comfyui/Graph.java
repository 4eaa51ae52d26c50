package org.latentprint.generator.comfyui;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.latentprint.generator.comfyui.Node.Wire;
import org.latentprint.generator.comfyui.Value.Link;

/** A graph of nodes, in whichever form it was recorded. It may hold cycles and links that lead nowhere. For one thread. */
final class Graph {

    /** More nodes than this are not read: the largest real graphs have some two thousand. */
    static final int MAX_NODES = 50_000;

    private final Map<String, Node> nodes;
    private final Set<String> undecided;
    private final List<Node> idle;
    private final Map<String, Kind> kinds = new HashMap<>();
    private final Map<String, SortedSet<Integer>> taken = new HashMap<>();
    private final Map<String, Set<Kind>> takenAs = new HashMap<>();
    private final Map<Node, Boolean> samplers = new HashMap<>();
    private final Map<Node, Boolean> services = new HashMap<>();
    private boolean takersRead;

    /**
     * Makes a graph.
     *
     * @param nodes identifier to node, in the recorded order
     * @param undecided nodes that hold values whose meaning is not known
     * @param idle nodes that stand in the editor beside those that run, and take no part
     */
    Graph(Map<String, Node> nodes, Set<String> undecided, List<Node> idle) {
        this.nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
        this.undecided = Set.copyOf(undecided);
        this.idle = List.copyOf(idle);
    }

    /** Makes a graph whose values all stand under a name. */
    Graph(Map<String, Node> nodes) {
        this(nodes, Set.of(), List.of());
    }

    Map<String, Node> nodes() {
        return nodes;
    }

    Set<String> undecided() {
        return undecided;
    }

    /** Returns the nodes that were muted or bypassed: they say what else was at hand, and nothing about the result. */
    List<Node> idle() {
        return idle;
    }

    /** Returns the graph with some nodes replaced by those of the same identifier. */
    Graph with(Map<String, Node> replaced) {
        Map<String, Node> all = new LinkedHashMap<>(nodes);
        all.putAll(replaced);
        return new Graph(all, undecided, idle);
    }

    Optional<Node> node(Link link) {
        return Optional.ofNullable(nodes.get(link.node()));
    }

    /** Says whether the node runs a diffusion model; asked for many times of each, and told once. */
    boolean isSampler(Node node) {
        return samplers.computeIfAbsent(node, asked -> Samplers.isSampler(this, asked));
    }

    /** Says whether a service on the network makes the picture for the node. */
    boolean isService(Node node) {
        return services.computeIfAbsent(node, Services::isService);
    }

    /** Tells what flows through a wire: by the input's name, else by the type of the output at its other end. */
    Kind kind(Wire wire) {
        Kind byName = kinds.computeIfAbsent(wire.input(), Kind::ofInput);
        Kind byType = node(wire.link())
                .map(source -> Kind.ofType(source.output(wire.link().slot()).type()))
                .orElse(Kind.UNKNOWN);
        // An "image_embeds" is a latent with one pack, and what a vision model saw with another
        return byName == Kind.UNKNOWN || byType == Kind.VISION ? byType : byName;
    }

    /** Returns the node's links of that kind, in their order. */
    List<Link> links(Node node, Kind kind) {
        List<Link> links = new ArrayList<>();
        for (Wire wire : node.wires()) {
            if (kind(wire) == kind) {
                links.add(wire.link());
            }
        }
        return links;
    }

    /**
     * Returns the slots through which a node gives conditioning, in their order: as it declares them, else as other nodes
     * take them up.
     */
    List<Integer> conditioningSlots(Node node) {
        if (!node.outputs().isEmpty()) {
            return IntStream.range(0, node.outputs().size())
                    .filter(slot -> Kind.ofType(node.output(slot).type()) == Kind.CONDITIONING)
                    .boxed()
                    .toList();
        }
        if (taken.isEmpty()) {
            for (Node taker : nodes.values()) {
                for (Wire wire : taker.wires()) {
                    if (kind(wire) == Kind.CONDITIONING) {
                        taken.computeIfAbsent(wire.link().node(), id -> new TreeSet<>())
                                .add(wire.link().slot());
                    }
                }
            }
        }
        return List.copyOf(taken.getOrDefault(node.id(), new TreeSet<>()));
    }

    /** Returns what the node gives: as it declares it, else as other nodes take it up. */
    Set<Kind> given(Node node) {
        if (!node.outputs().isEmpty()) {
            return node.outputs().stream()
                    .map(output -> Kind.ofType(output.type()))
                    .collect(Collectors.toSet());
        }
        if (!takersRead) {
            takersRead = true;
            for (Node taker : nodes.values()) {
                for (Wire wire : taker.wires()) {
                    takenAs.computeIfAbsent(wire.link().node(), id -> EnumSet.noneOf(Kind.class))
                            .add(kind(wire));
                }
            }
        }
        return takenAs.getOrDefault(node.id(), Set.of());
    }

    /**
     * Returns where to go on for what the node hands through: its links of that kind; else its bundles; else, for a node
     * such as a reroute, links of which nothing is known.
     */
    List<Link> onward(Node node, Kind kind) {
        for (Kind tried : List.of(kind, Kind.PIPE, Kind.UNKNOWN)) {
            List<Link> links = links(node, tried);
            if (!links.isEmpty()) {
                return links;
            }
        }
        return List.of();
    }

    /**
     * Returns the nodes that feed the start, each after all that feed it (but for cycles), the start last.
     *
     * @param steps where every node is counted; with none left the nodes met so far are returned
     */
    List<Node> upstream(Node start, Steps steps) {
        List<Node> order = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Deque<Visit> path = new ArrayDeque<>();
        seen.add(start.id());
        path.push(new Visit(start, start.wires().iterator()));
        while (!path.isEmpty()) {
            Visit visit = path.peek();
            if (visit.left().hasNext()) {
                Optional<Node> source = node(visit.left().next().link());
                if (source.isPresent() && seen.add(source.get().id()) && steps.take()) {
                    path.push(new Visit(source.get(), source.get().wires().iterator()));
                }
            } else {
                order.add(path.pop().node());
            }
        }
        return order;
    }

    private record Visit(Node node, Iterator<Wire> left) {}
}
