package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.ComfyPackGraph.node;
import static org.latentprint.generator.ComfyPackGraph.prompt;
import static org.latentprint.generator.ComfyServiceNode.NONE;
import static org.latentprint.generator.ComfyServiceNode.assertTells;
import static org.latentprint.generator.ComfyServiceNode.loaded;
import static org.latentprint.generator.ComfyServiceNode.media;
import static org.latentprint.generator.ComfyServiceNode.read;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentprint.generator.ComfyServiceNode.Expected;
import org.latentprint.generator.ComfyServiceNode.Saver;

/** Nodes that ask an online service for a film, or for a shape; see {@link ComfyServiceNode}. */
class ComfyFilmServicesTest {
    static Stream<ComfyServiceNode> cases() {
        return Stream.of(
                new ComfyServiceNode(
                        "KlingStartEndFrameNode",
                        Saver.VIDEO,
                        "'prompt': 'a lighthouse', 'negative_prompt': 'fog', 'cfg_scale': 0.5, 'aspect_ratio': '16:9',"
                                + "'mode': 'pro mode / 5s duration / kling-v1-6'",
                        "'a lighthouse', 'fog', 0.5, '16:9', 'pro mode / 5s duration / kling-v1-6'",
                        loaded("start_frame", "dawn.png", "end_frame", "dusk.png"),
                        new Expected(
                                Optional.of("fog"),
                                NONE,
                                Optional.of("kling-v1-6"),
                                NONE,
                                Map.of("mode", "pro mode / 5s duration / kling-v1-6"),
                                Task.IMG2VID,
                                List.of(media("init", "dawn.png"), media("end", "dusk.png")))),
                new ComfyServiceNode(
                        "KlingImage2VideoNode",
                        Saver.VIDEO,
                        "'prompt': 'a lighthouse', 'negative_prompt': 'fog', 'model_name': 'kling-v2-master', 'cfg_scale': 0.8,"
                                + "'mode': 'std', 'aspect_ratio': '16:9', 'duration': '5'",
                        "'a lighthouse', 'fog', 'kling-v2-master', 0.8, 'std', '16:9', '5'",
                        loaded("start_frame", "coast.png"),
                        new Expected(
                                Optional.of("fog"),
                                NONE,
                                Optional.of("kling-v2-master"),
                                NONE,
                                Map.of("duration", "5"),
                                Task.IMG2VID,
                                List.of(media("init", "coast.png")))),
                new ComfyServiceNode(
                        "LumaImageToVideoNode",
                        Saver.VIDEO,
                        "'prompt': 'a lighthouse', 'model': 'ray-2', 'resolution': '540p', 'duration': '5s', 'loop': false,"
                                + "'seed': 7",
                        "'a lighthouse', 'ray-2', '540p', '5s', false, 7, 'randomize'",
                        loaded("first_image", "dawn.png", "last_image", "dusk.png", "luma_concepts", ""),
                        new Expected(
                                NONE,
                                Optional.of("7"),
                                Optional.of("ray-2"),
                                NONE,
                                Map.of("resolution", "540p"),
                                Task.IMG2VID,
                                List.of(media("init", "dawn.png"), media("end", "dusk.png")))),
                new ComfyServiceNode(
                        "MinimaxSubjectToVideoNode",
                        Saver.VIDEO,
                        "'prompt_text': 'a lighthouse', 'model': 'S2V-01', 'seed': 7",
                        "'a lighthouse', 'S2V-01', 7, 'randomize'",
                        loaded("subject", "cat.png"),
                        new Expected(
                                NONE,
                                Optional.of("7"),
                                Optional.of("S2V-01"),
                                NONE,
                                Map.of(),
                                Task.IMG2VID,
                                List.of(media("reference", "cat.png")))),
                new ComfyServiceNode(
                        "PikaStartEndFrameNode2_2",
                        Saver.VIDEO,
                        "'prompt_text': 'a lighthouse', 'negative_prompt': 'fog', 'seed': 7, 'resolution': '1080p', 'duration': 5",
                        "'a lighthouse', 'fog', 7, 'randomize', '1080p', 5",
                        loaded("image_start", "dawn.png", "image_end", "dusk.png"),
                        new Expected(
                                Optional.of("fog"),
                                Optional.of("7"),
                                NONE,
                                NONE,
                                Map.of("resolution", "1080p", "duration", "5"),
                                Task.IMG2VID,
                                List.of(media("init", "dawn.png"), media("end", "dusk.png")))),
                new ComfyServiceNode(
                        "RunwayFirstLastFrameNode",
                        Saver.VIDEO,
                        "'prompt': 'a lighthouse', 'duration': 5, 'ratio': '768:1280', 'seed': 7",
                        "'a lighthouse', 5, '768:1280', 7, 'randomize'",
                        loaded("start_frame", "dawn.png", "end_frame", "dusk.png"),
                        new Expected(
                                NONE,
                                Optional.of("7"),
                                NONE,
                                NONE,
                                Map.of("ratio", "768:1280"),
                                Task.IMG2VID,
                                List.of(media("init", "dawn.png"), media("end", "dusk.png")))),
                new ComfyServiceNode(
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
                new ComfyServiceNode(
                        "WanTextToVideoApi",
                        Saver.VIDEO,
                        "'model': 'wan2.5-t2v-preview', 'prompt': 'a lighthouse', 'negative_prompt': 'fog',"
                                + "'size': '480p: 16:9 (832x480)', 'duration': 5, 'seed': 7, 'generate_audio': false,"
                                + "'prompt_extend': true, 'watermark': true",
                        "'wan2.5-t2v-preview', 'a lighthouse', 'fog', '480p: 16:9 (832x480)', 5, 7, 'randomize', false, true,"
                                + "true",
                        loaded("audio", ""),
                        new Expected(
                                Optional.of("fog"),
                                Optional.of("7"),
                                Optional.of("wan2.5-t2v-preview"),
                                Optional.of("832x480"),
                                Map.of("duration", "5"),
                                Task.TXT2VID,
                                List.of())),
                new ComfyServiceNode(
                        "OpenAIVideoSora2",
                        Saver.VIDEO,
                        "'model': 'sora-2', 'prompt': 'a lighthouse', 'size': '1280x720', 'duration': 8, 'seed': 7",
                        "'sora-2', 'a lighthouse', '1280x720', 8, 7, 'randomize'",
                        loaded("image", "coast.png"),
                        new Expected(
                                NONE,
                                Optional.of("7"),
                                Optional.of("sora-2"),
                                Optional.of("1280x720"),
                                Map.of("size", "1280x720"),
                                Task.IMG2VID,
                                List.of(media("input", "coast.png")))),
                new ComfyServiceNode(
                        "VeoVideoGenerationNode",
                        Saver.VIDEO,
                        "'prompt': 'a lighthouse', 'aspect_ratio': '16:9', 'negative_prompt': 'fog', 'duration_seconds': 5,"
                                + "'enhance_prompt': true, 'person_generation': 'BLOCK', 'seed': 7",
                        "'a lighthouse', '16:9', 'fog', 5, true, 'BLOCK', 7, 'randomize'",
                        loaded("image", ""),
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
    void aShapeMadeByAServiceNeedsNoSavingNode() {
        Generation generation = read(
                "prompt",
                "{'1': {'class_type': 'TripoTextToModelNode', 'inputs': {'prompt': 'a lighthouse', 'negative_prompt': 'fog',"
                        + "'model_version': 'v2.5-20250123'}}}");
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.models()).containsExactly(NamedModel.named("service", "v2.5-20250123"));
    }

    @Test
    void aReferenceNodeThatTakesAPromptMakesThePicture() {
        String service = node(
                "1",
                "ByteDanceImageReferenceNode",
                "'model': 'seedance', 'prompt': 'a lighthouse', 'images': ['2', 0], 'resolution': '480p',"
                        + "'aspect_ratio': '16:9', 'duration': 5, 'seed': 7");
        Generation generation = prompt(
                service, node("2", "LoadImage", "'image': 'coast.png'"), node("9", "SaveVideo", "'video': ['1', 0]"));
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.seed()).contains("7");
    }
}
