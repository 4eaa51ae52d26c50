package org.latentprint.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays seeds and findings for every reader, and changes them a little at random, without Jazzer: its agent would change the
 * classes of all tests that run after it.
 */
class FuzzSeedsTest {
    private static final int ROUNDS = 250;

    /** A hundred times what a target takes. */
    private static final Duration MOST = Duration.ofSeconds(60);

    static Stream<String> targets() {
        return Targets.single().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void theReaderFindsSomethingInItsSeeds(String target) throws IOException {
        int found = 0;
        for (Map.Entry<String, byte[]> seed : Seeds.of(target).entrySet()) {
            found += Targets.named(target).check(seed.getValue());
        }
        assertThat(found)
                .as("found by %s in its seeds; a new reader needs one", target)
                .isPositive();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void noChangeOfASeedBreaksTheReader(String target) {
        SortedMap<String, byte[]> seeds = Seeds.of(target);
        Assertions.assertTimeoutPreemptively(MOST, () -> {
            for (Map.Entry<String, byte[]> seed : seeds.entrySet()) {
                Random random = new Random(seed.getKey().hashCode());
                for (int round = 0; round < ROUNDS; round++) {
                    Targets.named(target).check(Mutation.of(seed.getValue(), random));
                }
            }
        });
    }

    @Test
    void storedSeedsAndFindingsHaveATarget() {
        assertThat(Seeds.stored().keySet())
                .allSatisfy(name -> assertThat(Targets.single()).containsKey(name.substring(0, name.lastIndexOf('/'))));
    }
}
