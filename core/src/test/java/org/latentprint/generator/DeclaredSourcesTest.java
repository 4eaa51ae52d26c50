package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.ClaimSigner;
import org.latentprint.fixture.CredentialsFixture;
import org.latentprint.fixture.ManifestFixture;
import org.latentprint.generator.credentials.SourceType;

/** What Content Credentials declare by actions, metadata and ingredients, and what they do not. */
class DeclaredSourcesTest {
    private static final String TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/";
    private static final String TRAINED = TYPES + "trainedAlgorithmicMedia";

    @Test
    void onlyTypesThatNameATrainedModelDeclareAGeneration() {
        List<SourceType> declaring = List.of(
                SourceType.TRAINED_ALGORITHMIC_MEDIA,
                SourceType.COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA,
                SourceType.TRAINED_ALGORITHMIC_DATA);
        for (SourceType type : SourceType.values()) {
            assertThat(generations(
                            ManifestFixture.by("Garden Kit").actions(List.of(created("Brush", TYPES + type.term())))))
                    .as(type.term())
                    .hasSize(declaring.contains(type) ? 1 : 0);
        }
        assertThat(generations(
                        ManifestFixture.by("Garden Kit").actions(List.of(created("Brush", TYPES + "gardening")))))
                .isEmpty();
    }

    @Test
    void servicesAreKnownByTheNamesInTheirManifests() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("Azure OpenAI DALL-E", "Microsoft (Bing/Designer)");
        names.put("Image Creator from Designer", "Microsoft (Bing/Designer)");
        names.put("DALL·E", "ChatGPT/OpenAI");
        names.put("gpt-image", "ChatGPT/OpenAI");
        names.put("OpenAI Media Service API", "ChatGPT/OpenAI");
        names.put("Truepic Lens CLI in Sora", "ChatGPT/OpenAI");
        names.put("Google Generative AI", "Google (Gemini/Imagen)");
        names.put("Amazon Titan Image Generator G1", "Amazon (Titan/Nova)");
        names.put("Amazon Nova Canvas", "Amazon (Titan/Nova)");
        names.put("Adobe Firefly Pipeline", "Adobe Firefly");
        names.put("fal-ai/flux-2-klein", "fal-ai/flux-2-klein");
        names.put("FLUX.1 Kontext [pro]", "FLUX.1 Kontext [pro]");
        names.put("Veolia Garden", "Veolia Garden");
        names.put("Sunoco Brush", "Sunoco Brush");
        names.forEach((agent, service) -> assertThat(
                        generations(ManifestFixture.by("Garden Kit").actions(List.of(created(agent, TRAINED)))))
                .as(agent)
                .extracting(Generation::generator)
                .containsExactly(service));
    }

    @Test
    void theSignerNamesTheServiceOnlyWhereItsHouseSignsNothingElse() {
        assertThat(generatorSignedBy("Black Forest Labs", "FLUX.2")).isEqualTo("Black Forest Labs");
        assertThat(generatorSignedBy("Google LLC", "Garden Brush")).isEqualTo("Garden Brush");
        assertThat(generatorSignedBy("Adobe Inc.", "Garden Brush")).isEqualTo("Garden Brush");
    }

    @Test
    void aClaimGeneratorStandsInForAnAgentWithoutItsVersions() {
        Map<String, Object> action = new HashMap<>(Map.of("action", "c2pa.created", "digitalSourceType", TRAINED));
        assertThat(generations(
                        ManifestFixture.by("Garden_Painter/2.0 c2pa-rs/0.28.4").actions(List.of(action))))
                .extracting(Generation::generator)
                .containsExactly("Garden_Painter");
        assertThat(generations(ManifestFixture.by("garden/painter").actions(List.of(action))))
                .extracting(Generation::generator)
                .containsExactly("garden/painter");
    }

    @Test
    void aTypeWithoutAnyNameIsADeclaration() {
        Map<String, Object> action = new HashMap<>(Map.of("action", "c2pa.created", "digitalSourceType", TRAINED));
        Generation generation =
                generations(ManifestFixture.unnamed().actions(List.of(action))).getFirst();
        assertThat(generation.declaration())
                .contains(new Declaration(Declaration.Mark.CREDENTIALS, "c2pa.created", TRAINED));
        assertThat(generation.namesProgram()).isFalse();
        assertThat(generation.settings()).containsEntry("digital_source_type", "trainedAlgorithmicMedia");
    }

    @Test
    void azuresDescriptionAttestsAGenerationWithoutASourceType() {
        Map<String, Object> action = new HashMap<>(created("Azure OpenAI ImageGen", ""));
        action.remove("digitalSourceType");
        action.put("description", "AI Generated Image");
        assertThat(generations(ManifestFixture.by("Garden Kit").actions(List.of(action))))
                .extracting(Generation::generator)
                .containsExactly("Microsoft (Bing/Designer)");
        action.put("softwareAgent", Map.of("name", "Garden Brush"));
        assertThat(generations(ManifestFixture.by("Garden Kit").actions(List.of(action))))
                .isEmpty();
    }

    @Test
    void metadataMayDeclareTheSourceType() {
        for (String json : List.of(
                "{\"@context\":{},\"Iptc4xmpExt:DigitalSourceType\":\"" + TRAINED + "\"}",
                "{\"digitalSourceType\":\"https://schema.org/TrainedAlgorithmicMediaDigitalSource\"}",
                "{\"Iptc4xmpExt:DigitalSourceType\":{\"@id\":\"" + TRAINED + "\"}}")) {
            for (String label : List.of("c2pa.metadata", "cawg.metadata", "stds.schema-org.CreativeWork")) {
                assertThat(generations(ManifestFixture.by("Garden Kit").json(label, json)))
                        .as("%s %s", label, json)
                        .extracting(Generation::generator)
                        .containsExactly("Garden Kit");
            }
        }
        assertThat(generations(ManifestFixture.by("Garden Kit")
                        .json("c2pa.metadata", "{\"Iptc4xmpExt:DigitalSourceType\":\"" + TYPES + "digitalCapture\"}")))
                .isEmpty();
        assertThat(generations(ManifestFixture.by("Garden Kit")
                        .json("garden.note", "{\"digitalSourceType\":\"" + TRAINED + "\"}")))
                .isEmpty();
    }

    @Test
    void aPermissionToTrainIsNoSignOfAi() {
        Map<String, Object> entries =
                Map.of("entries", Map.of("c2pa.ai_generative_training", Map.of("use", "notAllowed")));
        assertThat(generations(ManifestFixture.by("Garden Camera")
                        .actions(List.of(created("Garden Camera", TYPES + "digitalCapture")))
                        .cbor("c2pa.training-mining", entries)
                        .cbor("cawg.training-mining", entries)))
                .isEmpty();
    }

    @Test
    void adobesFirstFormNamesModelAndPrompt() {
        assertThat(
                        generations(
                                ManifestFixture.by("Garden Kit")
                                        .json(
                                                "com.adobe.generative-ai",
                                                "{\"description\":\"Adobe Firefly\",\"version\":\"0.9\",\"prompt\":\"a cat by a lighthouse\"}")))
                .singleElement()
                .satisfies(generation -> {
                    assertThat(generation.generator()).isEqualTo("Adobe Firefly");
                    assertThat(generation.version()).contains("0.9");
                    assertThat(generation.positivePrompt()).contains("a cat by a lighthouse");
                    assertThat(generation.models()).containsExactly(NamedModel.named("service", "Adobe Firefly"));
                });
    }

    @Test
    void ingredientsArePromptsModelsAndPicturesThatWereFedIn() {
        Map<String, Object> created = new HashMap<>(created("Brush", TRAINED));
        created.put(
                "parameters",
                Map.of(
                        "ingredients",
                        List.of(Map.of(
                                "url", "self#jumbf=c2pa.assertions/c2pa.ingredient.v3__3", "hash", new byte[32]))));
        byte[] thumbnail = "no real picture".getBytes(StandardCharsets.UTF_8);
        Generation generation = generations(ManifestFixture.by("Garden Kit")
                        .actions(List.of(created))
                        .file("c2pa.embedded-data", "text/plain", "a garden".getBytes(StandardCharsets.UTF_8))
                        .file("c2pa.thumbnail.ingredient", "image/jpeg", thumbnail)
                        .ingredient(
                                "c2pa.ingredient.v3",
                                ingredient(
                                        "prompt",
                                        "inputTo",
                                        Map.of(
                                                "dc:format", "text/plain",
                                                "dataTypes", List.of(Map.of("type", "c2pa.types.generator.prompt")),
                                                "data",
                                                        ManifestFixture.address(
                                                                "self#jumbf=c2pa.assertions/c2pa.embedded-data"))))
                        .ingredient(
                                "c2pa.ingredient.v3__1",
                                ingredient(
                                        "garden-net",
                                        "inputTo",
                                        Map.of("dataTypes", List.of(Map.of("type", "c2pa.types.model.pytorch")))))
                        .ingredient(
                                "c2pa.ingredient.v3__2",
                                ingredient(
                                        "bicycle.jpg",
                                        "inputTo",
                                        Map.of(
                                                "thumbnail",
                                                ManifestFixture.address(
                                                        "self#jumbf=c2pa.assertions/c2pa.thumbnail.ingredient"))))
                        .ingredient("c2pa.ingredient.v3__3", ingredient("named.jpg", "componentOf", Map.of()))
                        .ingredient("c2pa.ingredient.v3__4", ingredient("placed.jpg", "componentOf", Map.of()))
                        .ingredient("c2pa.ingredient.v3__5", ingredient("cat.jpg", "parentOf", Map.of())))
                .getFirst();

        assertThat(generation.positivePrompt()).contains("a garden");
        assertThat(generation.inputs())
                .containsExactly(
                        new InputMedia("input", "bicycle.jpg"),
                        new InputMedia("input", "named.jpg"),
                        new InputMedia("init", "cat.jpg"));
        assertThat(generation.models()).isEmpty();
        assertThat(generation.settings())
                .containsEntry("model ingredient", "garden-net")
                .containsKey("thumbnail_sha256 of bicycle.jpg");
    }

    @Test
    void aTypeThatAnIngredientsManifestDeclaresCounts() {
        CredentialsFixture credentials = new CredentialsFixture()
                .add(ManifestFixture.by("Garden Kit")
                        .label("urn:c2pa:first")
                        .actions(List.of(created("Brush", TRAINED))))
                .add(ManifestFixture.by("Garden Editor")
                        .label("urn:c2pa:second")
                        .actions(List.of(Map.of("action", "c2pa.placed")))
                        .ingredient(
                                "c2pa.ingredient.v3",
                                ingredient(
                                        "garden.png",
                                        "componentOf",
                                        Map.of("activeManifest", ManifestFixture.manifestAddress("urn:c2pa:first")))));
        assertThat(generations(credentials)).extracting(Generation::generator).containsExactly("Brush");
    }

    private static String generatorSignedBy(String house, String agent) {
        return generations(ManifestFixture.by("Garden Kit")
                        .actions(List.of(created(agent, TRAINED)))
                        .signedBy(ClaimSigner.ofOne(house)))
                .getFirst()
                .generator();
    }

    private static Map<String, Object> created(String agent, String type) {
        return Map.of("action", "c2pa.created", "softwareAgent", Map.of("name", agent), "digitalSourceType", type);
    }

    private static Map<String, Object> ingredient(String title, String relationship, Map<String, Object> more) {
        Map<String, Object> fields = new HashMap<>(more);
        fields.put("dc:title", title);
        fields.put("relationship", relationship);
        return fields;
    }

    private static List<Generation> generations(ManifestFixture manifest) {
        return generations(new CredentialsFixture().add(manifest));
    }

    private static List<Generation> generations(CredentialsFixture credentials) {
        return GeneratorReaders.readAll(MetadataExtractor.extract("cat.png", HeapBytes.wrap(credentials.png(32, 24))))
                .generations();
    }
}
