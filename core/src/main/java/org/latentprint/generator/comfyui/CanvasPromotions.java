package org.latentprint.generator.comfyui;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The values that one subgraph's node sets for widgets inside: each node of a definition can set its own. They stand on the
 * node in the order of its {@code proxyWidgets}, else of the definition's inputs that lead to widgets ({@code
 * _applyPromotedWidgetValues} in the frontend's {@code SubgraphNode.ts}).
 *
 * @param byInput name of the definition's input to its value
 * @param byNode identifier of a node inside to the values of its widgets
 * @param open whether values stand there of which it is not known what they are for
 */
record CanvasPromotions(Map<String, JsonNode> byInput, Map<String, Map<String, JsonNode>> byNode, boolean open) {
    static final CanvasPromotions NONE = new CanvasPromotions(Map.of(), Map.of(), false);

    /** Stands in {@code proxyWidgets} for the definition's inputs. */
    private static final String INPUT = "-1";

    /** What one value is for: a widget of a node inside, or an input. */
    private record Place(String node, String name) {}

    /**
     * Deals the values out.
     *
     * @param instance the subgraph's node
     * @param inputs names of the definition's inputs that lead to widgets, in their order
     * @param inherited values that a level further out sets for the node's widgets
     */
    static CanvasPromotions of(CanvasNode instance, List<String> inputs, Map<String, JsonNode> inherited) {
        Map<String, JsonNode> byInput = new HashMap<>();
        Map<String, Map<String, JsonNode>> byNode = new HashMap<>();
        List<Place> proxies = proxies(instance);
        boolean open = false;
        JsonNode values = instance.values();
        if (values.isObject()) {
            values.properties().forEach(value -> byInput.put(value.getKey(), value.getValue()));
        } else if (values.isArray() && !values.isEmpty()) {
            List<Place> promoted =
                    inputs.stream().map(name -> new Place(INPUT, name)).toList();
            Optional<Map<Place, JsonNode>> dealt = deal(proxies, values).or(() -> deal(promoted, values));
            dealt.ifPresent(found -> found.forEach((place, value) -> set(place, value, byInput, byNode)));
            open = dealt.isEmpty();
        }
        inherited.forEach((name, value) -> {
            byInput.put(name, value);
            proxies.stream()
                    .filter(place -> place.name().equals(name))
                    .forEach(place -> set(place, value, byInput, byNode));
        });
        return new CanvasPromotions(byInput, byNode, open);
    }

    private static List<Place> proxies(CanvasNode instance) {
        List<Place> places = new ArrayList<>();
        for (JsonNode proxy : instance.properties().path("proxyWidgets").values()) {
            places.add(new Place(proxy.path(0).asString(""), proxy.path(1).asString("")));
        }
        return places;
    }

    private static Optional<Map<Place, JsonNode>> deal(List<Place> places, JsonNode values) {
        List<String> names = places.stream().map(Place::name).toList();
        return CanvasWidgets.fit(names, values).map(positions -> {
            Map<Place, JsonNode> dealt = new HashMap<>();
            int next = 0;
            for (int position = 0; position < positions.size() && next < places.size(); position++) {
                if (!positions.get(position).equals(CanvasWidgets.NO_INPUT)) {
                    dealt.put(places.get(next), values.get(position));
                    next++;
                }
            }
            return dealt;
        });
    }

    private static void set(
            Place place, JsonNode value, Map<String, JsonNode> byInput, Map<String, Map<String, JsonNode>> byNode) {
        if (value.isNull()) {
            return;
        }
        if (place.node().equals(INPUT)) {
            byInput.put(place.name(), value);
        } else {
            byNode.computeIfAbsent(place.node(), node -> new HashMap<>()).put(place.name(), value);
        }
    }

    /** Returns the value set for an input of the definition. */
    Optional<JsonNode> ofInput(String name) {
        return Optional.ofNullable(byInput.get(name)).filter(value -> !value.isNull());
    }

    /** Returns the values set for the widgets of a node inside, by their names. */
    Map<String, JsonNode> ofNode(String id) {
        return byNode.getOrDefault(id, Map.of());
    }
}
