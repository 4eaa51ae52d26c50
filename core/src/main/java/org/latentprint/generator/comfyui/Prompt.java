package org.latentprint.generator.comfyui;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latentprint.generator.PromptPart;

/**
 * The texts on one side of a sampler.
 *
 * @param pieces in the order they were met, region texts included
 * @param rules the heuristics that decided some of them
 */
record Prompt(List<PromptPart> pieces, Set<String> rules) {
    static final String REGION = "gligen";

    Prompt {
        pieces = List.copyOf(pieces);
        rules = Set.copyOf(rules);
    }

    /** Returns the whole text: that of the one encoder, or the different texts of several, a line for each. */
    Optional<String> whole() {
        Set<String> texts = new LinkedHashSet<>();
        for (PromptPart piece : pieces) {
            if (!piece.encoder().equals(REGION)) {
                texts.add(piece.text());
            }
        }
        if (texts.size() > 1) {
            texts.removeIf(String::isBlank);
        }
        return texts.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", texts));
    }

    /** Returns the pieces where they say more than the whole text. */
    List<PromptPart> parts() {
        return pieces.size() > 1 ? pieces : List.of();
    }
}
