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
 *     {@code sha256}, {@code civitai_version_id} ...; sorted by kind
 */
public record NamedModel(String kind, Optional<String> name, Map<String, String> hashes) {
    public NamedModel {
        hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
    }

    /** Makes a model that is recorded by name only. */
    public static NamedModel named(String kind, String name) {
        return new NamedModel(kind, Optional.of(name), Map.of());
    }
}
