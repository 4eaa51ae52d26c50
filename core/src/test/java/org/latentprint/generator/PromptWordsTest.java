package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PromptWordsTest {
    private static final String[] PIECES = {
        "cat",
        "red",
        "2",
        "1.2",
        "12,5",
        "don't",
        "close-up",
        "e.g.",
        "(",
        ")",
        "[",
        ":",
        ",",
        " ",
        " ",
        " ",
        "\n",
        "\t",
        "_",
        "/",
        "\\",
        "é",
        "e\u0301",
        "\u0301",
        "庭園",
        "猫",
        "\uD83D\uDEB2",
        "ไทย",
        "и",
        ".",
        "'",
        "\"",
        "$",
        "%",
        "#",
        "\u00a0",
        "a1b2"
    };

    @Test
    void countsWordsNumbersAndScriptsWithoutBlanks() {
        assertThat(PromptWords.count("")).isZero();
        assertThat(PromptWords.count("a red bicycle, in the garden")).isEqualTo(6);
        assertThat(PromptWords.count("(cat:1.2), ,,  fog")).isEqualTo(3);
    }

    @Test
    void countsAsTheIteratorDoesOverTheWholeText() {
        Random random = new Random(25);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder prompt = new StringBuilder();
            for (int piece = random.nextInt(12); piece > 0; piece--) {
                prompt.append(PIECES[random.nextInt(PIECES.length)]);
            }
            assertThat(PromptWords.count(prompt.toString()))
                    .as(prompt.toString())
                    .isEqualTo(whole(prompt.toString()));
        }
    }

    private static int whole(String prompt) {
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
