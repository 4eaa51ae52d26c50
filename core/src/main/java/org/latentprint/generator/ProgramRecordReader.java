package org.latentprint.generator;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Grade;
import tools.jackson.databind.JsonNode;

/**
 * What the readers of programs have in common that write one JSON object with all settings: they look at every block with
 * text, take the objects that are their program's, and make one generation of each different object.
 */
abstract class ProgramRecordReader implements GeneratorReader {
    private final String id;
    private final String program;

    ProgramRecordReader(String id, String program) {
        this.id = id;
        this.program = program;
    }

    /** Says whether a text may hold such an object; asked before the costly parsing. */
    abstract boolean promises(String text);

    /** Says whether the object is this program's. */
    abstract boolean isOurs(JsonNode json);

    /** Adds what the object says. */
    abstract void fill(JsonRecord record, GenerationBuilder builder, ItemMetadata metadata);

    /** Says which other blocks of an item with such an object repeat or complete it; none by default. */
    boolean isBeside(MetadataBlock block) {
        return false;
    }

    /** Returns the object in a block, where it is not the block's whole text; the text by default. */
    Optional<JsonNode> json(MetadataBlock block) {
        return block.text().filter(this::promises).flatMap(GeneratorJson::object);
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final Reading read(ItemMetadata metadata) {
        Map<JsonNode, GenerationBuilder> builders = new LinkedHashMap<>();
        Set<MetadataBlock> claimed = new LinkedHashSet<>();
        for (MetadataBlock block : metadata.blocks()) {
            Optional<JsonNode> json = json(block).filter(this::isOurs);
            if (json.isEmpty()) {
                continue;
            }
            claimed.add(block);
            if (builders.containsKey(json.orElseThrow())) {
                builders.get(json.orElseThrow()).alsoFrom(block.origin().readBy(id));
                continue;
            }
            GenerationBuilder builder =
                    Generation.builder(program, block.origin().readBy(id));
            fill(new JsonRecord(json.orElseThrow()), builder, metadata);
            if (block.repaired().isPresent()) {
                builder.grade(Grade.DERIVED);
            }
            builders.put(json.orElseThrow(), builder);
        }
        if (!builders.isEmpty()) {
            metadata.blocks().stream()
                    .filter(block -> !claimed.contains(block) && isBeside(block))
                    .toList()
                    .forEach(block -> {
                        claimed.add(block);
                        builders.values()
                                .forEach(builder ->
                                        builder.alsoFrom(block.origin().readBy(id)));
                    });
        }
        return Reading.of(
                builders.values().stream().map(GenerationBuilder::build).toList(), List.copyOf(claimed));
    }
}
