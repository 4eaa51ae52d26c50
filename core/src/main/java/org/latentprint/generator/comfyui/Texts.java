package org.latentprint.generator.comfyui;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latentprint.generator.comfyui.Node.Wire;
import org.latentprint.generator.comfyui.Value.Link;
import org.latentprint.generator.comfyui.Value.Literal;
import tools.jackson.databind.JsonNode;

/**
 * Finds the text behind an input through constants, joins and displays. What is made at run time (random choice, language
 * models, taggers) has no text; a widget beside a link is stale and never read.
 */
final class Texts {
    /** Text nodes are chained over some ten; deeper is hostile. */
    private static final int MAX_DEPTH = 100;

    /** Joins that feed joins can double a text at each; no encoder takes more than this. */
    private static final int MAX_LENGTH = 1 << 20;

    static final String FROM_DISPLAY = "text that a display node showed in an earlier run";
    static final String STYLED = "text as typed; the styler adds words of a style that the file does not hold";
    static final String HANDED_THROUGH = "text handed through a node of an unknown class";
    static final String CHANGED = "text as typed; a node on its way changes it or takes a part of it";

    private static final List<String> TEXT_KEYS = List.of(
            "populated_text",
            "text",
            "string",
            "value",
            "prompt",
            "Text",
            "String",
            "STRING",
            "Prompt",
            "Value",
            "multiline_text",
            "text_input",
            "positive_prompt",
            "positive",
            "content",
            "strings",
            "inString",
            "text_1",
            "string_1",
            "prompt_text",
            "input_text",
            "any_text",
            "choice",
            "str",
            "Multiline",
            "default_value");
    private static final List<String> SEPARATOR_KEYS =
            List.of("delimiter", "separator", "separate", "joiner", "join_string", "seperator");
    private static final List<String> SHOWN_KEYS = List.of("text_0", "text2", "text_1", "show_text", "displayed_text");

    private final Graph graph;
    private final Map<Link, Optional<Text>> known = new HashMap<>();

    Texts(Graph graph) {
        this.graph = graph;
    }

    Optional<Text> of(Node node, String input) {
        return node.input(input).flatMap(value -> of(value, 0));
    }

    /** Returns the text that an output gives. */
    Optional<Text> of(Link link) {
        return of(link, 0);
    }

    private Optional<Text> of(Value value, int depth) {
        return switch (value) {
            case Literal(JsonNode json) -> literal(json);
            case Link link -> {
                if (depth > MAX_DEPTH) {
                    yield Optional.empty();
                }
                Optional<Text> before = known.get(link);
                if (before != null) {
                    yield before;
                }
                // A cycle finds this and ends
                known.put(link, Optional.empty());
                Optional<Text> found = graph.node(link).flatMap(node -> given(node, link.slot(), depth + 1));
                known.put(link, found);
                yield found;
            }
        };
    }

    private static Optional<Text> literal(JsonNode json) {
        if (json.isString()) {
            return Optional.of(json.stringValue())
                    .filter(text -> text.length() <= MAX_LENGTH)
                    .map(Text::of);
        }
        if (json.isNumber()) {
            return Optional.of(Text.of(json.asString()));
        }
        boolean listOfOne = json.isArray() && json.size() == 1 && json.get(0).isString();
        return listOfOne ? Optional.of(Text.of(json.get(0).stringValue())) : Optional.empty();
    }

    private Optional<Text> given(Node node, int slot, int depth) {
        if (node.has("populated_text")) {
            return node.input("populated_text").flatMap(value -> of(value, depth));
        }
        if (TriggerWords.areSwitched(node)) {
            return TriggerWords.switched(node);
        }
        if (node.isNamed(
                "showtext", "show text", "showanything", "display", "previewany", "preview", "text to console")) {
            return shown(node, depth);
        }
        if (node.isNamed("styler", "stylesselector")) {
            return styled(node, slot, depth);
        }
        if (node.isNamed("dprandomgenerator", "dpcombinatorialgenerator")) {
            return node.input("text").flatMap(value -> of(value, depth)).filter(text -> !leavesToChance(text.value()));
        }
        if (node.isNamed(
                "random",
                "dpjinja",
                "dpmagicprompt",
                "dpfeelinglucky",
                "wildcard",
                "llm",
                "gpt",
                "ollama",
                "caption",
                "tagger",
                "interrogat",
                "florence",
                "gemini",
                "translate",
                "dynamicprompt",
                "enhance",
                "shuffle",
                "vision",
                "claude",
                "chat",
                "bytedanceseednode",
                "contextir",
                "deepseek",
                "qwenvl",
                "qwen2vl",
                "qwen3vl",
                "minicpm",
                "moondream",
                "smolvlm",
                "smollm")) {
            return Optional.empty();
        }
        if (node.isNamed("replace")) {
            return replaced(node, depth);
        }
        if (node.isNamed("concat", "join", "append", "stringfunction", "combine", "merge")) {
            return joined(node, depth);
        }
        return held(node, slot, depth);
    }

    private Optional<Text> shown(Node node, int depth) {
        Optional<Text> through = node.wires().stream().findFirst().flatMap(wire -> of(wire.link(), depth));
        return through.or(() -> SHOWN_KEYS.stream()
                .flatMap(key -> node.text(key).stream())
                .findFirst()
                .map(text -> Text.of(text).by(FROM_DISPLAY)));
    }

    /** Styles lie in files beside the program; without one, or with the side switched off, the text stays as typed. */
    private Optional<Text> styled(Node node, int slot, int depth) {
        String side = node.output(slot).name();
        Optional<Text> typed = node.input(side)
                .or(() -> side.equals("positive_prompt") ? node.input("prompt") : Optional.empty())
                .flatMap(value -> of(value, depth));
        boolean off = node.literal(side.replace("text_", "style_"))
                .filter(json -> json.isBoolean() && !json.booleanValue())
                .isPresent();
        boolean none = node.text("select_styles").filter(String::isBlank).isPresent();
        return off || none ? typed : typed.map(text -> text.by(STYLED));
    }

    private Optional<Text> replaced(Node node, int depth) {
        Optional<Text> text = List.of("string", "text").stream()
                .flatMap(key -> node.input(key).flatMap(value -> of(value, depth)).stream())
                .findFirst();
        Optional<Text> find = node.input("find").flatMap(value -> of(value, depth));
        Optional<Text> replacement = List.of("replace", "replacement").stream()
                .flatMap(key -> node.input(key).flatMap(value -> of(value, depth)).stream())
                .findFirst();
        if (text.isEmpty()
                || find.isEmpty()
                || replacement.isEmpty()
                || find.get().value().isEmpty()
                || node.isNamed("regex")) {
            return Optional.empty();
        }
        String result =
                text.get().value().replace(find.get().value(), replacement.get().value());
        return result.length() > MAX_LENGTH
                ? Optional.empty()
                : Optional.of(new Text(result, text.get().rule()));
    }

    private Optional<Text> joined(Node node, int depth) {
        boolean tags = node.isNamed("stringfunction");
        if (tags && node.text("action").filter("replace"::equals).isPresent()) {
            return Optional.empty();
        }
        boolean tidied = node.text("tidy_tags").filter("no"::equals).isEmpty();
        String separator = SEPARATOR_KEYS.stream()
                .flatMap(key -> node.input(key).flatMap(value -> of(value, depth)).stream())
                .map(text -> text.value().replace("\\n", "\n"))
                .findFirst()
                .orElse(tags && tidied ? ", " : "");
        boolean strip = node.text("clean_whitespace").filter("true"::equals).isPresent();
        List<String> pieces = new ArrayList<>();
        Optional<String> rule = Optional.empty();
        int length = 0;
        for (Map.Entry<String, Value> input : node.inputs().entrySet()) {
            if (!isPiece(input.getKey())) {
                continue;
            }
            Optional<Text> piece = of(input.getValue(), depth);
            if (piece.isEmpty()) {
                return Optional.empty();
            }
            String text = strip ? piece.get().value().strip() : piece.get().value();
            length += text.length() + separator.length();
            if (length > MAX_LENGTH) {
                return Optional.empty();
            }
            if (!text.isEmpty()) {
                pieces.add(text);
            }
            rule = rule.or(piece.get()::rule);
        }
        return Optional.of(new Text(String.join(separator, pieces), rule));
    }

    /**
     * Says whether a text has marks by which the nodes that read them put in a choice or a line of a file: braces, two
     * underscores, or a variable's dollar sign.
     */
    static boolean leavesToChance(String text) {
        return text.contains("{") || text.contains("__") || text.contains("$");
    }

    private static boolean isPiece(String input) {
        String lower = input.toLowerCase(Locale.ROOT);
        return !SEPARATOR_KEYS.contains(lower)
                && (lower.startsWith("text")
                        || lower.startsWith("string")
                        || lower.startsWith("prompt")
                        || lower.startsWith("str")
                        || lower.equals("a")
                        || lower.equals("b")
                        || lower.startsWith("input"));
    }

    private Optional<Text> held(Node node, int slot, int depth) {
        List<String> keys = new ArrayList<>();
        String output = node.output(slot).name();
        if (!output.isEmpty()) {
            keys.add(output);
            keys.add(output.toLowerCase(Locale.ROOT));
        }
        keys.addAll(TEXT_KEYS);
        List<Wire> wires = node.wires();
        // A node that takes a picture or a model makes its text from it
        if (!wires.stream().map(graph::kind).allMatch(Kind::mayBeValue)) {
            return Optional.empty();
        }
        for (String key : keys) {
            Optional<Value> input = node.input(key);
            if (input.isPresent()
                    && (input.get() instanceof Link || node.text(key).isPresent())) {
                Optional<Text> text = of(input.get(), depth);
                if (changes(node)) {
                    return text.map(found -> found.by(CHANGED));
                }
                boolean plain = wires.isEmpty() || (wires.size() == 1 && input.get() instanceof Link);
                return plain || Signatures.isKnown(node.type()) ? text : text.map(found -> found.by(HANDED_THROUGH));
            }
        }
        List<Link> onward = wires.size() == 1 ? List.of(wires.getFirst().link()) : graph.links(node, Kind.TEXT);
        if (onward.size() != 1) {
            return Optional.empty();
        }
        Optional<Text> text = of(onward.getFirst(), depth);
        boolean plain = node.inputs().size() == 1 || node.isNamed("reroute") || Signatures.isKnown(node.type());
        return changes(node)
                ? text.map(found -> found.by(CHANGED))
                : text.map(found -> plain ? found : found.by(HANDED_THROUGH));
    }

    private static boolean changes(Node node) {
        return node.isNamed(
                "substring",
                "extract",
                "truncate",
                "textprefix",
                "textsuffix",
                "lowercase",
                "uppercase",
                "stripwhitespace",
                "split",
                "sort",
                "caseconvert",
                "set value",
                "stringselector",
                "promptline",
                "promptlist",
                "load line",
                "template",
                "text find",
                "text parse");
    }
}
