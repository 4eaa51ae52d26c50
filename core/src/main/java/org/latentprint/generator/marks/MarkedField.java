package org.latentprint.generator.marks;

/**
 * A field in which services put their name.
 *
 * @param place which field it is
 * @param value as recorded
 */
public record MarkedField(Place place, String value) {

    /** The fields that are looked at, in the order in which they count. */
    public enum Place {
        /** The line that says to whom a picture is due: IPTC IIM 2:110, {@code photoshop:Credit}. */
        CREDIT,
        /** EXIF and PNG {@code Software}. */
        SOFTWARE,
        /** {@code xmp:CreatorTool}. */
        CREATOR_TOOL,
        /** EXIF {@code Make}. */
        MAKE,
        /** EXIF {@code Model}. */
        MODEL,
        /** {@code dc:creator}. */
        CREATOR
    }
}
