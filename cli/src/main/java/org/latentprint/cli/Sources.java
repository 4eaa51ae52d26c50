package org.latentprint.cli;

import java.io.IOException;
import org.latentprint.casefile.Profile;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.FolderSource;
import org.latentprint.evidence.image.ImageSource;

/** Opens what the examiner names as evidence. */
final class Sources {
    private Sources() {}

    /**
     * Opens a source: a disk image as the files in it, a folder, or a single file.
     *
     * @param profile in full, the unallocated space of an image is searched, too
     * @throws IOException where there is nothing that can be read, or a library for images is missing
     */
    static EvidenceSource open(String location, Profile profile) throws IOException {
        return ImageSource.isImage(location)
                ? ImageSource.open(location, profile == Profile.FULL)
                : FolderSource.open(location);
    }
}
