package org.latentprint.container.c2pa;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;

/**
 * Checks the hash of a file less the ranges that its manifest excludes: {@code c2pa.hash.data} (C2PA 2.1).
 */
final class DataHash {
    /** Reading a larger item once more costs more time than the answer is worth in a scan. */
    static final long MAX_ITEM = 512L << 20;

    /** One range holds the store; more are rare. */
    private static final int MAX_EXCLUSIONS = 1_000;

    private static final int BUFFER = 1 << 16;

    private DataHash() {}

    /**
     * Checks the hash.
     *
     * @param assertion content of {@code c2pa.hash.data}
     * @param claimAlgorithm what the claim names for those assertions that name none
     * @param bytes the item
     */
    static Check check(CborValue assertion, Optional<String> claimAlgorithm, EvidenceBytes bytes) {
        String algorithm = assertion.get("alg").text().or(() -> claimAlgorithm).orElse("sha256");
        Optional<MessageDigest> digest = Hashes.named(algorithm);
        Optional<byte[]> stated = assertion.get("hash").bytes();
        List<CborValue> exclusions = assertion.get("exclusions").items();
        if (digest.isEmpty()) {
            return Check.notChecked("the hash algorithm " + algorithm + " is not known");
        }
        if (stated.isEmpty() || exclusions.size() > MAX_EXCLUSIONS) {
            return Check.notChecked("the assertion holds no hash, or more than " + MAX_EXCLUSIONS + " ranges");
        }
        if (bytes.size() > MAX_ITEM) {
            return Check.notChecked("the item has " + bytes.size() + " bytes; up to " + MAX_ITEM + " are hashed");
        }
        List<ByteRange> ranges = new ArrayList<>();
        for (CborValue exclusion : exclusions) {
            long start = exclusion.get("start").whole().orElse(-1L);
            long length = exclusion.get("length").whole().orElse(-1L);
            if (start < 0 || length < 0 || start > bytes.size() || length > bytes.size() - start) {
                return Check.failed("an excluded range lies outside the item: " + start + ", " + length + " bytes");
            }
            ranges.add(new ByteRange(start, length));
        }
        ranges.sort(Comparator.comparingLong(ByteRange::offset));
        try {
            return MessageDigest.isEqual(digest(digest.get(), ranges, bytes), stated.get())
                    ? Check.passed(algorithm + " over the item less " + ranges.size() + " excluded ranges")
                    : Check.failed(algorithm + " over the item less " + ranges.size()
                            + " excluded ranges is another than the manifest states");
        } catch (IOException failure) {
            return Check.notChecked("the item could not be read: " + failure.getMessage());
        }
    }

    private static byte[] digest(MessageDigest digest, List<ByteRange> excluded, EvidenceBytes bytes)
            throws IOException {
        long at = 0;
        for (ByteRange range : excluded) {
            update(digest, bytes, at, range.offset());
            at = Math.max(at, range.end());
        }
        update(digest, bytes, at, bytes.size());
        return digest.digest();
    }

    private static void update(MessageDigest digest, EvidenceBytes bytes, long from, long to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long at = from;
        while (at < to) {
            int read = bytes.read(at, buffer, 0, (int) Math.min(buffer.length, to - at));
            if (read <= 0) {
                throw new IOException("the item ends at " + at);
            }
            digest.update(buffer, 0, read);
            at += read;
        }
    }
}
