package org.latentprint.generator;

import java.util.List;
import java.util.Optional;
import org.latentprint.generator.infotext.Infotext;
import org.latentprint.generator.infotext.Pair;

/**
 * A1111's text as nodes of ComfyUI write it, in files without a graph: {@code Version: ComfyUI} (ComfyUI-Image-Saver), or the
 * keys and their order of ComfyUI-SaveImageWithMetaData ({@code modules/metadata... gen_pnginfo}), which names no program.
 */
final class ComfyInfotextReader extends InfotextReader {
    private static final List<String> SAVE_IMAGE_WITH_METADATA =
            List.of("Seed", "Clip skip", "Size", "Model", "Model hash");

    ComfyInfotextReader() {
        super("comfyui-infotext/1");
    }

    @Override
    Optional<String> generator(Infotext infotext) {
        return namesItself(infotext) || isSaveImageWithMetadata(infotext) ? Optional.of("ComfyUI") : Optional.empty();
    }

    @Override
    void refine(Infotext infotext, GenerationBuilder builder) {
        builder.variant(Optional.of("A1111 text"));
        if (!namesItself(infotext)) {
            builder.inferred("generator", "keys and order of the node SaveImageWithMetaData");
        }
    }

    private static boolean namesItself(Infotext infotext) {
        return infotext.filled("Version")
                .filter(version -> version.regionMatches(true, 0, "ComfyUI", 0, 7))
                .isPresent();
    }

    private static boolean isSaveImageWithMetadata(Infotext infotext) {
        if (infotext.has("Version")) {
            return false;
        }
        List<String> keys = infotext.pairs().stream()
                .map(Pair::key)
                .filter(SAVE_IMAGE_WITH_METADATA::contains)
                .toList();
        return infotext.has("Lora_0 Model name") || keys.equals(SAVE_IMAGE_WITH_METADATA);
    }
}
