package org.latentprint.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.latentprint.casefile.ItemFindings;
import org.latentprint.casefile.ItemFindings.Outcome;
import org.latentprint.casefile.Profile;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.container.TypeByName;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.Problem;
import org.latentprint.fingerprint.DigestComputer;
import org.latentprint.fingerprint.Digests;
import org.latentprint.generator.GeneratorReader;
import org.latentprint.generator.GeneratorReaders;
import org.latentprint.generator.Reading;

/**
 * Reads one item with all readers. Whatever an item holds, it costs at most itself. One instance serves all threads; it
 * keeps nothing of an item.
 */
public final class ItemExaminer {
    /**
     * Up to this size an item is read once into memory, and digests and readers share that pass; most pictures are smaller.
     * A larger item is read once for its digests, and the readers read the ranges they want.
     */
    public static final int MAX_IN_MEMORY = 8 << 20;

    private static final String ID = "scan/1";

    private final Profile profile;
    private final List<GeneratorReader> generatorReaders;
    private final BiFunction<String, EvidenceBytes, ItemMetadata> containerReaders;

    /** Makes an examiner with all readers this version has. */
    public ItemExaminer(Profile profile) {
        this(profile, MetadataExtractor::extract, GeneratorReaders.ALL);
    }

    /**
     * Makes an examiner with the readers given.
     *
     * @param containerReaders takes the item's path and bytes, returns its blocks
     * @param generatorReaders from the most specific to the least
     */
    public ItemExaminer(
            Profile profile,
            BiFunction<String, EvidenceBytes, ItemMetadata> containerReaders,
            List<GeneratorReader> generatorReaders) {
        this.profile = profile;
        this.containerReaders = containerReaders;
        this.generatorReaders = List.copyOf(generatorReaders);
    }

    public Profile profile() {
        return profile;
    }

    /**
     * Examines an item.
     *
     * @return what it gave; never throws for what the item holds, nor where it cannot be read
     */
    public ItemFindings examine(EvidenceSource source, ItemRef item) {
        Findings findings = new Findings(item);
        switch (item.kind()) {
            case LINK -> findings.skip("a link; links are listed and not followed");
            case SPECIAL -> findings.skip("a device, pipe or socket; these are listed and not opened");
            case UNREADABLE_FOLDER ->
                findings.fail(Problem.of(
                        Problem.Category.UNREADABLE,
                        ID,
                        "the folder could not be listed: no permission, damaged, or nested too deep"));
            case FILE -> examineFile(source, item, findings);
        }
        return findings.result();
    }

    private void examineFile(EvidenceSource source, ItemRef item, Findings findings) {
        try (EvidenceBytes bytes = source.open(item)) {
            if (bytes.size() != item.size()) {
                findings.problems.add(Problem.of(
                        Problem.Category.MISMATCH,
                        ID,
                        "the item had " + item.size() + " bytes when it was listed, and " + bytes.size()
                                + " when it was opened"));
            }
            readBytes(item, bytes, findings);
        } catch (IOException failure) {
            findings.fail(Problem.of(Problem.Category.UNREADABLE, ID, "could not be opened: " + failure));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
            // Readers have bounds of their own; this is for the fault nobody foresaw.
            findings.fail(Problem.of(Problem.Category.READER_FAILED, ID, "examining the item failed: " + failure));
        }
    }

    private void readBytes(ItemRef item, EvidenceBytes bytes, Findings findings) {
        EvidenceBytes shared = bytes;
        try {
            if (profile == Profile.FULL) {
                if (bytes.size() <= MAX_IN_MEMORY) {
                    shared = HeapBytes.wrap(WholeItem.read(bytes));
                }
                findings.digests = Optional.of(DigestComputer.compute(shared));
            }
        } catch (DigestComputer.ReadFailure failure) {
            findings.fail(Problem.at(
                    Problem.Category.UNREADABLE,
                    ID,
                    "not all bytes could be read, so there are no digests: " + failure.getMessage(),
                    failure.offset()));
        }
        ItemMetadata metadata = containerReaders.apply(item.path(), shared);
        findings.metadata = Optional.of(metadata);
        findings.problems.addAll(metadata.problems());
        metadata.problems().stream()
                .filter(problem -> problem.category() == Problem.Category.UNREADABLE)
                .findFirst()
                .ifPresent(problem -> findings.failed(problem.message()));
        TypeByName.mismatch(item.name(), metadata.mediaType())
                .ifPresent(message ->
                        findings.problems.add(Problem.of(Problem.Category.MISMATCH, ItemFindings.TYPE_CHECK, message)));
        Reading reading = GeneratorReaders.readAll(metadata, generatorReaders);
        findings.generations = reading;
        findings.problems.addAll(reading.problems());
    }

    /** What is known of the item so far. */
    private static final class Findings {
        private final ItemRef item;
        private final List<Problem> problems = new ArrayList<>();
        private Outcome outcome = Outcome.READ;
        private Optional<String> reason = Optional.empty();
        private Optional<Digests> digests = Optional.empty();
        private Optional<ItemMetadata> metadata = Optional.empty();
        private Reading generations = Reading.NONE;

        Findings(ItemRef item) {
            this.item = item;
        }

        void skip(String why) {
            outcome = Outcome.SKIPPED;
            reason = Optional.of(why);
        }

        void fail(Problem problem) {
            problems.add(problem);
            failed(problem.message());
        }

        void failed(String why) {
            outcome = Outcome.FAILED;
            reason = reason.or(() -> Optional.of(why));
        }

        ItemFindings result() {
            Set<MetadataBlock> claimed = new HashSet<>(generations.claimed());
            List<MetadataBlock> unclaimed = metadata.map(ItemMetadata::blocks).orElse(List.of()).stream()
                    .filter(block -> !claimed.contains(block))
                    .toList();
            return new ItemFindings(
                    item, outcome, reason, digests, metadata, generations.generations(), unclaimed, problems);
        }
    }
}
