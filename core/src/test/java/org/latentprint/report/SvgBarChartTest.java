package org.latentprint.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latentprint.report.SvgBarChart.Value;

class SvgBarChartTest {
    @Test
    void drawsBarsInProportion() {
        SvgBarChart chart =
                SvgBarChart.of("x", "Generations", List.of(new Value("2025-01", 10), new Value("2025-02", 40)));

        assertThat(chart.bars().get(1).height()).isEqualTo(chart.bars().get(0).height() * 4);
        assertThat(chart.bars())
                .allSatisfy(bar -> assertThat(bar.y() + bar.height()).isEqualTo(chart.base()));
        assertThat(chart.ticks()).extracting(SvgBarChart.Tick::label).containsExactly("0", "10", "20", "30", "40");
    }

    @Test
    void hasRoundTicksThatReachTheGreatestValue() {
        assertThat(ticks(1)).containsExactly("0", "1");
        assertThat(ticks(7)).containsExactly("0", "2", "4", "6", "8");
        assertThat(ticks(123_456)).containsExactly("0", "50,000", "100,000", "150,000");
    }

    @Test
    void staysWithinTheDrawing() {
        for (int count : new int[] {1, 2, 18, 60}) {
            SvgBarChart chart = SvgBarChart.of(
                    "x",
                    "Words",
                    IntStream.range(0, count)
                            .mapToObj(i -> new Value("m" + i, i + 0.5))
                            .toList());

            assertThat(chart.bars()).allSatisfy(bar -> {
                assertThat(bar.x()).isGreaterThanOrEqualTo(chart.left());
                assertThat(bar.x() + bar.width()).isLessThanOrEqualTo(chart.right() + 0.1);
                assertThat(bar.y()).isBetween(0.0, (double) chart.base());
            });
        }
    }

    @Test
    void leavesOutLabelsThatWouldTouch() {
        SvgBarChart chart = SvgBarChart.of(
                "x",
                "Words",
                IntStream.range(0, 60).mapToObj(i -> new Value("2025-01", 1)).toList());
        List<Double> centres = chart.bars().stream()
                .filter(SvgBarChart.Bar::labelled)
                .map(SvgBarChart.Bar::centre)
                .toList();

        assertThat(centres).hasSizeGreaterThan(5);
        assertThat(centres.get(1) - centres.get(0)).isGreaterThanOrEqualTo(60);
        assertThat(chart.hasFigures()).isFalse();
    }

    private static List<String> ticks(double greatest) {
        return SvgBarChart.of("x", "a", List.of(new Value("m", greatest))).ticks().stream()
                .map(SvgBarChart.Tick::label)
                .toList();
    }
}
