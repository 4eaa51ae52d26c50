package org.latentprint.evidence;

/**
 * A piece of an item's bytes and where it lies in the exhibit's image, so that {@code dd} on the raw image shows it.
 *
 * @param offset of the piece within the item, in bytes
 * @param imageOffset of its first byte within the image, in bytes; 0 where it is not stored
 * @param length in bytes
 * @param content what is known of it
 */
public record ByteRun(long offset, long imageOffset, long length, Content content) {

    /** What is known of a piece. */
    public enum Content {
        /** It lies in the image as it is. */
        STORED,
        /** The file system says that it holds zeros, and stores nothing. */
        ZEROS,
        /** The file system no longer says where it lies. */
        LOST
    }

    public ByteRun {
        if (offset < 0 || imageOffset < 0 || length < 0) {
            throw new IllegalArgumentException(
                    "run out of range: offset " + offset + ", image offset " + imageOffset + ", length " + length);
        }
    }

    /** Returns the offset of the first byte behind it, within the item. */
    public long end() {
        return offset + length;
    }
}
