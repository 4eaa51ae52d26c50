package org.latentprint.evidence.image;

import java.util.List;
import java.util.Optional;
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

    /** Says whether the image keeps checksums over its pieces, so that damage shows where a piece is read. */
    default boolean keepsChecksums() {
        return false;
    }

    /** Returns which of the image's files is missing or not whole, in words; empty where all are there, as far as that shows. */
    default Optional<String> missing() {
        return Optional.empty();
    }
}
