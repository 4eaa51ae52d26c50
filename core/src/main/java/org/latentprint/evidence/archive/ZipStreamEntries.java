package org.latentprint.evidence.archive;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.latentprint.evidence.EvidenceBytes;

/**
 * Reads a zip whose central directory is damaged or missing, as a broken download is, by the headers that stand before each
 * member. What is stored without its length cannot be read this way.
 */
final class ZipStreamEntries implements EntryReader {
    private final ZipArchiveInputStream zip;

    ZipStreamEntries(EvidenceBytes bytes) {
        zip = new ZipArchiveInputStream(new EvidenceInputStream(bytes), "UTF-8", true, false, true);
    }

    @Override
    public Optional<Entry> next() throws IOException {
        ZipArchiveEntry entry = nextEntry();
        return entry == null
                ? Optional.empty()
                : Optional.of(ZipEntryFacts.entry(
                        entry, zip.canReadEntryData(entry), OptionalLong.empty(), Optional.empty(), () -> zip));
    }

    /** The library looks for the unpacker of a member before it says by what method the member is packed. */
    private @Nullable ZipArchiveEntry nextEntry() throws IOException {
        try {
            return zip.getNextEntry();
        } catch (NoClassDefFoundError missing) {
            throw new NoUnpacker("has a member packed by a method this version does not read; the rest was not read");
        }
    }

    @Override
    public boolean sequential() {
        return true;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
