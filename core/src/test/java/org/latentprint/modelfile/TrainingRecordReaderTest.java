package org.latentprint.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;

class TrainingRecordReaderTest {
    private static final String KEYS = "\"ss_output_name\":\"pond\",\"ss_sd_model_name\":\"sample.safetensors\","
            + "\"ss_num_epochs\":\"3\",\"ss_dataset_dirs\":\"{\\\"10_pond\\\":{\\\"n_repeats\\\":10,\\\"img_count\\\":4}}\"";

    @Test
    void aRecordThatStandsAloneIsATraining() throws IOException {
        assertRead("{" + KEYS + "}");
    }

    @Test
    void soIsOneInAHeadThatLostItsLength() throws IOException {
        assertRead("{\"lora_down.weight\":{\"dtype\":\"F16\",\"shape\":[4,320],\"data_offsets\":[0,2560]},"
                + "\"__metadata__\":{" + KEYS + "}}");
    }

    @Test
    void otherJsonIsNone() throws IOException {
        assertThat(read("{\"ss_number\":\"12\",\"name\":\"cat\"}")).isEmpty();
        assertThat(read("{\"ss_number\":12,\"ss_count\":3}")).isEmpty();
        assertThat(read("{\"ss_number\":\"12\",\"ss_count\":")).isEmpty();
        assertThat(read("[" + KEYS)).isEmpty();
    }

    @Test
    void tooLongARecordIsAProblem() throws IOException {
        ModelFile file = read("{" + KEYS + ",\"ss_tags\":\"" + "x".repeat(1 << 20) + "\"}")
                .orElseThrow();

        assertThat(file.training()).isEmpty();
        assertThat(file.problems()).extracting(Problem::category).containsExactly(Problem.Category.LIMIT);
    }

    private static void assertRead(String text) throws IOException {
        ModelFile file = read(text).orElseThrow();

        assertThat(file.identity().kind()).isEqualTo("side-file");
        assertThat(file.problems()).isEmpty();
        assertThat(file.claims()).containsEntry("ss_num_epochs", "3");
        assertThat(file.training()).hasValueSatisfying(training -> {
            assertThat(training.outputName()).contains("pond");
            assertThat(training.baseModel()).contains("sample.safetensors");
            assertThat(training.folders()).singleElement().satisfies(folder -> {
                assertThat(folder.name()).isEqualTo("10_pond");
                assertThat(folder.images()).contains(4L);
            });
        });
    }

    private static Optional<ModelFile> read(String text) throws IOException {
        return new ModelFiles()
                .read("unallocated/000000000004096.json", HeapBytes.wrap(text.getBytes(StandardCharsets.UTF_8)), true);
    }
}
