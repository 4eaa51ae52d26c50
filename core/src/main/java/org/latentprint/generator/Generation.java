package org.latentprint.generator;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.latentprint.evidence.Grade;
import org.latentprint.evidence.Origin;

/**
 * What metadata say about how a file was made. What they do not say is empty, never a guess; the empty string stands where
 * they say "empty". The values are those of the main (first) pass. Made with {@link #builder}.
 *
 * @param generator the program, such as {@code A1111} or {@code ComfyUI}; {@link Declaration#UNNAMED} where none is named
 * @param declaration what the file declares instead, where it names no program
 * @param variant the fork or scheme, such as {@code Forge Neo}
 * @param version as recorded
 * @param task what it was asked to do
 * @param positivePrompt as recorded
 * @param negativePrompt as recorded
 * @param positiveParts each text with its encoder, where there are several
 * @param negativeParts each text with its encoder, where there are several
 * @param seed as text, since it may exceed 2^53
 * @param steps sampling steps
 * @param sampler as recorded
 * @param scheduler as recorded
 * @param cfgScale as recorded
 * @param width in pixels as the metadata state it, not the picture's own
 * @param height in pixels as the metadata state it, not the picture's own
 * @param models diffusion models first, then the others
 * @param loras of all passes that lead to the file
 * @param inputs pictures, films and sounds fed in
 * @param passes in the order of the data's flow
 * @param settings what else is recorded, key to value, sorted by key
 * @param unknowns node types or keys that the reader did not know, sorted
 * @param grade of the record as a whole, less the fields that {@code inferences} lists: these are inferred whatever it says
 * @param inferences the fields that are inferred, each with its rule; an output that shows such a field shows the rule
 * @param origin the block it was read from
 * @param furtherOrigins other blocks that added to it
 * @param cuts the lists of which a part was left out; each becomes a problem of the item
 */
public record Generation(
        String generator,
        Optional<Declaration> declaration,
        Optional<String> variant,
        Optional<String> version,
        Optional<Task> task,
        Optional<String> positivePrompt,
        Optional<String> negativePrompt,
        List<PromptPart> positiveParts,
        List<PromptPart> negativeParts,
        Optional<String> seed,
        Optional<Integer> steps,
        Optional<String> sampler,
        Optional<String> scheduler,
        Optional<BigDecimal> cfgScale,
        Optional<Integer> width,
        Optional<Integer> height,
        List<NamedModel> models,
        List<NamedLora> loras,
        List<InputMedia> inputs,
        List<Pass> passes,
        SortedMap<String, String> settings,
        List<String> unknowns,
        Grade grade,
        List<Inference> inferences,
        Origin origin,
        List<Origin> furtherOrigins,
        List<Cut> cuts) {

    public Generation {
        positiveParts = List.copyOf(positiveParts);
        negativeParts = List.copyOf(negativeParts);
        models = List.copyOf(models);
        loras = List.copyOf(loras);
        inputs = List.copyOf(inputs);
        passes = List.copyOf(passes);
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        unknowns = List.copyOf(unknowns);
        inferences = List.copyOf(inferences);
        furtherOrigins = List.copyOf(furtherOrigins);
    }

    /** Starts a generation of the named program, read from the given block. */
    public static GenerationBuilder builder(String generator, Origin origin) {
        return new GenerationBuilder(generator, Optional.empty(), origin);
    }

    /** Starts what a file declares that names no program, read from the given block. */
    public static GenerationBuilder declared(Declaration declaration, Origin origin) {
        return new GenerationBuilder(Declaration.UNNAMED, Optional.of(declaration), origin);
    }

    /** Says whether the file names a program; else it only declares that there was one. */
    public boolean namesProgram() {
        return declaration.isEmpty();
    }

    /** Returns the number of words of the positive prompt; empty where there is no prompt. */
    public Optional<Integer> positiveWords() {
        return positivePrompt.map(PromptWords::count);
    }

    /** Returns the number of words of the negative prompt; empty where there is no prompt. */
    public Optional<Integer> negativeWords() {
        return negativePrompt.map(PromptWords::count);
    }
}
