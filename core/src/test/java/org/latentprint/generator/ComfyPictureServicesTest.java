package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.ComfyPackGraph.node;
import static org.latentprint.generator.ComfyPackGraph.prompt;
import static org.latentprint.generator.ComfyServiceNode.NONE;
import static org.latentprint.generator.ComfyServiceNode.assertTells;
import static org.latentprint.generator.ComfyServiceNode.loaded;
import static org.latentprint.generator.ComfyServiceNode.loader;
import static org.latentprint.generator.ComfyServiceNode.media;
import static org.latentprint.generator.ComfyServiceNode.read;
import static org.latentprint.generator.ComfyServiceNode.size;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentprint.generator.ComfyServiceNode.Expected;
import org.latentprint.generator.ComfyServiceNode.Saver;

/** Nodes that ask an online service for a picture; see {@link ComfyServiceNode}. */
class ComfyPictureServicesTest {
    static Stream<ComfyServiceNode> cases() {
        return Stream.of(
                new ComfyServiceNode(
                        "IdeogramV3",
                        Saver.IMAGE,
                        "'prompt': 'a lighthouse', 'aspect_ratio': '16:9', 'resolution': '1280x704', 'magic_prompt_option': 'OFF',"
                                + "'seed': 7, 'num_images': 1, 'rendering_speed': 'TURBO'",
                        "'a lighthouse', '16:9', '1280x704', 'OFF', 7, 'randomize', 1, 'TURBO'",
                        loaded("image", "coast.png", "mask", "coast-mask.png"),
                        new Expected(
                                NONE,
                                Optional.of("7"),
                                NONE,
                                Optional.of("1280x704"),
                                Map.of("aspect_ratio", "16:9", "rendering_speed", "TURBO"),
                                Task.INPAINT,
                                List.of(media("input", "coast.png"), media("mask", "coast-mask.png")))),
                new ComfyServiceNode(
                        "IdeogramV1",
                        Saver.IMAGE,
                        "'prompt': 'a lighthouse', 'turbo': true, 'aspect_ratio': '3:2', 'magic_prompt_option': 'AUTO', 'seed': 7,"
                                + "'negative_prompt': 'fog', 'num_images': 1",
                        "'a lighthouse', true, '3:2', 'AUTO', 7, 'fixed', 'fog', 1",
                        Map.of(),
                        new Expected(
                                Optional.of("fog"),
                                Optional.of("7"),
                                NONE,
                                NONE,
                                Map.of("aspect_ratio", "3:2"),
                                Task.TXT2IMG,
                                List.of())),
                new ComfyServiceNode(
                        "FluxProUltraImageNode",
                        Saver.IMAGE,
                        "'prompt': 'a lighthouse', 'prompt_upsampling': false, 'seed': 7, 'aspect_ratio': '16:9', 'raw': true,"
                                + "'image_prompt_strength': 0.1",
                        "'a lighthouse', false, 7, 'randomize', '16:9', true, 0.1",
                        loaded("image_prompt", "coast.png"),
                        new Expected(
                                NONE,
                                Optional.of("7"),
                                NONE,
                                NONE,
                                Map.of("aspect_ratio", "16:9"),
                                Task.TXT2IMG,
                                List.of(media("reference", "coast.png")))),
                new ComfyServiceNode(
                        "Flux2ProImageNode",
                        Saver.IMAGE,
                        "'prompt': 'a lighthouse', 'width': 1024, 'height': 768, 'seed': 7, 'prompt_upsampling': true",
                        "'a lighthouse', 1024, 768, 7, 'increment', true",
                        loaded("images", "coast.png"),
                        new Expected(
                                NONE,
                                Optional.of("7"),
                                NONE,
                                Optional.of("1024x768"),
                                Map.of(),
                                Task.IMG2IMG,
                                List.of(media("input", "coast.png")))),
                new ComfyServiceNode(
                        "RunwayTextToImageNode",
                        Saver.IMAGE,
                        "'prompt': 'a lighthouse', 'ratio': '1920:1080'",
                        "'a lighthouse', '1920:1080'",
                        loaded("reference_image", "cat.png"),
                        new Expected(
                                NONE,
                                NONE,
                                NONE,
                                NONE,
                                Map.of("ratio", "1920:1080"),
                                Task.TXT2IMG,
                                List.of(media("reference", "cat.png")))),
                new ComfyServiceNode(
                        "StabilityStableImageSD_3_5Node",
                        Saver.IMAGE,
                        "'prompt': 'a lighthouse', 'model': 'sd3.5-large', 'aspect_ratio': '1:1', 'style_preset': 'None',"
                                + "'cfg_scale': 4, 'seed': 7, 'image_denoise': 0.5",
                        "'a lighthouse', 'sd3.5-large', '1:1', 'None', 4, 7, 'randomize', 0.5",
                        loaded("image", "coast.png", "negative_prompt", ""),
                        new Expected(
                                NONE,
                                Optional.of("7"),
                                Optional.of("sd3.5-large"),
                                NONE,
                                Map.of("style_preset", "None"),
                                Task.IMG2IMG,
                                List.of(media("input", "coast.png")))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFormThatRunsTellsWhatTheServiceWasAskedFor(ComfyServiceNode node) {
        assertTells(read("prompt", node.running()), node.expected());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theEditorsFormTellsTheSame(ComfyServiceNode node) {
        Generation generation = read("workflow", node.canvas());
        assertTells(generation, node.expected());
        assertThat(generation.unknowns()).isEmpty();
    }

    @Test
    void aWidgetMoreOrLessThanDeclaredLeavesAllOpen() {
        ComfyServiceNode changed = new ComfyServiceNode(
                "IdeogramV3",
                Saver.IMAGE,
                "",
                "'a lighthouse', '16:9', '1280x704', 'OFF', 7, 'randomize', 1, 'TURBO', 'fog'",
                loaded("image", "", "mask", ""),
                new Expected(NONE, NONE, NONE, NONE, Map.of(), Task.TXT2IMG, List.of()));
        Generation generation = read("workflow", changed.canvas());
        assertThat(generation.positivePrompt()).isEmpty();
        assertThat(generation.seed()).isEmpty();
        assertThat(generation.settings()).containsEntry("service_node", "IdeogramV3");
    }

    @Test
    void numbersBesideAChosenSizeDoNotCount() {
        String node =
                "'1': {'class_type': 'OpenAIGPTImage1', 'inputs': {'prompt': 'a lighthouse', 'seed': 7, 'size': '%s',"
                        + "'custom_width': 1024, 'custom_height': 640}},"
                        + "'9': {'class_type': 'SaveImage', 'inputs': {'images': ['1', 0]}}";
        assertThat(size(read("prompt", "{" + node.formatted("1536x1024") + "}")))
                .contains("1536x1024");
        assertThat(size(read("prompt", "{" + node.formatted("auto") + "}"))).isEmpty();
        assertThat(size(read("prompt", "{" + node.formatted("Custom") + "}"))).contains("1024x640");
    }

    @Test
    void clothesAndPersonAreBothFedIn() {
        Generation generation = read(
                "prompt",
                "{'1': {'class_type': 'KlingVirtualTryOnNode', 'inputs': {'human_image': ['2', 0], 'cloth_image': ['3', 0],"
                        + "'model_name': 'kolors-virtual-try-on-v1'}}," + loader("2", "gardener.png") + ","
                        + loader("3", "coat.png")
                        + ",'9': {'class_type': 'SaveImage', 'inputs': {'images': ['1', 0]}}}");
        assertThat(generation.inputs())
                .containsExactlyInAnyOrder(media("input", "gardener.png"), media("reference", "coat.png"));
        assertThat(generation.models()).containsExactly(NamedModel.named("service", "kolors-virtual-try-on-v1"));
        assertThat(generation.task()).contains(Task.IMG2IMG);
    }

    @Test
    void referencesOfLumaReachThePictureOverTheirOwnNodes() {
        Generation generation = read(
                "prompt",
                "{'1': {'class_type': 'LumaImageNode', 'inputs': {'prompt': 'a lighthouse', 'model': 'photon-1', 'seed': 7,"
                        + "'image_luma_ref': ['4', 0], 'style_image': ['3', 0]}}," + loader("2", "cat.png") + ","
                        + loader("3", "ink.png")
                        + ",'4': {'class_type': 'LumaReferenceNode', 'inputs': {'image': ['2', 0],"
                        + "'weight': 1}},'9': {'class_type': 'SaveImage', 'inputs': {'images': ['1', 0]}}}");
        assertThat(generation.inputs())
                .containsExactlyInAnyOrder(media("reference", "cat.png"), media("reference", "ink.png"));
        assertThat(generation.unknowns()).isEmpty();
    }

    @Test
    void whatAModelOfManyOffersStandsBelowIt() {
        Generation edit = read(
                "prompt",
                "{'1': {'class_type': 'ReveImageEditNode', 'inputs': {'image': ['2', 0], 'edit_instruction': 'a lighthouse',"
                        + "'model': 'reve-edit', 'model.aspect_ratio': '16:9', 'model.test_time_scaling': 1,"
                        + "'upscale': 'disabled', 'remove_background': false, 'seed': 7}},"
                        + loader("2", "coast.png")
                        + ",'9': {'class_type': 'SaveImage', 'inputs': {'images': ['1', 0]}}}");
        assertThat(edit.positivePrompt()).contains("a lighthouse");
        assertThat(edit.settings()).containsEntry("aspect_ratio", "16:9");
        assertThat(edit.task()).contains(Task.IMG2IMG);
        ComfyServiceNode create = new ComfyServiceNode(
                "ReveImageCreateNode",
                Saver.IMAGE,
                "",
                "'a lighthouse', 'reve-create', '3:2', 1, 'disabled', false, 7, 'randomize'",
                Map.of(),
                new Expected(
                        NONE,
                        Optional.of("7"),
                        Optional.of("reve-create"),
                        NONE,
                        Map.of("aspect_ratio", "3:2"),
                        Task.TXT2IMG,
                        List.of()));
        assertTells(read("workflow", create.canvas()), create.expected());
    }

    @Test
    void anEmptyTextGivesWayToAnother() {
        Generation generation = read(
                "prompt",
                "{'1': {'class_type': 'BriaImageEditNode', 'inputs': {'image': ['2', 0], 'prompt': '', 'structured_prompt':"
                        + "'a lighthouse', 'negative_prompt': 'fog', 'steps': 50, 'guidance_scale': 3, 'seed': 7}},"
                        + loader("2", "coast.png")
                        + ",'9': {'class_type': 'SaveImage', 'inputs': {'images': ['1', 0]}}}");
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.steps()).contains(50);
        assertThat(generation.seed()).contains("7");
    }

    @Test
    void changesByAServiceAreNamedAsSuch() {
        String upscale = "{'1': {'class_type': 'StabilityUpscaleFastNode', 'inputs': {'image': ['2', 0]}},"
                + loader("2", "coast.png") + ",'9': {'class_type': 'SaveImage', 'inputs': {'images': ['1', 0]}}}";
        Generation enlarged = read("prompt", upscale);
        assertThat(enlarged.task()).contains(Task.UPSCALE);
        assertThat(enlarged.settings()).containsEntry("service_node", "StabilityUpscaleFastNode");
        Generation cutOut = read("prompt", upscale.replace("StabilityUpscaleFastNode", "RecraftRemoveBackgroundNode"));
        assertThat(cutOut.task()).contains(Task.PROCESSED);
        assertThat(cutOut.inputs()).containsExactly(media("input", "coast.png"));
    }

    @Test
    void aNodeWhoseNameOnlyBeginsLikeAServicesIsNone() {
        Generation generation = read(
                "prompt",
                "{'1': {'class_type': 'ReverseImageBatch', 'inputs': {'images': ['2', 0]}}," + loader("2", "coast.png")
                        + ",'9': {'class_type': 'SaveImage', 'inputs': {'images': ['1', 0]}}}");
        assertThat(generation.settings()).doesNotContainKey("service_node");
        assertThat(generation.task()).contains(Task.PROCESSED);
    }

    @Test
    void serviceNodesWithChoicesBelowTheModel() {
        Generation generation = prompt(
                node(
                        "5",
                        "OpenAIGPTImageNodeV2",
                        "'prompt': 'a lighthouse', 'model': 'gpt-image-2', 'model.size': '1024x1536', 'model.quality': 'low',"
                                + "'model.images.image_1': ['10', 0], 'n': 1, 'seed': 7"),
                node("10", "LoadImage", "'image': 'bicycle.png'"),
                node("9", "SaveImage", "'images': ['5', 0]"));
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.seed()).contains("7");
        assertThat(generation.models()).contains(NamedModel.named("service", "gpt-image-2"));
        assertThat(generation.settings()).containsEntry("size", "1024x1536").containsEntry("quality", "low");
        assertThat(generation.inputs()).containsExactly(new InputMedia("input", "bicycle.png"));
    }

    @Test
    void textNodesOfGeminiMakeNoPicture() {
        Generation generation = prompt(
                node(
                        "6",
                        "GeminiNode",
                        "'prompt': 'describe', 'model': 'gemini-2.5-pro', 'seed': 1, 'images': ['10', 0]"),
                node("10", "LoadImage", "'image': 'bicycle.png'"),
                node("9", "SaveImage", "'images': ['10', 0]"));
        assertThat(generation.positivePrompt()).isEmpty();
        assertThat(generation.task()).contains(Task.PROCESSED);
    }

    @Test
    void aChosenSizeOfAServiceCountsNotTheNumbersBesideIt() {
        String seedream = node(
                "5",
                "ByteDanceSeedreamNode",
                "'model': 'seedream-4-0-250828', 'prompt': 'a lighthouse', 'size_preset': '2048x2048 (1:1)', 'width': 1024,"
                        + "'height': 1024, 'seed': 7");
        String saved = node("9", "SaveImage", "'images': ['5', 0]");
        Generation preset = prompt(seedream, saved);
        assertThat(preset.width()).contains(2048);
        assertThat(preset.settings()).containsEntry("size_preset", "2048x2048 (1:1)");
        Generation custom = prompt(seedream.replace("2048x2048 (1:1)", "Custom"), saved);
        assertThat(custom.width()).contains(1024);
    }
}
