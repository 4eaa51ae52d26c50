package org.latentprint.generator.comfyui;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latentprint.generator.InputMedia;
import org.latentprint.generator.comfyui.Node.Wire;
import tools.jackson.databind.JsonNode;

/** Finds the pictures, films and sounds that were loaded, and what each was used for on its way to the saved file. */
final class Media {
    /** No path or address is longer; what is longer is the picture itself, as text. */
    private static final int MAX_NAME = 4096;

    private static final List<String> KEYS = List.of(
            "image",
            "video",
            "audio",
            "file",
            "image_path",
            "video_path",
            "audio_file",
            "path",
            "directory",
            "folder",
            "folder_path",
            "directory_path",
            "url",
            "image_url",
            "images",
            "filename",
            "file_path",
            "source",
            "input_path",
            "base64_data",
            "image_base64",
            "image_name",
            "latent",
            "load_path",
            "mask",
            "img",
            "psd_file",
            "media",
            "image_file",
            "image_data",
            "model_file");

    /** Stands for a name where the picture itself lies beside it, as text. */
    private static final String NO_NAME = "#DATA";

    /** Steps over a whole graph, all its branches together; a large real graph takes some thousand. */
    static final int MAX_STEPS = 50_000;

    private final Graph graph;
    private final Scalars scalars;
    private final Map<String, Boolean> makers = new HashMap<>();
    private int steps;

    Media(Graph graph) {
        this.graph = graph;
        this.scalars = new Scalars(graph);
    }

    /** How surely the role of what is loaded is told; of one file, the surer ones count. */
    private enum Certainty {
        TOLD,
        /** A picture that was encoded, though not to be drawn over. */
        ASIDE,
        /** A picture of which only a measure was taken. */
        MEASURED
    }

    /**
     * A node on the way back from the saved file.
     *
     * @param slot the output through which it was reached
     * @param role what comes out of it was used for
     * @param aside whether the way led through a model or a conditioning, so that nothing here is what was drawn over
     * @param certainty of the role
     */
    private record Step(Node node, int slot, String role, boolean aside, Certainty certainty) {}

    private record Seen(String node, boolean mask, String role, boolean aside, Certainty certainty) {}

    /** Returns what reaches the node, with its role; a file that is used in two ways stands there twice. */
    List<InputMedia> reaching(Node saver) {
        Map<InputMedia, Certainty> found = new LinkedHashMap<>();
        Set<Seen> seen = new HashSet<>();
        Deque<Step> left = new ArrayDeque<>();
        left.push(new Step(saver, 0, "input", false, Certainty.TOLD));
        while (!left.isEmpty() && steps < MAX_STEPS) {
            steps++;
            Step step = left.pop();
            if (!seen.add(new Seen(step.node().id(), isMask(step), step.role(), step.aside(), step.certainty()))) {
                continue;
            }
            loaded(step).ifPresent(media -> found.merge(media, step.certainty(), Media::surer));
            boolean resets = makers.computeIfAbsent(step.node().id(), id -> makes(step.node()));
            for (Wire wire : step.node().wires().reversed()) {
                if (SwitchedOff.is(step.node(), wire)) {
                    continue;
                }
                graph.node(wire.link()).ifPresent(next -> left.push(onward(step, resets, wire, next)));
            }
        }
        return found.entrySet().stream()
                .filter(entry -> found.entrySet().stream().noneMatch(other -> replaces(other, entry)))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Certainty surer(Certainty one, Certainty other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** Says whether one is a surer role of the same file. That a picture was used in some way tells less than a use. */
    private static boolean replaces(Map.Entry<InputMedia, Certainty> one, Map.Entry<InputMedia, Certainty> other) {
        boolean general = one.getKey().role().equals("input") && other.getValue() == Certainty.ASIDE;
        return one.getKey().name().equals(other.getKey().name())
                && one.getValue().compareTo(other.getValue()) < 0
                && !general;
    }

    /** Says whether the node makes a picture anew: what it makes it of is used for something else than what it gives. */
    private boolean makes(Node node) {
        return graph.isSampler(node) || graph.isService(node);
    }

    private Step onward(Step step, boolean resets, Wire wire, Node next) {
        Kind kind = graph.kind(wire);
        int slot = wire.link().slot();
        if (kind == Kind.NUMBER) {
            return new Step(next, slot, "input", true, Certainty.MEASURED);
        }
        boolean aside = (step.aside() && !resets) || kind == Kind.MODEL || kind == Kind.CONDITIONING;
        String before = resets ? "input" : step.role();
        Certainty certainty = resets ? Certainty.TOLD : step.certainty();
        if (step.certainty() == Certainty.MEASURED) {
            return new Step(next, slot, "input", true, Certainty.MEASURED);
        }
        if (aside && wire.input().equals("pixels") && step.node().isNamed("vaeencode")) {
            boolean open = before.equals("input");
            return new Step(next, slot, open ? "reference" : before, true, open ? Certainty.ASIDE : certainty);
        }
        Optional<String> told = role(step.node(), wire);
        return new Step(next, slot, told.orElse(before), aside, told.isPresent() ? Certainty.TOLD : certainty);
    }

    /** Says whether the bound was reached, so that inputs may be missing. */
    boolean cut() {
        return steps >= MAX_STEPS;
    }

    /** Returns what is loaded anywhere in the graph, or would be by nodes that were switched off. */
    List<String> anywhere() {
        List<String> names = new ArrayList<>();
        graph.nodes().values().forEach(node -> loaded(node).ifPresent(names::add));
        graph.idle().forEach(node -> loaded(node).ifPresent(names::add));
        return names;
    }

    private static boolean isMask(Step step) {
        return step.slot() == 1 && step.node().isNamed("loadimage");
    }

    private Optional<InputMedia> loaded(Step step) {
        return loaded(step.node()).map(name -> {
            String role = step.role();
            if (isMask(step) || step.node().isNamed("loadimagemask")) {
                role = "mask";
            } else if (step.node().isNamed("audio") && !step.node().isNamed("video")) {
                role = "audio";
            } else if (step.node().isNamed("video") && (role.equals("input") || role.equals("init"))) {
                role = "video";
            }
            return new InputMedia(role, name);
        });
    }

    /** Returns what a node loads, by what is set on itself or linked to it. */
    private Optional<String> loaded(Node node) {
        if (!isLoader(node) || node.wires().stream().map(graph::kind).anyMatch(Media::isContent)) {
            return Optional.empty();
        }
        return name(node)
                .or(() -> KEYS.stream()
                        .flatMap(key -> node.link(key).flatMap(link -> scalars.resolve(link, key)).stream())
                        .flatMap(json -> name(json).stream())
                        .findFirst());
    }

    /** Returns the name of a medium that is set on a loader itself. */
    static Optional<String> name(Node node) {
        if (!isLoader(node)) {
            return Optional.empty();
        }
        return KEYS.stream()
                .flatMap(key -> node.literal(key).stream())
                .flatMap(json -> name(json).stream())
                .findFirst();
    }

    private static boolean isLoader(Node node) {
        return node.isNamed(
                        "load",
                        "inputimage",
                        "input_image",
                        "image_input",
                        "imagefrom",
                        "base64",
                        "inputvideo",
                        "externalimage",
                        "receiver")
                && node.isNamed(
                        "image", "video", "audio", "mask", "latent", "frames", "picture", "3d", "psd", "gif", "media")
                && !node.isNamed("lora", "model", "checkpoint", "vaeload", "preview", "save", "upload_to");
    }

    /** A node that takes such a thing works on it; a loader takes a size or a path at most. */
    private static boolean isContent(Kind kind) {
        return kind.isMedium() || kind == Kind.LATENT || kind == Kind.CONDITIONING || kind == Kind.PIPE;
    }

    private static Optional<String> name(JsonNode json) {
        if (json.isObject() && json.path("filename").isString()) {
            String folder = json.path("subfolder").asString("");
            String file = json.path("filename").stringValue();
            return Optional.of(folder.isEmpty() ? file : folder + "/" + file);
        }
        if (!json.isString()
                || json.stringValue().isBlank()
                || json.stringValue().equals(NO_NAME)) {
            return Optional.empty();
        }
        String text = json.stringValue();
        boolean embedded = text.length() > MAX_NAME || text.startsWith("data:");
        return Optional.of(embedded ? "embedded, " + text.length() + " characters, sha256 " + digest(text) : text);
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Tells what a picture is used for by the input through which it goes on; empty where that says nothing new. */
    private Optional<String> role(Node node, Wire wire) {
        String whole = wire.input().toLowerCase(Locale.ROOT);
        // Below a choice: model.first_frame
        String input = whole.substring(whole.lastIndexOf('.') + 1);
        Kind kind = graph.kind(wire);
        if (kind == Kind.MASK || input.contains("mask")) {
            return Optional.of("mask");
        }
        if (kind == Kind.AUDIO) {
            return Optional.of("audio");
        }
        if (input.startsWith("end_")
                || input.startsWith("last_")
                || input.contains("end_frame")
                || input.equals("image_end")
                || input.equals("image_tail")) {
            return Optional.of("end");
        }
        boolean steers = kind == Kind.IMAGE && node.isNamed("controlnet", "control_net", "t2i", "lllite");
        if (steers || input.startsWith("control_")) {
            return Optional.of("control");
        }
        boolean reference = whole.contains("ref")
                || input.contains("face")
                || input.contains("style")
                || input.contains("ingredient")
                || input.equals("image_prompt")
                || input.equals("character_image")
                || input.equals("cloth_image")
                || input.contains("clip_vision")
                || input.equals("source_image")
                || whole.contains("subject");
        if (reference && kind != Kind.MODEL && kind != Kind.PIPE && kind != Kind.VAE) {
            return Optional.of("reference");
        }
        if (kind == Kind.IMAGE
                && node.isNamed(
                        "clipvision",
                        "ipadapter",
                        "pulid",
                        "instantid",
                        "textencode",
                        "redux",
                        "photomaker",
                        "reactor",
                        "faceid",
                        "reference",
                        "uso",
                        "stylemodel",
                        "style_model")
                && !input.equals("input_image")) {
            return Optional.of("reference");
        }
        if (node.isNamed("referencelatent") && kind == Kind.LATENT) {
            return Optional.of("reference");
        }
        boolean initial = input.equals("pixels")
                || input.equals("start_image")
                || input.equals("start_frame")
                || input.equals("image_start")
                || input.equals("init_image")
                || input.equals("image_to_latent")
                || input.startsWith("first_");
        boolean starts = kind == Kind.IMAGE
                && node.isNamed(
                        "tovideo",
                        "img2vid",
                        "i2v",
                        "vaeencode",
                        "zero123",
                        "addguide",
                        "supir_encode",
                        "supir_first_stage");
        if (initial || starts) {
            return Optional.of("init");
        }
        return Optional.empty();
    }
}
