package org.latentprint.casefile;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much of each item is read. */
public enum Profile {
    /** All bytes, for the digests; and the metadata. */
    FULL,
    /** The metadata only: answers within minutes, without digests. */
    TRIAGE;

    /** Returns the word used in the case and on the command line, such as {@code full}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the profile of that word, if there is one. */
    public static Optional<Profile> ofWord(String word) {
        return Arrays.stream(values())
                .filter(profile -> profile.word().equals(word))
                .findFirst();
    }
}
