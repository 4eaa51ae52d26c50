package org.latentprint.generator;

import java.text.BreakIterator;
import java.util.Locale;

/** Counts the words of a prompt. */
final class PromptWords {
    private PromptWords() {}

    /**
     * Counts runs of letters or digits as {@link BreakIterator} finds them, so that prompts in scripts without blanks are
     * counted, too. Weights in brackets such as {@code (cat:1.2)} add their number as a word.
     */
    static int count(String prompt) {
        BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
        words.setText(prompt);
        int count = 0;
        int start = words.first();
        for (int end = words.next(); end != BreakIterator.DONE; start = end, end = words.next()) {
            if (prompt.substring(start, end).codePoints().anyMatch(Character::isLetterOrDigit)) {
                count++;
            }
        }
        return count;
    }
}
