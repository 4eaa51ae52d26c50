package org.latentprint.generator.comfyui;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.latentprint.evidence.Origin;
import org.latentprint.generator.Generation;
import org.latentprint.generator.GenerationBuilder;
import org.latentprint.generator.InputMedia;
import org.latentprint.generator.NamedLora;
import org.latentprint.generator.NamedModel;
import org.latentprint.generator.Pass;

/** Makes a generation of a branch. */
final class Assembler {
    /** A graph can hold many loaders; the leads among them come first, the rest is cut. */
    private static final int MAX_UNCONNECTED = 200;

    private static final String TAGGED =
            "a tag in the prompt of a loader that loads what its tags name, unless its model is a Flux or Hunyuan-DiT";

    private static final String BY_PLACE =
            "named by its place beside a sampler's and a scheduler's name; the node's class has other widgets or is not known";

    private static final Pattern EMBEDDING = Pattern.compile("embedding:([^\\s,()<>\\[\\]:]{1,200})");

    private final Graph graph;
    private final Scalars scalars;
    private final String program;
    private final Origin origin;
    private final Set<String> loaded;
    private final ServiceRun services;

    /** What each node names, so that branches that share nodes do not look again. */
    private final Map<String, Optional<String>> online = new HashMap<>();

    private final Map<String, List<NamedModel>> further = new HashMap<>();
    private final Map<String, List<NamedLora>> onTexts = new HashMap<>();

    Assembler(Graph graph, Scalars scalars, String program, Origin origin) {
        this.graph = graph;
        this.scalars = scalars;
        this.program = program;
        this.origin = origin;
        this.loaded = new LinkedHashSet<>(new Media(graph).anywhere());
        this.services = new ServiceRun(graph, scalars);
    }

    /** Makes the generation of a group's best fitting branch; the others of the group are named beside it. */
    GenerationBuilder of(List<Branch> group) {
        Branch branch = group.getFirst();
        GenerationBuilder builder = Generation.builder(program, origin).task(Tasks.of(branch, graph));
        branch.main().ifPresent(main -> {
            top(builder, main);
            byPlace(builder, main);
        });
        if (branch.passes().isEmpty()) {
            branch.services().stream().findFirst().ifPresent(service -> services.describe(builder, service));
        }
        models(builder, branch);
        branch.inputs().forEach(builder::input);
        unconnected(builder, branch);
        passes(builder, branch);
        settings(builder, branch, group);
        branch.upstream().stream()
                .filter(node -> !Signatures.isKnown(node.type()))
                .forEach(node -> builder.unknown(node.type()));
        return builder;
    }

    /** Adds the passes in the data's flow; of services only where there is more than the one that stands at the top. */
    private void passes(GenerationBuilder builder, Branch branch) {
        boolean several = branch.passes().size() + branch.services().size() > 1;
        Map<String, PassFacts> sampled = branch.passes().stream()
                .collect(Collectors.toMap(facts -> facts.node().id(), facts -> facts));
        Set<String> asked = branch.services().stream().map(Node::id).collect(Collectors.toSet());
        for (Node node : branch.upstream()) {
            PassFacts facts = sampled.get(node.id());
            if (facts != null) {
                builder.pass(facts.pass());
                facts.positive().rules().forEach(rule -> builder.inferred("positive_prompt", rule));
                facts.negative().rules().forEach(rule -> builder.inferred("negative_prompt", rule));
            } else if (several && asked.contains(node.id())) {
                services.pass(node).ifPresent(builder::pass);
            }
        }
    }

    private static void top(GenerationBuilder builder, PassFacts main) {
        Pass pass = main.pass();
        builder.positivePrompt(pass.positivePrompt())
                .negativePrompt(pass.negativePrompt())
                .seed(pass.seed())
                .steps(pass.steps())
                .sampler(pass.sampler())
                .scheduler(pass.scheduler())
                .cfgScale(pass.cfgScale())
                .width(pass.width())
                .height(pass.height());
        main.positive().parts().forEach(builder::positivePart);
        main.negative().parts().forEach(builder::negativePart);
        pass.denoise().ifPresent(denoise -> builder.setting("denoise", denoise.toString()));
        main.settings().forEach(builder::setting);
    }

    /** Says of which values the place alone told what they are: of those that a sampler holds itself. */
    private void byPlace(GenerationBuilder builder, PassFacts main) {
        Node sampler = main.node();
        if (!graph.undecided().contains(sampler.id())) {
            return;
        }
        Map.of(
                        "seed",
                        "seed",
                        "steps",
                        "steps",
                        "cfg",
                        "cfg_scale",
                        "sampler_name",
                        "sampler",
                        "scheduler",
                        "scheduler")
                .entrySet()
                .stream()
                .filter(named -> sampler.literal(named.getKey()).isPresent())
                .map(Map.Entry::getValue)
                .sorted()
                .forEach(field -> builder.inferred(field, BY_PLACE));
    }

    private void models(GenerationBuilder builder, Branch branch) {
        branch.passes().forEach(pass -> pass.models().sources().forEach(builder::model));
        for (Node service : branch.services()) {
            builder.setting("service_node", service.type());
            online.computeIfAbsent(service.id(), id -> Services.model(service, scalars))
                    .ifPresent(name -> builder.model(NamedModel.named("service", name)));
        }
        branch.upstream()
                .forEach(node -> further.computeIfAbsent(node.id(), id -> Loaders.further(node, scalars))
                        .forEach(builder::model));
        branch.passes().forEach(pass -> pass.models().loras().forEach(builder::lora));
        textLoras(builder, branch);
        promptLoras(builder, branch);
        branch.passes().forEach(pass -> {
            pass.pass().positivePrompt().ifPresent(text -> embeddings(builder, text));
            pass.pass().negativePrompt().ifPresent(text -> embeddings(builder, text));
        });
    }

    /** Adds LoRAs that work on a text encoder only: their node leads to the file, though not as a model of a pass. */
    private void textLoras(GenerationBuilder builder, Branch branch) {
        Set<String> told = branch.passes().stream()
                .flatMap(pass -> pass.models().loraNodes().stream())
                .collect(Collectors.toSet());
        if (branch.passes().isEmpty()) {
            return;
        }
        for (Node node : branch.upstream()) {
            if (!told.contains(node.id())) {
                onTexts.computeIfAbsent(node.id(), id -> onText(node)).forEach(builder::lora);
            }
        }
    }

    private List<NamedLora> onText(Node node) {
        if (graph.links(node, Kind.CLIP).isEmpty()) {
            return List.of();
        }
        Optional<BigDecimal> strength = scalars.decimal(node, List.of("strength_clip", "clip_strength"));
        return new Loras(scalars)
                .of(node).stream()
                        .map(lora -> new NamedLora(lora.name(), strength.or(lora::weight), lora.hashes()))
                        .toList();
    }

    /** Adds LoRAs that stand as tags in the prompts of Easy-Use's loaders: these load them, save with a few kinds of models. */
    private static void promptLoras(GenerationBuilder builder, Branch branch) {
        for (Node node : branch.upstream()) {
            if (!node.isNamed("easy ") || !node.isNamed("loader") || node.isNamed("flux", "hunyuandit", "lora")) {
                continue;
            }
            for (String side : List.of("positive", "negative")) {
                List<NamedLora> loras = node.text(side).map(Loras::inText).orElse(List.of());
                loras.forEach(lora -> builder.lora(lora).inferred("loras", TAGGED));
            }
        }
    }

    private static void embeddings(GenerationBuilder builder, String text) {
        Matcher matcher = EMBEDDING.matcher(text);
        while (matcher.find()) {
            builder.model(NamedModel.named("embedding", matcher.group(1)));
        }
    }

    private void unconnected(GenerationBuilder builder, Branch branch) {
        Set<String> used = branch.inputs().stream().map(InputMedia::name).collect(Collectors.toSet());
        builder.first(
                        loaded.stream().filter(name -> !used.contains(name)),
                        MAX_UNCONNECTED,
                        "loaders that are not connected")
                .forEach(name -> builder.input(new InputMedia("unconnected", name)));
    }

    private void settings(GenerationBuilder builder, Branch branch, List<Branch> group) {
        Node saver = branch.saver();
        builder.setting("saving_node", named(saver));
        if (group.size() > 1) {
            builder.setting(
                    "further_saving_nodes",
                    group.stream().skip(1).map(other -> named(other.saver())).collect(Collectors.joining(", ")));
        }
        for (Map.Entry<String, List<String>> setting : Map.of(
                        "filename_prefix", List.of("filename_prefix"),
                        "frame_rate", List.of("frame_rate", "fps"))
                .entrySet()) {
            scalars.first(saver, setting.getValue())
                    .ifPresent(value -> builder.setting(setting.getKey(), value.asString()));
        }
        for (Node node : branch.upstream()) {
            if (node.type().equals("FluxGuidance")) {
                scalars.first(node, List.of("guidance"))
                        .ifPresent(value -> builder.setting("guidance", value.asString()));
            } else if (node.type().equals("CLIPSetLastLayer")) {
                scalars.first(node, List.of("stop_at_clip_layer"))
                        .ifPresent(value -> builder.setting("clip_stop_layer", value.asString()));
            } else if (node.type().equals("CreateVideo")) {
                scalars.first(node, List.of("fps")).ifPresent(value -> builder.setting("frame_rate", value.asString()));
            }
        }
    }

    private static String named(Node node) {
        return node.id() + " " + node.type();
    }
}
