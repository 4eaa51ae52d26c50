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
        int count = 0;
        int start = 0;
        for (int at = 0; at <= prompt.length(); at++) {
            if (at == prompt.length() || isBlank(prompt.charAt(at))) {
                count += inRun(prompt, start, at);
                start = at + 1;
            }
        }
        return count;
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\n';
    }

    /** Counts between blanks. Most runs are one plain word, for which the iterator, which is slow, is not needed. */
    private static int inRun(String prompt, int start, int end) {
        int last = end;
        while (last > start && prompt.charAt(last - 1) == ',') {
            last--;
        }
        if (last == start) {
            return 0;
        }
        for (int at = start; at < last; at++) {
            if (!isPlain(prompt.charAt(at))) {
                return byIterator(prompt.substring(start, end));
            }
        }
        return 1;
    }

    private static boolean isPlain(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9');
    }

    private static int byIterator(String run) {
        BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
        words.setText(run);
        int count = 0;
        int start = words.first();
        for (int end = words.next(); end != BreakIterator.DONE; start = end, end = words.next()) {
            if (run.substring(start, end).codePoints().anyMatch(Character::isLetterOrDigit)) {
                count++;
            }
        }
        return count;
    }
}
