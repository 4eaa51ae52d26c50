package org.latentprint.generator.comfyui;

import java.util.Map;
import tools.jackson.databind.JsonNode;

final class CanvasForm {
    private CanvasForm() {}

    static Graph read(JsonNode workflow) {
        return new Graph(Map.of());
    }
}
