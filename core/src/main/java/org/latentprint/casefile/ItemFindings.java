package org.latentprint.casefile;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.ByteRun;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.Problem;
import org.latentprint.fingerprint.Digests;
import org.latentprint.generator.Generation;
import org.latentprint.modelfile.ModelFile;

/**
 * All that one item gave.
 *
 * @param item which item
 * @param outcome what became of it
 * @param reason why it was skipped or failed, in words; empty for an item that was read
 * @param digests of all its bytes; empty where they were not all read
 * @param metadata what the container reader found; empty for what was not read
 * @param generations what the generator readers made of it
 * @param unclaimed blocks that no generator reader explained
 * @param modelFile what it is as a model file; empty where it is none
 * @param problems of all readers and of the source, in the order they were noticed
 * @param runs where its bytes lie in the exhibit's image; empty where it is no image, or keeps them in another form
 */
public record ItemFindings(
        ItemRef item,
        Outcome outcome,
        Optional<String> reason,
        Optional<Digests> digests,
        Optional<ItemMetadata> metadata,
        List<Generation> generations,
        List<MetadataBlock> unclaimed,
        Optional<ModelFile> modelFile,
        List<Problem> problems,
        List<ByteRun> runs) {

    /** Makes the findings of an item that does not lie in an image. */
    public ItemFindings(
            ItemRef item,
            Outcome outcome,
            Optional<String> reason,
            Optional<Digests> digests,
            Optional<ItemMetadata> metadata,
            List<Generation> generations,
            List<MetadataBlock> unclaimed,
            Optional<ModelFile> modelFile,
            List<Problem> problems) {
        this(item, outcome, reason, digests, metadata, generations, unclaimed, modelFile, problems, List.of());
    }

    public ItemFindings {
        runs = List.copyOf(runs);
        generations = List.copyOf(generations);
        unclaimed = List.copyOf(unclaimed);
        problems = List.copyOf(problems);
    }

    /** Returns the same findings with the digests of all the item's bytes. */
    public ItemFindings withDigests(Digests computed) {
        return new ItemFindings(
                item,
                outcome,
                reason,
                Optional.of(computed),
                metadata,
                generations,
                unclaimed,
                modelFile,
                problems,
                runs);
    }

    /** Who says that a name's ending and the bytes name different types; the case marks the item, too. */
    public static final String TYPE_CHECK = "type-by-name/1";

    /** Says whether the ending of the item's name stands for another type than its bytes. */
    public boolean typeMismatch() {
        return problems.stream()
                .anyMatch(problem -> problem.category() == Problem.Category.MISMATCH
                        && problem.reader().equals(TYPE_CHECK));
    }

    /** Returns the findings of an item that could not be read at all. */
    public static ItemFindings failed(ItemRef item, Problem problem) {
        return new ItemFindings(
                item,
                Outcome.FAILED,
                Optional.of(problem.message()),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(problem));
    }

    /** Items seen = read + skipped + failed. */
    public enum Outcome {
        /** Its bytes were read; problems may still be noted. */
        READ,
        /** Listed and not read, such as a link. */
        SKIPPED,
        /** Its bytes could not be read. */
        FAILED;

        /** Returns the word used in the case, such as {@code read}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
