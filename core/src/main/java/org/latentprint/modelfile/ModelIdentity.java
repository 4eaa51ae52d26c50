package org.latentprint.modelfile;

import java.util.List;
import java.util.Optional;

/**
 * What names and shapes say a model is.
 *
 * @param kind such as {@code checkpoint} or {@code lora}; {@code unknown} where they do not say
 * @param architecture empty where they do not decide. Beside candidates it is no choice among them but the name of their family:
 *     it is given only where all candidates go back to one network and the oldest name stands for all of them (WAN 2.1 and 2.2;
 *     FLUX.1 and Chroma); networks that only share an encoder or a part have none
 * @param candidates the models that share this structure, where there are several
 * @param variant such as {@code inpaint}
 * @param components parts of a checkpoint, or of a single network its form
 * @param encoder which text or vision encoder it is
 */
public record ModelIdentity(
        String kind,
        Optional<String> architecture,
        List<String> candidates,
        Optional<String> variant,
        List<String> components,
        Optional<String> encoder) {

    /** Names and shapes match nothing known. */
    static final ModelIdentity UNKNOWN =
            new ModelIdentity("unknown", Optional.empty(), List.of(), Optional.empty(), List.of(), Optional.empty());

    public ModelIdentity {
        candidates = List.copyOf(candidates);
        components = List.copyOf(components);
    }

    ModelIdentity as(String otherKind, List<String> parts) {
        return new ModelIdentity(otherKind, architecture, candidates, variant, parts, encoder);
    }

    ModelIdentity withoutVariant() {
        return new ModelIdentity(kind, architecture, candidates, Optional.empty(), components, encoder);
    }

    boolean known() {
        return !kind.equals("unknown");
    }
}
