package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node that asks an online service, in the form that runs and in the editor's form of the time when widgets were listed by
 * position only. Classes, inputs and order as {@code comfy_api_nodes/nodes_*.py} of ComfyUI declares them.
 *
 * @param type the class
 * @param saver what its first output goes to
 * @param inputs values by name, as the form that runs has them
 * @param widgets the same values in the order of the editor
 * @param pictures input to the file that is loaded for it
 * @param expected what both forms tell
 */
record ComfyServiceNode(
        String type, Saver saver, String inputs, String widgets, Map<String, String> pictures, Expected expected) {
    static final Optional<String> NONE = Optional.empty();

    enum Saver {
        IMAGE("SaveImage", "images"),
        VIDEO("SaveVideo", "video");

        private final String type;
        private final String input;

        Saver(String type, String input) {
            this.type = type;
            this.input = input;
        }
    }

    /** What both forms of a node tell. */
    record Expected(
            Optional<String> negative,
            Optional<String> seed,
            Optional<String> model,
            Optional<String> size,
            Map<String, String> settings,
            Task task,
            List<InputMedia> pictures) {}

    @Override
    public String toString() {
        return type;
    }

    /** Returns the form that runs. */
    String running() {
        List<String> nodes = new ArrayList<>();
        List<String> inputs = new ArrayList<>(List.of(inputs()));
        pictures().forEach((input, file) -> {
            if (!file.isEmpty()) {
                inputs.add("'" + input + "': ['" + input + "', " + slot(input) + "]");
                nodes.add(loader(input, file));
            }
        });
        nodes.add("'1': {'class_type': '" + type() + "', 'inputs': {" + String.join(",", inputs) + "}}");
        nodes.add("'9': {'class_type': '" + saver().type + "', 'inputs': {'" + saver().input
                + "': ['1', 0], 'filename_prefix': 'coast'}}");
        return "{" + String.join(",", nodes) + "}";
    }

    /** Older editors list an input only where something can be linked to it. */
    String canvas() {
        List<String> nodes = new ArrayList<>();
        List<String> sockets = new ArrayList<>();
        List<String> links = new ArrayList<>();
        pictures().forEach((input, file) -> {
            int id = 20 + sockets.size();
            String kind = switch (input) {
                case "mask" -> "MASK";
                case "audio" -> "AUDIO";
                case "negative_prompt" -> "STRING";
                default -> "IMAGE";
            };
            sockets.add("{'name': '" + input + "', 'type': '" + kind + "', 'link': " + (file.isEmpty() ? "null" : id)
                    + "}");
            if (!file.isEmpty()) {
                links.add("[" + id + ", " + id + ", " + slot(input) + ", 1, " + (sockets.size() - 1) + ", '" + kind
                        + "']");
                nodes.add("{'id': " + id + ", 'type': 'LoadImage', 'widgets_values': ['" + file + "', 'image'],"
                        + "'outputs': [{'name': 'IMAGE', 'type': 'IMAGE'}, {'name': 'MASK', 'type': 'MASK'}]}");
            }
        });
        links.add("[9, 1, 0, 9, 0, '" + saver() + "']");
        nodes.add("{'id': 1, 'type': '" + type() + "', 'inputs': [" + String.join(",", sockets)
                + "], 'outputs': [{'name': '" + saver() + "', 'type': '" + saver() + "', 'links': [9]}],"
                + "'widgets_values': [" + widgets() + "]}");
        nodes.add("{'id': 9, 'type': '" + saver().type + "', 'inputs': [{'name': '" + saver().input + "', 'type': '"
                + saver() + "', 'link': 9}]}");
        return "{'nodes': [" + String.join(",", nodes) + "], 'links': [" + String.join(",", links)
                + "], 'version': 0.4}";
    }

    /** A mask is a loaded picture's second output. */
    private static int slot(String input) {
        return input.equals("mask") ? 1 : 0;
    }

    static void assertTells(Generation generation, Expected expected) {
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.negativePrompt()).isEqualTo(expected.negative());
        assertThat(generation.seed()).isEqualTo(expected.seed());
        assertThat(generation.models())
                .isEqualTo(expected.model().stream()
                        .map(name -> NamedModel.named("service", name))
                        .toList());
        assertThat(size(generation)).isEqualTo(expected.size());
        assertThat(generation.settings()).containsAllEntriesOf(expected.settings());
        assertThat(generation.task()).contains(expected.task());
        assertThat(generation.inputs()).containsExactlyInAnyOrderElementsOf(expected.pictures());
    }

    static Optional<String> size(Generation generation) {
        return generation.width().flatMap(width -> generation.height().map(height -> width + "x" + height));
    }

    static String loader(String id, String file) {
        return "'" + id + "': {'class_type': 'LoadImage', 'inputs': {'image': '" + file + "'}}";
    }

    /** Returns inputs with the files that are loaded for them, in pairs; without a name the input is left open. */
    static Map<String, String> loaded(String... inputsAndFiles) {
        Map<String, String> pictures = new LinkedHashMap<>();
        for (int place = 0; place < inputsAndFiles.length; place += 2) {
            pictures.put(inputsAndFiles[place], inputsAndFiles[place + 1]);
        }
        return pictures;
    }

    static InputMedia media(String role, String name) {
        return new InputMedia(role, name);
    }

    /** Returns the one generation of a graph; its quotes are single ones. */
    static Generation read(String key, String graph) {
        List<Generation> generations = ComfyReadings.read(ComfyReadings.block(key, graph.replace('\'', '"')))
                .generations();
        assertThat(generations).hasSize(1);
        return generations.getFirst();
    }
}
