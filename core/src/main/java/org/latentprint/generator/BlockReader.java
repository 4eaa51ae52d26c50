package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Grade;
import org.latentprint.evidence.Problem;
import tools.jackson.databind.JsonNode;

/**
 * What the readers of programs have in common whose blocks each speak for themselves: every block of an item is read on its
 * own, in the order of the item, and what the blocks say is put together.
 */
abstract class BlockReader implements GeneratorReader {
    /** A night's work has some dozens of runs. */
    static final int MAX_ENTRIES = 1_000;

    private final String id;

    BlockReader(String id) {
        this.id = id;
    }

    /**
     * Reads one block.
     *
     * @param block with text or without
     * @param metadata the item that has it
     * @return zero or more generations and the blocks they explain; {@link Reading#NONE} where the block is not the program's
     */
    abstract Reading read(MetadataBlock block, ItemMetadata metadata);

    /** Reads what several blocks of an item say together; nothing by default. */
    Reading together(ItemMetadata metadata) {
        return Reading.NONE;
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final Reading read(ItemMetadata metadata) {
        List<Generation> generations = new ArrayList<>();
        List<MetadataBlock> claimed = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Stream.concat(
                        metadata.blocks().stream().map(block -> read(block, metadata)),
                        Stream.of(metadata).map(this::together))
                .forEach(reading -> {
                    generations.addAll(reading.generations());
                    claimed.addAll(reading.claimed());
                    problems.addAll(reading.problems());
                });
        return new Reading(generations, claimed, problems);
    }

    /** Begins the generation that a block describes, derived where the block's text had to be repaired. */
    final GenerationBuilder start(String program, MetadataBlock block) {
        GenerationBuilder builder = Generation.builder(program, block.origin().readBy(id));
        return block.repaired().isPresent() ? builder.grade(Grade.DERIVED) : builder;
    }

    /**
     * Makes one generation of each entry of a list, of {@value #MAX_ENTRIES} at most.
     *
     * @param block that has the list
     * @param entries of the list, those of other kinds left out
     * @param what names entries and list in the problem of a list that is too long, such as {@code steps in one job}
     * @param generation of an entry and its place, from 0
     * @return the generations; {@link Reading#NONE} for an empty list
     */
    final Reading each(
            MetadataBlock block,
            Stream<JsonNode> entries,
            String what,
            BiFunction<JsonNode, Integer, Generation> generation) {
        List<JsonNode> list = entries.limit(MAX_ENTRIES + 1L).toList();
        if (list.isEmpty()) {
            return Reading.NONE;
        }
        List<Generation> generations = new ArrayList<>();
        for (int place = 0; place < Math.min(MAX_ENTRIES, list.size()); place++) {
            generations.add(generation.apply(list.get(place), place));
        }
        List<Problem> problems = list.size() <= MAX_ENTRIES
                ? List.of()
                : List.of(Problem.at(
                        Problem.Category.LIMIT,
                        id,
                        "more than " + MAX_ENTRIES + " " + what + "; the rest was not read",
                        block.origin().offset()));
        return new Reading(generations, List.of(block), problems);
    }
}
