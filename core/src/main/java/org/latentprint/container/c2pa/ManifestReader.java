package org.latentprint.container.c2pa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;

/**
 * Reads one manifest: its claim in the old and the new form, the assertions that say how the file came to be, and what the
 * checks give. Sources: C2PA 1.4 and 2.1, sections 10 and 18; c2pa-rs, {@code sdk/src/claim.rs}.
 */
final class ManifestReader {
    private static final List<String> CLAIMS = List.of("c2pa.claim.v2", "c2pa.claim");
    private static final String UPDATE = "6332756d";
    private static final String NO_CLAIM = "the manifest has no claim that can be read";

    private final byte[] store;
    private final EvidenceBytes item;

    /** Takes the store's bytes and the item, whose bytes are hashed for the active manifest. */
    ManifestReader(byte[] store, EvidenceBytes item) {
        this.store = store;
        this.item = item;
    }

    /**
     * Reads a manifest.
     *
     * @param box its superbox
     * @param active whether it speaks for the file as it is
     * @throws MalformedStoreException where its claim or an assertion of interest cannot be read
     */
    Manifest read(JumbfBox box, boolean active) throws MalformedStoreException {
        byte[] claimBytes = claimBytes(box).orElseThrow(() -> new MalformedStoreException(NO_CLAIM));
        CborValue claim = CborReader.read(claimBytes);
        Assertions assertions = new Assertions(store, box, claim);
        List<String> redacted = claim.get("redacted_assertions").texts();
        Optional<String> algorithm = claim.get("alg").text();
        CborValue info = claim.get("claim_generator_info");
        CborValue program = info.items().isEmpty() ? info : info.items().getFirst();
        boolean update = box.kind().equals(UPDATE);
        List<CredentialAction> actions = new ArrayList<>();
        List<CredentialIngredient> ingredients = new ArrayList<>();
        for (Assertions.Named assertion : assertions.all()) {
            if (assertion.isOf("c2pa.actions")) {
                actions.addAll(ActionReader.read(assertions.content(assertion)));
            } else if (assertion.isOf("c2pa.ingredient")) {
                ingredients.add(ingredient(assertion.label(), assertions.content(assertion), assertions));
            }
        }
        return new Manifest(
                box.label(),
                update,
                program.get("name").text().or(() -> claim.get("claim_generator").text()),
                program.get("version").text(),
                claim.get("dc:title").text(),
                claim.get("dc:format").text(),
                claim.get("instanceID").text(),
                actions,
                ingredients,
                assertions.all().stream().map(Assertions.Named::label).toList(),
                redacted,
                signature(box, claimBytes),
                assertions.checkHashes(algorithm, redacted),
                active ? dataHash(assertions, algorithm, update) : Check.notChecked("not the active manifest"));
    }

    private Optional<byte[]> claimBytes(JumbfBox box) {
        return CLAIMS.stream()
                .map(box::child)
                .flatMap(Optional::stream)
                .findFirst()
                .flatMap(claim -> claim.content("cbor", store));
    }

    private ClaimSignature signature(JumbfBox box, byte[] claim) {
        return box.child("c2pa.signature")
                .flatMap(signature -> signature.content("cbor", store))
                .map(cose -> CoseSignature.check(cose, claim))
                .orElseGet(() -> CoseSignature.none("the manifest has no signature"));
    }

    private Check dataHash(Assertions assertions, Optional<String> algorithm, boolean update)
            throws MalformedStoreException {
        if (update) {
            return Check.notChecked("an update manifest binds no data of its own");
        }
        for (Assertions.Named assertion : assertions.all()) {
            if (assertion.isOf("c2pa.hash.data")) {
                return DataHash.check(assertions.content(assertion), algorithm, item);
            }
        }
        return Check.notChecked(assertions.all().stream()
                .map(Assertions.Named::label)
                .filter(label -> label.startsWith("c2pa.hash."))
                .findFirst()
                .map(label -> label + " is not checked by this version")
                .orElse("the manifest states no hash of the data"));
    }

    private static CredentialIngredient ingredient(String label, CborValue content, Assertions assertions) {
        Optional<String> manifest = Assertions.manifestLabel(content.get("activeManifest", "c2pa_manifest"));
        return new CredentialIngredient(
                label,
                content.get("relationship").text(),
                content.get("dc:title").text(),
                content.get("dc:format").text(),
                content.get("instanceID").text(),
                content.get("documentID").text(),
                manifest,
                content.get("thumbnail")
                        .get("url")
                        .text()
                        .flatMap(assertions::picture)
                        .map(Hashes::sha256));
    }
}
