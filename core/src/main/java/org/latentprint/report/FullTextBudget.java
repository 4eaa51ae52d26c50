package org.latentprint.report;

import java.util.Optional;

/** Hands out the room for full texts in one report, so that hostile prompts cannot make it grow without end. */
final class FullTextBudget {
    private int left = ReportLimits.ALL_FULL_TEXT;

    /** Returns the text, cut to what one text may take; empty once the room is used up. */
    Optional<EvidenceText> take(String text) {
        if (left <= 0) {
            return Optional.empty();
        }
        EvidenceText shown = EvidenceText.block(text, Math.min(left, ReportLimits.FULL_TEXT));
        left -= shown.printedLength();
        return Optional.of(shown);
    }
}
