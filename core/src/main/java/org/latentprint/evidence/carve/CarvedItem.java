package org.latentprint.evidence.carve;

import java.util.List;

/**
 * A file, or metadata that stand alone, found in unallocated space.
 *
 * @param kind what it is
 * @param extension for its name, without a dot, such as {@code png}
 * @param runs ranges of the image; joined in this order they are the item's bytes
 * @param completeness how much of it is there
 * @param reason in words: what holds, where it breaks, and what no checksum vouches for
 */
public record CarvedItem(
        CarvedKind kind, String extension, List<ByteRange> runs, Completeness completeness, String reason) {

    public CarvedItem {
        runs = List.copyOf(runs);
    }

    /** Returns the item's size in bytes. */
    public long size() {
        return runs.stream().mapToLong(ByteRange::length).sum();
    }
}
