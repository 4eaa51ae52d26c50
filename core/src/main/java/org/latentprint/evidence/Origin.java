package org.latentprint.evidence;

/**
 * The ground of a finding: which bytes of which item say so. Another laboratory checks it with {@code dd} and
 * {@code sha256sum}.
 *
 * @param item path of the item within its source, as {@link ItemRef#path()} gives it
 * @param offset of the first byte within the item, in bytes
 * @param length in bytes
 * @param sha256 lower-case hex digest of exactly those bytes, as they stand in the item (before any decompression)
 * @param reader name and version of the reader that took the finding from the bytes, such as {@code a1111/1}
 */
public record Origin(String item, long offset, long length, String sha256, String reader) {

    public Origin {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("origin out of range: offset " + offset + ", length " + length);
        }
    }

    /** Returns the same bytes, as read by another reader. */
    public Origin readBy(String otherReader) {
        return new Origin(item, offset, length, sha256, otherReader);
    }
}
