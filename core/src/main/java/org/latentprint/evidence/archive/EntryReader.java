package org.latentprint.evidence.archive;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Reads the members of one archive in their order. */
interface EntryReader extends Closeable {

    /**
     * Returns the next member; empty after the last.
     *
     * @throws IOException where the archive is damaged; the entries behind are lost
     */
    Optional<Entry> next() throws IOException;

    /** Says whether a member must be unpacked to its end before the next can be read. */
    boolean sequential();

    @Override
    void close() throws IOException;
}
