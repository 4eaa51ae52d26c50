package org.latentprint.generator.comfyui;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the nodes where a graph gives files: its saving nodes, else nodes that take pictures or latents and give nothing on.
 * Graphs kept for the program's API often end in a decoder, since what they give is fetched without a file.
 */
final class Savers {
    private Savers() {}

    /** Says whether the class is one that writes or shows files, by its name. */
    static boolean savesByName(Node node) {
        return (node.isNamed(
                                "save",
                                "preview",
                                "videocombine",
                                "combine_video",
                                "export",
                                "websocket",
                                "image saver",
                                "output_image",
                                "imagesender",
                                "write to",
                                "imageoutput",
                                "createvideo_save")
                        && !node.isNamed(
                                "previewany",
                                "previewbridge",
                                "lorasave",
                                "modelsave",
                                "checkpointsave",
                                "clipsave",
                                "vaesave",
                                "save text",
                                "savetext",
                                "previewtext"))
                || node.isNamed("videohelpersuite_combine");
    }

    /** Says whether what it shows goes to the folder for temporary files only. */
    static boolean isPreview(Node node) {
        return node.isNamed("preview", "imagesender") && !node.isNamed("save");
    }

    static boolean isVideo(Node node) {
        return node.isNamed("video", "webm", "gif", "mp4", "animated");
    }

    /** Returns the nodes to follow back, in the order of the graph. */
    static List<Node> find(Graph graph) {
        Set<String> consumed = new HashSet<>();
        for (Node node : graph.nodes().values()) {
            node.wires().forEach(wire -> consumed.add(wire.link().node()));
        }
        List<Node> savers = new ArrayList<>();
        List<Node> unfed = new ArrayList<>();
        List<Node> ends = new ArrayList<>();
        for (Node node : graph.nodes().values()) {
            boolean takesMedia = takesMedia(graph, node);
            boolean isEnd = !consumed.contains(node.id());
            if ((takesMedia || isEnd) && savesByName(node)) {
                (takesMedia ? savers : unfed).add(node);
            } else if (isEnd
                    && (takesMedia || takesLatent(graph, node) || graph.isSampler(node) || graph.isService(node))) {
                ends.add(node);
            }
        }
        // What a saving node takes may have no name that tells it
        if (savers.isEmpty()) {
            savers.addAll(unfed);
        }
        // A decoder's, a sampler's or an unknown node's dead end beside a saving node gave no file
        return savers.isEmpty() ? ends : savers;
    }

    private static boolean takesMedia(Graph graph, Node node) {
        for (Node.Wire wire : node.wires()) {
            if (graph.kind(wire).isMedium() || wire.input().equals("filenames")) {
                return true;
            }
        }
        return false;
    }

    private static boolean takesLatent(Graph graph, Node node) {
        for (Node.Wire wire : node.wires()) {
            if (graph.kind(wire) == Kind.LATENT) {
                return true;
            }
        }
        return false;
    }
}
