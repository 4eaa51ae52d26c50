package org.latentprint.evidence.carve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads one JSON value strictly and finds the objects of known shape in it, the outermost of those within each other. An object that
 * is closed counts also where what is around it is cut.
 *
 * <ul>
 *   <li>ComfyUI's prompt ({@code comfyanonymous/ComfyUI: execution.py}, {@code validate_prompt}): every member is an object with
 *       {@code class_type} (text) and {@code inputs} (object).
 *   <li>The editor's workflow ({@code Comfy-Org/ComfyUI_frontend}, workflow schema): {@code nodes} holds objects with {@code id} and {@code
 *       type}, and {@code links} is a list.
 *   <li>kohya's record ({@code kohya-ss/sd-scripts: library/train_util.py}): at least two members whose names begin with {@code
 *       ss_}, all of them texts; or a safetensors head with such as {@code __metadata__}.
 * </ul>
 */
final class JsonShapes {
    /** Graphs nest some ten deep, those in groups more. */
    private static final int MAX_DEPTH = 200;

    /** Characters of one text: pictures may stand in a graph in Base64. */
    private static final int MAX_TEXT = 16 << 20;

    /** A number longer than this is no setting. */
    private static final int MAX_NUMBER = 400;

    private static final int LEAST_TRAINING_KEYS = 2;

    // Property names stay canonicalised: without that, the library reads characters and knows no places of bytes.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            // Python writes NaN, and ComfyUI's is_changed holds it.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** An object of a known shape: its first byte and the byte behind its last. */
    record Shape(CarvedKind kind, int start, int end, String reason) {}

    private final List<Shape> found = new ArrayList<>();
    private final Deque<Level> levels = new ArrayDeque<>();
    private int end = -1;
    private int lastEnd = -1;
    private int reached;

    private JsonShapes() {}

    /** Reads the value that begins at that index. */
    static JsonShapes read(byte[] bytes, int at) {
        JsonShapes shapes = new JsonShapes();
        shapes.reached = at;
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes, at, bytes.length - at)) {
            shapes.read(json, at);
        } catch (JacksonException broken) {
            // What was closed before stays found.
            shapes.end = -1;
        }
        return shapes;
    }

    /** Returns the objects of known shape. */
    List<Shape> found() {
        return found;
    }

    /** Returns the index behind the value; -1 where it is not closed or no JSON. */
    int end() {
        return end;
    }

    /** Returns the index of the last part of the value that was read. */
    int reached() {
        return reached;
    }

    /** Returns from where to look on where the value is broken: behind what was found in it, else behind its first byte. */
    int lastEnd(int start) {
        return Math.max(lastEnd, start + 1);
    }

    private void read(JsonParser json, int from) {
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            reached = from + (int) json.currentTokenLocation().getByteOffset();
            switch (token) {
                case START_OBJECT, START_ARRAY -> open(json, token, from);
                case END_OBJECT, END_ARRAY -> {
                    close(from + (int) json.currentLocation().getByteOffset());
                    if (levels.isEmpty()) {
                        end = from + (int) json.currentLocation().getByteOffset();
                        return;
                    }
                }
                case PROPERTY_NAME -> levels.getFirst().name(json.currentName());
                case VALUE_STRING -> levels.getFirst().text();
                default -> levels.getFirst().other();
            }
        }
    }

    private void open(JsonParser json, JsonToken token, int from) {
        int start = from + (int) json.currentTokenLocation().getByteOffset();
        levels.push(new Level(token == JsonToken.START_OBJECT, start, found.size()));
    }

    private void close(int behind) {
        Level level = levels.pop();
        if (level.object) {
            level.shape(behind).ifPresent(shape -> {
                // It stands around those found within it.
                found.subList(level.foundBefore, found.size()).clear();
                found.add(shape);
                lastEnd = behind;
            });
        }
        if (!levels.isEmpty()) {
            levels.getFirst().member(level);
        }
    }

    /** What is known of an object or a list that is not closed yet. */
    private static final class Level {
        private final boolean object;
        private final int start;
        private final int foundBefore;
        private String name = "";
        private int members;
        private int nodes;
        private int tensors;
        private int editorNodes;
        private int trainingKeys;
        private boolean wrongTrainingKey;
        private boolean classType;
        private boolean inputs;
        private boolean id;
        private boolean type;
        private boolean listOfNodes;
        private boolean links;
        private boolean dtype;
        private boolean offsets;
        private boolean record;

        Level(boolean object, int start, int foundBefore) {
            this.object = object;
            this.start = start;
            this.foundBefore = foundBefore;
        }

        void name(String member) {
            name = member;
        }

        void text() {
            members++;
            classType |= name.equals("class_type");
            type |= name.equals("type");
            id |= name.equals("id");
            dtype |= name.equals("dtype");
            trainingKeys += name.startsWith("ss_") ? 1 : 0;
        }

        void other() {
            members++;
            id |= name.equals("id");
            wrongTrainingKey |= name.startsWith("ss_");
        }

        void member(Level inner) {
            members++;
            wrongTrainingKey |= name.startsWith("ss_");
            if (inner.object) {
                nodes += inner.classType && inner.inputs ? 1 : 0;
                editorNodes += inner.id && inner.type ? 1 : 0;
                tensors += inner.dtype && inner.offsets ? 1 : 0;
                inputs |= name.equals("inputs");
                record |= name.equals("__metadata__") && inner.isRecord();
            } else {
                listOfNodes |= name.equals("nodes") && inner.members > 0 && inner.editorNodes == inner.members;
                links |= name.equals("links");
                offsets |= name.equals("data_offsets");
            }
        }

        private boolean isRecord() {
            return trainingKeys >= LEAST_TRAINING_KEYS && !wrongTrainingKey;
        }

        Optional<Shape> shape(int behind) {
            if (members > 0 && nodes == members) {
                return Optional.of(new Shape(
                        CarvedKind.COMFYUI_PROMPT, start, behind, "a graph of " + nodes + " nodes as it ran"));
            }
            if (listOfNodes && links) {
                return Optional.of(
                        new Shape(CarvedKind.COMFYUI_WORKFLOW, start, behind, "a graph as ComfyUI's editor saves it"));
            }
            if (isRecord()) {
                return Optional.of(new Shape(
                        CarvedKind.TRAINING_RECORD,
                        start,
                        behind,
                        "a training's record of " + trainingKeys + " entries"));
            }
            if (record && members > 1 && tensors == members - 1) {
                return Optional.of(new Shape(
                        CarvedKind.TRAINING_RECORD,
                        start,
                        behind,
                        "a model's head of " + tensors + " tensors with a training's record, without its length"));
            }
            return Optional.empty();
        }
    }
}
