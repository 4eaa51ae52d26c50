package org.latentprint.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.casefile.ItemFindings;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.ItemRef;
import org.latentprint.fixture.CredentialsFixture;
import org.latentprint.fixture.ManifestFixture;
import org.latentprint.fixture.PngFixture;
import org.latentprint.fixture.XmpFixture;
import org.latentprint.generator.GeneratorReaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where a file names a program, it is under generations; where it only declares an AI source, under declarations. */
class InspectLineTest {
    private static final String TRAINED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    @Test
    void aDigitalSourceTypeAloneIsADeclaration() {
        JsonNode line = line(PngFixture.of(8, 8)
                .xmp(new XmpFixture()
                        .attribute("Iptc4xmpExt:DigitalSourceType", TRAINED)
                        .packet())
                .bytes());
        assertThat(line.path("generations").isArray()).isTrue();
        assertThat(line.path("generations").size()).isZero();
        assertThat(line.path("declarations").size()).isEqualTo(1);
        JsonNode declaration = line.at("/declarations/0");
        assertThat(declaration.path("mark").asString()).isEqualTo("digital source type");
        assertThat(declaration.path("field").asString()).isEqualTo("DigitalSourceType");
        assertThat(declaration.path("value").asString()).isEqualTo(TRAINED);
        assertThat(declaration.path("grade").asString()).isEqualTo("recorded");
        assertThat(declaration.has("generator")).isFalse();
        assertThat(declaration.at("/origin/offset").asLong())
                .isEqualTo(line.at("/blocks/0/offset").asLong());
        assertThat(declaration.at("/origin/sha256").asString()).hasSize(64);
        assertThat(declaration.at("/origin/reader").asString()).startsWith("digital-source-type/");
    }

    @Test
    void aLabelThatIsAnOpinionIsADeclarationThatIsInferred() {
        JsonNode declaration = line(PngFixture.of(8, 8)
                        .text("AIGC", "{\"Label\":\"3\",\"ContentProducer\":\"x\"}")
                        .bytes())
                .at("/declarations/0");
        assertThat(declaration.path("mark").asString()).isEqualTo("label for generated content");
        assertThat(declaration.path("value").asString()).isEqualTo("3");
        assertThat(declaration.path("grade").asString()).isEqualTo("inferred");
        assertThat(declaration.at("/inferences/0/rule").asString()).contains("suspected");
        assertThat(declaration.at("/settings/ContentProducer").asString()).isEqualTo("x");
    }

    @Test
    void aPromptWithoutASystemIsADeclarationWithAPrompt() {
        JsonNode declaration = line(PngFixture.of(8, 8)
                        .xmp(new XmpFixture()
                                .attribute("Iptc4xmpExt:AIPromptInformation", "a cat by a lighthouse")
                                .packet())
                        .bytes())
                .at("/declarations/0");
        assertThat(declaration.path("mark").asString()).isEqualTo("property for generated pictures");
        assertThat(declaration.path("positive_prompt").asString()).isEqualTo("a cat by a lighthouse");
    }

    @Test
    void credentialsWithoutAnyNameAreADeclaration() {
        JsonNode declaration = line(new CredentialsFixture()
                        .add(ManifestFixture.unnamed()
                                .actions(List.of(Map.of("action", "c2pa.created", "digitalSourceType", TRAINED))))
                        .png(8, 8))
                .at("/declarations/0");
        assertThat(declaration.path("mark").asString()).isEqualTo("Content Credentials");
        assertThat(declaration.path("field").asString()).isEqualTo("c2pa.created");
        assertThat(declaration.path("value").asString()).isEqualTo(TRAINED);
    }

    @Test
    void aProgramThatIsNamedIsAGeneration() {
        JsonNode line = line(PngFixture.of(8, 8)
                .xmp(new XmpFixture()
                        .attribute("Iptc4xmpExt:DigitalSourceType", TRAINED)
                        .attribute("photoshop:Credit", "Made with Google AI")
                        .packet())
                .bytes());
        assertThat(line.at("/generations/0/generator").asString()).isEqualTo("Google (Gemini/Imagen)");
        assertThat(line.path("declarations").isArray()).isTrue();
        assertThat(line.path("declarations").size()).isZero();
    }

    private static JsonNode line(byte[] file) {
        ItemMetadata metadata = MetadataExtractor.extract("garden.png", HeapBytes.wrap(file));
        ItemFindings findings = new ItemFindings(
                new ItemRef(
                        "garden.png",
                        ItemRef.Kind.FILE,
                        file.length,
                        ItemRef.Allocation.ALLOCATED,
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                ItemFindings.Outcome.READ,
                Optional.empty(),
                Optional.empty(),
                Optional.of(metadata),
                GeneratorReaders.readAll(metadata).generations(),
                List.of(),
                Optional.empty(),
                List.of());
        return JsonMapper.shared().readTree(InspectLine.format("garden.png", findings));
    }
}
