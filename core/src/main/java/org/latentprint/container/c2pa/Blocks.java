package org.latentprint.container.c2pa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The blocks into which media data are cut for a tree of hashes: of one size, of stated sizes, or one block. Source: C2PA
 * Technical Specification 2.x, "Non-fragmented asset using merkle tree".
 */
final class Blocks {
    private Blocks() {}

    /**
     * Returns the blocks.
     *
     * @param map the tree's {@code merkle-map}
     * @param start of the media data
     * @param end behind their last byte
     * @return none where the stated sizes do not fit the media data, or are stated in both ways
     */
    static List<ByteRange> of(CborValue map, long start, long end) {
        Optional<Long> fixed = map.get("fixedBlockSize").whole();
        List<CborValue> sizes = map.get("variableBlockSizes").items();
        if (fixed.isPresent() && !sizes.isEmpty()) {
            return List.of();
        }
        if (fixed.isPresent()) {
            return ofSize(fixed.get(), start, end);
        }
        return sizes.isEmpty() ? List.of(new ByteRange(start, end - start)) : ofSizes(sizes, start, end);
    }

    private static List<ByteRange> ofSize(long size, long start, long end) {
        if (size < 1 || (end - start) / size >= MerkleRow.MAX_LEAVES) {
            return List.of();
        }
        List<ByteRange> blocks = new ArrayList<>();
        for (long at = start; at < end; at += size) {
            blocks.add(new ByteRange(at, Math.min(size, end - at)));
        }
        return blocks;
    }

    private static List<ByteRange> ofSizes(List<CborValue> sizes, long start, long end) {
        List<ByteRange> blocks = new ArrayList<>();
        long at = start;
        for (CborValue size : sizes) {
            long length = size.whole().orElse(-1L);
            if (length < 0 || length > end - at) {
                return List.of();
            }
            blocks.add(new ByteRange(at, length));
            at += length;
        }
        return at == end ? blocks : List.of();
    }
}
