package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Origin;

/**
 * Nodes that ask an online service, in the form that runs and in the editor's form of the time when widgets were listed by
 * position only. Classes, inputs and order as {@code comfy_api_nodes/nodes_*.py} of ComfyUI declares them.
 */
class ComfyServicesTest {
    private static final Optional<String> NONE = Optional.empty();

    /**
     * A node in both forms.
     *
     * @param type the class
     * @param saver what its first output goes to
     * @param inputs values by name, as the form that runs has them
     * @param widgets the same values in the order of the editor
     * @param pictures input to the file that is loaded for it
     * @param expected what both forms tell
     */
    record Case(
            String type, Saver saver, String inputs, String widgets, Map<String, String> pictures, Expected expected) {
        @Override
        public String toString() {
            return type;
        }
    }

    private enum Saver {
        IMAGE("SaveImage", "images"),
        VIDEO("SaveVideo", "video");

        private final String type;
        private final String input;

        Saver(String type, String input) {
            this.type = type;
            this.input = input;
        }
    }

    private record Expected(
            Optional<String> negative,
            Optional<String> seed,
            Optional<String> model,
            Optional<String> size,
            Map<String, String> settings,
            Task task,
            List<InputMedia> pictures) {}

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "IdeogramV3",
                        Saver.IMAGE,
                        "'prompt': 'a lighthouse', 'aspect_ratio': '16:9', 'resolution': '1280x704', 'magic_prompt_option': 'OFF',"
                                + "'seed': 7, 'num_images': 1, 'rendering_speed': 'TURBO'",
                        "'a lighthouse', '16:9', '1280x704', 'OFF', 7, 'randomize', 1, 'TURBO'",
                        pictures("image", "coast.png", "mask", "coast-mask.png"),
                        new Expected(
                                NONE,
                                Optional.of("7"),
                                NONE,
                                Optional.of("1280x704"),
                                Map.of("aspect_ratio", "16:9", "rendering_speed", "TURBO"),
                                Task.INPAINT,
                                List.of(media("input", "coast.png"), media("mask", "coast-mask.png")))),
                new Case(
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
                new Case(
                        "KlingStartEndFrameNode",
                        Saver.VIDEO,
                        "'prompt': 'a lighthouse', 'negative_prompt': 'fog', 'cfg_scale': 0.5, 'aspect_ratio': '16:9',"
                                + "'mode': 'pro mode / 5s duration / kling-v1-6'",
                        "'a lighthouse', 'fog', 0.5, '16:9', 'pro mode / 5s duration / kling-v1-6'",
                        pictures("start_frame", "dawn.png", "end_frame", "dusk.png"),
                        new Expected(
                                Optional.of("fog"),
                                NONE,
                                Optional.of("kling-v1-6"),
                                NONE,
                                Map.of("mode", "pro mode / 5s duration / kling-v1-6"),
                                Task.IMG2VID,
                                List.of(media("init", "dawn.png"), media("end", "dusk.png")))),
                new Case(
                        "KlingImage2VideoNode",
                        Saver.VIDEO,
                        "'prompt': 'a lighthouse', 'negative_prompt': 'fog', 'model_name': 'kling-v2-master', 'cfg_scale': 0.8,"
                                + "'mode': 'std', 'aspect_ratio': '16:9', 'duration': '5'",
                        "'a lighthouse', 'fog', 'kling-v2-master', 0.8, 'std', '16:9', '5'",
                        pictures("start_frame", "coast.png"),
                        new Expected(
                                Optional.of("fog"),
                                NONE,
                                Optional.of("kling-v2-master"),
                                NONE,
                                Map.of("duration", "5"),
                                Task.IMG2VID,
                                List.of(media("init", "coast.png")))),
                new Case(
                        "LumaImageToVideoNode",
                        Saver.VIDEO,
                        "'prompt': 'a lighthouse', 'model': 'ray-2', 'resolution': '540p', 'duration': '5s', 'loop': false,"
                                + "'seed': 7",
                        "'a lighthouse', 'ray-2', '540p', '5s', false, 7, 'randomize'",
                        pictures("first_image", "dawn.png", "last_image", "dusk.png", "luma_concepts", ""),
                        new Expected(
                                NONE,
                                Optional.of("7"),
                                Optional.of("ray-2"),
                                NONE,
                                Map.of("resolution", "540p"),
                                Task.IMG2VID,
                                List.of(media("init", "dawn.png"), media("end", "dusk.png")))),
                new Case(
                        "FluxProUltraImageNode",
                        Saver.IMAGE,
                        "'prompt': 'a lighthouse', 'prompt_upsampling': false, 'seed': 7, 'aspect_ratio': '16:9', 'raw': true,"
                                + "'image_prompt_strength': 0.1",
                        "'a lighthouse', false, 7, 'randomize', '16:9', true, 0.1",
                        pictures("image_prompt", "coast.png"),
                        new Expected(
                                NONE,
                                Optional.of("7"),
                                NONE,
                                NONE,
                                Map.of("aspect_ratio", "16:9"),
                                Task.TXT2IMG,
                                List.of(media("reference", "coast.png")))),
                new Case(
                        "Flux2ProImageNode",
                        Saver.IMAGE,
                        "'prompt': 'a lighthouse', 'width': 1024, 'height': 768, 'seed': 7, 'prompt_upsampling': true",
                        "'a lighthouse', 1024, 768, 7, 'increment', true",
                        pictures("images", "coast.png"),
                        new Expected(
                                NONE,
                                Optional.of("7"),
                                NONE,
                                Optional.of("1024x768"),
                                Map.of(),
                                Task.IMG2IMG,
                                List.of(media("input", "coast.png")))),
                new Case(
                        "MinimaxSubjectToVideoNode",
                        Saver.VIDEO,
                        "'prompt_text': 'a lighthouse', 'model': 'S2V-01', 'seed': 7",
                        "'a lighthouse', 'S2V-01', 7, 'randomize'",
                        pictures("subject", "cat.png"),
                        new Expected(
                                NONE,
                                Optional.of("7"),
                                Optional.of("S2V-01"),
                                NONE,
                                Map.of(),
                                Task.IMG2VID,
                                List.of(media("reference", "cat.png")))),
                new Case(
                        "PikaStartEndFrameNode2_2",
                        Saver.VIDEO,
                        "'prompt_text': 'a lighthouse', 'negative_prompt': 'fog', 'seed': 7, 'resolution': '1080p', 'duration': 5",
                        "'a lighthouse', 'fog', 7, 'randomize', '1080p', 5",
                        pictures("image_start", "dawn.png", "image_end", "dusk.png"),
                        new Expected(
                                Optional.of("fog"),
                                Optional.of("7"),
                                NONE,
                                NONE,
                                Map.of("resolution", "1080p", "duration", "5"),
                                Task.IMG2VID,
                                List.of(media("init", "dawn.png"), media("end", "dusk.png")))),
                new Case(
                        "RunwayFirstLastFrameNode",
                        Saver.VIDEO,
                        "'prompt': 'a lighthouse', 'duration': 5, 'ratio': '768:1280', 'seed': 7",
                        "'a lighthouse', 5, '768:1280', 7, 'randomize'",
                        pictures("start_frame", "dawn.png", "end_frame", "dusk.png"),
                        new Expected(
                                NONE,
                                Optional.of("7"),
                                NONE,
                                NONE,
                                Map.of("ratio", "768:1280"),
                                Task.IMG2VID,
                                List.of(media("init", "dawn.png"), media("end", "dusk.png")))),
                new Case(
                        "RunwayTextToImageNode",
                        Saver.IMAGE,
                        "'prompt': 'a lighthouse', 'ratio': '1920:1080'",
                        "'a lighthouse', '1920:1080'",
                        pictures("reference_image", "cat.png"),
                        new Expected(
                                NONE,
                                NONE,
                                NONE,
                                NONE,
                                Map.of("ratio", "1920:1080"),
                                Task.TXT2IMG,
                                List.of(media("reference", "cat.png")))),
                new Case(
                        "StabilityStableImageSD_3_5Node",
                        Saver.IMAGE,
                        "'prompt': 'a lighthouse', 'model': 'sd3.5-large', 'aspect_ratio': '1:1', 'style_preset': 'None',"
                                + "'cfg_scale': 4, 'seed': 7, 'image_denoise': 0.5",
                        "'a lighthouse', 'sd3.5-large', '1:1', 'None', 4, 7, 'randomize', 0.5",
                        pictures("image", "coast.png", "negative_prompt", ""),
                        new Expected(
                                NONE,
                                Optional.of("7"),
                                Optional.of("sd3.5-large"),
                                NONE,
                                Map.of("style_preset", "None"),
                                Task.IMG2IMG,
                                List.of(media("input", "coast.png")))),
                new Case(
                        "MoonvalleyTxt2VideoNode",
                        Saver.VIDEO,
                        "'prompt': 'a lighthouse', 'negative_prompt': 'fog', 'resolution': '16:9 (1920 x 1080)',"
                                + "'prompt_adherence': 4, 'seed': 7, 'steps': 33",
                        "'a lighthouse', 'fog', '16:9 (1920 x 1080)', 4, 7, 'randomize', 33",
                        Map.of(),
                        new Expected(
                                Optional.of("fog"),
                                Optional.of("7"),
                                NONE,
                                Optional.of("1920x1080"),
                                Map.of(),
                                Task.TXT2VID,
                                List.of())),
                new Case(
                        "WanTextToVideoApi",
                        Saver.VIDEO,
                        "'model': 'wan2.5-t2v-preview', 'prompt': 'a lighthouse', 'negative_prompt': 'fog',"
                                + "'size': '480p: 16:9 (832x480)', 'duration': 5, 'seed': 7, 'generate_audio': false,"
                                + "'prompt_extend': true, 'watermark': true",
                        "'wan2.5-t2v-preview', 'a lighthouse', 'fog', '480p: 16:9 (832x480)', 5, 7, 'randomize', false, true,"
                                + "true",
                        pictures("audio", ""),
                        new Expected(
                                Optional.of("fog"),
                                Optional.of("7"),
                                Optional.of("wan2.5-t2v-preview"),
                                Optional.of("832x480"),
                                Map.of("duration", "5"),
                                Task.TXT2VID,
                                List.of())),
                new Case(
                        "OpenAIVideoSora2",
                        Saver.VIDEO,
                        "'model': 'sora-2', 'prompt': 'a lighthouse', 'size': '1280x720', 'duration': 8, 'seed': 7",
                        "'sora-2', 'a lighthouse', '1280x720', 8, 7, 'randomize'",
                        pictures("image", "coast.png"),
                        new Expected(
                                NONE,
                                Optional.of("7"),
                                Optional.of("sora-2"),
                                Optional.of("1280x720"),
                                Map.of("size", "1280x720"),
                                Task.IMG2VID,
                                List.of(media("input", "coast.png")))),
                new Case(
                        "VeoVideoGenerationNode",
                        Saver.VIDEO,
                        "'prompt': 'a lighthouse', 'aspect_ratio': '16:9', 'negative_prompt': 'fog', 'duration_seconds': 5,"
                                + "'enhance_prompt': true, 'person_generation': 'BLOCK', 'seed': 7",
                        "'a lighthouse', '16:9', 'fog', 5, true, 'BLOCK', 7, 'randomize'",
                        pictures("image", ""),
                        new Expected(
                                Optional.of("fog"),
                                Optional.of("7"),
                                NONE,
                                NONE,
                                Map.of("duration_seconds", "5"),
                                Task.TXT2VID,
                                List.of())));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFormThatRunsTellsWhatTheServiceWasAskedFor(Case node) {
        assertTells(read("prompt", running(node)), node.expected());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theEditorsFormTellsTheSame(Case node) {
        Generation generation = read("workflow", canvas(node));
        assertTells(generation, node.expected());
        assertThat(generation.unknowns()).isEmpty();
    }

    @Test
    void aWidgetMoreOrLessThanDeclaredLeavesAllOpen() {
        Case changed = new Case(
                "IdeogramV3",
                Saver.IMAGE,
                "",
                "'a lighthouse', '16:9', '1280x704', 'OFF', 7, 'randomize', 1, 'TURBO', 'fog'",
                pictures("image", "", "mask", ""),
                new Expected(NONE, NONE, NONE, NONE, Map.of(), Task.TXT2IMG, List.of()));
        Generation generation = read("workflow", canvas(changed));
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
        Case create = new Case(
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
        assertTells(read("workflow", canvas(create)), create.expected());
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
    void wordsToBeSpokenAreNoPrompt() {
        Generation generation = read(
                "prompt",
                "{'1': {'class_type': 'KlingLipSyncTextToVideoNode', 'inputs': {'video': ['2', 0], 'text': 'good morning',"
                        + "'voice': 'Melody', 'voice_speed': 1}},"
                        + "'2': {'class_type': 'LoadVideo', 'inputs': {'file': 'gardener.mp4'}},"
                        + "'9': {'class_type': 'SaveVideo', 'inputs': {'video': ['1', 0]}}}");
        assertThat(generation.positivePrompt()).isEmpty();
        assertThat(generation.settings()).containsEntry("spoken_text", "good morning");
        assertThat(generation.inputs()).containsExactly(media("video", "gardener.mp4"));
        assertThat(generation.task()).contains(Task.VID2VID);
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
    void aShapeMadeByAServiceNeedsNoSavingNode() {
        Generation generation = read(
                "prompt",
                "{'1': {'class_type': 'TripoTextToModelNode', 'inputs': {'prompt': 'a lighthouse', 'negative_prompt': 'fog',"
                        + "'model_version': 'v2.5-20250123'}}}");
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.models()).containsExactly(NamedModel.named("service", "v2.5-20250123"));
    }

    private static void assertTells(Generation generation, Expected expected) {
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.negativePrompt()).isEqualTo(expected.negative());
        assertThat(generation.seed()).isEqualTo(expected.seed());
        assertThat(generation.models())
                .isEqualTo(expected.model().stream()
                        .map(name -> NamedModel.named("service", name))
                        .toList());
        assertThat(size(generation)).isEqualTo(expected.size());
        assertThat(generation.settings()).containsAllEntriesOf(expected.settings());
        assertThat(generation.task()).contains(expected.task());
        assertThat(generation.inputs()).containsExactlyInAnyOrderElementsOf(expected.pictures());
    }

    private static Optional<String> size(Generation generation) {
        return generation.width().flatMap(width -> generation.height().map(height -> width + "x" + height));
    }

    private static String running(Case node) {
        List<String> nodes = new ArrayList<>();
        List<String> inputs = new ArrayList<>(List.of(node.inputs()));
        node.pictures().forEach((input, file) -> {
            if (!file.isEmpty()) {
                inputs.add("'" + input + "': ['" + input + "', " + slot(input) + "]");
                nodes.add(loader(input, file));
            }
        });
        nodes.add("'1': {'class_type': '" + node.type() + "', 'inputs': {" + String.join(",", inputs) + "}}");
        nodes.add("'9': {'class_type': '" + node.saver().type + "', 'inputs': {'" + node.saver().input
                + "': ['1', 0], 'filename_prefix': 'coast'}}");
        return "{" + String.join(",", nodes) + "}";
    }

    /** A mask is a loaded picture's second output. */
    private static int slot(String input) {
        return input.equals("mask") ? 1 : 0;
    }

    private static String loader(String id, String file) {
        return "'" + id + "': {'class_type': 'LoadImage', 'inputs': {'image': '" + file + "'}}";
    }

    /** Older editors list an input only where something can be linked to it. */
    private static String canvas(Case node) {
        List<String> nodes = new ArrayList<>();
        List<String> sockets = new ArrayList<>();
        List<String> links = new ArrayList<>();
        node.pictures().forEach((input, file) -> {
            int id = 20 + sockets.size();
            String kind = switch (input) {
                case "mask" -> "MASK";
                case "audio" -> "AUDIO";
                case "negative_prompt" -> "STRING";
                default -> "IMAGE";
            };
            sockets.add("{'name': '" + input + "', 'type': '" + kind + "', 'link': " + (file.isEmpty() ? "null" : id)
                    + "}");
            if (!file.isEmpty()) {
                links.add("[" + id + ", " + id + ", " + slot(input) + ", 1, " + (sockets.size() - 1) + ", '" + kind
                        + "']");
                nodes.add("{'id': " + id + ", 'type': 'LoadImage', 'widgets_values': ['" + file + "', 'image'],"
                        + "'outputs': [{'name': 'IMAGE', 'type': 'IMAGE'}, {'name': 'MASK', 'type': 'MASK'}]}");
            }
        });
        links.add("[9, 1, 0, 9, 0, '" + node.saver() + "']");
        nodes.add("{'id': 1, 'type': '" + node.type() + "', 'inputs': [" + String.join(",", sockets)
                + "], 'outputs': [{'name': '" + node.saver() + "', 'type': '" + node.saver() + "', 'links': [9]}],"
                + "'widgets_values': [" + node.widgets() + "]}");
        nodes.add("{'id': 9, 'type': '" + node.saver().type + "', 'inputs': [{'name': '" + node.saver().input
                + "', 'type': '" + node.saver() + "', 'link': 9}]}");
        return "{'nodes': [" + String.join(",", nodes) + "], 'links': [" + String.join(",", links)
                + "], 'version': 0.4}";
    }

    private static Map<String, String> pictures(String... inputsAndFiles) {
        Map<String, String> pictures = new LinkedHashMap<>();
        for (int place = 0; place < inputsAndFiles.length; place += 2) {
            pictures.put(inputsAndFiles[place], inputsAndFiles[place + 1]);
        }
        return pictures;
    }

    private static InputMedia media(String role, String name) {
        return new InputMedia(role, name);
    }

    private static Generation read(String key, String graph) {
        String text = graph.replace('\'', '"');
        MetadataBlock block = new MetadataBlock(
                "png/tEXt",
                key,
                new Origin("pictures/coast_00001_.png", 6, text.length(), "0".repeat(64), "png/1"),
                MetadataBlock.Crc.OK,
                Optional.of(text),
                Optional.of("utf-8"),
                Optional.empty());
        List<Generation> generations = new ComfyUiReader()
                .read(new ItemMetadata(
                        "pictures/coast_00001_.png",
                        Optional.of("image/png"),
                        512,
                        512,
                        List.of(block),
                        Optional.empty(),
                        List.of()))
                .generations();
        assertThat(generations).hasSize(1);
        return generations.getFirst();
    }
}
