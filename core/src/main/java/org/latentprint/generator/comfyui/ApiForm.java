package org.latentprint.generator.comfyui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentprint.generator.comfyui.Value.Link;
import org.latentprint.generator.comfyui.Value.Literal;
import tools.jackson.databind.JsonNode;

/**
 * Reads the API form: the graph that ran, {@code {"3": {"class_type": "KSampler", "inputs": {...}}}}, as ComfyUI's
 * {@code nodes.py} (SaveImage) writes it under {@code prompt}.
 */
final class ApiForm {
    private ApiForm() {}

    /** Says whether at least one member is a node; others may stand beside the nodes. */
    static boolean matches(JsonNode object) {
        return object.isObject() && hasNode(object);
    }

    private static boolean hasNode(JsonNode object) {
        for (JsonNode member : object.values()) {
            if (isNode(member)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads a graph.
     *
     * @param object for which {@link #matches} holds
     * @param shown outputs by node, as the editor's form beside it shows them; may be empty
     */
    static Graph read(JsonNode object, Map<String, List<Output>> shown) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (nodes.size() >= Graph.MAX_NODES) {
                break;
            }
            if (isNode(member.getValue())) {
                Node node = node(member.getKey(), member.getValue(), shown);
                nodes.put(node.id(), node);
            }
        }
        return Switches.prune(new Graph(nodes));
    }

    /** Says whether all nodes of a graph are of classes whose outputs are known. */
    static boolean isAllKnown(JsonNode object) {
        for (JsonNode member : object.values()) {
            if (isNode(member) && !Signatures.isKnown(member.path("class_type").stringValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNode(JsonNode value) {
        return value.isObject() && value.path("class_type").isString();
    }

    private static Node node(String id, JsonNode json, Map<String, List<Output>> shown) {
        String type = json.path("class_type").stringValue();
        Map<String, Value> inputs = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> input : json.path("inputs").properties()) {
            inputs.put(input.getKey(), value(input.getValue()));
        }
        List<Output> outputs = Optional.ofNullable(shown.get(id))
                .or(() -> Signatures.of(type).map(Signatures.Signature::outputs))
                .orElse(List.of());
        return new Node(id, type, inputs, outputs);
    }

    private static Value value(JsonNode json) {
        if (json.isArray()
                && json.size() == 2
                && (json.get(0).isString() || json.get(0).isIntegralNumber())
                && json.get(1).isIntegralNumber()
                && json.get(1).canConvertToInt()) {
            return new Link(json.get(0).asString(), json.get(1).intValue());
        }
        return new Literal(json);
    }

    /** Returns the outputs of the editor's nodes by their identifier. */
    static Map<String, List<Output>> shownOutputs(JsonNode canvas) {
        Map<String, List<Output>> shown = new LinkedHashMap<>();
        for (JsonNode node : canvas.path("nodes").values()) {
            List<Output> outputs = new ArrayList<>();
            for (JsonNode output : node.path("outputs").values()) {
                outputs.add(new Output(
                        output.path("name").asString(""), output.path("type").asString("")));
            }
            if (!outputs.isEmpty() && shown.size() < Graph.MAX_NODES) {
                shown.put(node.path("id").asString(""), outputs);
            }
        }
        return shown;
    }
}
