package org.latentprint.container.c2pa;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a claim says was done, from {@code c2pa.actions}.
 *
 * @param name such as {@code c2pa.created}
 * @param when as recorded
 * @param softwareAgent the program that did it, as recorded
 * @param softwareAgentVersion as recorded
 * @param digitalSourceType as recorded, usually an address of the IPTC's list
 * @param description as recorded
 * @param parameters those that are a text, a number or a truth value, sorted by name
 * @param ingredients labels of the ingredients that it names
 */
public record CredentialAction(
        String name,
        Optional<String> when,
        Optional<String> softwareAgent,
        Optional<String> softwareAgentVersion,
        Optional<String> digitalSourceType,
        Optional<String> description,
        SortedMap<String, String> parameters,
        List<String> ingredients) {
    public CredentialAction {
        ingredients = List.copyOf(ingredients);
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    /** Returns the last part of the source type's address, such as {@code trainedAlgorithmicMedia}. */
    public Optional<String> sourceTypeName() {
        return digitalSourceType.map(address -> address.substring(address.lastIndexOf('/') + 1));
    }
}
