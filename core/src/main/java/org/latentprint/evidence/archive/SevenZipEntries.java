package org.latentprint.evidence.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.ItemTime;
import org.latentprint.evidence.MemberPath;

/** Reads a 7z; its members are usually packed together, so that they are read in their order. */
final class SevenZipEntries implements EntryReader {
    /** The high half of the attributes holds Unix' mode where this bit is set (7-Zip's {@code FILE_ATTRIBUTE_UNIX_EXTENSION}). */
    private static final int UNIX_MODE = 0x8000;

    private static final int MODE_TYPE = 0xF000;
    private static final int MODE_LINK = 0xA000;

    private final SevenZFile archive;
    private final Iterator<SevenZArchiveEntry> entries;

    private SevenZipEntries(SevenZFile archive) {
        this.archive = archive;
        this.entries = archive.getEntries().iterator();
    }

    /**
     * Opens a 7z.
     *
     * @throws org.apache.commons.compress.PasswordRequiredException where its directory is encrypted
     * @throws org.apache.commons.compress.MemoryLimitException where it wants too much memory
     * @throws IOException where it is damaged
     */
    static SevenZipEntries open(SharedBytes archive) throws IOException {
        return new SevenZipEntries(SevenZFile.builder()
                .setSeekableByteChannel(new EvidenceChannel(archive.bytes()))
                .setMaxMemoryLimitKiB(ArchiveLimits.MAX_DICTIONARY_KIB)
                .get());
    }

    @Override
    public Optional<Entry> next() {
        if (!entries.hasNext()) {
            return Optional.empty();
        }
        SevenZArchiveEntry entry = entries.next();
        EntryTimes times = new EntryTimes();
        if (entry.getHasLastModifiedDate()) {
            times.add(ItemTime.Kind.MODIFIED, Optional.of(entry.getLastModifiedTime()));
        }
        if (entry.getHasAccessDate()) {
            times.add(ItemTime.Kind.ACCESSED, Optional.of(entry.getAccessTime()));
        }
        if (entry.getHasCreationDate()) {
            times.add(ItemTime.Kind.BORN, Optional.of(entry.getCreationTime()));
        }
        return Optional.of(new Entry(
                MemberPath.name(EntryNames.bytes(entry.getName())),
                entry.isDirectory(),
                isLink(entry) ? ItemRef.Kind.LINK : ItemRef.Kind.FILE,
                OptionalLong.of(entry.getSize()),
                times.list(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                () -> entry.hasStream() ? archive.getInputStream(entry) : InputStream.nullInputStream()));
    }

    private static boolean isLink(SevenZArchiveEntry entry) {
        int attributes = entry.getHasWindowsAttributes() ? entry.getWindowsAttributes() : 0;
        return (attributes & UNIX_MODE) != 0 && (attributes >>> 16 & MODE_TYPE) == MODE_LINK;
    }

    @Override
    public boolean sequential() {
        return true;
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
