package org.latentprint.container;

import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.archive.ArchiveFormat;

/** Knows archives. They hold no metadata blocks; their members are items of their own, which the scan opens. */
final class ArchiveContainer implements ContainerReader {

    @Override
    public String id() {
        return "archive/1";
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        return ArchiveFormat.recognise(head).map(ArchiveFormat::mediaType);
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) {
        // Nothing of an archive itself is a metadata block.
    }
}
