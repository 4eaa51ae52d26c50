package org.latentprint.container;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads what a 3D scene's JSON says of its making: {@code generator} and {@code copyright} of its {@code asset}, and each
 * member of {@code asset.extras}. Source: glTF 2.0, section Asset; ComfyUI ({@code comfy_extras/nodes_hunyuan3d.py}, save_glb)
 * puts graphs there, each as a string of JSON.
 */
final class GltfAsset {
    private static final String ASSET = "asset";
    private static final String EXTRAS = "extras";
    private static final Set<String> TEXTS = Set.of("generator", "copyright");

    /** Scenes nest some ten deep, their extras as deep as graphs do. */
    private static final int MAX_DEPTH = 200;

    /** A scene may hold its meshes and pictures as one string in Base64. */
    private static final int MAX_LENGTH = (int) MetadataExtractor.MAX_TEXT;

    /** A number longer than this is no setting; converting it would cost time that grows with its square. */
    private static final int MAX_NUMBER_LENGTH = 400;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_LENGTH)
                    .maxDocumentLength(MAX_LENGTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final String reader;
    private final byte[] json;
    private final long offset;
    private final BlockSink sink;

    /**
     * Makes a reader.
     *
     * @param reader id of the container reader
     * @param json the scene in UTF-8
     * @param offset where it stands in the item
     */
    GltfAsset(String reader, byte[] json, long offset, BlockSink sink) {
        this.reader = reader;
        this.json = json;
        this.offset = offset;
        this.sink = sink;
    }

    /** Says whether a text begins as a scene: its asset, with a version, stands among the first bytes. */
    static boolean begins(byte[] head) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), head)) {
            return enterAsset(parser) && hasVersion(parser);
        } catch (JacksonException other) {
            return false;
        }
    }

    private static boolean hasVersion(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean version = parser.currentName().equals("version");
            if (parser.nextToken() == JsonToken.VALUE_STRING && version) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    /** Goes into the asset; false where the scene has none. */
    private static boolean enterAsset(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean asset = parser.currentName().equals(ASSET);
            if (parser.nextToken() == JsonToken.START_OBJECT && asset) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    /** Gives a block for each value. */
    void read() {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            if (!enterAsset(parser)) {
                sink.problem(Problem.at(Category.MALFORMED, reader, "a scene without its asset", offset));
                return;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals(EXTRAS)) {
                    extras(parser, value);
                } else if (value == JsonToken.VALUE_STRING && TEXTS.contains(name)) {
                    block("gltf/asset", name, parser);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException damaged) {
            long at = damaged.getLocation() == null ? -1 : damaged.getLocation().getByteOffset();
            sink.problem(Problem.at(
                    Category.MALFORMED, reader, "the scene's JSON cannot be read on", offset + Math.max(0, at)));
        }
    }

    private void extras(JsonParser parser, JsonToken value) {
        if (value != JsonToken.START_OBJECT) {
            block("gltf/extras", "", parser);
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            block("gltf/extras", name, parser);
        }
    }

    /** Gives the value at which the parser stands: of a string its characters, of anything else its JSON. */
    private void block(String container, String key, JsonParser parser) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        boolean string = parser.currentToken() == JsonToken.VALUE_STRING;
        String characters = string ? parser.getString() : "";
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        if (start < 0 || end <= start || end > json.length) {
            sink.problem(Problem.at(
                    Category.UNSUPPORTED, reader, "a scene in another encoding than UTF-8 is not read", offset));
            return;
        }
        DecodedText text = string
                ? DecodedText.of(characters, "json")
                : TextDecoder.utf8OrLatin1(Arrays.copyOfRange(json, start, end));
        sink.block(container, key, offset + start, (long) end - start, Crc.NONE, Optional.of(text));
    }
}
