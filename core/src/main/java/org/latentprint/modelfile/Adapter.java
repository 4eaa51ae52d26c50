package org.latentprint.modelfile;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How an adapter (LoRA and its relatives) changes its base.
 *
 * @param algorithm {@code lora}, {@code locon}, {@code loha}, {@code lokr}, {@code dora}, {@code glora}, {@code ia3}, {@code
 *     oft}, {@code boft} or {@code diff}
 * @param keyFormat which programs name tensors like this
 * @param rankLow smallest rank of its modules; empty where they have none
 * @param rankHigh largest rank
 * @param alpha as the metadata state it
 * @param targets which parts of the base it changes
 */
public record Adapter(
        String algorithm,
        Optional<String> keyFormat,
        OptionalLong rankLow,
        OptionalLong rankHigh,
        Optional<String> alpha,
        List<String> targets) {

    public Adapter {
        targets = List.copyOf(targets);
    }

    /** Returns the same with what metadata state as its alpha. */
    Adapter with(Optional<String> stated) {
        return new Adapter(algorithm, keyFormat, rankLow, rankHigh, stated, targets);
    }
}
