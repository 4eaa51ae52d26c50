package org.latentprint.evidence.image;

import java.io.IOException;

/** Says that a range of an image is damaged: a checksum that the image keeps over it is wrong, or a piece of it is missing. */
public final class DamagedRange extends IOException {
    private static final long serialVersionUID = 1L;
    private final long offset;
    private final long length;

    DamagedRange(long offset, long length) {
        super("in the image, bytes " + offset + " + " + length
                + " of the disk are missing, or a checksum over them is wrong");
        this.offset = offset;
        this.length = length;
    }

    /** Returns the offset of the range within the disk, in bytes. */
    public long offset() {
        return offset;
    }

    /** Returns its length in bytes. */
    public long length() {
        return length;
    }
}
