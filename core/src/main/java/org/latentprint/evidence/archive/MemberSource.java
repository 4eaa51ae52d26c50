package org.latentprint.evidence.archive;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.ForwardingSource;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.MemberPath;

/**
 * A source whose archives can be opened to their members again, by the paths of {@link MemberPath}. The archives that were
 * opened last stay open at their place: members that are asked for in the order in which the scan met them cost one pass,
 * also where a 7z or packed tar can be read in one direction only.
 */
public final class MemberSource extends ForwardingSource {
    private final Deque<Level> levels = new ArrayDeque<>();
    private Optional<ExpansionBudget> budget = Optional.empty();

    /** An archive that is being read. */
    private record Level(String path, ArchiveReader reader) {}

    /** Wraps the source; closing this closes the archives, and leaves the source to whoever opened it. */
    public MemberSource(EvidenceSource source) {
        super(source);
    }

    @Override
    public EvidenceBytes open(ItemRef item) throws IOException {
        return item.archive().isEmpty() ? super.open(item) : openMember(item.path(), item.address());
    }

    private synchronized EvidenceBytes openMember(String path, Optional<String> address) throws IOException {
        for (Level level : levels) {
            if (level.path.equals(path)) {
                // An archive inside an archive is checked behind its members, while it is still open.
                return level.reader.wholeArchive();
            }
        }
        List<String> chain = MemberPath.chain(path);
        keepCommon(chain);
        Optional<EvidenceBytes> found = advance(chain, path, address);
        if (found.isEmpty()) {
            // The member may lie before the place where its archive is being read.
            closeArchives();
            found = advance(chain, path, address);
        }
        return found.orElseThrow(() -> new IOException("no such member, or it cannot be read: " + path));
    }

    /** Closes the archives that are not on the way. */
    private void keepCommon(List<String> chain) throws IOException {
        while (!levels.isEmpty()
                && (levels.size() >= chain.size() || !levels.element().path.equals(chain.get(levels.size() - 1)))) {
            levels.pop().reader.close();
        }
    }

    private Optional<EvidenceBytes> advance(List<String> chain, String path, Optional<String> address)
            throws IOException {
        if (levels.isEmpty()) {
            EvidenceBytes outermost = super.open(ItemRef.again(chain.getFirst(), 0, address));
            budget = Optional.of(ExpansionBudget.forArchive(outermost.size()));
            push(chain.getFirst(), outermost);
        }
        while (levels.size() < chain.size()) {
            Optional<EvidenceBytes> member = member(levels.element().reader, chain.get(levels.size()));
            if (member.isEmpty() || levels.size() == chain.size() - 1) {
                return member;
            }
            push(chain.get(levels.size()), member.get());
        }
        throw new IOException("no path of a member: " + path);
    }

    private void push(String path, EvidenceBytes bytes) throws IOException {
        byte[] head = new byte[(int) Math.min(512, bytes.size())];
        try {
            bytes.read(0, head, 0, head.length);
            ArchiveFormat format =
                    ArchiveFormat.recognise(head).orElseThrow(() -> new IOException("no archive any more: " + path));
            levels.push(new Level(
                    path,
                    ArchiveReader.open(ItemRef.again(path, 0, Optional.empty()), bytes, format, budget.orElseThrow())));
        } catch (IOException failure) {
            bytes.close();
            throw failure;
        }
    }

    private static Optional<EvidenceBytes> member(ArchiveReader reader, String path) throws IOException {
        for (Optional<ArchiveMember> next = reader.next(); next.isPresent(); next = reader.next()) {
            EvidenceBytes bytes = switch (next.get().content()) {
                case ArchiveMember.Whole whole -> whole.bytes();
                case ArchiveMember.Beginning beginning -> beginning.bytes();
                case ArchiveMember.Unread unread -> HeapBytes.wrap(new byte[0]);
                case ArchiveMember.Lost lost -> HeapBytes.wrap(new byte[0]);
            };
            if (next.get().item().path().equals(path)) {
                return Optional.of(bytes);
            }
            bytes.close();
        }
        return Optional.empty();
    }

    private void closeArchives() throws IOException {
        while (!levels.isEmpty()) {
            levels.pop().reader.close();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closeArchives();
    }
}
