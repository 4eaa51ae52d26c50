package org.latentprint.container.c2pa;

import java.util.List;
import java.util.Optional;

/**
 * A picture or other file that a claim says went into this one, from {@code c2pa.ingredient} in its three versions.
 *
 * @param label of the assertion
 * @param relationship {@code parentOf}, {@code componentOf} or {@code inputTo}, as recorded
 * @param title usually the file's name, as recorded
 * @param format media type, as recorded
 * @param instanceId as recorded
 * @param documentId as recorded
 * @param manifest label of its own manifest in the same store
 * @param thumbnailSha256 digest of its thumbnail's bytes; the thumbnail itself is never shown
 * @param dataTypes such as {@code c2pa.types.generator.prompt}: it is then no picture, but what that says
 * @param dataSha256 digest of its own data, where the manifest holds them
 * @param text those data, where they are a plain text
 */
public record CredentialIngredient(
        String label,
        Optional<String> relationship,
        Optional<String> title,
        Optional<String> format,
        Optional<String> instanceId,
        Optional<String> documentId,
        Optional<String> manifest,
        Optional<String> thumbnailSha256,
        List<String> dataTypes,
        Optional<String> dataSha256,
        Optional<String> text) {
    public CredentialIngredient {
        dataTypes = List.copyOf(dataTypes);
    }
}
