package org.latentprint.generator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Grade;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record that a program wrote as one PNG text chunk for each setting.
 *
 * @param chunks by keyword, the first of each, in the order of the file
 */
record PngRecord(Map<String, MetadataBlock> chunks) {

    /** Returns the text chunks whose keyword begins with a prefix, by the keyword behind it. */
    static PngRecord of(ItemMetadata metadata, String prefix) {
        Map<String, MetadataBlock> chunks = new LinkedHashMap<>();
        metadata.blocks().stream()
                .filter(block -> block.container().startsWith("png/")
                        && block.text().isPresent()
                        && block.key().startsWith(prefix))
                .forEach(block -> chunks.putIfAbsent(block.key().substring(prefix.length()), block));
        return new PngRecord(chunks);
    }

    /** Keeps the chunks with these keywords only. */
    PngRecord only(Set<String> keys) {
        Map<String, MetadataBlock> kept = new LinkedHashMap<>(chunks);
        kept.keySet().retainAll(keys);
        return new PngRecord(kept);
    }

    boolean has(Set<String> keys) {
        return chunks.keySet().containsAll(keys);
    }

    /** Returns the chunks' texts as an object of texts. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        chunks.forEach((key, block) -> json.put(key, block.textOrEmpty()));
        return json;
    }

    /** Returns the chunks' texts for a reader to go through. */
    JsonRecord record() {
        return new JsonRecord(json());
    }

    /** Starts a generation from the chunks; there must be one. */
    GenerationBuilder start(String program, String reader) {
        List<MetadataBlock> blocks = blocks();
        GenerationBuilder builder =
                Generation.builder(program, blocks.getFirst().origin().readBy(reader));
        for (MetadataBlock block : blocks) {
            builder.alsoFrom(block.origin().readBy(reader));
            if (block.repaired().isPresent()) {
                builder.grade(Grade.DERIVED);
            }
        }
        return builder;
    }

    List<MetadataBlock> blocks() {
        return List.copyOf(chunks.values());
    }
}
