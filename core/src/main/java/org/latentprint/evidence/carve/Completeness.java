package org.latentprint.evidence.carve;

/** How much of what was written is there, as far as the structure tells. */
public enum Completeness {
    /** The structure holds from the file's beginning to its end. */
    WHOLE,
    /** The file's beginning, up to where its structure breaks. */
    CUT,
    /** Metadata without the file that they stood in. */
    FRAGMENT
}
