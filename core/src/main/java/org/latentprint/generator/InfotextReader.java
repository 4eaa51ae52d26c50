package org.latentprint.generator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Grade;
import org.latentprint.evidence.Problem;
import org.latentprint.generator.infotext.Infotext;
import org.latentprint.generator.infotext.InfotextFields;

/**
 * What the readers of programs have in common that write A1111's text: they look at every block with text, take those whose
 * text their program wrote, and make one generation of each different text (savers put the same one in several places).
 */
abstract class InfotextReader implements GeneratorReader {
    private final String id;

    InfotextReader(String id) {
        this.id = id;
    }

    /** Returns the program's name where it wrote this text. */
    abstract Optional<String> generator(Infotext infotext);

    /** Adds what only this program writes, or corrects what it writes differently. */
    abstract void refine(Infotext infotext, GenerationBuilder builder);

    /**
     * Adds what other blocks of the program say.
     *
     * @param metadata all blocks
     * @param builders one for each text, in their order; may be added to
     * @return the further blocks that are explained; none by default
     */
    List<MetadataBlock> complete(ItemMetadata metadata, List<GenerationBuilder> builders) {
        return List.of();
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final Reading read(ItemMetadata metadata) {
        Map<Infotext, GenerationBuilder> builders = new LinkedHashMap<>();
        List<MetadataBlock> claimed = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (MetadataBlock block : metadata.blocks()) {
            InfotextBlock found = InfotextBlock.of(block);
            List<Infotext> ours = found.infotexts().stream()
                    .filter(infotext -> generator(infotext).isPresent())
                    .toList();
            if (!ours.isEmpty() && found.alone()) {
                claimed.add(block);
            }
            for (Infotext infotext : ours) {
                if (builders.containsKey(infotext)) {
                    builders.get(infotext).alsoFrom(block.origin().readBy(id));
                    continue;
                }
                builders.put(infotext, builder(infotext, block));
                if (infotext.cut()) {
                    problems.add(Problem.at(
                            Problem.Category.LIMIT,
                            id,
                            "more than " + Infotext.MAX_PAIRS + " settings in one text; the rest was not read",
                            block.origin().offset()));
                }
            }
        }
        List<GenerationBuilder> all = new ArrayList<>(builders.values());
        claimed.addAll(complete(metadata, all));
        return new Reading(all.stream().map(GenerationBuilder::build).toList(), claimed, problems);
    }

    private GenerationBuilder builder(Infotext infotext, MetadataBlock block) {
        GenerationBuilder builder = Generation.builder(
                generator(infotext).orElseThrow(), block.origin().readBy(id));
        InfotextFields.fill(infotext, builder);
        refine(infotext, builder);
        return block.repaired().isPresent() ? builder.grade(Grade.DERIVED) : builder;
    }
}
