package org.latentprint.generator;

import java.util.List;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.generator.infotext.Infotext;
import org.latentprint.generator.infotext.Pair;

/**
 * ArtBot, a page for the AI Horde ({@code daveschumaker/artbot-for-stable-diffusion}, {@code app/_utils/blobUtils.ts} and
 * {@code app/_controllers}): A1111's text with the keys below in their order, the last in small letters, in EXIF {@code
 * UserComment}, XMP, a JPEG's comment, or the PNG texts {@code parameters}, {@code Comment} and {@code Description}; beside them
 * {@code Software}, which names the program. The model is what the Horde calls it; which machine ran it is not recorded.
 *
 * <p>Untested ground: no file of the program was at hand.
 */
final class ArtBotReader extends InfotextReader {
    private static final String NAME = "ArtBot";
    private static final List<String> KEYS = List.of("Steps", "Sampler", "CFG scale", "Seed", "Size", "model");

    ArtBotReader() {
        super("artbot/1");
    }

    @Override
    Optional<String> generator(Infotext infotext) {
        return infotext.pairs().stream().map(Pair::key).toList().equals(KEYS) ? Optional.of(NAME) : Optional.empty();
    }

    @Override
    void refine(Infotext infotext, GenerationBuilder builder) {
        // The text is read as it is; the field that names the program stands in a block of its own.
    }

    @Override
    List<MetadataBlock> complete(ItemMetadata metadata, List<GenerationBuilder> builders) {
        if (builders.isEmpty()) {
            return List.of();
        }
        List<MetadataBlock> naming = metadata.blocks().stream()
                .filter(block -> block.key().equals("Software"))
                .filter(block -> block.textOrEmpty().startsWith(NAME + " - "))
                .toList();
        for (GenerationBuilder builder : builders) {
            naming.forEach(block -> builder.alsoFrom(block.origin().readBy(id())));
            if (naming.isEmpty()) {
                builder.inferred("generator", "keys and order of ArtBot's text; no program is named");
            }
        }
        return naming;
    }
}
