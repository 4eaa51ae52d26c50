package org.latentprint.container;

import java.io.IOException;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;

/**
 * Reads one file format into metadata blocks. One stateless instance serves all threads; see
 * {@code docs/adding-a-reader.md} for the contract as a table.
 */
public interface ContainerReader {

    /** Returns name and version, such as {@code png/1}; the version grows when the same bytes give another result. */
    String id();

    /**
     * Says whether the bytes are of this format, by their first bytes alone.
     *
     * @param head up to {@link ContainerReaders#HEAD_LENGTH} bytes, as many as the item has
     * @return the media type, such as {@code image/png}; empty where the bytes are of another format
     */
    Optional<String> recognise(byte[] head);

    /**
     * Reads all metadata blocks of the item, in the order of their offsets where the format allows.
     *
     * @param bytes the item
     * @param sink takes what is found at once
     * @throws IOException where bytes cannot be read or end too early; what was found before is kept
     */
    void read(EvidenceBytes bytes, BlockSink sink) throws IOException;
}
