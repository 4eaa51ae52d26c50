package org.latentprint.evidence.archive;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.ItemTime;
import org.latentprint.evidence.MemberPath;

/** Reads a tar, packed or not, from its beginning to its end. */
final class TarEntries implements EntryReader {
    /** An end mark is a record of zeros; the library takes the end of the bytes for one, too. */
    private static final int RECORD = 512;

    private final HeaderBound input;
    private final TarArchiveInputStream tar;
    private final Optional<EvidenceInputStream> plain;

    private TarEntries(InputStream input, Optional<EvidenceInputStream> plain, ExpansionBudget budget) {
        this.input = new HeaderBound(input, budget);
        this.tar = new TarArchiveInputStream(this.input, "UTF-8");
        this.plain = plain;
    }

    /** Opens a tar whose members lie as they are in the archive's own bytes. */
    static TarEntries plain(EvidenceBytes bytes, ExpansionBudget budget) {
        EvidenceInputStream input = new EvidenceInputStream(bytes);
        return new TarEntries(input, Optional.of(input), budget);
    }

    /** Opens a tar that comes out of a compressed stream. */
    static TarEntries packed(InputStream unpacked, ExpansionBudget budget) {
        return new TarEntries(unpacked, Optional.empty(), budget);
    }

    @Override
    public Optional<Entry> next() throws IOException {
        if (tar.getCurrentEntry() != null) {
            // What is left of the member before is passed over first, so that the bound holds for headers alone.
            tar.skip(Long.MAX_VALUE);
        }
        long nextRecord = (input.position + RECORD - 1) / RECORD * RECORD;
        input.bound(ArchiveLimits.MAX_TAR_HEADERS);
        TarArchiveEntry entry = tar.getNextEntry();
        if (entry == null) {
            if (input.position < nextRecord + RECORD) {
                throw new EOFException("it ends without its end mark, so that members may be missing");
            }
            return Optional.empty();
        }
        input.bound(HeaderBound.NO_BOUND);
        EntryTimes times = new EntryTimes()
                .add(ItemTime.Kind.MODIFIED, Optional.ofNullable(entry.getLastModifiedTime()))
                .add(ItemTime.Kind.ACCESSED, Optional.ofNullable(entry.getLastAccessTime()))
                .add(ItemTime.Kind.CHANGED, Optional.ofNullable(entry.getStatusChangeTime()))
                .add(ItemTime.Kind.BORN, Optional.ofNullable(entry.getCreationTime()));
        boolean link = entry.isSymbolicLink() || entry.isLink();
        boolean special = entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO();
        return Optional.of(new Entry(
                MemberPath.name(EntryNames.bytes(entry.getName())),
                entry.isDirectory(),
                link ? ItemRef.Kind.LINK : special ? ItemRef.Kind.SPECIAL : ItemRef.Kind.FILE,
                OptionalLong.of(entry.isSparse() ? entry.getRealSize() : entry.getSize()),
                times.list(),
                link ? Optional.of(entry.getLinkName()) : Optional.empty(),
                place(entry),
                OptionalLong.empty(),
                Optional.empty(),
                () -> tar));
    }

    private OptionalLong place(TarArchiveEntry entry) {
        return plain.isPresent() && !entry.isSparse()
                ? OptionalLong.of(plain.get().position())
                : OptionalLong.empty();
    }

    @Override
    public boolean sequential() {
        return true;
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    /** Long names and extended headers are read into memory as a whole, whatever length they state. */
    private static final class HeaderBound extends FilterInputStream {
        private static final long NO_BOUND = Long.MAX_VALUE;

        private final ExpansionBudget budget;
        private long left = NO_BOUND;
        private long position;

        HeaderBound(InputStream input, ExpansionBudget budget) {
            super(input);
            this.budget = budget;
        }

        void bound(long bytes) {
            left = bytes;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            take(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            take(Math.max(0, read));
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(count);
            take(skipped);
            return skipped;
        }

        private void take(long count) throws IOException {
            position += count;
            if (left == NO_BOUND) {
                return;
            }
            budget.take(count);
            left -= count;
            if (left < 0) {
                throw new BoundReached("headers of more than " + ArchiveLimits.MAX_TAR_HEADERS
                        + " bytes before one member; the rest was not read");
            }
        }
    }
}
