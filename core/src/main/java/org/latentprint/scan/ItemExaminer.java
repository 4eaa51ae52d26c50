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
import org.latentprint.evidence.ByteRun;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.HeadBytes;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.archive.ArchiveFormat;
import org.latentprint.evidence.archive.ArchiveLimits;
import org.latentprint.evidence.archive.ArchiveMember;
import org.latentprint.evidence.archive.ArchiveReader;
import org.latentprint.evidence.archive.ExpansionBudget;
import org.latentprint.fingerprint.DigestComputer.ReadFailure;
import org.latentprint.fingerprint.DigestingBytes;
import org.latentprint.fingerprint.Digests;
import org.latentprint.generator.GeneratorReader;
import org.latentprint.generator.GeneratorReaders;
import org.latentprint.generator.Reading;
import org.latentprint.modelfile.ModelFile;
import org.latentprint.modelfile.ModelFiles;

/**
 * Reads one item with all readers, and the members of archives as items of their own. Whatever an item holds, it costs at most itself. One instance serves all threads; it
 * keeps nothing of an item.
 */
public final class ItemExaminer {
    /**
     * Up to this size an item is read once into memory, and digests and readers share that pass; most pictures are smaller.
     * Of a larger item the readers read the ranges they want, and the digests take what passes and then the rest, so that a
     * model of many gigabytes is read once for its digests and the hashes by which programs name it.
     */
    public static final int MAX_IN_MEMORY = 8 << 20;

    private static final String ID = "scan/1";

    private final Profile profile;
    private final ModelFiles models = new ModelFiles();
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

    /** Takes what the members of an archive gave, one by one, in the archive's order. */
    @FunctionalInterface
    public interface MemberSink {
        void add(ItemFindings findings) throws InterruptedException;
    }

    /**
     * Examines an item, and where it is an archive, its members and those of archives inside it.
     *
     * @param members takes what each member gave, before this method returns; an archive inside follows its own members
     * @return what the item itself gave; never throws for what the item holds, nor where it cannot be read
     * @throws InterruptedException where the sink was interrupted
     */
    public ItemFindings examine(EvidenceSource source, ItemRef item, MemberSink members) throws InterruptedException {
        return examineUndigested(source, item, member -> members.add(member.digested()))
                .digested();
    }

    /** Takes members as {@link MemberSink}, before they are digested. */
    @FunctionalInterface
    interface UndigestedSink {
        void add(Examined member) throws InterruptedException;
    }

    /** As {@link #examine(EvidenceSource, ItemRef, MemberSink)}; small items and members are left to be digested together. */
    Examined examineUndigested(EvidenceSource source, ItemRef item, UndigestedSink members)
            throws InterruptedException {
        Findings findings = new Findings(item);
        if (isFile(item, findings)) {
            try (EvidenceBytes bytes = source.open(item)) {
                findings.runs = bytes.runs();
                if (bytes.size() != item.size()) {
                    findings.problems.add(Problem.of(
                            Problem.Category.MISMATCH,
                            ID,
                            "the item had " + item.size() + " bytes when it was listed, and " + bytes.size()
                                    + " when it was opened"));
                }
                ExpansionBudget budget = ExpansionBudget.forArchive(bytes.size());
                examineBytes(item, bytes, true, findings, new Inside(members, budget, 0));
            } catch (IOException failure) {
                findings.fail(Problem.of(Problem.Category.UNREADABLE, ID, "could not be opened: " + failure));
            }
        }
        return findings.result();
    }

    /** As {@link #examine(EvidenceSource, ItemRef, MemberSink)}, without the findings of members. */
    public ItemFindings examine(EvidenceSource source, ItemRef item) {
        try {
            return examine(source, item, member -> {});
        } catch (InterruptedException impossible) {
            throw new IllegalStateException("a sink that does nothing does not wait", impossible);
        }
    }

    /** Where members go, what may still be unpacked, and how deep the item lies in archives. */
    private record Inside(UndigestedSink sink, ExpansionBudget budget, int depth) {}

    private static boolean isFile(ItemRef item, Findings findings) {
        switch (item.kind()) {
            case LINK -> findings.skip("a link; links are listed and not followed");
            case SPECIAL -> findings.skip("a device, pipe or socket; these are listed and not opened");
            case UNREADABLE_FOLDER ->
                findings.fail(Problem.of(
                        Problem.Category.UNREADABLE,
                        ID,
                        "the folder could not be listed: "
                                + item.note().orElse("no permission, damaged, or nested too deep")));
            case UNREADABLE_VOLUME ->
                findings.fail(Problem.of(
                        Problem.Category.UNSUPPORTED, ID, item.note().orElse("the volume could not be read")));
            case UNREADABLE_RANGE ->
                findings.fail(
                        Problem.of(Problem.Category.UNREADABLE, ID, item.note().orElse("the range could not be read")));
            case NO_CONTENT -> findings.skip("the file system records no content for it");
            case NAME_ONLY -> findings.skip(item.note().orElse("deleted; only its name is left"));
            case FILE -> {
                return true;
            }
        }
        return false;
    }

    /** Reads the bytes with all readers; a beginning has no digests, since no digest of a part is ever given. */
    private void examineBytes(ItemRef item, EvidenceBytes bytes, boolean whole, Findings findings, Inside inside)
            throws InterruptedException {
        try {
            EvidenceBytes shared = bytes;
            if (!whole || profile != Profile.FULL) {
                shared = HeadBytes.of(bytes);
                readBytes(item, shared, whole, findings);
            } else if (bytes.size() <= MAX_IN_MEMORY) {
                shared = inMemory(bytes, findings);
                readBytes(item, shared, true, findings);
            } else {
                readLarge(item, bytes, findings);
            }
            openArchive(item, shared, findings, inside);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError failure) {
            // Readers have bounds of their own; this is for the fault nobody foresaw, and for a part that a library
            // lacks.
            findings.fail(Problem.of(Problem.Category.READER_FAILED, ID, "examining the item failed: " + failure));
        }
    }

    /** Returns the bytes to read from: in memory, unless they cannot be read as a whole. */
    private static EvidenceBytes inMemory(EvidenceBytes bytes, Findings findings) {
        EvidenceBytes shared = bytes;
        try {
            byte[] all = WholeItem.read(bytes);
            shared = HeapBytes.wrap(all);
            findings.undigested = Optional.of(all);
        } catch (ReadFailure failure) {
            findings.fail(undigested(failure));
        }
        return shared;
    }

    private void readLarge(ItemRef item, EvidenceBytes bytes, Findings findings) {
        DigestingBytes passing = new DigestingBytes(bytes);
        try {
            readBytes(item, passing, true, findings);
        } finally {
            try {
                findings.digests = Optional.of(passing.finish());
            } catch (ReadFailure failure) {
                findings.fail(undigested(failure));
            }
        }
    }

    private static Problem undigested(ReadFailure failure) {
        return Problem.at(
                Problem.Category.UNREADABLE,
                ID,
                "not all bytes could be read, so there are no digests: " + failure.getMessage(),
                failure.offset());
    }

    private void readBytes(ItemRef item, EvidenceBytes bytes, boolean whole, Findings findings) {
        ItemMetadata metadata = containerReaders.apply(item.path(), bytes);
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
        if (metadata.mediaType().filter(ItemExaminer::isMedium).isEmpty()) {
            readModel(item, bytes, whole, findings);
        }
    }

    private static boolean isMedium(String mediaType) {
        return mediaType.startsWith("image/") || mediaType.startsWith("video/") || mediaType.startsWith("audio/");
    }

    /** Of a beginning, hashes of the content would be those of another file. */
    private void readModel(ItemRef item, EvidenceBytes bytes, boolean whole, Findings findings) {
        try {
            Optional<ModelFile> model = models.read(item.path(), bytes, whole && profile == Profile.FULL);
            findings.modelFile = whole ? model : model.map(ModelFile::withoutContentHashes);
            findings.modelFile.ifPresent(found -> findings.problems.addAll(found.problems()));
        } catch (IOException failure) {
            findings.fail(Problem.of(
                    Problem.Category.UNREADABLE, ID, "could not be read as a model file: " + failure.getMessage()));
        }
    }

    private void openArchive(ItemRef item, EvidenceBytes bytes, Findings findings, Inside inside)
            throws InterruptedException {
        Optional<ArchiveFormat> format =
                findings.metadata.flatMap(ItemMetadata::mediaType).flatMap(ArchiveFormat::ofMediaType);
        // What torch and numpy pack into their zips are a model's numbers, read as a whole above.
        boolean torch = findings.modelFile
                .filter(model -> model.container().equals("pickle-zip")
                        || model.container().equals("npz"))
                .isPresent();
        if (format.isEmpty() || torch) {
            return;
        }
        if (inside.depth >= ArchiveLimits.MAX_DEPTH) {
            findings.problems.add(Problem.of(
                    Problem.Category.LIMIT,
                    ID,
                    "an archive inside " + inside.depth + " others; only up to " + ArchiveLimits.MAX_DEPTH
                            + " inside each other are opened"));
            return;
        }
        Inside within = new Inside(inside.sink, inside.budget, inside.depth + 1);
        try (ArchiveReader archive = ArchiveReader.open(item, bytes, format.get(), inside.budget)) {
            for (Optional<ArchiveMember> next = archive.next(); next.isPresent(); next = archive.next()) {
                inside.sink.add(examineMember(next.get(), within));
            }
            findings.problems.addAll(archive.problems());
        } catch (IOException failure) {
            findings.problems.add(
                    Problem.of(Problem.Category.UNREADABLE, ID, "the archive could not be closed: " + failure));
        }
    }

    private Examined examineMember(ArchiveMember member, Inside inside) throws InterruptedException {
        Findings findings = new Findings(member.item());
        findings.problems.addAll(member.problems());
        if (isFile(member.item(), findings)) {
            switch (member.content()) {
                case ArchiveMember.Whole(EvidenceBytes bytes) ->
                    examineAndClose(member.item(), bytes, true, findings, inside);
                case ArchiveMember.Beginning(EvidenceBytes bytes, String reason) -> {
                    findings.failed(reason);
                    examineAndClose(member.item(), bytes, false, findings, inside);
                }
                case ArchiveMember.Unread(String reason) -> findings.skip(reason);
                case ArchiveMember.Lost(String reason) -> findings.failed(reason);
            }
        }
        return findings.result();
    }

    private void examineAndClose(ItemRef item, EvidenceBytes bytes, boolean whole, Findings findings, Inside inside)
            throws InterruptedException {
        try (bytes) {
            examineBytes(item, bytes, whole, findings, inside);
        } catch (IOException failure) {
            findings.problems.add(
                    Problem.of(Problem.Category.UNREADABLE, ID, "the member could not be closed: " + failure));
        }
    }

    /** What is known of the item so far. */
    private static final class Findings {
        private final ItemRef item;
        private final List<Problem> problems = new ArrayList<>();
        private Outcome outcome = Outcome.READ;
        private Optional<String> reason = Optional.empty();
        private Optional<Digests> digests = Optional.empty();
        private Optional<byte[]> undigested = Optional.empty();
        private Optional<ItemMetadata> metadata = Optional.empty();
        private Reading generations = Reading.NONE;
        private Optional<ModelFile> modelFile = Optional.empty();
        private List<ByteRun> runs = List.of();

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

        Examined result() {
            Set<MetadataBlock> claimed = new HashSet<>(generations.claimed());
            List<MetadataBlock> unclaimed = metadata.map(ItemMetadata::blocks).orElse(List.of()).stream()
                    .filter(block -> !claimed.contains(block))
                    .toList();
            ItemFindings findings = new ItemFindings(
                    item,
                    outcome,
                    reason,
                    digests,
                    metadata,
                    generations.generations(),
                    unclaimed,
                    modelFile,
                    problems,
                    runs);
            return new Examined(findings, undigested);
        }
    }
}
