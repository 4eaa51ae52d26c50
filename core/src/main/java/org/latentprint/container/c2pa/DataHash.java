package org.latentprint.container.c2pa;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;

/**
 * Checks the hash of a file less the ranges that its manifest excludes: {@code c2pa.hash.data} (C2PA
 * Technical Specification 2.x, "Validating a data hash").
 */
final class DataHash {
    /** One range holds the store; more are rare. */
    private static final int MAX_EXCLUSIONS = 1_000;

    private DataHash() {}

    /**
     * Checks the hash.
     *
     * @param assertion content of {@code c2pa.hash.data}
     * @param claimAlgorithm what the claim names for those assertions that name none
     * @param item the item
     * @param grown where the store lies now, if it was added to since: the range that begins where the store does then ends
     *     where the store does now
     */
    static Check check(
            CborValue assertion, Optional<String> claimAlgorithm, EvidenceBytes item, Optional<ByteRange> grown) {
        HashStatement hash = HashStatement.of(assertion, CborValue.nothing(), claimAlgorithm);
        Optional<MessageDigest> digest = hash.digest();
        List<CborValue> exclusions = assertion.get("exclusions").items();
        if (digest.isEmpty()) {
            return Check.notChecked("the hash algorithm " + hash.algorithm() + " is not known");
        }
        if (hash.stated().isEmpty() || exclusions.size() > MAX_EXCLUSIONS) {
            return Check.notChecked("the assertion holds no hash, or more than " + MAX_EXCLUSIONS + " ranges");
        }
        if (item.size() > ItemBytes.MAX_HASHED) {
            return Check.notChecked(
                    "the item has " + item.size() + " bytes; up to " + ItemBytes.MAX_HASHED + " are hashed");
        }
        List<ByteRange> ranges = new ArrayList<>();
        for (CborValue exclusion : exclusions) {
            long start = exclusion.get("start").whole().orElse(-1L);
            long stated = exclusion.get("length").whole().orElse(-1L);
            long length = grown.filter(store -> store.offset() == start)
                    .map(ByteRange::length)
                    .orElse(stated);
            if (start < 0 || length < 0 || start > item.size() || length > item.size() - start) {
                return Check.failed("an excluded range lies outside the item: " + start + ", " + length + " bytes");
            }
            ranges.add(new ByteRange(start, length));
        }
        ranges.sort(Comparator.comparingLong(ByteRange::offset));
        String what = hash.algorithm() + " over the item less " + ranges.size() + " excluded ranges";
        try {
            update(digest.get(), ranges, new ItemBytes(item));
            return hash.isMetBy(digest.get())
                    ? Check.passed(what)
                    : Check.failed(what + " is another than the manifest states");
        } catch (IOException failure) {
            return Check.notChecked("the item could not be read: " + failure.getMessage());
        }
    }

    private static void update(MessageDigest digest, List<ByteRange> excluded, ItemBytes item) throws IOException {
        long at = 0;
        for (ByteRange range : excluded) {
            item.update(digest, at, range.offset());
            at = Math.max(at, range.end());
        }
        item.update(digest, at, item.size());
    }
}
