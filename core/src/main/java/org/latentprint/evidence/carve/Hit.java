package org.latentprint.evidence.carve;

import java.util.List;

/** What made a place worth a look, found by {@link WindowScan}. Of two at one place the first named is looked at first. */
enum Hit {
    PNG(0),
    JPEG(1),
    RIFF(2),
    GIF(3),
    MP4(4),
    SAFETENSORS(5),
    /** The length before a PNG's text chunk. */
    PNG_TEXT(6),
    /** The first of AUTOMATIC1111's settings. */
    SETTINGS(7),
    /** A name within JSON that is looked for. */
    JSON(8);

    private static final int BITS = 4;
    private static final List<Hit> ALL = List.of(values());

    private final int code;

    Hit(int code) {
        this.code = code;
    }

    /** Returns place and kind as one number, which sorts by place. */
    long at(long place) {
        return place << BITS | code;
    }

    /** Returns the place of such a number. */
    static long place(long packed) {
        return packed >>> BITS;
    }

    /** Returns the kind of such a number. */
    static Hit of(long packed) {
        return ALL.get((int) packed & ((1 << BITS) - 1));
    }
}
