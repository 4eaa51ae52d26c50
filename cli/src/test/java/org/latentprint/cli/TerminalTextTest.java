package org.latentprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TerminalTextTest {

    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(TerminalText.safe("a red bicycle, 自転車, 🚲")).isEqualTo("a red bicycle, 自転車, 🚲");
    }

    @Test
    void controlSequencesAreShownAndNotObeyed() {
        assertThat(TerminalText.safe("cat\u001b[2J\u0007\r\n")).isEqualTo("cat\\u001b[2J\\u0007\\u000d\\u000a");
        assertThat(TerminalText.safe("\u009b31m")).isEqualTo("\\u009b31m");
    }

    @Test
    void marksThatReorderTextAreShown() {
        assertThat(TerminalText.safe("gpj.\u202egarden")).isEqualTo("gpj.\\u202egarden");
        assertThat(TerminalText.safe("tag \udb40\udc41")).isEqualTo("tag \\U000e0041");
        assertThat(TerminalText.safe("\ud800")).isEqualTo("\\ud800");
    }

    @Test
    void nothingThatATerminalObeysIsLeftInRandomText() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int index = 0; index < 40; index++) {
                text.append((char) random.nextInt(0x10000));
            }
            assertThat(TerminalText.safe(text.toString()).codePoints()).noneMatch(Character::isISOControl);
        }
    }
}
