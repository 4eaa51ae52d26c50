package org.latentprint.generator.comfyui;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One level of an editor's graph: the whole, or one instance of a subgraph in it.
 *
 * @param prefix stands before the identifiers of this level's nodes, such as {@code 12:}; empty for the whole
 * @param nodes this level's nodes by identifier, in the recorded order
 * @param links this level's links by identifier
 * @param setters this level's set nodes by the name they set
 * @param outputs for an instance: link that leaves by each output
 * @param parent the level around; empty for the whole
 * @param instance for an instance: its node on the level around
 * @param depth 0 for the whole
 */
record Scope(
        String prefix,
        Map<String, JsonNode> nodes,
        Map<String, Wire> links,
        Map<String, JsonNode> setters,
        Map<Integer, String> outputs,
        Optional<Scope> parent,
        Optional<JsonNode> instance,
        int depth) {
    /** Where a subgraph's links to its own inputs start, and those to its outputs end. */
    static final String INPUTS = "-10";

    static final String OUTPUTS = "-20";

    /** A link of the editor. */
    record Wire(String origin, int slot, String type) {}

    static Scope of(String prefix, JsonNode level, Optional<Scope> parent, Optional<JsonNode> instance, int depth) {
        Map<String, JsonNode> nodes = new LinkedHashMap<>();
        for (JsonNode node : level.path("nodes").values()) {
            nodes.put(node.path("id").asString(""), node);
        }
        Map<String, Wire> links = new HashMap<>();
        Map<String, JsonNode> setters = new HashMap<>();
        for (JsonNode node : nodes.values()) {
            if (CanvasForm.type(node).equals("SetNode")) {
                setters.putIfAbsent(node.path("widgets_values").path(0).asString(""), node);
            }
        }
        Map<Integer, String> outputs = new HashMap<>();
        for (JsonNode link : level.path("links").values()) {
            List<String> fields = fields(link);
            if (fields.size() < 5) {
                continue;
            }
            links.put(
                    fields.get(0),
                    new Wire(fields.get(1), number(fields.get(2)), fields.size() > 5 ? fields.get(5) : ""));
            if (fields.get(3).equals(OUTPUTS)) {
                outputs.put(number(fields.get(4)), fields.get(0));
            }
        }
        return new Scope(prefix, nodes, links, setters, outputs, parent, instance, depth);
    }

    /** A link is a list of identifier, origin, slot, target, slot, type; in subgraphs it is a record of these. */
    private static List<String> fields(JsonNode link) {
        List<String> fields = new ArrayList<>();
        if (link.isArray()) {
            link.values().forEach(field -> fields.add(field.asString("")));
        } else if (link.isObject()) {
            for (String key : List.of("id", "origin_id", "origin_slot", "target_id", "target_slot", "type")) {
                fields.add(link.path(key).asString(""));
            }
        }
        return fields;
    }

    private static int number(String digits) {
        return digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : -1;
    }
}
