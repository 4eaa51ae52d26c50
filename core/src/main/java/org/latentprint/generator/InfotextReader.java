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
            Optional<Infotext> parsed = block.text().flatMap(Infotext::parse);
            Optional<String> generator = parsed.flatMap(this::generator);
            if (parsed.isEmpty() || generator.isEmpty()) {
                continue;
            }
            Infotext infotext = parsed.orElseThrow();
            claimed.add(block);
            if (builders.containsKey(infotext)) {
                builders.get(infotext).alsoFrom(block.origin().readBy(id));
                continue;
            }
            GenerationBuilder builder =
                    Generation.builder(generator.orElseThrow(), block.origin().readBy(id));
            InfotextFields.fill(infotext, builder);
            refine(infotext, builder);
            if (block.repaired().isPresent()) {
                builder.grade(Grade.DERIVED);
            }
            builders.put(infotext, builder);
            if (infotext.cut()) {
                problems.add(Problem.at(
                        Problem.Category.LIMIT,
                        id,
                        "more than " + Infotext.MAX_PAIRS + " settings in one text; the rest was not read",
                        block.origin().offset()));
            }
        }
        List<GenerationBuilder> all = new ArrayList<>(builders.values());
        claimed.addAll(complete(metadata, all));
        return new Reading(all.stream().map(GenerationBuilder::build).toList(), claimed, problems);
    }
}
