package org.latentprint.generator.comfyui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** Follows every saving node of a graph back, and orders the branches by how well they fit a file. */
final class Branches {
    /** Real graphs save in a few places. Each branch costs a walk over the graph, so this bounds the work. */
    static final int MAX_BRANCHES = 64;

    /** Nodes on all branches together: the largest real graphs have two thousand nodes and save in a few places. */
    private static final int MAX_UPSTREAM = 100_000;

    private Branches() {}

    /**
     * What was found.
     *
     * @param branches in the order of the graph
     * @param bounds what was not followed to its end, each with what is followed
     */
    record Found(List<Branch> branches, List<String> bounds) {}

    static Found of(Graph graph, Scalars scalars) {
        PassReader passes = new PassReader(graph, scalars);
        Media media = new Media(graph);
        List<Node> savers = Savers.find(graph);
        Set<String> samplers = graph.nodes().values().stream()
                .filter(graph::isSampler)
                .map(Node::id)
                .collect(Collectors.toSet());
        Set<String> online = graph.nodes().values().stream()
                .filter(graph::isService)
                .map(Node::id)
                .collect(Collectors.toSet());
        Steps steps = new Steps(MAX_UPSTREAM);
        List<Branch> branches = new ArrayList<>();
        for (Node saver : savers.subList(0, Math.min(savers.size(), MAX_BRANCHES))) {
            if (steps.spent()) {
                break;
            }
            List<Node> upstream = graph.upstream(saver, steps);
            List<PassFacts> facts = upstream.stream()
                    .filter(node -> samplers.contains(node.id()))
                    .flatMap(node -> passes.read(node).stream())
                    .toList();
            List<Node> services =
                    upstream.stream().filter(node -> online.contains(node.id())).toList();
            branches.add(new Branch(saver, upstream, facts, services, media.reaching(saver)));
        }
        List<String> bounds = new ArrayList<>(passes.bounds());
        if (savers.size() > MAX_BRANCHES) {
            bounds.add(savers.size() + " saving nodes, the first " + MAX_BRANCHES + " are followed");
        }
        if (steps.spent()) {
            bounds.add("more than " + MAX_UPSTREAM + " nodes on the ways to the saving nodes, so many are followed");
        }
        if (media.cut()) {
            bounds.add("more than " + Media.MAX_STEPS + " links behind loaded pictures, so many are followed");
        }
        return new Found(branches, bounds);
    }

    /**
     * Groups branches that save the same picture in different states, the best fitting first in its group, and the groups
     * by their first branch. Branches on which nothing was generated are left out beside one on which something was,
     * unless they write a file themselves.
     */
    static List<List<Branch>> grouped(List<Branch> branches, ToIntFunction<Branch> fit) {
        boolean anyGenerates = branches.stream().anyMatch(Branch::generates);
        List<List<Branch>> groups = new ArrayList<>(branches.stream()
                .filter(branch -> branch.generates() || !anyGenerates || writesLoaded(branch))
                .collect(Collectors.groupingBy(
                        Branch::source, LinkedHashMap::new, Collectors.toCollection(ArrayList::new)))
                .values());
        groups.forEach(
                group -> group.sort((one, other) -> Integer.compare(fit.applyAsInt(other), fit.applyAsInt(one))));
        groups.sort((one, other) -> Integer.compare(fit.applyAsInt(other.getFirst()), fit.applyAsInt(one.getFirst())));
        return groups;
    }

    private static boolean writesLoaded(Branch branch) {
        return !Savers.isPreview(branch.saver()) && !branch.inputs().isEmpty();
    }
}
