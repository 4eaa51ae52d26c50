package org.latentprint.container.c2pa;

/**
 * A run of bytes of an item. A manifest store may lie in several, such as the segments of a JPEG.
 *
 * @param offset of the first byte within the item
 * @param length in bytes
 */
public record ByteRange(long offset, long length) {

    /** Returns the place behind the last byte. */
    public long end() {
        return offset + length;
    }
}
