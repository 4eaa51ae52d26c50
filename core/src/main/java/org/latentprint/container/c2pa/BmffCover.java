package org.latentprint.container.c2pa;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a hash over boxes covers: all bytes less those left out, and since the second version of the assertion, before each
 * outermost box that is not wholly left out, its place in the file in eight bytes, so that no box can be moved. Used by one
 * thread. Source: C2PA Technical Specification 2.x, "Hash Computation" of the BMFF-based hash; c2pa-rs, {@code sdk/src/utils/hash_utils.rs}.
 */
final class BmffCover {
    /** The mandatory list has four entries, a real one up to some ten. */
    private static final int MAX_EXCLUSIONS = 200;

    /** Of boxes held against entries, and of ranges left out: a fragmented film has some thousand boxes. */
    private static final int MAX_STEPS = 400_000;

    private final ItemBytes item;
    /** In order, none touching the next. */
    private final List<ByteRange> excluded;

    private final long[] places;

    private BmffCover(ItemBytes item, List<ByteRange> excluded, long[] places) {
        this.item = item;
        this.excluded = excluded;
        this.places = places;
    }

    /**
     * Finds what is covered.
     *
     * @param exclusions of the assertion
     * @param withPlaces whether the places of boxes are part of the hash
     * @throws MalformedStoreException where the exclusions break a bound or their form
     */
    static BmffCover of(BmffTree tree, ItemBytes item, List<CborValue> exclusions, boolean withPlaces)
            throws IOException, MalformedStoreException {
        if (exclusions.size() > MAX_EXCLUSIONS) {
            throw new MalformedStoreException("more than " + MAX_EXCLUSIONS + " exclusions");
        }
        List<ByteRange> excluded = new ArrayList<>();
        Set<Long> whole = new HashSet<>();
        Budget budget = new Budget(MAX_STEPS);
        for (CborValue entry : exclusions) {
            BmffExclusion exclusion = BmffExclusion.read(entry)
                    .orElseThrow(() -> new MalformedStoreException("an exclusion's path is none"));
            for (BmffBox box : exclusion.boxes(tree, item, budget)) {
                if (exclusion.exclude(box, excluded, budget)) {
                    whole.add(box.start());
                }
            }
        }
        long[] places = withPlaces
                ? tree.roots().stream()
                        .mapToLong(BmffBox::start)
                        .filter(start -> !whole.contains(start))
                        .toArray()
                : new long[0];
        return new BmffCover(item, joined(excluded), places);
    }

    private static List<ByteRange> joined(List<ByteRange> ranges) {
        List<ByteRange> joined = new ArrayList<>();
        for (ByteRange range : ranges.stream()
                .sorted(Comparator.comparingLong(ByteRange::offset))
                .toList()) {
            if (joined.isEmpty() || range.offset() > joined.getLast().end()) {
                joined.add(range);
            } else {
                ByteRange last = joined.removeLast();
                joined.add(new ByteRange(last.offset(), Math.max(last.end(), range.end()) - last.offset()));
            }
        }
        return joined;
    }

    /** Adds what is covered of a run of bytes. */
    void update(MessageDigest digest, long from, long to) throws IOException {
        int next = Arrays.binarySearch(places, from);
        long at = from;
        for (int i = next < 0 ? -next - 1 : next; i < places.length && places[i] < to; i++) {
            bytes(digest, at, places[i]);
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(places[i]).flip());
            at = places[i];
        }
        bytes(digest, at, to);
    }

    private void bytes(MessageDigest digest, long from, long to) throws IOException {
        long at = from;
        for (int i = firstEndingBehind(from);
                i < excluded.size() && excluded.get(i).offset() < to;
                i++) {
            item.update(digest, at, excluded.get(i).offset());
            at = Math.max(at, excluded.get(i).end());
        }
        item.update(digest, at, to);
    }

    private int firstEndingBehind(long place) {
        int low = 0;
        int high = excluded.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (excluded.get(middle).end() > place) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
