package org.latentprint.container.c2pa;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the assertions of one manifest by their addresses and checks their hashes (C2PA 2.1). */
final class Assertions {
    /** A real claim names some dozens. */
    private static final int MAX_ASSERTIONS = 2_000;

    private static final String ADDRESS = "self#jumbf=";
    private static final String STORE = "c2pa.assertions";

    /**
     * An assertion that a claim names.
     *
     * @param label with the number of its copy, such as {@code c2pa.ingredient__1}
     * @param address what the claim says of it: address and hash
     * @param box empty where the store lacks it
     */
    record Named(String label, CborValue address, Optional<JumbfBox> box) {

        /** Says whether it is of that kind, whatever its version and the number of its copy. */
        boolean isOf(String kind) {
            String plain = label.replaceFirst("__\\d+$", "").replaceFirst("\\.v\\d+$", "");
            return plain.equals(kind);
        }
    }

    private static final String DATA_BOXES = "c2pa.databoxes";

    private final List<Named> named = new ArrayList<>();
    private final byte[] store;
    private final JumbfBox manifest;

    /**
     * Makes the list that a claim states.
     *
     * @param store the store's bytes
     * @param manifest superbox of the claim's manifest
     */
    Assertions(byte[] store, JumbfBox manifest, CborValue claim) {
        this.store = store;
        this.manifest = manifest;
        Optional<JumbfBox> boxes = manifest.child(STORE);
        for (String list : List.of("assertions", "created_assertions", "gathered_assertions")) {
            for (CborValue address : claim.get(list).items()) {
                if (named.size() == MAX_ASSERTIONS) {
                    return;
                }
                String label = label(address.get("url").text().orElse(""));
                named.add(new Named(label, address, boxes.flatMap(all -> all.child(label))));
            }
        }
    }

    List<Named> all() {
        return named;
    }

    /** Returns the content of an assertion; nothing where it is missing or neither CBOR nor JSON. */
    CborValue content(Named assertion) throws MalformedStoreException {
        Optional<byte[]> cbor = assertion.box().flatMap(box -> box.content("cbor", store));
        if (cbor.isPresent()) {
            return CborReader.read(cbor.get());
        }
        Optional<byte[]> json = assertion.box().flatMap(box -> box.content("json", store));
        return json.isPresent() ? JsonValues.read(json.get()) : CborValue.nothing();
    }

    /** Returns the picture of a thumbnail assertion. */
    Optional<byte[]> picture(String address) {
        return find(address).flatMap(box -> box.content("bidb", store));
    }

    /**
     * Returns the data at an address: an assertion that holds a file, or a data box.
     *
     * @throws MalformedStoreException where a data box cannot be read
     */
    Optional<EmbeddedData> data(String address) throws MalformedStoreException {
        if (address.contains(DATA_BOXES)) {
            String label = label(address);
            Optional<byte[]> box = manifest.child(DATA_BOXES)
                    .flatMap(boxes -> boxes.child(label))
                    .flatMap(found -> found.content("cbor", store));
            return box.isPresent() ? EmbeddedData.dataBox(CborReader.read(box.get())) : Optional.empty();
        }
        Optional<String> format =
                find(address).flatMap(box -> box.content("bfdb", store)).map(Assertions::mediaType);
        return picture(address).map(bytes -> new EmbeddedData(format, List.of(), bytes));
    }

    /** Reads a file's description: a byte of toggles, and the media type up to a zero. */
    private static String mediaType(byte[] description) {
        int end = Math.min(1, description.length);
        while (end < description.length && description[end] != 0) {
            end++;
        }
        return new String(description, Math.min(1, end), Math.max(0, end - 1), StandardCharsets.UTF_8);
    }

    private Optional<JumbfBox> find(String address) {
        String label = label(address);
        return named.stream()
                .filter(assertion -> assertion.label().equals(label))
                .findFirst()
                .flatMap(Named::box);
    }

    /**
     * Compares the hash of each assertion with the one that the claim states. One that a later claim says was taken out may
     * be missing, or hold zeros only.
     */
    Check checkHashes(Optional<String> claimAlgorithm, Predicate<String> isRedacted) {
        int matching = 0;
        int missing = 0;
        int redacted = 0;
        List<String> differing = new ArrayList<>();
        for (Named assertion : named) {
            HashStatement hash = HashStatement.of(assertion.address(), CborValue.nothing(), claimAlgorithm);
            Optional<MessageDigest> digest = hash.digest();
            if (isRedacted.test(assertion.label())
                    && assertion.box().filter(box -> !isEmptied(box)).isEmpty()) {
                redacted++;
            } else if (assertion.box().isEmpty() || hash.stated().isEmpty() || digest.isEmpty()) {
                missing++;
            } else {
                JumbfBox box = assertion.box().get();
                digest.get().update(store, box.content(), box.end() - box.content());
                if (hash.isMetBy(digest.get())) {
                    matching++;
                } else {
                    differing.add(assertion.label());
                }
            }
        }
        if (!differing.isEmpty()) {
            return Check.failed("other than the claim states: " + String.join(", ", differing));
        }
        if (missing > 0) {
            return Check.notChecked(missing + " of " + named.size() + " assertions are missing or name no known hash");
        }
        if (named.isEmpty()) {
            return Check.notChecked("the claim names no assertion");
        }
        return Check.passed("all " + matching + " assertions"
                + (redacted == 0 ? "" : "; " + redacted + " were taken out, as a later claim says"));
    }

    private boolean isEmptied(JumbfBox box) {
        for (JumbfBox child : box.children()) {
            for (int i = child.content(); i < child.end(); i++) {
                if (store[i] != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns the last part of an address. */
    static String label(String address) {
        String path = address.startsWith(ADDRESS) ? address.substring(ADDRESS.length()) : address;
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns the manifest's label in an address such as {@code self#jumbf=/c2pa/LABEL/c2pa.claim}. */
    static Optional<String> manifestLabel(String address) {
        return Optional.of(address)
                .filter(url -> url.startsWith(ADDRESS + "/c2pa/"))
                .map(url -> url.substring((ADDRESS + "/c2pa/").length()))
                .map(path -> path.indexOf('/') < 0 ? path : path.substring(0, path.indexOf('/')));
    }
}
