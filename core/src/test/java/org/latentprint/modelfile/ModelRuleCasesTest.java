package org.latentprint.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.SafetensorsFixture;

/** Each line of the cases' file is a head with the names and shapes that decide; what it must be stands before them. */
class ModelRuleCasesTest {
    private static final String CASES = "model-rule-cases.txt";

    static Stream<String> cases() throws IOException {
        try (InputStream in = Objects.requireNonNull(ModelRuleCasesTest.class.getResourceAsStream(CASES), CASES)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("#")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void namesAndShapesSayWhatItIsAndNoMore(String line) throws IOException {
        List<String> parts =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();

        boolean piece = parts.get(0).startsWith("piece ");
        String name = piece ? "diffusion_pytorch_model-00002-of-00003.safetensors" : "a.safetensors";
        ModelFile model = read(name, parts.get(3).split("; ", -1));
        ModelIdentity identity = model.identity();

        assertThat(identity.kind()).isEqualTo(parts.get(0).replace("piece ", ""));
        if (piece) {
            assertThat(identity.variant()).isEmpty();
            assertThat(model.formatFacts()).containsEntry("shard", "00002-of-00003");
        }
        String[] words = parts.get(1).split(" ", 2);
        assertThat(identity.architecture()).isEqualTo(words[0].equals("-") ? Optional.empty() : Optional.of(words[0]));
        if (words.length > 1) {
            assertThat(identity.variant()).contains(words[1]);
        }
        if (parts.get(2).equals("-")) {
            assertThat(identity.candidates()).isEmpty();
        } else {
            assertThat(identity.candidates()).contains(parts.get(2).split(" ", -1));
        }
    }

    /** A head whose data are missing: it is read, and its tensors' sizes cost nothing. */
    private static ModelFile read(String name, String[] tensors) throws IOException {
        SafetensorsFixture file = new SafetensorsFixture();
        long end = 0;
        for (String[] tensor : expanded(tensors)) {
            long bytes = 2
                    * Arrays.stream(tensor[1]
                                    .substring(1, tensor[1].length() - 1)
                                    .split(",", -1))
                            .mapToLong(Long::parseLong)
                            .reduce(1, (a, b) -> a * b);
            file.tensorAt(tensor[0], tensor[1], end, end + bytes);
            end += bytes;
        }
        return new ModelFiles()
                .read("models/" + name, HeapBytes.wrap(file.head()), false)
                .orElseThrow();
    }

    private static List<String[]> expanded(String[] tensors) {
        List<String[]> all = new ArrayList<>();
        for (String tensor : tensors) {
            String[] words = tensor.strip().split(" ", -1);
            if (words[0].equals("up-down")) {
                String[] sides = words[2].substring(1, words[2].length() - 1).split(",", -1);
                all.add(new String[] {words[1] + ".lora_down.weight", "[4," + sides[1] + "]"});
                all.add(new String[] {words[1] + ".lora_up.weight", "[" + sides[0] + ",4]"});
            } else {
                all.add(words);
            }
        }
        return all;
    }
}
