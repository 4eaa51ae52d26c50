package org.latentprint.container.c2pa;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.latentprint.evidence.EvidenceBytes;

/**
 * Checks the hash by which a manifest is bound to its file, whatever its kind. An update manifest has none of its own: that
 * of the first manifest holds that is none, from parent to parent. Source: C2PA Technical
 * Specification 2.x, "Validate the Asset's Content".
 */
final class HardBinding {
    private static final String DATA = "c2pa.hash.data";
    private static final String BOXES = "c2pa.hash.boxes";
    private static final String BMFF = "c2pa.hash.bmff";
    private static final String PARTS = "c2pa.hash.multi-asset";
    private static final String ANY = "c2pa.hash.";

    private final StoredManifests manifests;
    private final StorePlace place;

    HardBinding(StoredManifests manifests, StorePlace place) {
        this.manifests = manifests;
        this.place = place;
    }

    /**
     * Checks the hash.
     *
     * @param active the manifest that speaks for the file
     * @throws MalformedStoreException where a claim or assertion on the way cannot be read
     */
    Check check(StoredManifest active) throws MalformedStoreException {
        StoredManifest manifest = active;
        Set<String> seen = new HashSet<>();
        while (manifest.isUpdate()) {
            Optional<StoredManifest> parent = parent(manifest);
            if (parent.isEmpty() || !seen.add(manifest.label())) {
                return Check.notChecked("the manifest to which the update manifest adds is not in this store");
            }
            manifest = parent.get();
        }
        Check check = orParts(manifest, binding(manifest, !seen.isEmpty()));
        return seen.isEmpty()
                ? check
                : new Check(check.outcome(), check.reason() + "; by the manifest that the update manifest adds to");
    }

    /** In a file of several parts the hash over the whole may fail, if those over the parts hold. */
    private static Check orParts(StoredManifest manifest, Check check) throws MalformedStoreException {
        boolean hasParts = manifest.assertions(manifest.claim()).all().stream().anyMatch(each -> each.isOf(PARTS));
        return hasParts && check.outcome() == Check.Outcome.FAILED
                ? Check.notChecked(check.reason() + "; the hashes over the file's parts, " + PARTS
                        + ", which then count, are not checked by this version")
                : check;
    }

    private Optional<StoredManifest> parent(StoredManifest manifest) throws MalformedStoreException {
        Assertions assertions = manifest.assertions(manifest.claim());
        for (Assertions.Named assertion : assertions.all()) {
            if (assertion.isOf("c2pa.ingredient")) {
                CredentialIngredient ingredient =
                        IngredientReader.read(assertion.label(), assertions.content(assertion), assertions);
                if (ingredient.relationship().filter("parentOf"::equals).isPresent()) {
                    return ingredient.manifest().flatMap(manifests::find);
                }
            }
        }
        return Optional.empty();
    }

    private Check binding(StoredManifest manifest, boolean updated) throws MalformedStoreException {
        CborValue claim = manifest.claim();
        Assertions assertions = manifest.assertions(claim);
        Optional<String> algorithm = claim.get("alg").text();
        EvidenceBytes item = place.item();
        for (Assertions.Named assertion : assertions.all()) {
            CborValue content = assertion.label().startsWith(ANY) ? assertions.content(assertion) : CborValue.nothing();
            if (assertion.isOf(DATA)) {
                return DataHash.check(content, algorithm, item, updated ? framed() : Optional.empty());
            }
            if (assertion.isOf(BOXES)) {
                return BoxesHash.check(content, algorithm, item, place.ranges());
            }
            if (assertion.isOf(BMFF)) {
                return BmffHash.check(content, version(assertion.label()), algorithm, item);
            }
        }
        return Check.notChecked(assertions.all().stream()
                .map(Assertions.Named::label)
                .filter(label -> label.startsWith(ANY))
                .findFirst()
                .map(label -> label + " is not checked by this version")
                .orElse("the manifest states no hash of the data"));
    }

    private Optional<ByteRange> framed() {
        try {
            return Optional.of(place.framed());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static int version(String label) {
        return label.startsWith(BMFF + ".v3") ? 3 : label.startsWith(BMFF + ".v2") ? 2 : 1;
    }
}
