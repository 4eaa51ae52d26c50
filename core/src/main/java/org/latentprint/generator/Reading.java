package org.latentprint.generator;

import java.util.List;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Problem;

/**
 * What one generator reader made of an item.
 *
 * @param generations one for each picture that the blocks describe; usually one
 * @param claimed the blocks that are thereby explained; readers of less specific traces do not see them
 * @param problems what the reader could not make sense of
 */
public record Reading(List<Generation> generations, List<MetadataBlock> claimed, List<Problem> problems) {
    /** Nothing of this program is in the item. */
    public static final Reading NONE = new Reading(List.of(), List.of(), List.of());

    public Reading {
        generations = List.copyOf(generations);
        claimed = List.copyOf(claimed);
        problems = List.copyOf(problems);
    }

    /** Makes a reading without problems. */
    public static Reading of(List<Generation> generations, List<MetadataBlock> claimed) {
        return new Reading(generations, claimed, List.of());
    }
}
