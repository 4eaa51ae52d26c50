package org.latentprint.evidence.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/** Reads a zip by its central directory, in the directory's order. */
final class ZipEntries implements EntryReader {
    /** The target of a link is a path. */
    private static final int MAX_LINK = 8_192;

    private final ZipFile zip;
    private final Enumeration<ZipArchiveEntry> entries;

    private ZipEntries(ZipFile zip) {
        this.zip = zip;
        this.entries = zip.getEntries();
    }

    /**
     * Opens a zip.
     *
     * @throws BoundReached where the directory is too large to be held in memory
     * @throws IOException where it is missing or damaged
     */
    static ZipEntries open(SharedBytes archive) throws IOException {
        EvidenceChannel channel = new EvidenceChannel(archive.bytes());
        channel.allow(
                ArchiveLimits.MAX_ZIP_DIRECTORY,
                "the central directory is longer than " + ArchiveLimits.MAX_ZIP_DIRECTORY + " bytes");
        ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(channel)
                .setCharset(StandardCharsets.UTF_8)
                .setIgnoreLocalFileHeader(true)
                .get();
        channel.allow(Long.MAX_VALUE, "");
        return new ZipEntries(zip);
    }

    /** Says whether this is a model file, whose members are tensors and nothing else. */
    boolean isModel() {
        return ModelZip.holdsTensorsOnly(Collections.list(zip.getEntries()).stream()
                .map(entry -> new String(ZipEntryFacts.name(entry), StandardCharsets.ISO_8859_1)));
    }

    @Override
    public Optional<Entry> next() throws IOException {
        if (!entries.hasMoreElements()) {
            return Optional.empty();
        }
        ZipArchiveEntry entry = entries.nextElement();
        return Optional.of(ZipEntryFacts.entry(
                entry, zip.canReadEntryData(entry), place(entry), linkTarget(entry), () -> zip.getInputStream(entry)));
    }

    /** The library finds the place when the local header is read, which a damaged one prevents. */
    private OptionalLong place(ZipArchiveEntry entry) {
        if (entry.getMethod() != ZipMethod.STORED.getCode()
                || entry.getGeneralPurposeBit().usesEncryption()) {
            return OptionalLong.empty();
        }
        try {
            zip.getRawInputStream(entry);
            return entry.getDataOffset() < 0 ? OptionalLong.empty() : OptionalLong.of(entry.getDataOffset());
        } catch (IOException | RuntimeException damaged) {
            return OptionalLong.empty();
        }
    }

    private Optional<String> linkTarget(ZipArchiveEntry entry) {
        if (!entry.isUnixSymlink() || entry.getSize() > MAX_LINK || entry.getCompressedSize() > MAX_LINK) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(zip.getUnixSymlink(entry));
        } catch (IOException | RuntimeException damaged) {
            return Optional.empty();
        }
    }

    @Override
    public boolean sequential() {
        return false;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
