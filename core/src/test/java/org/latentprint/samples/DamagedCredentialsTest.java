package org.latentprint.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.container.c2pa.Check.Outcome;
import org.latentprint.container.c2pa.Manifest;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem.Category;

/** A real store whose bytes were changed: the checks notice, and nothing fails. */
class DamagedCredentialsTest {
    private static final int ROUNDS = 1_500;

    @Test
    void aChangedAssertionNoLongerHasTheHashThatItsClaimStates() throws IOException {
        byte[] file = sample();
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("trainedAlgorithmicMedia");
        assertThat(at).isPositive();
        assertThat(first(file).assertionHashes().outcome()).isEqualTo(Outcome.PASSED);
        file[at] = 'T';
        assertThat(first(file).assertionHashes().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(first(file).signature().check().outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void aChangedClaimNoLongerFitsItsSignature() throws IOException {
        byte[] file = sample();
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("Google C2PA Core Generator");
        assertThat(at).isPositive();
        file[at] = 'B';
        assertThat(first(file).signature().check().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void flippedAndCutStoresNeverMakeAReaderFail() throws IOException {
        byte[] file = sample();
        Random random = new Random(7);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = round % 3 == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file.clone();
            for (int flip = 0; flip < random.nextInt(6) && damaged.length > 41; flip++) {
                damaged[41 + random.nextInt(Math.min(damaged.length - 41, 15_171))] = (byte) random.nextInt(256);
            }
            assertThat(MetadataExtractor.extract("garden.png", HeapBytes.wrap(damaged))
                            .problems())
                    .as("round %d", round)
                    .noneMatch(problem -> problem.category() == Category.READER_FAILED);
        }
    }

    private static Manifest first(byte[] file) {
        ItemMetadata metadata = MetadataExtractor.extract("garden.png", HeapBytes.wrap(file));
        return metadata.credentials().getFirst().manifests().getFirst();
    }

    private static byte[] sample() throws IOException {
        Optional<Path> samples = SampleScore.samples();
        assumeTrue(samples.isPresent(), "no samples beside this checkout");
        return Files.readAllBytes(samples.orElseThrow().resolve("google/gemini_3.1pro.png"));
    }
}
