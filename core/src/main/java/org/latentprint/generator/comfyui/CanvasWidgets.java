package org.latentprint.generator.comfyui;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.latentprint.generator.comfyui.CanvasNode.Socket;
import org.latentprint.generator.comfyui.Signatures.Signature;
import tools.jackson.databind.JsonNode;

/**
 * Gives the values on a node's widgets their names. The editor writes them by position; a position counts only where the
 * whole list fits the names, since a node's widgets change from version to version.
 */
final class CanvasWidgets {
    /** Stands at a position that is no input of the node: a button, or what happens to the seed after a run. */
    static final String NO_INPUT = "";

    static final Set<String> AFTER_GENERATE = Set.of("fixed", "increment", "decrement", "randomize");

    /** Inputs that nodes were given later, at their end. */
    private static final Set<String> LATE = Set.of("device", "denoise");

    private static final Set<String> UPLOADS = Set.of("image", "video", "audio", "upload");
    private static final Set<String> NUMBERS = Set.of(
            "seed",
            "noise_seed",
            "steps",
            "cfg",
            "denoise",
            "width",
            "height",
            "batch_size",
            "strength_model",
            "guidance",
            "cfg_scale",
            "guidance_scale",
            "num_inference_steps",
            "diffusion_steps");
    private static final Set<String> WORDS = Set.of(
            "sampler_name",
            "scheduler",
            "ckpt_name",
            "unet_name",
            "lora_name",
            "vae_name",
            "clip_name",
            "image",
            "prompt",
            "text",
            "positive_prompt",
            "negative_prompt",
            "instruction",
            "speech");

    /** Values that belong to one choice; the nodes with the most have some twenty. */
    private static final int MAX_CHOSEN = 64;

    /** How begins what a node shows in the editor: a picture that it draws, or how far an online service has come. */
    private static final List<String> SHOWN = List.of("<img ", "data:image/", "Status: ");

    /** Words in the names of classes that only hold a value. */
    private static final List<String> HOLDERS =
            List.of("int", "float", "number", "constant", "primitive", "value", "string", "text", "bool");

    private CanvasWidgets() {}

    /**
     * The values of one node.
     *
     * @param byName in the order of the widgets
     * @param complete whether every value that the node holds has a name
     */
    record Named(Map<String, JsonNode> byName, boolean complete) {}

    /** Names the node's own values. */
    static Named of(CanvasNode node) {
        return agrees(node.named(), node.values()) ? named(node.named()) : of(node, node.values());
    }

    /**
     * Names values that count on a node in place of its own.
     *
     * @param node whose class and inputs give the names
     * @param values by position or by name
     */
    static Named of(CanvasNode node, JsonNode values) {
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        if (values.isObject()) {
            return named(values);
        }
        if (!values.isArray() || values.isEmpty()) {
            return new Named(byName, names(node).isEmpty());
        }
        Optional<List<String>> positions = positions(node, values);
        if (positions.isEmpty()) {
            return new Named(selfDescribed(node, values), false);
        }
        for (int place = 0; place < positions.get().size(); place++) {
            String name = positions.get().get(place);
            if (!name.equals(NO_INPUT)) {
                byName.put(name, values.get(place));
            }
        }
        return new Named(byName, true);
    }

    private static Named named(JsonNode values) {
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        values.properties().forEach(value -> byName.put(value.getKey(), value.getValue()));
        return new Named(byName, true);
    }

    /** Says whether there are named values and each stands in the list, too: a graph changed by hand may hold either. */
    private static boolean agrees(JsonNode named, JsonNode values) {
        if (!named.isObject() || named.isEmpty() || !values.isArray()) {
            return false;
        }
        Set<JsonNode> listed = values.valueStream().collect(Collectors.toSet());
        return named.valueStream().allMatch(listed::contains);
    }

    /** Returns what stands at each position, {@link #NO_INPUT} included; empty where the values do not fit the names. */
    static Optional<List<String>> positions(CanvasNode node, JsonNode values) {
        return fit(shown(node), values).or(() -> declared(node, values)).or(() -> blank(values));
    }

    /** Newer editors list each widget as an input, too. */
    private static List<String> shown(CanvasNode node) {
        return node.sockets().stream()
                .flatMap(socket -> socket.widget().stream())
                .toList();
    }

    /** Lays what the class declares over the values; empty where they fit two of its versions in different ways. */
    private static Optional<List<String>> declared(CanvasNode node, JsonNode values) {
        List<List<String>> ways = Signatures.of(node.type()).stream()
                .flatMap(signature -> signature.versions().stream())
                .flatMap(version -> fit(widgets(node, version), version.late(), values).stream())
                .distinct()
                .toList();
        return ways.size() == 1 ? Optional.of(ways.getFirst()) : Optional.empty();
    }

    private static List<String> widgets(CanvasNode node, Signature declared) {
        List<String> sockets = node.sockets().stream()
                .filter(socket -> socket.widget().isEmpty())
                .map(Socket::name)
                .toList();
        return declared.inputs().stream()
                .filter(name -> !sockets.contains(name))
                .toList();
    }

    private static List<String> names(CanvasNode node) {
        return Signatures.of(node.type())
                .map(signature -> widgets(node, signature))
                .orElse(shown(node));
    }

    /** Lays the names over the values; empty where they do not match. */
    static Optional<List<String>> fit(List<String> names, JsonNode values) {
        return fit(names, Set.of(), values);
    }

    private static Optional<List<String>> fit(List<String> names, Set<String> late, JsonNode values) {
        int gap = names.indexOf(Signatures.FURTHER);
        return gap < 0
                ? laid(names, late, values)
                : around(names.subList(0, gap), names.subList(gap + 1, names.size()), late, values);
    }

    /** Lays names around values of which only the choice before them tells what they are; empty where that fits in two ways. */
    private static Optional<List<String>> around(
            List<String> before, List<String> after, Set<String> late, JsonNode values) {
        List<String> found = new ArrayList<>();
        int ways = 0;
        int last = after.isEmpty() ? before.size() : Math.min(values.size(), MAX_CHOSEN);
        for (int from = before.size(); from <= last && from <= values.size(); from++) {
            List<String> names = new ArrayList<>(before);
            names.addAll(Collections.nCopies(from - before.size(), NO_INPUT));
            names.addAll(after);
            boolean open = after.isEmpty();
            Optional<List<String>> way = open ? head(before, values) : laid(names, late, values);
            if (way.isPresent()) {
                found = way.get();
                ways++;
            }
        }
        return ways == 1 ? Optional.of(found) : Optional.empty();
    }

    private static Optional<List<String>> head(List<String> before, JsonNode values) {
        List<String> positions = new ArrayList<>();
        for (String name : before) {
            int place = positions.size();
            if (place >= values.size() || !suits(name, values.get(place))) {
                return Optional.empty();
            }
            positions.add(name);
            if (name.endsWith("seed") && isAfterGenerate(values.path(place + 1))) {
                positions.add(NO_INPUT);
            }
        }
        positions.addAll(Collections.nCopies(values.size() - positions.size(), NO_INPUT));
        return Optional.of(positions);
    }

    private static Optional<List<String>> laid(List<String> names, Set<String> late, JsonNode values) {
        List<String> positions = new ArrayList<>();
        for (String name : names) {
            int place = positions.size();
            if (place >= values.size() && (late.contains(name) || LATE.contains(name))) {
                continue;
            }
            if (place >= values.size() || !suits(name, values.get(place))) {
                return Optional.empty();
            }
            positions.add(name);
            if (name.equals(NO_INPUT)) {
                continue;
            }
            JsonNode next = values.path(place + 1);
            boolean counted = name.endsWith("seed") || (name.equals("value") && next.isString());
            // Some packs put a button of their own behind the seed, which has no value.
            boolean aside = counted ? isAfterGenerate(next) || next.isNull() : isUpload(name, next);
            if (aside && !names.contains("control_after_generate")) {
                positions.add(NO_INPUT);
            }
        }
        while (!names.isEmpty() && positions.size() < values.size() && saysNothing(values.get(positions.size()))) {
            positions.add(NO_INPUT);
        }
        return positions.size() == values.size() ? Optional.of(positions) : Optional.empty();
    }

    /** The first editors wrote a switch there. */
    private static boolean isAfterGenerate(JsonNode next) {
        return next.isBoolean() || (next.isString() && AFTER_GENERATE.contains(next.stringValue()));
    }

    private static boolean isUpload(String name, JsonNode next) {
        return UPLOADS.contains(name) && next.isString() && UPLOADS.contains(next.stringValue());
    }

    private static boolean suits(String whole, JsonNode value) {
        if (whole.equals(NO_INPUT)) {
            return true;
        }
        String name = whole.substring(whole.lastIndexOf('.') + 1);
        boolean other = (NUMBERS.contains(name) && !value.isNumber())
                || (WORDS.contains(name) && !value.isString())
                || (value.isString() && AFTER_GENERATE.contains(value.stringValue()) && name.equals("prompt"));
        return value.isNull() || !other;
    }

    private static Optional<List<String>> blank(JsonNode values) {
        List<String> positions = new ArrayList<>();
        for (JsonNode value : values.values()) {
            if (!isBlank(value)) {
                return Optional.empty();
            }
            positions.add(NO_INPUT);
        }
        return Optional.of(positions);
    }

    /** Behind its inputs a node may show a picture of its own, such as a curve of its noise. */
    private static boolean saysNothing(JsonNode value) {
        return isBlank(value) || (value.isString() && SHOWN.stream().anyMatch(value.stringValue()::startsWith));
    }

    private static boolean isBlank(JsonNode value) {
        return value.isNull() || (value.isString() && value.stringValue().isBlank());
    }

    /**
     * Names values of a class that is not known and that say themselves what they are: a sampler's settings, records of
     * LoRAs, the one number of a node for seeds, the one value of a node that only holds a value, and the one setting of a
     * switch.
     */
    private static Map<String, JsonNode> selfDescribed(CanvasNode node, JsonNode values) {
        Map<String, JsonNode> byName = new LinkedHashMap<>(SamplerValues.of(node, values));
        int place = 0;
        for (JsonNode value : values.values()) {
            if (value.isObject() && value.has("lora")) {
                place++;
                byName.put("lora_" + place, value);
            }
        }
        List<JsonNode> numbers =
                values.valueStream().filter(JsonNode::isIntegralNumber).toList();
        String output = node.output(0).name().toLowerCase(Locale.ROOT);
        if (node.sockets().isEmpty() && output.equals("seed") && numbers.size() == 1) {
            byName.put("seed", numbers.getFirst());
        }
        if (values.size() == 1 && holds(node, values.get(0))) {
            byName.put("value", values.get(0));
        }
        Set<String> sockets = node.sockets().stream().map(Socket::name).collect(Collectors.toSet());
        if (values.size() == 1
                && values.get(0).isBoolean()
                && sockets.contains("on_true")
                && sockets.contains("on_false")) {
            byName.put("switch", values.get(0));
        }
        return byName;
    }

    /** Says whether the node takes nothing and gives the one value it was set to. */
    private static boolean holds(CanvasNode node, JsonNode value) {
        if (!node.sockets().isEmpty() || node.outputs().size() != 1) {
            return false;
        }
        String type = node.type().toLowerCase(Locale.ROOT);
        boolean named = HOLDERS.stream().anyMatch(type::contains) && !type.contains("random");
        return named
                && switch (node.output(0).type()) {
                    case "INT" -> value.isIntegralNumber();
                    case "FLOAT" -> value.isNumber();
                    case "STRING" -> value.isString();
                    case "BOOLEAN" -> value.isBoolean();
                    default -> false;
                };
    }
}
