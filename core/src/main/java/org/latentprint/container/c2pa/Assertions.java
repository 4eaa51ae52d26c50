package org.latentprint.container.c2pa;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    private final List<Named> named = new ArrayList<>();
    private final byte[] store;

    /**
     * Makes the list that a claim states.
     *
     * @param store the store's bytes
     * @param manifest superbox of the claim's manifest
     */
    Assertions(byte[] store, JumbfBox manifest, CborValue claim) {
        this.store = store;
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

    /** Returns the content of an assertion; nothing where it is missing or not CBOR. */
    CborValue content(Named assertion) throws MalformedStoreException {
        Optional<byte[]> content = assertion.box().flatMap(box -> box.content("cbor", store));
        return content.isPresent() ? CborReader.read(content.get()) : CborValue.nothing();
    }

    /** Returns the picture of a thumbnail assertion. */
    Optional<byte[]> picture(String address) {
        String label = label(address);
        return named.stream()
                .filter(assertion -> assertion.label().equals(label))
                .findFirst()
                .flatMap(Named::box)
                .flatMap(box -> box.content("bidb", store));
    }

    /** Compares the hash of each assertion with the one that the claim states. */
    Check checkHashes(Optional<String> claimAlgorithm, List<String> redacted) {
        int matching = 0;
        int missing = 0;
        List<String> differing = new ArrayList<>();
        for (Named assertion : named) {
            Optional<byte[]> stated = assertion.address().get("hash").bytes();
            String algorithm = assertion
                    .address()
                    .get("alg")
                    .text()
                    .or(() -> claimAlgorithm)
                    .orElse("sha256");
            Optional<MessageDigest> digest = Hashes.named(algorithm);
            if (assertion.box().isEmpty()
                    && redacted.stream().anyMatch(address -> label(address).equals(assertion.label()))) {
                continue;
            }
            if (assertion.box().isEmpty() || stated.isEmpty() || digest.isEmpty()) {
                missing++;
                continue;
            }
            JumbfBox box = assertion.box().get();
            digest.get().update(store, box.content(), box.end() - box.content());
            if (MessageDigest.isEqual(digest.get().digest(), stated.get())) {
                matching++;
            } else {
                differing.add(assertion.label());
            }
        }
        if (!differing.isEmpty()) {
            return Check.failed("other than the claim states: " + String.join(", ", differing));
        }
        if (missing > 0) {
            return Check.notChecked(missing + " of " + named.size() + " assertions are missing or name no known hash");
        }
        return named.isEmpty()
                ? Check.notChecked("the claim names no assertion")
                : Check.passed("all " + matching + " assertions");
    }

    private static String label(String address) {
        String path = address.startsWith(ADDRESS) ? address.substring(ADDRESS.length()) : address;
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns the manifest's label in an address such as {@code self#jumbf=/c2pa/LABEL/c2pa.claim}. */
    static Optional<String> manifestLabel(CborValue address) {
        return address.get("url")
                .text()
                .filter(url -> url.startsWith(ADDRESS + "/c2pa/"))
                .map(url -> url.substring((ADDRESS + "/c2pa/").length()))
                .map(path -> path.indexOf('/') < 0 ? path : path.substring(0, path.indexOf('/')));
    }
}
