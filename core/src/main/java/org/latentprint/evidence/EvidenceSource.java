package org.latentprint.evidence;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Where items come from: a folder, later an archive or a disk image. Read-only; nothing is ever written near it.
 *
 * <p>{@link #walk} is called by one thread; {@link #open} by many at once.
 */
public interface EvidenceSource extends Closeable {

    /** Returns the source as the examiner gave it. */
    String location();

    /** Returns what kind of source it is, in a word, such as {@code folder}. */
    String kind();

    /**
     * Hands every item to the visitor, in an order that depends on nothing but the names the source holds.
     *
     * @throws IOException where the source itself cannot be opened; what cannot be listed below it is an item of its own
     * @throws InterruptedException where the visitor was interrupted while it waited
     */
    void walk(ItemVisitor visitor) throws IOException, InterruptedException;

    /**
     * Opens an item that {@link #walk} gave and that is a file.
     *
     * @throws IOException where it cannot be opened
     */
    EvidenceBytes open(ItemRef item) throws IOException;

    /** Says whether a walk costs so little that it may be done once more only to count what is to come. */
    default boolean walksCheaply() {
        return true;
    }

    /**
     * Returns the image's own bytes, for those who check where an item's bytes lie in it.
     *
     * @return empty where the source is no image. Several threads may read them at once; they are closed with the source
     */
    default Optional<EvidenceBytes> image() {
        return Optional.empty();
    }

    /** Returns the digests of itself as a whole that the source keeps: algorithm to lower-case hex. */
    default SortedMap<String, String> storedHashes() {
        return Collections.emptySortedMap();
    }

    /**
     * Checks the source itself as a whole, where it keeps what it can be checked against.
     *
     * @param threads that may read
     * @param beat is run whenever the check has moved
     * @return empty where the source is no image
     * @throws IOException where it could not be checked
     */
    default Optional<ImageCheck> check(int threads, Runnable beat) throws IOException, InterruptedException {
        return Optional.empty();
    }

    /**
     * Makes sure that the source itself is still there, after something of it could not be read.
     *
     * @throws IOException where it has gone: unplugged, unmounted or moved away
     */
    void requirePresent() throws IOException;

    @Override
    void close() throws IOException;

    /** Takes the items of a walk, one by one. */
    @FunctionalInterface
    interface ItemVisitor {
        void visit(ItemRef item) throws InterruptedException;

        /**
         * Is told before the source has something listed by a library that could crash or never return.
         *
         * @param path of the folder or part of the source
         * @return whether it may be listed; where not, it is visited as a folder that cannot be read
         */
        default boolean lists(String path) throws InterruptedException {
            return true;
        }

        /** Is told when that is done. */
        default void listed() {}

        /** Is told that listing has moved. */
        default void moves() {}
    }
}
