package org.latentprint.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The samples of ComfyUI, every field. */
class ComfySampleTest {

    @Test
    void everyFieldOfEverySampleIsRight() {
        Optional<Path> samples = SampleScore.samples();
        assumeTrue(samples.isPresent(), "no samples beside this checkout");
        SampleScore score = SampleScore.of(samples.orElseThrow(), ComfySampleTest::isOurs);
        System.out.println(score.table());
        assertThat(score.rows()).hasSizeGreaterThan(600);
        assertThat(score.rows())
                .withFailMessage(score::table)
                .allMatch(row -> row.verdict() == SampleScore.Verdict.RIGHT);
    }

    private static boolean isOurs(String name) {
        return name.startsWith("comfyui/") || name.equals("civitai/civitai-hires.jpg");
    }
}
