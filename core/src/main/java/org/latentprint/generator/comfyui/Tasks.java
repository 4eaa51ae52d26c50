package org.latentprint.generator.comfyui;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.latentprint.generator.InputMedia;
import org.latentprint.generator.Task;

/** Tells what a branch was asked to do, where its graph decides it. */
final class Tasks {
    /** Words in the names of nodes that scale up with a model of their own kind. */
    private static final String[] UPSCALERS = {
        "upscalewithmodel",
        "upscale_model",
        "upscalemodel",
        "videoupscaler",
        "flashvsr",
        "videosuperresolution",
        "invsr_sampler",
        "aurasr"
    };

    private Tasks() {}

    /** Tells the task; empty where a node of which too little is known may have made the picture. */
    static Optional<Task> of(Branch branch, Graph graph) {
        Set<String> roles = branch.inputs().stream().map(InputMedia::role).collect(Collectors.toSet());
        if (!branch.generates()) {
            boolean upscales = branch.upstream().stream()
                    .anyMatch(node -> node.isNamed(UPSCALERS) && !node.wires().isEmpty());
            if (branch.inputs().isEmpty() || branch.upstream().stream().anyMatch(node -> mayGenerate(node, graph))) {
                return Optional.empty();
            }
            return Optional.of(upscales ? Task.UPSCALE : Task.PROCESSED);
        }
        Optional<Node> maker = branch.main().flatMap(PassFacts::latentMaker);
        boolean soundLatent = maker.filter(node -> node.isNamed("audio")).isPresent();
        if (branch.saver().isNamed("audio") || (soundLatent && !branch.saver().isNamed("video", "image"))) {
            return Optional.of(Task.AUDIO);
        }
        if (isShape(branch, maker)) {
            return Optional.of(Task.OTHER);
        }
        boolean online = branch.passes().isEmpty();
        if (online && branch.services().size() == 1) {
            Optional<Task> change = Services.change(branch.services().getFirst());
            if (change.isPresent()) {
                return change;
            }
        }
        if (isFilm(branch)) {
            if (roles.contains("video")) {
                return Optional.of(Task.VID2VID);
            }
            boolean fed = roles.contains("init")
                    || roles.contains("end")
                    || (online && (roles.contains("input") || roles.contains("reference")))
                    || (roles.contains("reference") && animates(maker));
            return Optional.of(fed ? Task.IMG2VID : Task.TXT2VID);
        }
        boolean nothingElse = maker.isEmpty() || online;
        if (roles.contains("init")
                || (roles.contains("reference") && edits(branch, graph))
                || (roles.contains("input") && nothingElse)) {
            return Optional.of(roles.contains("mask") ? Task.INPAINT : Task.IMG2IMG);
        }
        if (roles.contains("mask") && inpaints(branch, graph)) {
            return Optional.of(Task.INPAINT);
        }
        boolean decided = maker.filter(node -> node.isNamed("empty", "tovideo", "latent", "loader"))
                        .isPresent()
                || online;
        return decided ? Optional.of(Task.TXT2IMG) : Optional.empty();
    }

    /** A node whose settings have no names, or one of an unknown class that takes a model or a text, may be a sampler. */
    private static boolean mayGenerate(Node node, Graph graph) {
        if (graph.undecided().contains(node.id()) || Signatures.isKnown(node.type())) {
            return graph.undecided().contains(node.id());
        }
        return !graph.links(node, Kind.MODEL).isEmpty()
                || !graph.links(node, Kind.CONDITIONING).isEmpty()
                || node.has("prompt");
    }

    /** A ControlNet for inpainting takes the picture beside an empty latent. */
    private static boolean inpaints(Branch branch, Graph graph) {
        return branch.upstream().stream()
                .anyMatch(node -> node.isNamed("inpaint", "brushnet", "powerpaint")
                        && !graph.links(node, Kind.IMAGE).isEmpty());
    }

    /** Models that edit take the picture as a reference and start on an empty latent. */
    private static boolean edits(Branch branch, Graph graph) {
        return branch.upstream().stream()
                .anyMatch(node ->
                        (node.isNamed("referencelatent", "imageedit", "kontext", "editgrounded", "referenceimages")
                                        || (node.isNamed("textencode") && node.isNamed("edit", "omni", "qwenimage")))
                                && node.wires().stream()
                                        .map(graph::kind)
                                        .anyMatch(kind -> kind == Kind.IMAGE || kind == Kind.LATENT));
    }

    /** Nodes that let one picture move, to a sound or a film, take it as a reference. */
    private static boolean animates(Optional<Node> maker) {
        return maker.filter(node -> node.isNamed("imagetovideo", "imgtovideo", "img2vid", "animate"))
                .isPresent();
    }

    private static boolean isShape(Branch branch, Optional<Node> maker) {
        return branch.saver().isNamed("glb", "mesh", "3d", "splat")
                || maker.filter(node -> node.isNamed("3d")).isPresent();
    }

    private static boolean isFilm(Branch branch) {
        boolean filmLatent = branch.passes().stream()
                .flatMap(pass -> pass.latentMaker().stream())
                .anyMatch(maker -> maker.isNamed("video", "img2vid") && !maker.isNamed("audio"));
        return Savers.isVideo(branch.saver())
                || filmLatent
                || branch.services().stream().anyMatch(Services::givesFilm);
    }
}
