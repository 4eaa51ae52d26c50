package org.latentprint.generator.comfyui;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
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
    private static final int MAX_STEPS = 200_000;

    private final Graph graph;
    private int steps;

    Media(Graph graph) {
        this.graph = graph;
    }

    private record Step(Node node, int slot, String role) {}

    /** Returns what reaches the node, with its role; a file that is used in two ways stands there twice. */
    List<InputMedia> reaching(Node saver) {
        Set<InputMedia> found = new LinkedHashSet<>();
        Set<Step> seen = new HashSet<>();
        Deque<Step> left = new ArrayDeque<>();
        left.push(new Step(saver, 0, "input"));
        while (!left.isEmpty() && steps < MAX_STEPS) {
            steps++;
            Step step = left.pop();
            if (!seen.add(new Step(bare(step.node()), isMask(step) ? 1 : 0, step.role()))) {
                continue;
            }
            Optional<InputMedia> loaded = loaded(step);
            loaded.ifPresent(found::add);
            boolean resets = Samplers.isSampler(graph, step.node());
            for (Wire wire : step.node().wires().reversed()) {
                String role = role(step.node(), wire).orElse(resets ? "input" : step.role());
                graph.node(wire.link())
                        .ifPresent(next -> left.push(new Step(next, wire.link().slot(), role)));
            }
        }
        return List.copyOf(found);
    }

    /** Says whether the bound was reached, so that inputs may be missing. */
    boolean cut() {
        return steps >= MAX_STEPS;
    }

    /** Returns what is loaded anywhere in the graph. */
    List<String> anywhere() {
        List<String> names = new ArrayList<>();
        graph.nodes().values().forEach(node -> name(node).ifPresent(names::add));
        return names;
    }

    /** Stands for a node in the set of visited steps; its inputs need not be compared. */
    private static Node bare(Node node) {
        return new Node(node.id(), node.type(), Map.of(), List.of());
    }

    private static boolean isMask(Step step) {
        return step.slot() == 1 && step.node().isNamed("loadimage");
    }

    private Optional<InputMedia> loaded(Step step) {
        return name(step.node()).map(name -> {
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

    static Optional<String> name(Node node) {
        if (!loadsMedia(node)) {
            return Optional.empty();
        }
        return KEYS.stream()
                .flatMap(key -> node.literal(key).stream())
                .flatMap(json -> name(json).stream())
                .findFirst();
    }

    private static boolean loadsMedia(Node node) {
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
                && !node.isNamed("lora", "model", "checkpoint", "vaeload", "preview", "save", "upload_to")
                && node.wires().isEmpty();
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
        String input = wire.input().toLowerCase(Locale.ROOT);
        Kind kind = graph.kind(wire);
        if (kind == Kind.MASK || input.contains("mask")) {
            return Optional.of("mask");
        }
        if (kind == Kind.AUDIO) {
            return Optional.of("audio");
        }
        if (input.startsWith("end_") || input.startsWith("last_") || input.contains("end_frame")) {
            return Optional.of("end");
        }
        boolean steers = kind == Kind.IMAGE && node.isNamed("controlnet", "control_net", "t2i");
        if (steers || input.startsWith("control_")) {
            return Optional.of("control");
        }
        boolean reference = input.contains("ref")
                || input.contains("face")
                || input.contains("style")
                || input.contains("clip_vision")
                || input.equals("source_image")
                || input.contains("subject");
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
                || input.equals("init_image")
                || input.startsWith("first_");
        boolean starts =
                kind == Kind.IMAGE && node.isNamed("tovideo", "img2vid", "i2v", "vaeencode", "zero123", "addguide");
        if (initial || starts) {
            return Optional.of("init");
        }
        return Optional.empty();
    }
}
