package org.latentprint.evidence.carve;

/**
 * A range of an image.
 *
 * @param offset of its first byte in the image
 * @param length in bytes
 */
public record ByteRange(long offset, long length) {

    /** Returns the offset behind its last byte. */
    public long end() {
        return offset + length;
    }
}
