package org.latentprint.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.latentprint.container.ContainerReaders;

/** The samples of A1111 and its relatives, every field. */
class InfotextSampleTest {
    private static final Set<String> FOLDERS =
            Set.of("a1111", "civitai", "forge-classic", "forge-neo", "reforge", "sdnext", "sdcpp", "stability-matrix");

    /** A ComfyUI graph. */
    private static final Set<String> READ_BY_OTHERS = Set.of("civitai/civitai-hires.jpg");

    @Test
    void everyFieldOfEverySampleIsRight() {
        Optional<Path> samples = SampleScore.samples();
        assumeTrue(samples.isPresent(), "no samples beside this checkout");
        assumeTrue(!ContainerReaders.ALL.isEmpty(), "no container is read yet");
        SampleScore score = SampleScore.of(samples.orElseThrow(), InfotextSampleTest::isOurs);
        System.out.println(score.table());
        assertThat(score.rows()).hasSizeGreaterThan(500);
        assertThat(score.rows())
                .withFailMessage(score::table)
                .allMatch(row -> row.verdict() == SampleScore.Verdict.RIGHT);
    }

    private static boolean isOurs(String name) {
        return !READ_BY_OTHERS.contains(name)
                && (FOLDERS.contains(name.substring(0, name.indexOf('/')))
                        || name.equals("comfyui/comfyui-saveimagewithmetadata.jpeg"));
    }
}
