package org.latentprint.evidence.image;

import java.util.List;
import java.util.SortedMap;
import org.latentprint.evidence.EvidenceBytes;

/** The bytes of the disk that an image holds. Several threads may read them at once. */
public interface ImageBytes extends EvidenceBytes {

    /** Returns the image's format, such as {@code raw} or {@code ewf}. */
    String format();

    /** Returns the names of the files that make up the image, in their order. */
    List<String> files();

    /** Returns the digests of the whole disk that the image itself keeps: algorithm to lower-case hex. */
    SortedMap<String, String> storedHashes();
}
