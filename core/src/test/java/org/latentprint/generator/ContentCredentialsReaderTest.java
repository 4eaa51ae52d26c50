package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.CredentialsFixture;

class ContentCredentialsReaderTest {
    private static final String TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/";
    private static final Optional<String> TRAINED = Optional.of(TYPES + "trainedAlgorithmicMedia");

    @Test
    void aDeclaredTrainedModelIsAGenerationWhoeverDeclaresIt() {
        assertThat(generators(created("Garden Painter", TRAINED))).containsExactly("Garden Painter");
        assertThat(generators(created("Azure OpenAI ImageGen", TRAINED))).containsExactly("Microsoft (Bing/Designer)");
        assertThat(generators(created("GPT-4o", TRAINED))).containsExactly("ChatGPT/OpenAI");
    }

    @Test
    void theAgentAloneDeclaresAGenerationOnlyWhereSamplesShowItsName() {
        assertThat(generators(created("Adobe Firefly", Optional.empty()))).containsExactly("Adobe Firefly");
        assertThat(generators(created("GPT-4o", Optional.empty()))).containsExactly("ChatGPT/OpenAI");
        for (String agent : List.of(
                "Azure OpenAI ImageGen",
                "Bing Image Creator",
                "Amazon Titan",
                "Stable Image Ultra",
                "FLUX.1 pro",
                "Google Imagen",
                "TikTok",
                "Sorahome Camera",
                "Fireflyer 2",
                "Garden Painter")) {
            assertThat(generators(created(agent, Optional.empty()))).as(agent).isEmpty();
        }
    }

    @Test
    void anotherDeclaredTypeOutweighsTheAgentsName() {
        assertThat(generators(created("Adobe Firefly", Optional.of(TYPES + "digitalCapture"))))
                .isEmpty();
        assertThat(generators(created("GPT-4o", Optional.of(TYPES + "compositeSynthetic"))))
                .isEmpty();
    }

    @Test
    void aManifestThatIsNotTheActiveOneGivesNoGeneration() {
        assertThat(generators(created("GPT-4o", TRAINED).unreadable())).isEmpty();
        assertThat(generators(created("GPT-4o", TRAINED)
                        .created("Garden Editor", "Garden Editor", Optional.of(TYPES + "digitalCapture"))))
                .as("not an ingredient of the active one")
                .isEmpty();
    }

    private static CredentialsFixture created(String agent, Optional<String> type) {
        return new CredentialsFixture().created("Garden Kit", agent, type);
    }

    private static List<String> generators(CredentialsFixture credentials) {
        return GeneratorReaders.readAll(MetadataExtractor.extract("cat.png", HeapBytes.wrap(credentials.png(32, 24))))
                .generations()
                .stream()
                .map(Generation::generator)
                .toList();
    }
}
