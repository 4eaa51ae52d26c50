package org.latentprint.container.c2pa;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;

/**
 * Checks the hashes over a file's segments, chunks or blocks: {@code c2pa.hash.boxes}. Sources: C2PA Technical
 * Specification 2.x, "General Box Hash"; c2pa-rs, {@code sdk/src/assertions/box_hash.rs}, which counts restarts to their scan. Held against files that
 * tests signed. Not checked: TIFF and fonts, and entries that leave out a part of a box.
 */
final class BoxesHash {
    private static final String AFTER = "c2pa.after";
    private static final String SCAN = "SOS";
    private static final String RESTART = "RST";
    private static final String SIGNATURE = "PNGh";

    /** So many names stand in a reason. */
    private static final int MAX_SHOWN = 6;

    private final CborValue assertion;
    private final Optional<String> claimAlgorithm;
    private final ItemBytes item;
    private final List<NamedBox> boxes;
    /** All names that the entries list, one after another. */
    private final List<String> listed = new ArrayList<>();

    private final List<String> passedOver = new ArrayList<>();
    private int next;
    private int nextListed;

    private BoxesHash(CborValue assertion, Optional<String> claimAlgorithm, ItemBytes item, List<NamedBox> boxes) {
        this.assertion = assertion;
        this.claimAlgorithm = claimAlgorithm;
        this.item = item;
        this.boxes = boxes;
        assertion
                .get("boxes")
                .items()
                .forEach(entry -> listed.addAll(entry.get("names").texts()));
    }

    /**
     * Checks the hashes.
     *
     * @param assertion content of {@code c2pa.hash.boxes}
     * @param claimAlgorithm what the claim names for those assertions that name none
     * @param bytes the item
     * @param store where the manifest store lies
     */
    static Check check(
            CborValue assertion, Optional<String> claimAlgorithm, EvidenceBytes bytes, List<ByteRange> store) {
        if (bytes.size() > ItemBytes.MAX_HASHED) {
            return Check.notChecked(
                    "the item has " + bytes.size() + " bytes; up to " + ItemBytes.MAX_HASHED + " are hashed");
        }
        try {
            ItemBytes item = new ItemBytes(bytes);
            Optional<List<NamedBox>> boxes = NamedBoxes.of(item, store);
            return boxes.isEmpty()
                    ? Check.notChecked("c2pa.hash.boxes is not checked in files of this format")
                    : new BoxesHash(assertion, claimAlgorithm, item, boxes.get()).check();
        } catch (IOException failure) {
            return Check.failed("the item's boxes cannot be listed: " + failure.getMessage());
        }
    }

    private Check check() throws IOException {
        List<CborValue> entries = assertion.get("boxes").items();
        if (entries.isEmpty()) {
            return Check.notChecked("the assertion lists no boxes");
        }
        boolean withoutSignature =
                !boxes.isEmpty() && boxes.getFirst().name().equals(SIGNATURE) && !listed.contains(SIGNATURE);
        next = withoutSignature ? 1 : 0;
        for (CborValue entry : entries) {
            Optional<Check> ended = entry(entry);
            if (ended.isPresent()) {
                return ended.get();
            }
        }
        if (next < boxes.size()) {
            return Check.failed("the item has a box that the manifest does not list: "
                    + boxes.get(next).name() + " at " + boxes.get(next).start());
        }
        return Check.passed("the hashes of all " + boxes.size() + " boxes"
                + (passedOver.isEmpty() ? "" : " but those left out: " + shown(passedOver)));
    }

    /** Holds an entry against the boxes that follow; returns what ends the check. */
    private Optional<Check> entry(CborValue entry) throws IOException {
        List<String> names = entry.get("names").texts();
        if (names.isEmpty() || entry.get("exclusions").isPresent()) {
            return Optional.of(Check.notChecked("an entry names no box, or leaves out a part of one"));
        }
        if (names.equals(List.of(AFTER))) {
            return hash(entry, boxes.isEmpty() ? 0 : boxes.getLast().end(), item.size(), AFTER);
        }
        int first = next;
        for (String name : names) {
            if (next == boxes.size() || !boxes.get(next).name().equals(name)) {
                return Optional.of(Check.failed("the manifest lists a box " + name + ", the item has "
                        + (next == boxes.size()
                                ? "no more"
                                : boxes.get(next).name() + " at "
                                        + boxes.get(next).start())));
            }
            next++;
            nextListed++;
            if (name.equals(SCAN)) {
                skipRestarts();
            }
        }
        if (names.equals(List.of(NamedBox.STORE))) {
            return Optional.empty();
        }
        if (entry.get("excluded") instanceof CborValue.Flag excluded && excluded.value()) {
            passedOver.addAll(names);
            return Optional.empty();
        }
        return hash(entry, boxes.get(first).start(), boxes.get(next - 1).end(), shown(names));
    }

    /** Names the first and the last of many. */
    private static String shown(List<String> names) {
        return names.size() <= MAX_SHOWN
                ? String.join(", ", names)
                : names.getFirst() + " to " + names.getLast() + ", " + names.size() + " in all";
    }

    /** Passes over restarts where the entries list none: they then count to their scan. */
    private void skipRestarts() {
        if (nextListed < listed.size() && listed.get(nextListed).startsWith(RESTART)) {
            return;
        }
        while (next < boxes.size() && boxes.get(next).name().startsWith(RESTART)) {
            next++;
        }
    }

    private Optional<Check> hash(CborValue entry, long from, long to, String names) throws IOException {
        HashStatement hash = HashStatement.of(entry, assertion, claimAlgorithm);
        Optional<MessageDigest> digest = hash.digest();
        if (digest.isEmpty()) {
            return Optional.of(Check.notChecked("the hash algorithm " + hash.algorithm() + " is not known"));
        }
        item.update(digest.get(), from, to);
        return hash.isMetBy(digest.get())
                ? Optional.empty()
                : Optional.of(Check.failed(
                        hash.algorithm() + " over the boxes " + names + " is another than the manifest states"));
    }
}
