package org.latentprint.generator.comfyui;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latentprint.generator.GenerationBuilder;
import org.latentprint.generator.Pass;
import org.latentprint.generator.PromptPart;
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
            "max_resolution",
            "upscaler_resolution",
            "scale_factor",
            "upscale_factor",
            "duration",
            "duration_seconds",
            "mode",
            "tier",
            "engine",
            "quality",
            "rendering_speed",
            "style",
            "style_type",
            "style_preset",
            "flavor",
            "effect_scene",
            "pikaffect",
            "image_type",
            "generate_type",
            "character_orientation",
            "avatar",
            "voice",
            "output_language",
            "source_generation_id",
            "image_seed",
            "model_seed",
            "texture_seed",
            "guidance");

    /** Inputs that hold what is spoken; a dialogue has up to ten. */
    private static final Pattern SPOKEN = Pattern.compile("text\\d{0,2}");

    /** Graphs ask services a few times; more are not told one by one, since each may cost a walk over the graph. */
    private static final int MAX_PASSES = 200;

    private final Scalars scalars;
    private final Texts texts;
    private final Map<String, Pass> passes = new HashMap<>();

    ServiceRun(Graph graph, Scalars scalars) {
        this.scalars = scalars;
        this.texts = new Texts(graph);
    }

    /** Adds prompts, seed, size and choices of a node for which {@link Services#isService} holds. */
    void describe(GenerationBuilder builder, Node service) {
        Node node = Services.plain(service);
        Pass pass = read(service);
        Optional<Text> positive = Services.positive(node, texts);
        Optional<Text> negative = Services.negative(node, texts);
        builder.positivePrompt(pass.positivePrompt())
                .negativePrompt(pass.negativePrompt())
                .seed(pass.seed())
                .steps(pass.steps())
                .cfgScale(pass.cfgScale())
                .width(pass.width())
                .height(pass.height());
        Services.scenes(node, texts).forEach(builder::positivePart);
        positive.flatMap(Text::rule).ifPresent(rule -> builder.inferred("positive_prompt", rule));
        negative.flatMap(Text::rule).ifPresent(rule -> builder.inferred("negative_prompt", rule));
        if (Services.isSpoken(node)) {
            String spoken = node.inputs().keySet().stream()
                    .filter(SPOKEN.asMatchPredicate())
                    .flatMap(input -> texts.of(node, input).stream())
                    .map(Text::value)
                    .collect(Collectors.joining("\n"));
            if (!spoken.isEmpty()) {
                builder.setting("spoken_text", spoken);
            }
        }
        for (String key : CHOICES) {
            scalars.first(node, List.of(key)).ifPresent(value -> builder.setting(key, value.asString()));
        }
    }

    /**
     * Returns what the node asks for as one pass; settings that a service does not have stay empty. Gives none where the bound
     * on them is reached.
     */
    Optional<Pass> pass(Node service) {
        return passes.size() < MAX_PASSES || passes.containsKey(service.id())
                ? Optional.of(passes.computeIfAbsent(service.id(), id -> read(service)))
                : Optional.empty();
    }

    private Pass read(Node service) {
        Node node = Services.plain(service);
        Optional<Size> size = StatedSize.ofService(node, scalars);
        List<PromptPart> scenes = Services.scenes(node, texts);
        Optional<String> prompt = Services.positive(node, texts).map(Text::value);
        return new Pass(
                service.id(),
                Optional.of(service.type()),
                scalars.first(node, SEED).map(JsonNode::asString),
                scalars.whole(node, Samplers.STEPS).filter(steps -> steps >= 0),
                Optional.empty(),
                Optional.empty(),
                scalars.decimal(node, Samplers.CFG),
                Optional.empty(),
                Services.model(node, scalars),
                scenes.isEmpty()
                        ? prompt
                        : Optional.of(scenes.stream().map(PromptPart::text).collect(Collectors.joining("\n"))),
                Services.negative(node, texts).map(Text::value),
                size.map(Size::width),
                size.map(Size::height));
    }
}
