package org.latentprint.container;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.latentprint.container.c2pa.ContentCredentials;
import org.latentprint.evidence.Problem;

/**
 * What the container readers found in one item.
 *
 * @param item path of the item within its source
 * @param mediaType by the item's bytes; empty where no reader knows them
 * @param width of the picture in pixels, as the container states it; 0 where it does not
 * @param height of the picture in pixels, as the container states it; 0 where it does not
 * @param blocks in the order they were found
 * @param credentials C2PA manifest stores, usually none or one; their bytes are listed as blocks, too
 * @param trailing bytes behind the end of the format's data
 * @param problems in the order they were noticed
 */
public record ItemMetadata(
        String item,
        Optional<String> mediaType,
        int width,
        int height,
        List<MetadataBlock> blocks,
        List<ContentCredentials> credentials,
        Optional<Trailing> trailing,
        List<Problem> problems) {

    public ItemMetadata {
        blocks = List.copyOf(blocks);
        credentials = List.copyOf(credentials);
        problems = List.copyOf(problems);
    }

    /** Makes the metadata of an item without Content Credentials. */
    public ItemMetadata(
            String item,
            Optional<String> mediaType,
            int width,
            int height,
            List<MetadataBlock> blocks,
            Optional<Trailing> trailing,
            List<Problem> problems) {
        this(item, mediaType, width, height, blocks, List.of(), trailing, problems);
    }

    /** A run of bytes behind the end of the format's own data. */
    public record Trailing(long offset, long length) {}

    /** Returns the same item with other blocks, and without its problems. */
    public ItemMetadata withBlocks(List<MetadataBlock> others) {
        return new ItemMetadata(item, mediaType, width, height, others, credentials, trailing, List.of());
    }

    /** Returns the blocks with that key, exactly as written, in their order. */
    public Stream<MetadataBlock> withKey(String key) {
        return blocks.stream().filter(block -> block.key().equals(key));
    }
}
