package org.latentprint.container.c2pa;

import java.util.List;
import java.util.Optional;

/**
 * One claim with its assertions and its signature.
 *
 * @param label as recorded, usually a URN
 * @param update whether it only adds to another manifest and binds no picture data
 * @param claimGenerator the program that wrote the claim, as recorded
 * @param claimGeneratorVersion as recorded; empty where it stands within the name
 * @param title of the file, as recorded
 * @param format media type, as recorded
 * @param instanceId as recorded
 * @param actions in their order
 * @param ingredients in their order
 * @param statements of other assertions on how the file came to be, in their order
 * @param assertions labels of the assertions that the claim names, in their order
 * @param redacted addresses of assertions of other manifests that were taken out, as recorded
 * @param signature of the claim
 * @param assertionHashes whether each assertion has the hash that the claim states
 * @param dataHash whether the file has the hash that the manifest states, or for an update manifest the one that it adds to;
 *     checked for the active manifest only
 */
public record Manifest(
        String label,
        boolean update,
        Optional<String> claimGenerator,
        Optional<String> claimGeneratorVersion,
        Optional<String> title,
        Optional<String> format,
        Optional<String> instanceId,
        List<CredentialAction> actions,
        List<CredentialIngredient> ingredients,
        List<SourceStatement> statements,
        List<String> assertions,
        List<String> redacted,
        ClaimSignature signature,
        Check assertionHashes,
        Check dataHash) {
    public Manifest {
        actions = List.copyOf(actions);
        ingredients = List.copyOf(ingredients);
        statements = List.copyOf(statements);
        assertions = List.copyOf(assertions);
        redacted = List.copyOf(redacted);
    }
}
