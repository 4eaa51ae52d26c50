package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.ComfyReadings.read;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Builds a graph as the editor writes it; quotes are single ones. */
final class ComfyCanvasGraph {
    private final List<String> nodes = new ArrayList<>();
    private final List<String> links = new ArrayList<>();

    /**
     * Adds a node.
     *
     * @param sockets {@code name:TYPE} where nothing is linked, {@code name:TYPE:from.slot} where something is
     * @param outputs {@code name:TYPE}
     */
    ComfyCanvasGraph node(int id, String type, String sockets, String outputs, String values) {
        List<String> inputs = new ArrayList<>();
        for (String socket : list(sockets, ",")) {
            List<String> parts = list(socket, ":");
            String link = "null";
            if (parts.size() > 2) {
                List<String> from = list(parts.get(2), ".");
                link = Integer.toString(links.size() + 1);
                links.add("[" + link + ", " + from.get(0) + ", " + from.get(1) + ", " + id + ", " + inputs.size()
                        + ", '" + parts.get(1) + "']");
            }
            inputs.add("{'name': '" + parts.get(0) + "', 'type': '" + parts.get(1) + "', 'link': " + link + "}");
        }
        List<String> given = new ArrayList<>();
        for (String output : list(outputs, ",")) {
            List<String> parts = list(output, ":");
            given.add("{'name': '" + parts.get(0) + "', 'type': '" + parts.get(1) + "'}");
        }
        nodes.add("{'id': " + id + ", 'type': '" + type + "', 'mode': 0, 'inputs': [" + String.join(", ", inputs)
                + "], 'outputs': [" + String.join(", ", given) + "], 'widgets_values': [" + values + "]}");
        return this;
    }

    ComfyCanvasGraph saved(String from) {
        return node(9, "SaveImage", "images:IMAGE:" + from, "", "'garden'");
    }

    ComfyCanvasGraph spoken(String from) {
        return node(9, "SaveAudio", "audio:AUDIO:" + from, "", "'garden'");
    }

    Generation generation() {
        return read(
                "workflow",
                q("{'nodes': [" + String.join(", ", nodes) + "], 'links': [" + String.join(", ", links)
                        + "], 'version': 0.4}"));
    }

    static void assertSettings(Generation generation, String seed, int steps, String cfg) {
        assertThat(generation.seed()).contains(seed);
        assertThat(generation.steps()).contains(steps);
        assertThat(generation.cfgScale()).contains(new BigDecimal(cfg));
    }

    static void assertModel(Generation generation, String kind, String name) {
        assertThat(generation.models()).contains(NamedModel.named(kind, name));
    }

    private static List<String> list(String text, String separator) {
        return text.isEmpty() ? List.of() : List.of(text.split(Pattern.quote(separator), -1));
    }

    private static String q(String json) {
        return json.replace('\'', '"');
    }
}
