package org.latentprint.generator.comfyui;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What "Anything Everywhere" and its relatives (cg-use-everywhere) send to every free input of the same type. Only the plain
 * rule is followed; restrictions by title or group are not recorded in the links and leave the input empty.
 */
final class Broadcasts {
    private static final String POSITIVE = "+";
    private static final String NEGATIVE = "-";

    private Broadcasts() {}

    static Map<String, Value> in(List<Scope> scopes, CanvasLinks links) {
        Map<String, Value> broadcasts = new HashMap<>();
        for (Scope scope : scopes) {
            for (JsonNode node : scope.nodes().values()) {
                String type = CanvasForm.type(node);
                boolean plain = type.equals("Anything Everywhere") || type.equals("Anything Everywhere3");
                boolean prompts = type.equals("Prompts Everywhere");
                if (CanvasForm.isLive(node) && (plain || prompts)) {
                    collect(scope, node, prompts, links, broadcasts);
                }
            }
        }
        return broadcasts;
    }

    private static void collect(
            Scope scope, JsonNode node, boolean prompts, CanvasLinks links, Map<String, Value> broadcasts) {
        int place = 0;
        for (JsonNode input : node.path("inputs").values()) {
            String link = input.path("link").asString("");
            Scope.Wire wire = scope.links().get(link);
            if (wire != null) {
                String side = !prompts ? "" : place == 0 ? POSITIVE : NEGATIVE;
                links.behind(scope, link).ifPresent(value -> broadcasts.putIfAbsent(wire.type() + side, value));
            }
            place++;
        }
    }

    /** Returns what reaches a free input; null where nothing does. */
    static @Nullable Value find(Map<String, Value> broadcasts, JsonNode input) {
        String type = input.path("type").asString("");
        if (broadcasts.isEmpty()
                || type.isEmpty()
                || type.equals("*")
                || input.path("widget").isObject()) {
            return null;
        }
        String name = input.path("name").asString("");
        String side = Conditioning.isPositive(name) ? POSITIVE : Conditioning.isNegative(name) ? NEGATIVE : "";
        Value sided = broadcasts.get(type + side);
        return sided != null ? sided : broadcasts.get(type);
    }
}
