package org.latentprint.cli;

import java.io.IOException;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.FolderSource;
import org.latentprint.evidence.image.ImageSource;

/** Opens what the examiner names as evidence. */
final class Sources {
    private Sources() {}

    /**
     * Opens a source: a disk image as the files in it, a folder, or a single file.
     *
     * @throws IOException where there is nothing that can be read, or a library for images is missing
     */
    static EvidenceSource open(String location) throws IOException {
        return ImageSource.isImage(location) ? ImageSource.open(location) : FolderSource.open(location);
    }
}
