package org.latentprint.evidence.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.MemberPath;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.evidence.archive.ArchiveMember.Beginning;
import org.latentprint.evidence.archive.ArchiveMember.Content;
import org.latentprint.evidence.archive.ArchiveMember.Lost;
import org.latentprint.evidence.archive.ArchiveMember.Unread;
import org.latentprint.evidence.archive.ArchiveMember.Whole;

/**
 * Gives the members of one archive as items, in the archive's own order. Packed members are unpacked into memory, within
 * {@link ArchiveLimits}; members that lie unpacked are read where they lie. Whatever is wrong with the archive ends it early
 * and is a problem of it; what was read before stays. Used by one thread.
 */
public final class ArchiveReader implements Closeable {
    private final ItemRef archive;
    private final SharedBytes bytes;
    private final ExpansionBudget budget;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();
    private Optional<EntryReader> entries = Optional.empty();
    private Optional<InputStream> unfinished = Optional.empty();
    private int members;

    private ArchiveReader(ItemRef archive, SharedBytes bytes, ExpansionBudget budget) {
        this.archive = archive;
        this.bytes = bytes;
        this.budget = budget;
    }

    /**
     * Opens an archive. Never fails: what prevents it is in {@link #problems}.
     *
     * @param archive the archive as an item
     * @param bytes of the archive; closed with the reader, or with the last member that lies in them
     * @param format by the archive's first bytes
     * @param budget shared with the archives around and inside it
     */
    public static ArchiveReader open(
            ItemRef archive, EvidenceBytes bytes, ArchiveFormat format, ExpansionBudget budget) {
        ArchiveReader reader = new ArchiveReader(archive, new SharedBytes(bytes), budget);
        try {
            reader.entries = reader.entries(format);
        } catch (IOException | RuntimeException | StackOverflowError failure) {
            reader.note(failure, "the archive");
        }
        return reader;
    }

    private Optional<EntryReader> entries(ArchiveFormat format) throws IOException {
        return switch (format) {
            case ZIP -> zip();
            case SEVEN_ZIP -> Optional.of(SevenZipEntries.open(bytes));
            case TAR -> Optional.of(TarEntries.plain(bytes.bytes(), budget));
            case GZIP, BZIP2, XZ, LZMA, LZ4, COMPRESS ->
                Optional.of(CompressedEntries.open(bytes.bytes(), format, archive.name(), budget));
            case ZSTANDARD, RAR -> {
                problems.add(Problem.of(
                        Category.UNSUPPORTED,
                        ArchiveProblems.ID,
                        "this version does not look inside " + format.mediaType()
                                + "; what it holds was not examined"));
                yield Optional.empty();
            }
        };
    }

    private Optional<EntryReader> zip() {
        try {
            ZipEntries directory = ZipEntries.open(bytes);
            return directory.isModel() ? Optional.empty() : Optional.of(directory);
        } catch (IOException | RuntimeException failure) {
            note(failure, "the zip's central directory");
            return Optional.of(new ZipStreamEntries(bytes.bytes()));
        }
    }

    /** Returns the next member; empty after the last, or where the rest cannot be read. Its bytes are the caller's to close. */
    public Optional<ArchiveMember> next() {
        try {
            while (entries.isPresent()) {
                if (unfinished.isPresent()) {
                    InputStream rest = unfinished.get();
                    unfinished = Optional.empty();
                    MemberBytes.pass(rest, budget);
                }
                Optional<Entry> entry = entries.get().next();
                if (entry.isEmpty()) {
                    break;
                }
                budget.takeMember();
                if (++members > ArchiveLimits.MAX_MEMBERS) {
                    throw new BoundReached(
                            "more than " + ArchiveLimits.MAX_MEMBERS + " members; the rest was not read");
                }
                if (!entry.get().folder()) {
                    return Optional.of(member(entry.get()));
                }
            }
        } catch (IOException | RuntimeException | StackOverflowError failure) {
            note(failure, "the archive, behind its first " + members + " members,");
            end();
        }
        return Optional.empty();
    }

    /** Returns the archive's own bytes, which stay readable until they are closed, too. */
    EvidenceBytes wholeArchive() {
        return new SliceBytes(bytes, 0, bytes.bytes().size());
    }

    /** Returns what is wrong with the archive itself, complete after the last member. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    private void note(Throwable failure, String what) {
        problems.add(ArchiveProblems.of(failure, what));
    }

    private ArchiveMember member(Entry entry) {
        String first = MemberPath.of(archive.path(), entry.name(), 1);
        int occurrence = names.merge(first, 1, Integer::sum);
        String memberPath = occurrence == 1 ? first : MemberPath.of(archive.path(), entry.name(), occurrence);
        List<Problem> found = new ArrayList<>();
        Content content = entry.kind() == ItemRef.Kind.FILE ? content(entry, found) : new Unread("no file");
        long size = switch (content) {
            case Whole whole -> whole.bytes().size();
            case Beginning beginning ->
                Math.max(beginning.bytes().size(), entry.size().orElse(0));
            case Unread unread -> Math.max(0, entry.size().orElse(0));
            case Lost lost -> Math.max(0, entry.size().orElse(0));
        };
        ItemRef item = new ItemRef(
                memberPath,
                entry.kind(),
                entry.kind() == ItemRef.Kind.FILE ? size : 0,
                archive.allocation(),
                entry.times(),
                Optional.empty(),
                entry.linkTarget(),
                archive.address(),
                Optional.empty());
        return new ArchiveMember(item, content, found);
    }

    private Content content(Entry entry, List<Problem> found) {
        if (entry.unread().isPresent()) {
            Entry.Unread unread = entry.unread().get();
            if (unread.unsupported()) {
                found.add(Problem.of(Category.UNSUPPORTED, ArchiveProblems.ID, unread.reason()));
            }
            return new Unread(unread.reason());
        }
        if (entry.place().isPresent() && entry.size().isPresent() && liesInArchive(entry)) {
            return new Whole(new SliceBytes(
                    bytes, entry.place().getAsLong(), entry.size().getAsLong()));
        }
        try {
            return unpack(entry, entry.content().open(), found);
        } catch (IOException | RuntimeException failure) {
            return lost(failure, found);
        }
    }

    private boolean liesInArchive(Entry entry) {
        long start = entry.place().getAsLong();
        long size = entry.size().getAsLong();
        long all = bytes.bytes().size();
        return start >= 0 && start <= all && size >= 0 && size <= all - start;
    }

    private Content unpack(Entry entry, InputStream input, List<Problem> found) {
        MemberBytes read = MemberBytes.read(input, budget);
        EvidenceBytes unpacked = HeapBytes.wrap(read.bytes());
        if (read.longer()) {
            String reason = "packed, and longer than " + ArchiveLimits.MAX_MEMBER
                    + " bytes; its beginning of that length was read";
            found.add(Problem.of(Category.LIMIT, ArchiveProblems.ID, reason));
            unfinished = entries.filter(EntryReader::sequential).map(reader -> input);
            return new Beginning(unpacked, reason);
        }
        if (read.failure().isPresent()) {
            Throwable failure = read.failure().get();
            if (failure instanceof BoundReached) {
                note(failure, "the archive");
                end();
            }
            if (read.bytes().length == 0 || ArchiveProblems.isEncrypted(failure)) {
                return lost(failure, found);
            }
            Problem problem = ArchiveProblems.of(failure, "the member");
            found.add(problem);
            return new Beginning(unpacked, problem.message());
        }
        if (entry.size().isPresent() && entry.size().getAsLong() != read.bytes().length) {
            found.add(Problem.of(
                    Category.MALFORMED,
                    ArchiveProblems.ID,
                    "the archive states " + entry.size().getAsLong() + " bytes, the member has "
                            + read.bytes().length));
        }
        if (entry.crc32().isPresent() && entry.crc32().getAsLong() != crc32(read.bytes())) {
            found.add(Problem.of(
                    Category.MALFORMED, ArchiveProblems.ID, "the checksum (CRC-32) in the archive does not fit"));
        }
        return new Whole(unpacked);
    }

    private static Content lost(Throwable failure, List<Problem> found) {
        if (ArchiveProblems.isEncrypted(failure)) {
            return new Unread("encrypted");
        }
        Problem problem = ArchiveProblems.of(failure, "the member");
        found.add(problem);
        return new Lost(problem.message());
    }

    private static long crc32(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    private void end() {
        try {
            closeEntries();
        } catch (IOException closing) {
            // The archive has ended by another failure, which is noted.
        }
    }

    private void closeEntries() throws IOException {
        if (entries.isPresent()) {
            EntryReader open = entries.get();
            entries = Optional.empty();
            open.close();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            closeEntries();
        } finally {
            bytes.close();
        }
    }
}
