package org.latentprint.container.c2pa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads one manifest: its claim in the old and the new form, the assertions that say how the file came to be, and what the
 * checks give. Sources: C2PA 1.4 and 2.1, sections 10 and 18; c2pa-rs, {@code sdk/src/claim.rs}.
 */
final class ManifestReader {
    private final StoredManifests manifests;
    private final HardBinding binding;
    private final Consumer<String> notes;

    /**
     * Makes a reader for the manifests of one store.
     *
     * @param manifests all of the store
     * @param binding checks the item's hash for the active manifest
     * @param notes takes what is wrong with an assertion that the rest does not rest on
     */
    ManifestReader(StoredManifests manifests, HardBinding binding, Consumer<String> notes) {
        this.manifests = manifests;
        this.binding = binding;
        this.notes = notes;
    }

    /**
     * Reads a manifest.
     *
     * @param manifest its boxes
     * @param active whether it speaks for the file as it is
     * @throws MalformedStoreException where its claim or an assertion of interest cannot be read
     */
    Manifest read(StoredManifest manifest, boolean active) throws MalformedStoreException {
        byte[] claimBytes = manifest.claimBytes();
        CborValue claim = CborReader.read(claimBytes);
        Assertions assertions = manifest.assertions(claim);
        CborValue info = claim.get("claim_generator_info");
        CborValue program = info.items().isEmpty() ? info : info.items().getFirst();
        List<CredentialAction> actions = new ArrayList<>();
        List<CredentialIngredient> ingredients = new ArrayList<>();
        List<SourceStatement> statements = new ArrayList<>();
        for (Assertions.Named assertion : assertions.all()) {
            if (assertion.isOf("c2pa.actions")) {
                actions.addAll(ActionReader.read(assertions.content(assertion)));
            } else if (assertion.isOf("c2pa.ingredient")) {
                ingredients.add(IngredientReader.read(assertion.label(), assertions.content(assertion), assertions));
            } else if (StatementReader.reads(assertion)) {
                statement(manifest, assertion, assertions).ifPresent(statements::add);
            }
        }
        return new Manifest(
                manifest.label(),
                manifest.isUpdate(),
                program.get("name").text().or(() -> claim.get("claim_generator").text()),
                program.get("version").text(),
                claim.get("dc:title").text(),
                claim.get("dc:format").text(),
                claim.get("instanceID").text(),
                actions,
                ingredients,
                statements,
                assertions.all().stream().map(Assertions.Named::label).toList(),
                claim.get("redacted_assertions").texts(),
                signature(manifest, claimBytes),
                assertions.checkHashes(claim.get("alg").text(), label -> manifests.isRedacted(manifest.label(), label)),
                active ? binding.check(manifest) : Check.notChecked("not the active manifest"));
    }

    private Optional<SourceStatement> statement(
            StoredManifest manifest, Assertions.Named assertion, Assertions assertions) {
        try {
            return StatementReader.read(assertion, assertions.content(assertion));
        } catch (MalformedStoreException unreadable) {
            notes.accept("the assertion " + assertion.label() + " of the manifest " + manifest.label()
                    + " cannot be read: " + unreadable.getMessage());
            return Optional.empty();
        }
    }

    private static ClaimSignature signature(StoredManifest manifest, byte[] claim) {
        if (manifest.isTimeStamp()) {
            return CoseSignature.none("a time stamp manifest, whose signature is over another claim's; not checked");
        }
        return manifest.signature()
                .map(cose -> CoseSignature.check(cose, claim))
                .orElseGet(() -> CoseSignature.none("the manifest has no signature"));
    }
}
