package org.latentprint.evidence;

import java.util.Locale;

/** How certain a finding is. The three are kept apart in every output, in words. */
public enum Grade {
    /** The bytes at the origin say so. */
    RECORDED,
    /** Computed from those bytes by a rule without a choice, such as repairing a wrong offset. */
    DERIVED,
    /** Concluded by a heuristic; whoever uses this grade names the heuristic beside it. */
    INFERRED;

    /** Returns the word used in reports and exports, such as {@code recorded}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
