package org.latentprint.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * What the check of a whole image gave.
 *
 * @param hashes that the image keeps, by algorithm
 * @param ranges that cannot be read, the first ones in their order
 * @param rangeCount how many there are in all
 * @param unreadableBytes in all of them
 */
public record ImageCheck(List<Hash> hashes, List<Range> ranges, long rangeCount, long unreadableBytes) {

    public ImageCheck {
        hashes = List.copyOf(hashes);
        ranges = List.copyOf(ranges);
    }

    /**
     * Returns what stands for a check that was given up: the stored digests, none of them computed.
     *
     * @param stored algorithm to lower-case hex
     */
    public static ImageCheck notMade(SortedMap<String, String> stored) {
        List<Hash> hashes = new ArrayList<>();
        stored.forEach((algorithm, hash) -> hashes.add(new Hash(algorithm, hash, "")));
        return new ImageCheck(hashes, List.of(), 0, 0);
    }

    /**
     * A digest of the whole disk.
     *
     * @param algorithm such as {@code md5}
     * @param stored in the image, lower-case hex
     * @param computed from the image's bytes; empty text where not all of them could be read, or the
     *     check was given up
     */
    public record Hash(String algorithm, String stored, String computed) {

        /** Returns the word for how they compare: {@code match}, {@code mismatch} or {@code not computed}. */
        public String verdict() {
            return computed.isEmpty() ? "not computed" : computed.equals(stored) ? "match" : "mismatch";
        }
    }

    /**
     * A range that cannot be read.
     *
     * @param offset within the disk, in bytes
     * @param length in bytes
     * @param reason in words
     */
    public record Range(long offset, long length, String reason) {}
}
