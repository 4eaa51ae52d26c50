package org.latentprint.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples of programs that write a record of their own, every field; and the control files, which none may claim. */
class ProgramSampleTest {
    @ParameterizedTest
    @ValueSource(strings = {"invokeai", "swarmui", "fooocus", "novelai", "c2pa-control"})
    void everyFieldOfEverySampleIsRight(String folder) {
        Optional<Path> samples = SampleScore.samples();
        assumeTrue(samples.isPresent(), "no samples beside this checkout");
        SampleScore score = SampleScore.of(samples.orElseThrow(), name -> name.startsWith(folder + "/"));
        assertThat(score.rows()).isNotEmpty();
        assertThat(score.rows())
                .withFailMessage(score::table)
                .allMatch(row -> row.verdict() == SampleScore.Verdict.RIGHT);
    }
}
