package org.latentprint.fuzz;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.latentprint.container.ContainerReader;
import org.latentprint.container.ContainerReaders;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.archive.ArchiveFormat;
import org.latentprint.evidence.archive.ArchiveMember;
import org.latentprint.evidence.archive.ArchiveMember.Beginning;
import org.latentprint.evidence.archive.ArchiveMember.Whole;
import org.latentprint.evidence.archive.ArchiveReader;
import org.latentprint.evidence.archive.ExpansionBudget;
import org.latentprint.fixture.MemorySource;

/** What must hold for a container reader and any bytes, and for the members where they are an archive. */
final class ContainerCheck {
    /** Beyond the list of problems, one that says it is full and one or two of how the reading ended. */
    private static final int ENDING_PROBLEMS = 40;

    /** Members that are looked at; a few bytes can hold very many. */
    private static final int MEMBERS = 200;

    private ContainerCheck() {}

    /** Checks what the reader makes of the bytes. Returns how much it found: 0 where the bytes are of another format. */
    static int check(ContainerReader reader, byte[] bytes) throws IOException {
        byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, ContainerReaders.HEAD_LENGTH));
        if (!ContainerReaders.forHead(head).equals(Optional.of(reader))) {
            return 0;
        }
        ItemMetadata first = MetadataExtractor.extract("input", HeapBytes.wrap(bytes));
        Checks.noFailure(first.problems());
        Checks.require(first.equals(again(bytes)), "the same bytes gave another result", first);
        Checks.require(first.mediaType().isPresent(), "no media type", first);
        Checks.require(first.width() >= 0 && first.height() >= 0, "a negative size", first);
        Checks.require(
                first.blocks().size() <= MetadataExtractor.MAX_BLOCKS
                        && first.problems().size() <= MetadataExtractor.MAX_PROBLEMS + ENDING_PROBLEMS,
                "more than the bounds allow",
                first.blocks().size() + " blocks, " + first.problems().size() + " problems");
        long text = first.blocks().stream()
                .mapToLong(block -> block.textOrEmpty().length())
                .sum();
        Checks.require(text <= MetadataExtractor.MAX_TEXT, "more text than the bound allows", text);
        first.blocks().forEach(block -> Checks.grounded(block.origin(), bytes));
        first.credentials().forEach(credentials -> Checks.grounded(credentials.origin(), bytes));
        first.trailing()
                .ifPresent(run -> Checks.require(
                        run.offset() >= 0 && run.length() >= 0 && run.length() <= bytes.length - run.offset(),
                        "trailing bytes outside the file",
                        run));
        first.problems()
                .forEach(problem ->
                        Checks.require(problem.offset().orElse(0) >= 0, "a problem at a negative offset", problem));
        int members = first.mediaType()
                .flatMap(ArchiveFormat::ofMediaType)
                .map(format -> members(format, bytes))
                .orElse(0);
        return first.blocks().size() + first.width() + members;
    }

    private static ItemMetadata again(byte[] bytes) {
        return MetadataExtractor.extract("input", HeapBytes.wrap(bytes));
    }

    private static int members(ArchiveFormat format, byte[] bytes) {
        ItemRef item = MemorySource.item("input", ItemRef.Kind.FILE, bytes.length);
        ExpansionBudget budget = ExpansionBudget.forArchive(bytes.length);
        int members = 0;
        try (ArchiveReader archive = ArchiveReader.open(item, HeapBytes.wrap(bytes), format, budget)) {
            Optional<ArchiveMember> next = archive.next();
            while (next.isPresent() && members < MEMBERS) {
                members++;
                look(next.get());
                next = archive.next();
            }
            Checks.noFailure(archive.problems());
        } catch (IOException failure) {
            throw new AssertionError("an archive in memory could not be read", failure);
        }
        return members;
    }

    private static void look(ArchiveMember member) throws IOException {
        Checks.require(member.item().path().startsWith("input!"), "a member outside its archive", member.item());
        Optional<EvidenceBytes> content = switch (member.content()) {
            case Whole(EvidenceBytes bytes) -> Optional.of(bytes);
            case Beginning(EvidenceBytes bytes, String reason) -> Optional.of(bytes);
            default -> Optional.empty();
        };
        if (content.isPresent()) {
            try (EvidenceBytes bytes = content.get()) {
                byte[] buffer = new byte[ContainerReaders.HEAD_LENGTH];
                int read = bytes.read(0, buffer, 0, buffer.length);
                Checks.require(read == Math.min(buffer.length, bytes.size()), "fewer bytes than the size says", read);
            }
        }
    }
}
