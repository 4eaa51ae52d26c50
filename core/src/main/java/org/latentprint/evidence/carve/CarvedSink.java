package org.latentprint.evidence.carve;

/** Takes what carving finds, in the order of the offsets, on the thread that carves. */
public interface CarvedSink {

    /**
     * Takes an item.
     *
     * @throws InterruptedException where the carving is to end
     */
    void item(CarvedItem item) throws InterruptedException;

    /**
     * Takes a range that could not be searched.
     *
     * @param offset in the image
     * @param length in bytes
     * @param message why, in words
     * @throws InterruptedException where the carving is to end
     */
    void unreadable(long offset, long length, String message) throws InterruptedException;
}
