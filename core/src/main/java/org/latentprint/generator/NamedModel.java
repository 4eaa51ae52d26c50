package org.latentprint.generator;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model that a file's metadata name.
 *
 * @param kind {@code checkpoint}, {@code diffusion-model}, {@code vae}, {@code text-encoder}, {@code controlnet},
 *     {@code upscaler}, {@code embedding}, {@code hypernetwork}, {@code ip-adapter}, {@code clip-vision}, {@code detector},
 *     {@code service} for an online one, or {@code model} where the metadata do not say
 * @param name as recorded, path and ending included; empty where only a hash or an identifier is recorded
 * @param hashes hash kind to value, as recorded. Kinds are lower case: {@code autov1}, {@code autov2}, {@code autov3},
 *     {@code sha256} ...; sorted by kind
 * @param identifiers kind of identifier to value, such as {@code civitai_version_id}: the number of a model in a registry,
 *     which says nothing of a file's content; sorted by kind
 */
public record NamedModel(
        String kind, Optional<String> name, Map<String, String> hashes, Map<String, String> identifiers) {
    public NamedModel {
        hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
        identifiers = Collections.unmodifiableSortedMap(new TreeMap<>(identifiers));
    }

    /** Makes a model without identifiers. */
    public NamedModel(String kind, Optional<String> name, Map<String, String> hashes) {
        this(kind, name, hashes, Map.of());
    }

    /** Makes a model that is recorded by name only. */
    public static NamedModel named(String kind, String name) {
        return new NamedModel(kind, Optional.of(name), Map.of());
    }
}
