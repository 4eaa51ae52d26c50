package org.latentprint.generator;

import java.util.List;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Origin;
import org.latentprint.fixture.ComfyGraph;

/** Reads graphs as ComfyUI puts them into the text chunks of a PNG. */
final class ComfyReadings {
    private static final String ITEM = "pictures/cat_00001_.png";

    private ComfyReadings() {}

    /** Returns the first generation of a graph in the form that runs. */
    static Generation read(ComfyGraph graph) {
        return read("prompt", graph.json());
    }

    /** Returns the first generation of one text chunk. */
    static Generation read(String key, String text) {
        return read(block(key, text)).generations().getFirst();
    }

    static Reading read(MetadataBlock... blocks) {
        return new ComfyUiReader()
                .read(new ItemMetadata(
                        ITEM, Optional.of("image/png"), 512, 512, List.of(blocks), Optional.empty(), List.of()));
    }

    static MetadataBlock block(String key, String text) {
        return new MetadataBlock(
                "png/tEXt",
                key,
                new Origin(ITEM, key.length(), text.length(), "0".repeat(64), "png/1"),
                MetadataBlock.Crc.OK,
                Optional.of(text),
                Optional.of("utf-8"),
                Optional.empty());
    }
}
