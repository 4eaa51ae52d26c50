package org.latentprint.report;

import java.util.Optional;

/** Hands out the room for full texts in one part of a report, so that hostile prompts cannot make it grow without end. */
final class FullTextBudget {
    private int left;

    /** Makes room for that many printed characters. */
    FullTextBudget(int room) {
        left = room;
    }

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
