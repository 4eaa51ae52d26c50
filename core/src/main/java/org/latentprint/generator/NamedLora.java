package org.latentprint.generator;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A LoRA (or a relative of it) that a file's metadata name.
 *
 * @param name as recorded; empty where only a hash or an identifier is recorded
 * @param weight strength on the diffusion model, as recorded
 * @param hashes hash kind to value, see {@link NamedModel}
 * @param identifiers kind of identifier to value, see {@link NamedModel}
 */
public record NamedLora(
        Optional<String> name,
        Optional<BigDecimal> weight,
        Map<String, String> hashes,
        Map<String, String> identifiers) {
    public NamedLora {
        hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
        identifiers = Collections.unmodifiableSortedMap(new TreeMap<>(identifiers));
    }

    /** Makes a LoRA without identifiers. */
    public NamedLora(Optional<String> name, Optional<BigDecimal> weight, Map<String, String> hashes) {
        this(name, weight, hashes, Map.of());
    }
}
