package org.latentprint.generator;

import java.util.List;
import java.util.Optional;
import org.latentprint.generator.infotext.Infotext;
import org.latentprint.generator.infotext.Pair;

/**
 * A1111's text as the AI plug-in of Krita writes it into saved results ({@code Acly/krita-ai-diffusion},
 * {@code create_img_metadata} in {@code ai_diffusion/text.py}): fixed keys in a fixed order, {@code Model hash: unknown}, and no
 * program named. Below full strength it worked on what the document shows.
 *
 * <p>Untested ground: no file of the program was at hand.
 */
final class KritaInfotextReader extends InfotextReader {
    private static final List<String> KEYS =
            List.of("Steps", "Sampler", "CFG scale", "Seed", "Size", "Model hash", "Model");

    KritaInfotextReader() {
        super("krita-infotext/1");
    }

    @Override
    Optional<String> generator(Infotext infotext) {
        List<String> keys = infotext.pairs().stream()
                .map(Pair::key)
                .filter(key -> !key.equals("Denoising strength"))
                .toList();
        return keys.equals(KEYS)
                        && infotext.value("Model hash")
                                .filter("unknown"::equals)
                                .isPresent()
                ? Optional.of("Krita AI Diffusion")
                : Optional.empty();
    }

    @Override
    void refine(Infotext infotext, GenerationBuilder builder) {
        builder.inferred("generator", "keys and order of the plug-in's text; no program is named");
        if (infotext.has("Denoising strength")) {
            builder.task(Optional.of(Task.IMG2IMG)).inferred("task", "a strength below 1 is written for this only");
        }
    }
}
