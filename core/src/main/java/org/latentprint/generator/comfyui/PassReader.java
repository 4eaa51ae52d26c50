package org.latentprint.generator.comfyui;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latentprint.generator.NamedModel;
import org.latentprint.generator.Pass;
import org.latentprint.generator.comfyui.Node.Wire;
import org.latentprint.generator.comfyui.Value.Link;
import tools.jackson.databind.JsonNode;

/** Reads one sampler's settings, from itself and from the guider, noise, sigmas and sampler nodes beside it. */
final class PassReader {
    /** Side nodes stand a few links away; a longer chain is a cycle or hostile. */
    private static final int MAX_CHAIN = 32;

    /** Real graphs run a sampler a few times, long films some fifty; each pass costs a walk back over the graph. */
    private static final int MAX_PASSES = 200;

    /** Nodes on the ways back from all passes: each goes over some fifty. */
    private static final int MAX_STEPS = 40_000;

    private final Graph graph;
    private final Scalars scalars;
    private final Texts texts;
    private final Conditioning conditioning;
    private final Latents latents;
    private final Steps steps = new Steps(MAX_STEPS);
    private final Map<String, PassFacts> read = new HashMap<>();

    PassReader(Graph graph, Scalars scalars) {
        this.graph = graph;
        this.scalars = scalars;
        this.texts = new Texts(graph);
        this.conditioning = new Conditioning(graph, texts, steps);
        this.latents = new Latents(graph, scalars, steps);
    }

    /** Returns what the sampler ran with; empty where the bound on passes is reached. */
    Optional<PassFacts> read(Node sampler) {
        if (!read.containsKey(sampler.id()) && read.size() >= MAX_PASSES) {
            return Optional.empty();
        }
        return Optional.of(read.computeIfAbsent(sampler.id(), id -> facts(sampler)));
    }

    /** Returns what was not followed to its end, so that passes or their texts may be missing. */
    List<String> bounds() {
        List<String> bounds = new ArrayList<>();
        if (read.size() >= MAX_PASSES) {
            bounds.add("so many passes that only " + MAX_PASSES + " are read");
        }
        if (steps.spent()) {
            bounds.add("more than " + MAX_STEPS + " nodes behind the passes, so many are followed");
        }
        return bounds;
    }

    private PassFacts facts(Node sampler) {
        List<Node> guiders = chain(sampler, Kind.GUIDER);
        List<Node> bundles = chain(sampler, Kind.PIPE);
        List<Node> sigmas = chain(sampler, Kind.SIGMAS);
        List<Node> samplerNodes = chain(sampler, Kind.SAMPLER);
        List<Node> general = new ArrayList<>();
        general.add(sampler);
        general.addAll(bundles);
        List<Node> conditioned = new ArrayList<>(List.of(sampler));
        conditioned.addAll(guiders);

        Prompt positive = DetailPrompt.of(sampler, bundles, texts, sideOrOwn(conditioned, true));
        Prompt negative = sideOrOwn(conditioned, false);
        Models models = modelsOf(sampler, conditioned).with(new Loras(scalars).of(sampler));
        Latents.Start start = latents.start(sampler);
        Map<String, String> settings = new HashMap<>();
        if (!samplerNodes.isEmpty()
                && value(List.of(samplerNodes), Samplers.SAMPLER).isEmpty()) {
            settings.put("sampler_node", samplerNodes.getLast().type());
        }
        start.maker().ifPresent(maker -> frames(maker, settings));

        boolean twoScales = guiders.stream().anyMatch(node -> node.has("cfg_conds"));
        Pass pass = new Pass(
                sampler.id(),
                Optional.of(sampler.type()),
                value(List.of(general, chain(sampler, Kind.NOISE)), Samplers.SEED)
                        .map(JsonNode::asString),
                value(List.of(general, sigmas), Samplers.STEPS)
                        .flatMap(Scalars::whole)
                        .filter(steps -> steps >= 0),
                value(List.of(general, samplerNodes), Samplers.SAMPLER)
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue),
                value(List.of(general, sigmas), Samplers.SCHEDULER)
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue),
                twoScales
                        ? Optional.empty()
                        : value(List.of(general, guiders), Samplers.CFG).flatMap(Scalars::decimal),
                value(List.of(general, sigmas), Samplers.DENOISE).flatMap(Scalars::decimal),
                models.sources().stream().findFirst().flatMap(NamedModel::name),
                positive.whole(),
                negative.whole(),
                start.size().map(Size::width),
                start.size().map(Size::height));
        if (twoScales) {
            scales(guiders, settings);
        }
        return new PassFacts(sampler, pass, positive, negative, models, start.maker(), settings);
    }

    private static void scales(List<Node> guiders, Map<String, String> settings) {
        for (Node guider : guiders) {
            for (String key : List.of("cfg_conds", "cfg_cond2_negative")) {
                guider.literal(key).filter(JsonNode::isNumber).ifPresent(scale -> settings.put(key, scale.asString()));
            }
        }
    }

    private void frames(Node maker, Map<String, String> settings) {
        scalars.whole(maker, List.of("length", "video_frames", "num_frames", "frames_number", "frame_count"))
                .filter(frames -> frames > 1)
                .ifPresent(frames -> settings.put("frames", frames.toString()));
        scalars.whole(maker, List.of("batch_size"))
                .filter(batch -> batch > 1)
                .ifPresent(batch -> settings.put("batch_size", batch.toString()));
    }

    /** Returns the first value under one of the names, on the nodes of the first group that has one. */
    private Optional<JsonNode> value(List<List<Node>> groups, List<String> names) {
        return groups.stream()
                .flatMap(List::stream)
                .flatMap(node -> scalars.first(node, names).stream())
                .findFirst();
    }

    /** Returns the nodes behind the sampler along links of one kind, nearest first. */
    private List<Node> chain(Node sampler, Kind kind) {
        List<Node> chain = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Node node = sampler;
        List<Link> links = graph.links(sampler, kind);
        while (!links.isEmpty() && chain.size() < MAX_CHAIN) {
            Optional<Node> next = graph.node(links.getFirst());
            if (next.isEmpty() || !seen.add(next.get().id())) {
                break;
            }
            node = next.get();
            chain.add(node);
            links = graph.links(node, kind);
            if (links.isEmpty() && kind != Kind.PIPE && node.isNamed("reroute", "switch", "any")) {
                links = graph.links(node, Kind.UNKNOWN);
            }
        }
        return chain;
    }

    private Models modelsOf(Node sampler, List<Node> holders) {
        Models behind = models(holders);
        boolean own = behind.sources().isEmpty() && OneNode.makes(graph, sampler);
        return own ? new Models(Loaders.own(sampler, scalars), behind.loras(), behind.loraNodes()) : behind;
    }

    private Models models(List<Node> holders) {
        for (Node holder : holders) {
            List<Link> links = graph.links(holder, Kind.MODEL);
            if (!links.isEmpty()) {
                return Models.behind(graph, scalars, links, steps);
            }
        }
        return Models.behind(graph, scalars, graph.links(holders.getFirst(), Kind.PIPE), steps);
    }

    private Prompt sideOrOwn(List<Node> holders, boolean positive) {
        Prompt behind = side(holders, positive);
        return behind.pieces().isEmpty() ? conditioning.own(holders.getFirst(), positive) : behind;
    }

    private Prompt side(List<Node> holders, boolean positive) {
        for (Node holder : holders) {
            if (holder.has("cond1") && holder.has("cond2")) {
                return conditioning.collect(
                        holder.link(positive ? "cond1" : "cond2").stream().toList(), positive, false);
            }
            List<Link> named = new ArrayList<>();
            List<Link> shared = new ArrayList<>();
            boolean anySide = false;
            for (Wire wire : holder.wires()) {
                if (graph.kind(wire) != Kind.CONDITIONING || wire.input().startsWith("empty")) {
                    continue;
                }
                boolean isNegative = Conditioning.isNegative(wire.input());
                boolean isPositive = Conditioning.isPositive(wire.input());
                anySide |= isNegative || isPositive;
                if (positive ? isPositive : isNegative) {
                    named.add(wire.link());
                } else if (!isNegative && !isPositive) {
                    shared.add(wire.link());
                }
            }
            if (!named.isEmpty()) {
                return conditioning.collect(named, positive, false);
            }
            if (!shared.isEmpty()) {
                return conditioning.collect(shared, positive, true);
            }
            if (anySide) {
                return new Prompt(List.of(), Set.of());
            }
        }
        return conditioning.collect(graph.links(holders.getFirst(), Kind.PIPE), positive, false);
    }
}
