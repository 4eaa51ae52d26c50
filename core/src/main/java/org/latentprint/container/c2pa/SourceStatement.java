package org.latentprint.container.c2pa;

import java.util.Optional;

/**
 * What an assertion other than the actions says of how the whole file came to be.
 *
 * @param assertion its label
 * @param digitalSourceType as recorded; empty where the assertion itself names a generator
 * @param generator name of the model or program as recorded, from Adobe's first form of such statements
 * @param version of the generator, as recorded
 * @param prompt as recorded
 */
public record SourceStatement(
        String assertion,
        Optional<String> digitalSourceType,
        Optional<String> generator,
        Optional<String> version,
        Optional<String> prompt) {

    /** Returns the last part of the source type's address. */
    public Optional<String> sourceTypeName() {
        return digitalSourceType.map(address -> address.substring(address.lastIndexOf('/') + 1));
    }
}
