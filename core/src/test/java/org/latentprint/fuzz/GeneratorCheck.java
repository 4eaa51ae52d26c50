package org.latentprint.fuzz;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Origin;
import org.latentprint.generator.Generation;
import org.latentprint.generator.GeneratorReader;
import org.latentprint.generator.Reading;

/** What must hold for a reader of generators and any blocks. */
final class GeneratorCheck {
    /** The same text may stand in the prompt, in its parts, in passes and in settings, and in several generations. */
    private static final long MOST_TIMES = 200;

    /** A few words of the reader's own in each of many generations. */
    private static final long MOST_MORE = 1 << 20;

    private GeneratorCheck() {}

    /** Returns the item of the bytes: blocks in the form of {@link BlockText}, or a file that has a container reader. */
    static ItemMetadata item(byte[] bytes) {
        Optional<ItemMetadata> blocks = BlockText.parse("input", bytes);
        return blocks.orElseGet(() -> MetadataExtractor.extract("input", HeapBytes.wrap(bytes)));
    }

    /** Checks what the reader makes of the item. Returns the number of generations. */
    static int check(GeneratorReader reader, ItemMetadata item) {
        if (item.blocks().isEmpty()) {
            return 0;
        }
        Reading first = reader.read(item.withBlocks(item.blocks()));
        Checks.noFailure(first.problems());
        Checks.require(
                first.equals(reader.read(item.withBlocks(item.blocks()))),
                "the same blocks gave another result",
                first);
        Checks.require(item.blocks().containsAll(first.claimed()), "a claimed block is none of the item's", first);
        Set<Origin> places = new HashSet<>();
        item.blocks().stream().map(MetadataBlock::origin).forEach(origin -> places.add(place(origin)));
        item.credentials().forEach(credentials -> places.add(place(credentials.origin())));
        for (Generation generation : first.generations()) {
            Checks.require(
                    generation.origin().reader().equals(reader.id()), "read by another reader", generation.origin());
            Stream.concat(Stream.of(generation.origin()), generation.furtherOrigins().stream())
                    .forEach(origin -> Checks.require(
                            places.contains(place(origin)), "the origin is none of the item's blocks", origin));
        }
        long text = item.blocks().stream()
                .mapToLong(block -> block.textOrEmpty().length() + block.key().length())
                .sum();
        long told = first.generations().stream()
                .mapToLong(generation -> generation.toString().length())
                .sum();
        Checks.require(
                told <= MOST_TIMES * text + MOST_MORE, "far more text than the blocks have", told + " of " + text);
        return first.generations().size();
    }

    private static Origin place(Origin origin) {
        return origin.readBy("");
    }
}
