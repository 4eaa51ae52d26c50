package org.latentprint.evidence.carve;

/** What made a place worth a look, found by {@link WindowScan}. Of two at one place the first named is looked at first. */
enum Hit {
    PNG,
    JPEG,
    RIFF,
    GIF,
    MP4,
    SAFETENSORS,
    /** The length before a PNG's text chunk. */
    PNG_TEXT,
    /** The first of AUTOMATIC1111's settings. */
    SETTINGS,
    /** A name within JSON that is looked for. */
    JSON;

    private static final int BITS = 4;
    private static final Hit[] ALL = values();

    /** Returns place and kind as one number, which sorts by place. */
    long at(long place) {
        return place << BITS | ordinal();
    }

    /** Returns the place of such a number. */
    static long place(long packed) {
        return packed >>> BITS;
    }

    /** Returns the kind of such a number. */
    static Hit of(long packed) {
        return ALL[(int) packed & (1 << BITS) - 1];
    }
}
