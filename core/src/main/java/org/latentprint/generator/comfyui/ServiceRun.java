package org.latentprint.generator.comfyui;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.latentprint.generator.GenerationBuilder;
import tools.jackson.databind.JsonNode;

/** Reads what an online service was asked for, from the node that asks it. */
final class ServiceRun {
    /** Some nodes write it with a capital letter. */
    private static final List<String> SEED =
            Stream.concat(Samplers.SEED.stream(), Stream.of("Seed")).toList();

    /** Choices that say how the result was to be, by the names that the nodes give them. */
    private static final List<String> CHOICES = List.of(
            "size",
            "size_preset",
            "aspect_ratio",
            "ratio",
            "resolution",
            "target_resolution",
            "duration",
            "duration_seconds",
            "mode",
            "quality",
            "rendering_speed",
            "style",
            "style_type",
            "style_preset",
            "effect_scene",
            "pikaffect",
            "image_type",
            "guidance");

    private final Graph graph;
    private final Scalars scalars;

    ServiceRun(Graph graph, Scalars scalars) {
        this.graph = graph;
        this.scalars = scalars;
    }

    /** Adds prompts, seed, size and choices of a node for which {@link Services#isService} holds. */
    void describe(GenerationBuilder builder, Node service) {
        Node node = Services.plain(service);
        Texts texts = new Texts(graph);
        Optional<Size> size = StatedSize.ofService(node, scalars);
        Optional<Text> positive = Services.positive(node, texts);
        Optional<Text> negative = Services.negative(node, texts);
        builder.positivePrompt(positive.map(Text::value))
                .negativePrompt(negative.map(Text::value))
                .seed(scalars.first(node, SEED).map(JsonNode::asString))
                .width(size.map(Size::width))
                .height(size.map(Size::height));
        positive.flatMap(Text::rule).ifPresent(rule -> builder.inferred("positive_prompt", rule));
        negative.flatMap(Text::rule).ifPresent(rule -> builder.inferred("negative_prompt", rule));
        scalars.whole(node, Samplers.STEPS)
                .filter(steps -> steps >= 0)
                .ifPresent(steps -> builder.steps(Optional.of(steps)));
        scalars.decimal(node, Samplers.CFG).ifPresent(scale -> builder.cfgScale(Optional.of(scale)));
        if (Services.isSpoken(node)) {
            texts.of(node, "text").ifPresent(text -> builder.setting("spoken_text", text.value()));
        }
        for (String key : CHOICES) {
            scalars.first(node, List.of(key)).ifPresent(value -> builder.setting(key, value.asString()));
        }
    }
}
