package org.latentprint.container.c2pa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Actions in the forms of both versions. */
class ActionReaderTest {
    private static final String TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/";

    @Test
    void agentsAreTextsMapsOrNumbersInAList() {
        List<CredentialAction> actions = read(Map.of(
                "actions",
                List.of(
                        Map.of("action", "c2pa.created", "softwareAgent", "Garden Brush 2.0"),
                        Map.of(
                                "action",
                                "c2pa.created",
                                "softwareAgent",
                                Map.of("name", "Garden Brush", "version", "2.0", "operating_system", "Garden")),
                        Map.of("action", "c2pa.edited", "softwareAgentIndex", 1),
                        Map.of("action", "c2pa.edited", "softwareAgentIndex", 7)),
                "softwareAgents",
                List.of(Map.of("name", "Other"), Map.of("name", "Garden Comb", "version", "3"))));

        assertThat(actions)
                .extracting(CredentialAction::softwareAgent)
                .containsExactly(
                        Optional.of("Garden Brush 2.0"),
                        Optional.of("Garden Brush"),
                        Optional.of("Garden Comb"),
                        Optional.empty());
        assertThat(actions)
                .extracting(CredentialAction::softwareAgentVersion)
                .containsExactly(Optional.empty(), Optional.of("2.0"), Optional.of("3"), Optional.empty());
    }

    @Test
    void templatesStandWhereAnActionStatesNothing() {
        List<CredentialAction> actions = read(Map.of(
                "actions",
                List.of(
                        Map.of("action", "garden.fill"),
                        Map.of(
                                "action",
                                "garden.fill",
                                "softwareAgent",
                                Map.of("name", "Comb"),
                                "digitalSourceType",
                                TYPES + "humanEdits",
                                "parameters",
                                Map.of("depth", 2)),
                        Map.of("action", "c2pa.cropped")),
                "softwareAgents",
                List.of(Map.of("name", "Brush")),
                "templates",
                List.of(
                        Map.of(
                                "action",
                                "garden.fill",
                                "softwareAgentIndex",
                                0,
                                "digitalSourceType",
                                TYPES + "compositeWithTrainedAlgorithmicMedia",
                                "templateParameters",
                                Map.of("depth", 1, "width", 3)),
                        Map.of("action", "*", "description", "in the garden"))));

        assertThat(actions)
                .extracting(CredentialAction::softwareAgent)
                .containsExactly(Optional.of("Brush"), Optional.of("Comb"), Optional.empty());
        assertThat(actions)
                .extracting(CredentialAction::sourceTypeName)
                .containsExactly(
                        Optional.of("compositeWithTrainedAlgorithmicMedia"),
                        Optional.of("humanEdits"),
                        Optional.empty());
        assertThat(actions).extracting(CredentialAction::description).containsOnly(Optional.of("in the garden"));
        assertThat(actions.get(0).parameters()).containsEntry("depth", "1").containsEntry("width", "3");
        assertThat(actions.get(1).parameters()).containsEntry("depth", "2").containsEntry("width", "3");
    }

    @Test
    void aRelatedActionStatesWhatDiffers() {
        List<CredentialAction> actions = read(Map.of(
                "actions",
                List.of(Map.of(
                        "action",
                        "c2pa.created",
                        "softwareAgent",
                        "Brush",
                        "related",
                        List.of(Map.of("action", "c2pa.resized"))))));

        assertThat(actions).extracting(CredentialAction::name).containsExactly("c2pa.created", "c2pa.resized");
        assertThat(actions.get(1).softwareAgent()).contains("Brush");
    }

    @Test
    void aSourceTypeMayStandAmongTheParameters() {
        List<CredentialAction> actions = read(Map.of(
                "actions",
                List.of(
                        Map.of(
                                "action",
                                "c2pa.opened",
                                "softwareAgent",
                                "Garden Editor",
                                "parameters",
                                Map.of(
                                        "com.adobe.digitalSourceType",
                                        TYPES + "trainedAlgorithmicMedia",
                                        "com.adobe.details",
                                        "Other House")),
                        Map.of(
                                "action",
                                "c2pa.created",
                                "digitalSourceType",
                                TYPES + "digitalCapture",
                                "parameters",
                                Map.of("digitalSourceType", TYPES + "trainedAlgorithmicMedia")))));

        assertThat(actions)
                .extracting(CredentialAction::sourceTypeName)
                .containsExactly(Optional.of("trainedAlgorithmicMedia"), Optional.of("digitalCapture"));
        assertThat(actions.getFirst().softwareAgent()).contains("Other House");
    }

    @Test
    void ingredientsAreNamedByTheirLabels() {
        List<CredentialAction> actions = read(Map.of(
                "actions",
                List.of(
                        Map.of(
                                "action",
                                "c2pa.created",
                                "parameters",
                                Map.of(
                                        "ingredients",
                                        List.of(
                                                Map.of("url", "self#jumbf=c2pa.assertions/c2pa.ingredient.v3"),
                                                Map.of("url", "self#jumbf=c2pa.assertions/c2pa.ingredient.v3__1")))),
                        Map.of(
                                "action",
                                "c2pa.placed",
                                "parameters",
                                Map.of(
                                        "ingredient",
                                        Map.of("url", "self#jumbf=/c2pa/x/c2pa.assertions/c2pa.ingredient"))))));

        assertThat(actions)
                .extracting(CredentialAction::ingredients)
                .containsExactly(List.of("c2pa.ingredient.v3", "c2pa.ingredient.v3__1"), List.of("c2pa.ingredient"));
    }

    private static List<CredentialAction> read(Map<String, Object> assertion) {
        return ActionReader.read(Values.of(assertion));
    }
}
