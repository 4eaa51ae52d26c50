package org.latentprint.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentprint.fixture.FuzzSeeds;

/**
 * Replays the stored seeds and findings of the fuzz targets, without Jazzer: its agent would change the classes of all tests
 * that run after it.
 */
class ModelFuzzSeedsTest {
    private static final Path STORED = Path.of("src/test/resources/org/latentprint/modelfile/ModelFuzzTargetInputs");

    static Stream<Path> stored() throws IOException {
        try (Stream<Path> files = Files.walk(STORED)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("stored")
    void aStoredInputGivesAnAnswer(Path file) throws IOException {
        Path folder = Objects.requireNonNull(file.getParent());
        ModelFuzzTarget.check(folder.getFileName().toString(), Files.readAllBytes(file));
    }

    @Test
    void theSeedsAreThoseOfTheFixturesAndEachTargetHasSome() throws IOException {
        for (Map.Entry<String, byte[]> seed : FuzzSeeds.all().entrySet()) {
            assertThat(STORED.resolve(seed.getKey())).hasBinaryContent(seed.getValue());
        }
        List<String> targets = FuzzSeeds.all().keySet().stream()
                .map(seed -> seed.substring(0, seed.indexOf('/')))
                .distinct()
                .toList();
        assertThat(targets).containsExactlyElementsOf(ModelFuzzTarget.TARGETS.keySet());
    }
}
