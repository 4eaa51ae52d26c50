package org.latentprint.generator;

import java.util.Locale;

/** What a program was asked to do, as far as the metadata say. */
public enum Task {
    TXT2IMG,
    IMG2IMG,
    INPAINT,
    TXT2VID,
    IMG2VID,
    VID2VID,
    UPSCALE,
    /** The file went through the program, and nothing says that a model drew it. */
    PROCESSED,
    AUDIO,
    OTHER;

    /** Returns the word used in reports and exports, such as {@code txt2img}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
