package org.latentprint.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentprint.casefile.ItemFindings;
import org.latentprint.casefile.Profile;
import org.latentprint.fixture.HostileExhibit;
import org.latentprint.fixture.HostileTexts;
import org.latentprint.fixture.MemorySource;
import org.latentprint.scan.ItemExaminer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever evidence says, a line of {@code inspect} is one line of visible ASCII that says the same. */
class HostileInspectTest {
    static Stream<String> texts() {
        return HostileTexts.all().stream();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aLineIsVisibleAsciiAndSaysTheSame(String text) throws Exception {
        MemorySource source = HostileExhibit.of(text);
        ItemExaminer examiner = new ItemExaminer(Profile.FULL);
        List<JsonNode> lines = new ArrayList<>();
        source.walk(item -> {
            List<ItemFindings> all = new ArrayList<>();
            all.add(examiner.examine(source, item, all::add));
            for (ItemFindings findings : all) {
                String line = InspectLine.format(findings.item().path(), findings);
                assertThat(line.chars()).allMatch(c -> c >= ' ' && c <= '~');
                // What has no UTF-8 form must not change on its way out.
                byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
                JsonNode json = JsonMapper.shared().readTree(bytes);
                assertThat(json.path("file").asString())
                        .isEqualTo(findings.item().path());
                lines.add(json);
            }
        });
        assertThat(lines).hasSize(12);
        JsonNode graph = lines.stream()
                .filter(line -> line.path("file").asString().equals("graph.png"))
                .findFirst()
                .orElseThrow();
        assertThat(graph.at("/generations/0/positive_prompt").asString()).isEqualTo(text);
        if (HostileTexts.names().contains(text)) {
            assertThat(graph.at("/generations/0/models/0/name").asString()).isEqualTo(text);
            assertThat(graph.at("/generations/0/loras/0/name").asString()).isEqualTo(text);
            assertThat(graph.at("/generations/0/inputs/0/name").asString()).isEqualTo(text);
        }
    }
}
