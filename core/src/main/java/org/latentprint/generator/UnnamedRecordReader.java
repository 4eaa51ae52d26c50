package org.latentprint.generator;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import tools.jackson.databind.JsonNode;

/**
 * One JSON object that describes a generation, in a place where programs put such objects, by a program that is not known
 * here. It stands behind all readers of known programs. What the keys mean is concluded from their names: see
 * {@link UnnamedRecord}.
 */
final class UnnamedRecordReader extends ProgramRecordReader {
    /** Keys of PNG texts, EXIF tags, comments of films and side files; the empty one is a JPEG's comment. */
    private static final Set<String> PLACES = Set.of(
            "",
            "parameters",
            "prompt",
            "comment",
            "usercomment",
            "imagedescription",
            "description",
            "metadata",
            "generation_data",
            "generation",
            "settings",
            "config",
            "xpcomment",
            "\u00a9cmt",
            "\u00a9des");

    UnnamedRecordReader() {
        super("unnamed-record/1", UnnamedRecord.NAME);
    }

    @Override
    boolean promises(String text) {
        return text.stripLeading().startsWith("{");
    }

    @Override
    Optional<JsonNode> json(MetadataBlock block) {
        return PLACES.contains(block.key().toLowerCase(Locale.ROOT))
                ? super.json(block).flatMap(UnnamedRecord::in)
                : Optional.empty();
    }

    @Override
    boolean isOurs(JsonNode json) {
        return UnnamedRecord.isGeneration(json);
    }

    @Override
    void fill(JsonRecord record, GenerationBuilder builder, ItemMetadata metadata) {
        UnnamedRecord.fill(record, builder);
    }

    @Override
    public boolean readsGraphs() {
        return true;
    }
}
