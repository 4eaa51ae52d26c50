package org.latentprint.container.c2pa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code c2pa.ingredient} in its three versions (C2PA Technical Specification 2.x, "Ingredient"). */
final class IngredientReader {
    private IngredientReader() {}

    /**
     * Reads an ingredient.
     *
     * @param label of the assertion
     * @param content of the assertion
     * @param assertions of its manifest, where its thumbnail and its data are
     * @throws MalformedStoreException where its data cannot be read
     */
    static CredentialIngredient read(String label, CborValue content, Assertions assertions)
            throws MalformedStoreException {
        Optional<String> manifest =
                content.get("activeManifest", "c2pa_manifest").get("url").text().flatMap(Assertions::manifestLabel);
        Optional<String> format = content.get("dc:format").text();
        Optional<String> address = content.get("data").get("url").text();
        Optional<EmbeddedData> data = address.isPresent() ? assertions.data(address.get()) : Optional.empty();
        List<String> types = new ArrayList<>(DataTypes.of(content));
        data.map(EmbeddedData::types).ifPresent(types::addAll);
        return new CredentialIngredient(
                label,
                content.get("relationship").text(),
                content.get("dc:title").text(),
                format,
                content.get("instanceID").text(),
                content.get("documentID").text(),
                manifest,
                content.get("thumbnail")
                        .get("url")
                        .text()
                        .flatMap(assertions::picture)
                        .map(Hashes::sha256),
                types,
                data.map(EmbeddedData::sha256),
                data.flatMap(embedded -> embedded.text(format)));
    }
}
