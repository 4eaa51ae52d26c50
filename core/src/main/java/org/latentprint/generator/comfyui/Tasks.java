package org.latentprint.generator.comfyui;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.latentprint.generator.InputMedia;
import org.latentprint.generator.Task;

/** Tells what a branch was asked to do, where its graph decides it. */
final class Tasks {
    private Tasks() {}

    static Optional<Task> of(Branch branch) {
        Set<String> roles = branch.inputs().stream().map(InputMedia::role).collect(Collectors.toSet());
        if (!branch.generates()) {
            boolean upscales = branch.upstream().stream()
                    .anyMatch(node -> node.isNamed("upscalewithmodel", "upscale_model", "upscalemodel")
                            && !node.wires().isEmpty());
            return Optional.of(upscales ? Task.UPSCALE : Task.PROCESSED);
        }
        Optional<Node> maker = branch.main().flatMap(PassFacts::latentMaker);
        boolean soundLatent = maker.filter(node -> node.isNamed("audio")).isPresent();
        if (branch.saver().isNamed("audio") || (soundLatent && !branch.saver().isNamed("video", "image"))) {
            return Optional.of(Task.AUDIO);
        }
        if (isFilm(branch)) {
            if (roles.contains("video")) {
                return Optional.of(Task.VID2VID);
            }
            boolean fed = roles.contains("init")
                    || roles.contains("end")
                    || (branch.passes().isEmpty() && roles.contains("input"));
            return Optional.of(fed ? Task.IMG2VID : Task.TXT2VID);
        }
        boolean nothingElse = maker.isEmpty() || branch.passes().isEmpty();
        if (roles.contains("init") || (roles.contains("input") && nothingElse)) {
            return Optional.of(roles.contains("mask") ? Task.INPAINT : Task.IMG2IMG);
        }
        boolean decided = maker.filter(node -> node.isNamed("empty", "tovideo", "latent", "loader"))
                        .isPresent()
                || branch.passes().isEmpty();
        return decided ? Optional.of(Task.TXT2IMG) : Optional.empty();
    }

    private static boolean isFilm(Branch branch) {
        boolean filmLatent = branch.passes().stream()
                .flatMap(pass -> pass.latentMaker().stream())
                .anyMatch(maker -> maker.isNamed("video", "img2vid") && !maker.isNamed("audio"));
        return Savers.isVideo(branch.saver())
                || filmLatent
                || branch.services().stream().anyMatch(node -> node.isNamed("video"));
    }
}
