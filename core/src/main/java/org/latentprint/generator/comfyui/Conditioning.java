package org.latentprint.generator.comfyui;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latentprint.generator.PromptPart;
import org.latentprint.generator.comfyui.Node.Wire;
import org.latentprint.generator.comfyui.Value.Link;

/** Follows a conditioning link back to the texts that were encoded, keeping the two sides apart. */
final class Conditioning {
    /** Conditioning passes some ten nodes; the walk is repeated for every pass. */
    private static final int MAX_STEPS = 2_000;

    /** Where a text goes, by the name of the encoder's input. */
    private static final Map<String, String> ENCODERS = new LinkedHashMap<>();

    static {
        for (String plain : List.of(
                "text",
                "populated_text",
                "prompt",
                "string",
                "user_prompt",
                "caption",
                "Text",
                "text_input",
                "instruction",
                "conditioning_text",
                "text_prompt",
                "multiline_text")) {
            ENCODERS.put(plain, "text");
        }
        ENCODERS.put("text_g", "clip_g");
        ENCODERS.put("text_l", "clip_l");
        ENCODERS.put("prompt_g", "clip_g");
        ENCODERS.put("prompt_l", "clip_l");
        for (String named : List.of(
                "clip_g",
                "clip_l",
                "t5xxl",
                "bert",
                "mt5xl",
                "llama",
                "tags",
                "lyrics",
                "system_prompt",
                "pony",
                "t5",
                "gemma",
                "qwen25_7b")) {
            ENCODERS.put(named, named);
        }
    }

    private static final List<String> POSITIVE_KEYS =
            List.of("positive_prompt", "positive", "text_positive", "positive_text", "pos_prompt", "prompt_positive");
    private static final List<String> OWN_POSITIVE_KEYS = List.of("positive_prompt", "positive", "prompt");
    private static final List<String> NEGATIVE_KEYS = List.of(
            "negative_prompt",
            "negative",
            "text_negative",
            "negative_text",
            "neg_prompt",
            "prompt_negative",
            "n_prompt");

    private static final String CAPTIONED = "text as typed; a caption made at run time stands before it";
    private static final String EXPANDED = "text as typed; a language model adds words to it at run time";
    private static final String WITH_SDXL = "with_SDXL";

    private final Graph graph;
    private final Texts texts;
    private final Steps steps;

    /**
     * Makes the walker of one graph.
     *
     * @param steps that all walks back from passes take from
     */
    Conditioning(Graph graph, Texts texts, Steps steps) {
        this.graph = graph;
        this.texts = texts;
        this.steps = steps;
    }

    private record Step(Link link, boolean positive) {}

    /**
     * Collects the texts of one side.
     *
     * @param starts links on the sampler's or guider's input
     * @param positive which side
     * @param shared whether the link carries both sides, so that only what names its side counts as negative
     */
    Prompt collect(List<Link> starts, boolean positive, boolean shared) {
        List<PromptPart> pieces = new ArrayList<>();
        Set<String> rules = new HashSet<>();
        Set<Step> seen = new HashSet<>();
        Deque<Step> left = new ArrayDeque<>();
        starts.reversed().forEach(link -> left.push(new Step(link, positive)));
        while (!left.isEmpty() && seen.size() < MAX_STEPS && steps.take()) {
            Step step = left.pop();
            Optional<Node> node = graph.node(step.link());
            if (node.isEmpty()
                    || !seen.add(step)
                    || node.get().isNamed("zeroout")
                    || Switches.isOpen(graph, node.get(), Kind.CONDITIONING)) {
                continue;
            }
            boolean found = encoded(node.get(), step, shared && !positive, pieces, rules);
            onward(node.get(), step, found).reversed().forEach(left::push);
        }
        return new Prompt(pieces.stream().distinct().toList(), rules);
    }

    /** Returns the text of one side that a sampler holds itself. */
    Prompt own(Node sampler, boolean positive) {
        List<PromptPart> pieces = new ArrayList<>();
        Set<String> rules = new HashSet<>();
        List<String> keys = OneNode.makes(graph, sampler) ? OneNode.TEXT : OWN_POSITIVE_KEYS;
        if (sampler.text("style_name").filter(Loaders::isName).isPresent()) {
            rules.add(Texts.STYLED);
        }
        for (String key : positive ? keys : NEGATIVE_KEYS) {
            if (pieces.isEmpty() && !isConditioning(sampler, key)) {
                take(sampler, key, "text", pieces, rules);
            }
        }
        return new Prompt(pieces, rules);
    }

    private boolean encoded(Node node, Step step, boolean onlyNamed, List<PromptPart> pieces, Set<String> rules) {
        boolean side = side(node, step);
        boolean found = false;
        for (String key : side ? POSITIVE_KEYS : NEGATIVE_KEYS) {
            if (node.has(key) && !isConditioning(node, key)) {
                found |= take(node, key, "text", pieces, rules);
            }
        }
        if (found || onlyNamed || !encodes(node)) {
            return found;
        }
        boolean region = node.isNamed("gligen");
        boolean plainFound = false;
        for (Map.Entry<String, String> encoder : ENCODERS.entrySet()) {
            boolean plain = encoder.getValue().equals("text");
            if (!node.has(encoder.getKey())
                    || isIdle(node, plain)
                    || graph.links(node, Kind.CLIP).contains(linkOf(node, encoder.getKey()))) {
                continue;
            }
            boolean blank = node.text(encoder.getKey()).filter(String::isBlank).isPresent();
            if (plainFound && (plain || blank)) {
                continue;
            }
            boolean taken = take(node, encoder.getKey(), region ? Prompt.REGION : encoder.getValue(), pieces, rules);
            plainFound |= plain && taken;
            found |= taken;
        }
        return found;
    }

    /** An encoder with a switch between one text and SDXL's two keeps the ones that it does not use, too. */
    private static boolean isIdle(Node node, boolean plain) {
        return node.literal(WITH_SDXL)
                .map(chosen -> chosen.asBoolean(false) == plain)
                .orElse(false);
    }

    private static Link linkOf(Node node, String input) {
        return node.link(input).orElse(new Link("", -1));
    }

    private boolean take(Node node, String key, String encoder, List<PromptPart> pieces, Set<String> rules) {
        Optional<Text> text = texts.of(node, key).map(typed -> TriggerWords.before(node, typed, texts));
        text.ifPresent(found -> {
            pieces.add(new PromptPart(encoder, found.value()));
            found.rule().ifPresent(rules::add);
            if (key.equals("positive_prompt") && node.link("captions").isPresent()) {
                rules.add(CAPTIONED);
            }
            if (key.equals("positive_prompt")
                    && node.literal("prompt_expansion")
                            .filter(json -> json.asBoolean(false))
                            .isPresent()) {
                rules.add(EXPANDED);
            }
        });
        // A text that is made at run time still ends the way: what lies behind it is not the prompt
        return node.has(key);
    }

    private boolean isConditioning(Node node, String key) {
        return node.link(key)
                .map(link -> graph.node(link)
                        .map(source -> givesConditioning(source, link.slot()))
                        .orElse(true))
                .orElse(false);
    }

    private boolean givesConditioning(Node source, int slot) {
        String type = source.output(slot).type();
        if (!type.isEmpty() && !type.equals("*")) {
            return Kind.ofType(type) != Kind.TEXT;
        }
        return !source.isNamed("string", "text", "primitive", "prompt") || source.isNamed("encode", "conditioning");
    }

    private boolean encodes(Node node) {
        return !graph.links(node, Kind.CLIP).isEmpty()
                || node.isNamed("encode", "gligen", "text to conditioning", "stableaudioprompt")
                || node.has("t5")
                || node.has("bert")
                || isEnd(node);
    }

    /** A node of an unknown class that takes no conditioning, and gives one, makes it of its text. */
    private boolean isEnd(Node node) {
        return (node.has("text") || node.has("prompt"))
                && !Signatures.isKnown(node.type())
                && graph.links(node, Kind.CONDITIONING).isEmpty()
                && graph.links(node, Kind.PIPE).isEmpty();
    }

    /** Tells which side the output at the step's end carries. */
    private boolean side(Node node, Step step) {
        String name = (node.output(step.link().slot()).name() + " "
                        + node.output(step.link().slot()).type())
                .toLowerCase(Locale.ROOT);
        if (name.contains("neg") || name.endsWith("conditioning-")) {
            return false;
        }
        if (name.contains("pos") || name.endsWith("conditioning+")) {
            return true;
        }
        boolean bundled = !graph.links(node, Kind.PIPE).isEmpty() || node.isNamed("context", "pipe", "basic");
        if (!bundled && hasBothSides(node)) {
            // A node may give a model before its two sides
            List<Integer> slots = graph.conditioningSlots(node);
            if (slots.size() == 2 && slots.contains(step.link().slot())) {
                return slots.getFirst() == step.link().slot();
            }
        }
        return step.positive();
    }

    private static boolean hasBothSides(Node node) {
        return node.wires().stream().anyMatch(wire -> isNegative(wire.input()))
                && node.wires().stream().anyMatch(wire -> isPositive(wire.input()));
    }

    static boolean isNegative(String input) {
        String lower = input.toLowerCase(Locale.ROOT);
        return lower.contains("negative") || lower.equals("neg") || lower.startsWith("neg_") || lower.endsWith("_neg");
    }

    static boolean isPositive(String input) {
        String lower = input.toLowerCase(Locale.ROOT);
        return lower.contains("positive") || lower.equals("pos") || lower.startsWith("pos_") || lower.endsWith("_pos");
    }

    private List<Step> onward(Node node, Step step, boolean found) {
        boolean side = side(node, step);
        List<Step> steps = new ArrayList<>();
        for (Wire wire : node.wires()) {
            boolean otherSide = side ? isNegative(wire.input()) : isPositive(wire.input());
            if (graph.kind(wire) == Kind.CONDITIONING && !otherSide && isConditioning(node, wire.input())) {
                steps.add(new Step(wire.link(), side));
            }
        }
        if (steps.isEmpty() && !found) {
            for (Link link : graph.onward(node, Kind.PIPE)) {
                steps.add(new Step(link, side));
            }
        }
        return steps;
    }
}
