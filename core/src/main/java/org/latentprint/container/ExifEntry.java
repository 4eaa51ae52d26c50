package org.latentprint.container;

/**
 * One entry of an EXIF directory, as it stands there; nothing about it is trusted yet.
 *
 * @param directory that holds it
 * @param tag its number
 * @param type number of the field type
 * @param offset of the value within the EXIF block; may be out of range
 * @param length of the value in bytes; may be out of range
 */
record ExifEntry(Directory directory, int tag, int type, long offset, long length) {
    static final int BYTE = 1;
    static final int ASCII = 2;
    static final int SIGNED_BYTE = 6;
    static final int UNDEFINED = 7;
    static final int UTF8 = 129;

    /** Longest value that stands in the entry itself. */
    static final int INLINE = 4;

    /** The directories of an EXIF block. */
    enum Directory {
        IMAGE(""),
        EXIF(""),
        GPS("-gps"),
        THUMBNAIL("-thumbnail");

        private final String suffix;

        Directory(String suffix) {
            this.suffix = suffix;
        }

        /** Returns what is added to the container's name, so that a thumbnail's tags are not taken for the picture's. */
        String suffix() {
            return suffix;
        }
    }

    /** Returns the size of one value of that type in bytes; 0 where the type is not known. */
    static int sizeOf(int type) {
        return switch (type) {
            case BYTE, ASCII, SIGNED_BYTE, UNDEFINED, UTF8 -> 1;
            case 3, 8 -> 2;
            case 4, 9, 11, 13 -> 4;
            case 5, 10, 12 -> 8;
            default -> 0;
        };
    }

    /** Says whether the value is characters or bytes and not numbers. */
    boolean isBytes() {
        return sizeOf(type) == 1;
    }

    /** Returns the tag's name, or its number. */
    String name() {
        return ExifTags.nameOf(directory, tag);
    }

    /** Says whether the stated place lies within a block of that many bytes. */
    boolean fits(int blockLength) {
        return offset >= 0 && length <= blockLength && offset <= blockLength - length;
    }
}
