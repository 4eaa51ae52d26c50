package org.latentprint.generator.comfyui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One node of the editor's form, as its {@code LGraphNode.serialize} writes it.
 *
 * @param id as recorded within its graph
 * @param type the node's class, or the name of a subgraph or group
 * @param mode {@link #MUTED}, {@link #BYPASSED}, or another, which means that it runs
 * @param sockets its inputs in their order
 * @param outputs its outputs in their order
 * @param values what stands on its widgets, by position or by name; missing where it has none
 * @param named the same values by name, as editors write them since autumn 2026; missing with others
 * @param properties further members
 */
record CanvasNode(
        String id,
        String type,
        int mode,
        List<Socket> sockets,
        List<Output> outputs,
        JsonNode values,
        JsonNode named,
        JsonNode properties) {
    static final int MUTED = 2;
    static final int BYPASSED = 4;

    CanvasNode {
        sockets = List.copyOf(sockets);
        outputs = List.copyOf(outputs);
    }

    /** The far end of a link: an output of a node in the same graph. */
    record End(String node, int slot) {}

    /**
     * An input.
     *
     * @param name as recorded
     * @param type what may be linked to it
     * @param widget name of the widget that it stands for; empty for one that can only be linked
     * @param from what is linked to it
     */
    record Socket(String name, String type, Optional<String> widget, Optional<End> from) {}

    /** Tells what is linked to an input, from its place and its recorded form. */
    interface Linked {
        Optional<End> to(int slot, JsonNode socket);
    }

    static CanvasNode read(String id, JsonNode json, Linked linked) {
        List<Socket> sockets = new ArrayList<>();
        for (JsonNode socket : json.path("inputs").values()) {
            String name = socket.path("name").asString("");
            Optional<String> widget = socket.path("widget").isObject()
                    ? Optional.of(socket.path("widget").path("name").asString(name))
                    : Optional.empty();
            sockets.add(new Socket(name, socket.path("type").asString(""), widget, linked.to(sockets.size(), socket)));
        }
        List<Output> outputs = new ArrayList<>();
        for (JsonNode output : json.path("outputs").values()) {
            outputs.add(new Output(
                    output.path("name").asString(""), output.path("type").asString("")));
        }
        return new CanvasNode(
                id,
                json.path("type").asString(""),
                json.path("mode").asInt(0),
                sockets,
                outputs,
                json.path("widgets_values"),
                json.path("widgets_values_named"),
                json.path("properties"));
    }

    boolean runs() {
        return mode != MUTED && mode != BYPASSED;
    }

    /** Says whether the node exists in the editor only, and hands its first input on. */
    boolean handsOn() {
        return type.equals("Reroute") || type.equals("Reroute (rgthree)") || isSetter();
    }

    boolean isPrimitive() {
        return type.equals("PrimitiveNode");
    }

    /** KJNodes' and Easy-Use's nodes give a link a name, under which others take it up. */
    boolean isSetter() {
        return type.equals("SetNode") || type.equals("easy setNode");
    }

    boolean isGetter() {
        return type.equals("GetNode") || type.equals("easy getNode");
    }

    /** Says whether the node never becomes part of the graph that runs. */
    boolean isOfEditor() {
        return handsOn()
                || isPrimitive()
                || isGetter()
                || type.isEmpty()
                || type.equals("Note")
                || type.equals("MarkdownNote")
                || type.startsWith("Anything Everywhere")
                || type.startsWith("Prompts Everywhere")
                || type.startsWith("Fast ")
                || type.startsWith("Label (rgthree)")
                || type.startsWith("Bookmark (rgthree)");
    }

    /** Returns the output with that number; without name and type where there is none. */
    Output output(int slot) {
        return slot >= 0 && slot < outputs.size() ? outputs.get(slot) : new Output("", "");
    }

    /** Returns the first value, where the values stand by position. */
    Optional<JsonNode> firstValue() {
        return values.isArray() && !values.isEmpty() ? Optional.of(values.get(0)) : Optional.empty();
    }
}
