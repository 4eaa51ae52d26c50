package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Grade;
import tools.jackson.databind.JsonNode;

/**
 * The record that the gallery's editor of Samsung's phones keeps behind a JPEG, {@code PhotoEditor_Re_Edit_Data}, where its
 * field {@code genAIType} is not 0. Samsung documents the field nowhere; by a public detector's notes on files of Galaxy S23 to
 * S25 (2026) it stands beside the source type {@code trainedAlgorithmicMedia} of Content Credentials, and alone where these
 * declare none. So it is a declaration, and inferred. {@code originalPath} is where the editor keeps the photograph that was
 * changed.
 *
 * <p>Untested ground: no file of such a phone was at hand.
 */
final class SamsungEditReader extends BlockReader {
    private static final String RECORD = "PhotoEditor_Re_Edit_Data";
    private static final String FIELD = "genAIType";
    private static final String ORIGINAL = "originalPath";

    /** The record is an object with few objects in it. */
    private static final int MAX_DEPTH = 4;

    SamsungEditReader() {
        super("samsung-edit/1");
    }

    @Override
    public boolean yields() {
        return true;
    }

    @Override
    Reading read(MetadataBlock block, ItemMetadata metadata) {
        if (!block.key().equals(RECORD) || !block.textOrEmpty().contains(FIELD)) {
            return Reading.NONE;
        }
        Optional<JsonNode> json = GeneratorJson.object(block.textOrEmpty());
        Optional<String> value = json.flatMap(object -> type(object, 0)).filter(type -> !type.equals("0"));
        if (json.isEmpty() || value.isEmpty()) {
            return Reading.NONE;
        }
        JsonRecord record = new JsonRecord(json.get());
        GenerationBuilder builder = Generation.declared(
                        new Declaration(Declaration.Mark.EDIT_RECORD, RECORD + " " + FIELD, value.get()),
                        block.origin().readBy(id()))
                .grade(Grade.INFERRED)
                .inferred(
                        "generator",
                        "a field of the editor's record that is not documented; in files at hand of others it stands"
                                + " beside a declared trained model");
        record.name(ORIGINAL).ifPresent(path -> builder.input(new InputMedia("init", path)));
        record.keepRest(builder);
        return Reading.of(List.of(builder.build()), List.of(block));
    }

    /** Finds the field in the record or in an object within it. */
    private static Optional<String> type(JsonNode object, int depth) {
        Optional<String> here = GeneratorJson.text(object, FIELD).filter(text -> text.matches("-?\\d{1,9}"));
        if (here.isPresent() || depth == MAX_DEPTH) {
            return here;
        }
        List<JsonNode> inner = new ArrayList<>();
        object.valueStream().filter(JsonNode::isObject).forEach(inner::add);
        return inner.stream().flatMap(child -> type(child, depth + 1).stream()).findFirst();
    }
}
