package org.latentprint.container.c2pa;

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
 */
public record CredentialIngredient(
        String label,
        Optional<String> relationship,
        Optional<String> title,
        Optional<String> format,
        Optional<String> instanceId,
        Optional<String> documentId,
        Optional<String> manifest,
        Optional<String> thumbnailSha256) {}
