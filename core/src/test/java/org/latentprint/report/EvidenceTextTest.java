package org.latentprint.report;

import static org.assertj.core.api.Assertions.assertThat;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceTextTest {
    @ParameterizedTest
    @CsvSource({
        "0000", "0007", "001B", "007F", "0085", "00A0", "00AD", "034F", "061C", "115F", "180E", "200B", "200D", "200E",
        "2028", "202E", "2066", "2069", "2800", "3164", "E000", "FE0F", "FEFF", "D800", "DFFF", "E0041", "E0100",
                "10FFFF"
    })
    void showsWhatTheEyeCannotSee(String hex) {
        int point = Integer.parseInt(hex, 16);

        EvidenceText text = EvidenceText.line("a" + Character.toString(point) + "b");

        assertThat(text.plain()).isEqualTo("a⟨U+" + hex + "⟩b");
        assertThat(text.runs()).extracting(EvidenceText.Run::escape).containsExactly(false, true, false);
    }

    @Test
    void leavesOrdinaryWritingAlone() {
        for (String text : new String[] {"garden 1.png", "Leuchtturm über See", "灯台　夕方", "сад", "גינה", "🚲", ""}) {
            assertThat(EvidenceText.line(text).plain()).isEqualTo(text);
            assertThat(EvidenceText.line(text).isCut()).isFalse();
        }
    }

    @Test
    void keepsLineBreaksInBlocksOnly() {
        assertThat(EvidenceText.block("a\n\tb", 10).plain()).isEqualTo("a\n\tb");
        assertThat(EvidenceText.line("a\n\tb").plain()).isEqualTo("a⟨U+000A⟩⟨U+0009⟩b");
        assertThat(EvidenceText.block("a\r\nb", 20).plain()).isEqualTo("a⟨U+000D⟩\nb");
    }

    @Test
    void isCutAtTheBoundAndSaysSo() {
        assertThat(EvidenceText.line("abcdef", 6).isCut()).isFalse();
        EvidenceText cut = EvidenceText.line("abcdefg", 6);
        assertThat(cut.isCut()).isTrue();
        assertThat(cut.plain()).isEqualTo("abcdef […]");
        assertThat(html(cut)).isEqualTo("<bdi>abcdef</bdi> <span class=\"cut\">[…]</span>");
    }

    @Test
    void neverCutsACharacterInTwo() {
        assertThat(EvidenceText.line("abc🚲", 4).plain()).isEqualTo("abc […]");
        assertThat(EvidenceText.line("abc\u202E", 4).plain()).isEqualTo("abc […]");
    }

    @Test
    void marksItsOwnEscapesAndNotThoseOfTheEvidence() {
        assertThat(html(EvidenceText.line("a\u202Eb"))).isEqualTo("<bdi>a<span class=\"esc\">⟨U+202E⟩</span>b</bdi>");
        assertThat(html(EvidenceText.line("a⟨U+202E⟩b"))).isEqualTo("<bdi>a⟨U+202E⟩b</bdi>");
    }

    @Test
    void isEscapedAsHtml() {
        assertThat(html(EvidenceText.line("<script>alert(\"x\")</script>&")))
                .isEqualTo("<bdi>&lt;script&gt;alert(\"x\")&lt;/script&gt;&amp;</bdi>");
    }

    @Test
    void neverPrintsAnInvisibleCharacterOrMoreThanTheBound() {
        Random random = new Random(42);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                text.append((char) random.nextInt(Character.MAX_VALUE + 1));
            }
            EvidenceText shown = EvidenceText.line(text.toString(), 50);

            assertThat(shown.printedLength()).isLessThanOrEqualTo(50);
            assertThat(shown.plain().codePoints()).noneMatch(EvidenceTextTest::isInvisible);
        }
    }

    private static boolean isInvisible(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
    }

    private static String html(EvidenceText text) {
        StringOutput output = new StringOutput();
        OwaspHtmlTemplateOutput html = new OwaspHtmlTemplateOutput(output);
        html.setContext("td", null);
        text.writeTo(html);
        return output.toString();
    }
}
