package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.ComfyPackGraph.node;
import static org.latentprint.generator.ComfyPackGraph.prompt;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Nodes that ask an online service and whose inputs stand below a choice, such as {@code model.prompt}; classes and inputs as
 * {@code comfy_api_nodes/nodes_*.py} of ComfyUI declares them in 2026.
 */
class ComfyServiceChoicesTest {
    private static final String COAST = node("20", "LoadImage", "'image': 'coast.png'");
    private static final String DUSK = node("21", "LoadImage", "'image': 'dusk.png'");
    private static final String FILM = node("22", "LoadVideo", "'file': 'garden.mp4'");
    private static final String VOICE = node("23", "LoadAudio", "'audio': 'voice.flac'");

    private static String picture(String from) {
        return node("9", "SaveImage", "'filename_prefix': 'coast', 'images': ['" + from + "', 0]");
    }

    private static String film(String from) {
        return node("9", "SaveVideo", "'filename_prefix': 'coast', 'video': ['" + from + "', 0]");
    }

    private static String sound(String from) {
        return node("9", "SaveAudioMP3", "'filename_prefix': 'coast', 'audio': ['" + from + "', 0]");
    }

    @Test
    void promptSizeAndPicturesStandBelowTheModel() {
        Generation generation = prompt(
                COAST,
                node(
                        "1",
                        "Flux2ImageNode",
                        "'prompt': 'a lighthouse', 'seed': 7, 'model': 'Flux.2 [pro]', 'model.width': 1024,"
                                + " 'model.height': 768, 'model.images.image_0': ['20', 0]"),
                picture("1"));
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.seed()).contains("7");
        assertThat(generation.models()).containsExactly(NamedModel.named("service", "Flux.2 [pro]"));
        assertThat(generation.width()).contains(1024);
        assertThat(generation.height()).contains(768);
        assertThat(generation.task()).contains(Task.IMG2IMG);
        assertThat(generation.inputs()).containsExactly(new InputMedia("input", "coast.png"));
        assertThat(generation.unknowns()).isEmpty();
    }

    @Test
    void allThatAFilmWasAskedForMayStandBelowTheModel() {
        Generation generation = prompt(
                COAST,
                DUSK,
                node(
                        "1",
                        "PixverseV6FirstLastFrameNode",
                        "'first_frame': ['20', 0], 'last_frame': ['21', 0], 'model': 'PixVerse V6', 'model.prompt': 'a lighthouse',"
                                + " 'model.quality': '720p', 'model.duration_seconds': 5, 'model.generate_audio': true,"
                                + " 'model.seed': 7, 'model.negative_prompt': 'fog', 'model.style': 'none'"),
                film("1"));
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.seed()).contains("7");
        assertThat(generation.task()).contains(Task.IMG2VID);
        assertThat(generation.settings()).containsEntry("quality", "720p").containsEntry("duration_seconds", "5");
        assertThat(generation.inputs())
                .containsExactlyInAnyOrder(new InputMedia("init", "coast.png"), new InputMedia("end", "dusk.png"));
    }

    @Test
    void framesBelowTheModelAreFirstAndLast() {
        Generation generation = prompt(
                COAST,
                DUSK,
                node(
                        "1",
                        "PrunaImageToVideoNode",
                        "'model': 'p-video-2', 'model.first_frame': ['20', 0], 'model.prompt': 'a lighthouse',"
                                + " 'model.resolution': '720p', 'model.seed': 7, 'model.last_frame': ['21', 0]"),
                film("1"));
        assertThat(generation.inputs())
                .containsExactlyInAnyOrder(new InputMedia("init", "coast.png"), new InputMedia("end", "dusk.png"));
    }

    @Test
    void scenesStandInPlaceOfThePrompt() {
        Generation generation = prompt(
                node(
                        "1",
                        "KlingOmniProTextToVideoNode",
                        "'model_name': 'kling-v3-omni', 'prompt': 'not used', 'aspect_ratio': '16:9', 'duration': 8, 'seed': 7,"
                                + " 'storyboards': '2 storyboards', 'storyboards.storyboard_1_prompt': 'a lighthouse',"
                                + " 'storyboards.storyboard_1_duration': 4, 'storyboards.storyboard_2_prompt': 'a cat',"
                                + " 'storyboards.storyboard_2_duration': 4"),
                film("1"));
        assertThat(generation.positivePrompt()).contains("a lighthouse\na cat");
        assertThat(generation.positiveParts())
                .containsExactly(
                        new PromptPart("storyboard_1", "a lighthouse"), new PromptPart("storyboard_2", "a cat"));
        assertThat(generation.models()).containsExactly(NamedModel.named("service", "kling-v3-omni"));
        assertThat(generation.task()).contains(Task.TXT2VID);
        Generation plain = prompt(
                node(
                        "1",
                        "KlingOmniProTextToVideoNode",
                        "'model_name': 'kling-v3-omni', 'prompt': 'a lighthouse', 'storyboards': 'disabled'"),
                film("1"));
        assertThat(plain.positivePrompt()).contains("a lighthouse");
        assertThat(plain.positiveParts()).isEmpty();
    }

    @Test
    void whatIsSpokenIsNoPrompt() {
        Generation talking = prompt(
                COAST,
                node(
                        "1",
                        "HeyGenTalkingPhotoNode",
                        "'image': ['20', 0], 'resolution': '1080p', 'seed': 7, 'speech': 'script',"
                                + " 'speech.text': 'good morning', 'speech.voice': 'Hope (English, female)'"),
                film("1"));
        assertThat(talking.positivePrompt()).isEmpty();
        assertThat(talking.settings())
                .containsEntry("spoken_text", "good morning")
                .containsEntry("voice", "Hope (English, female)");
        assertThat(talking.task()).contains(Task.IMG2VID);
        Generation dialogue = prompt(
                node("2", "ElevenLabsVoiceSelector", "'voice': 'George (male, british)'"),
                node(
                        "1",
                        "ElevenLabsTextToDialogue",
                        "'stability': 0.5, 'model': 'eleven_v3', 'seed': 7, 'inputs': '2', 'inputs.text1': 'good morning',"
                                + " 'inputs.voice1': ['2', 0], 'inputs.text2': 'good night', 'inputs.voice2': ['2', 0]"),
                sound("1"));
        assertThat(dialogue.positivePrompt()).isEmpty();
        assertThat(dialogue.settings()).containsEntry("spoken_text", "good morning\ngood night");
        assertThat(dialogue.task()).contains(Task.AUDIO);
    }

    @Test
    void aFaceThatMovesToASoundIsAskedForWithAPrompt() {
        Generation generation = prompt(
                COAST,
                VOICE,
                node(
                        "1",
                        "KlingAvatarNode",
                        "'image': ['20', 0], 'sound_file': ['23', 0], 'mode': 'std', 'seed': 7, 'prompt': 'a cat'"),
                film("1"));
        assertThat(generation.positivePrompt()).contains("a cat");
        assertThat(generation.task()).contains(Task.IMG2VID);
        assertThat(generation.inputs())
                .containsExactlyInAnyOrder(new InputMedia("input", "coast.png"), new InputMedia("audio", "voice.flac"));
    }

    @Test
    void soundsAreAskedForWithAPrompt() {
        Generation effect = prompt(
                node(
                        "1",
                        "ElevenLabsTextToSoundEffects",
                        "'text': 'waves', 'model': 'eleven_sfx_v2', 'model.duration': 5.0, 'output_format': 'mp3_44100_192'"),
                sound("1"));
        assertThat(effect.positivePrompt()).contains("waves");
        assertThat(effect.task()).contains(Task.AUDIO);
        Generation music = prompt(
                FILM, node("1", "SoniloVideoToMusic", "'video': ['22', 0], 'prompt': 'a harp', 'seed': 7"), sound("1"));
        assertThat(music.positivePrompt()).contains("a harp");
        assertThat(music.task()).contains(Task.AUDIO);
        assertThat(music.inputs()).containsExactly(new InputMedia("video", "garden.mp4"));
    }

    @Test
    void enhancersAreToldByTheirModel() {
        Generation generation = prompt(
                FILM,
                node(
                        "1",
                        "TopazVideoEnhanceV2",
                        "'video': ['22', 0], 'upscaler_model': 'Astra 2', 'upscaler_model.upscaler_resolution':"
                                + " 'FullHD (1080p)', 'upscaler_model.prompt': 'a garden', 'interpolation_model': 'Disabled'"),
                film("1"));
        assertThat(generation.task()).contains(Task.UPSCALE);
        assertThat(generation.models()).containsExactly(NamedModel.named("service", "Astra 2"));
        assertThat(generation.positivePrompt()).contains("a garden");
        assertThat(generation.settings()).containsEntry("upscaler_resolution", "FullHD (1080p)");
        Generation skin = prompt(
                COAST,
                node("1", "MagnificImageSkinEnhancerNode", "'image': ['20', 0], 'sharpen': 0, 'mode': 'creative'"),
                picture("1"));
        assertThat(skin.task()).contains(Task.IMG2IMG);
    }

    @Test
    void whatOneServiceGivesToAnotherIsAPassOfItsOwn() {
        Generation generation = prompt(
                node(
                        "1",
                        "GeminiImage2Node",
                        "'prompt': 'a lighthouse', 'model': 'gemini-3-pro-image-preview', 'seed': 7"),
                node(
                        "2",
                        "KlingImageToVideoWithAudio",
                        "'model_name': 'kling-v2-6', 'start_frame': ['1', 0], 'prompt': 'waves', 'mode': 'pro', 'duration': 5"),
                film("2"));
        assertThat(generation.passes()).extracting(Pass::node).containsExactly("1", "2");
        assertThat(generation.passes())
                .extracting(Pass::positivePrompt)
                .containsExactly(Optional.of("a lighthouse"), Optional.of("waves"));
        assertThat(generation.passes())
                .extracting(Pass::model)
                .isEqualTo(List.of(Optional.of("gemini-3-pro-image-preview"), Optional.of("kling-v2-6")));
    }

    @Test
    void nodesThatAnswerInWordsAskForNoPicture() {
        Generation generation = prompt(
                node("1", "ByteDanceSeedNode", "'prompt': 'describe a lighthouse', 'model': 'seed', 'seed': 3"),
                node(
                        "2",
                        "LumaRay32TextToVideoNode",
                        "'prompt': ['1', 0], 'aspect_ratio': '16:9', 'duration': '5s', 'seed': 7"),
                film("2"));
        assertThat(generation.settings()).containsEntry("service_node", "LumaRay32TextToVideoNode");
        assertThat(generation.positivePrompt()).isEmpty();
        assertThat(generation.seed()).contains("7");
        assertThat(generation.passes()).isEmpty();
    }

    @Test
    void aNodeThatPlacesAPictureIsNoServiceOfItsOwn() {
        Generation generation = prompt(
                COAST,
                FILM,
                node(
                        "2",
                        "RunwayAleph2PromptImageNode",
                        "'image': ['20', 0], 'position': 'Absolute time (seconds)', 'position.seconds': 1.0"),
                node(
                        "1",
                        "RunwayAleph2VideoToVideoNode",
                        "'prompt': 'a lighthouse', 'video': ['22', 0], 'seed': 7, 'prompt_images': ['2', 0]"),
                film("1"));
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.task()).contains(Task.VID2VID);
        assertThat(generation.passes()).isEmpty();
        assertThat(generation.inputs())
                .containsExactlyInAnyOrder(new InputMedia("video", "garden.mp4"), new InputMedia("input", "coast.png"));
    }

    @Test
    void nodesThatAreNamedLikeAProviderButRunHereAreNoServices() {
        Generation generation = prompt(
                ComfyPackGraph.LOADER,
                node("10", "Ideogram4PromptBuilderKJ", "'prompt': 'a lighthouse'"),
                node("2", "CLIPTextEncode", "'text': 'a lighthouse', 'clip': ['1', 1]"),
                ComfyPackGraph.NEGATIVE,
                COAST,
                node(
                        "4",
                        "MiniMaxH3ImageToVideo",
                        "'positive': ['2', 0], 'negative': ['3', 0], 'vae': ['1', 2], 'start_image': ['20', 0], 'prompt': ['10', 0],"
                                + " 'width': 640, 'height': 384, 'length': 97"),
                node(
                        "5",
                        "KSampler",
                        ComfyPackGraph.SETTINGS
                                + ", 'model': ['1', 0], 'positive': ['4', 0], 'negative': ['4', 1], 'latent_image': ['4', 2]"),
                ComfyPackGraph.saved("5", 0));
        assertThat(generation.settings()).doesNotContainKey("service_node");
        assertThat(generation.passes()).extracting(Pass::node).containsExactly("5");
        assertThat(generation.inputs()).containsExactly(new InputMedia("init", "coast.png"));
    }

    /** Returns the editor's graph of one service node (1) whose values stand by position, with what it gives saved (9). */
    private static Generation canvas(String type, String values, String saver, String kind) {
        return ComfyServiceNode.read(
                "workflow",
                "{'nodes': [{'id': 1, 'type': '" + type + "', 'inputs': [" + socket("model.images.image_1") + ","
                        + socket("image") + "," + socket("last_frame") + "], 'widgets_values': [" + values
                        + "], 'outputs': [{'name': '" + kind + "', 'type': '"
                        + kind + "'}]}, {'id': 9, 'type': '" + saver
                        + "', 'widgets_values': ['coast'], 'inputs': [{'name': 'in',"
                        + " 'type': '" + kind + "', 'link': 1}]}], 'links': [[1, 1, 0, 9, 0, '" + kind
                        + "']], 'version': 0.4}");
    }

    private static String socket(String name) {
        return "{'name': '" + name + "', 'type': 'IMAGE', 'link': null}";
    }

    @Test
    void valuesBelowAChoiceStandBetweenOthersThatAreKnown() {
        Generation drawn = canvas(
                "ByteDanceSeedreamNodeV2",
                "'a lighthouse', 'seedream 5.0 pro', '(1K) 1024x1024 (1:1)', 2048, 2048, 7, 'randomize', false",
                "SaveImage",
                "IMAGE");
        assertThat(drawn.positivePrompt()).contains("a lighthouse");
        assertThat(drawn.seed()).contains("7");
        assertThat(drawn.models()).containsExactly(NamedModel.named("service", "seedream 5.0 pro"));
        Generation older = canvas(
                "LtxApi25ImageToVideo",
                "'LTX-2.5 (Fast)', 5, '1280x720', 25, true, 'a lighthouse'",
                "SaveVideo",
                "VIDEO");
        assertThat(older.positivePrompt()).contains("a lighthouse");
        assertThat(older.seed()).isEmpty();
        Generation newer = canvas(
                "LtxApi25ImageToVideo",
                "'LTX-2.5 (Fast)', 5, '1280x720', 25, true, 'a lighthouse', 7, 'randomize'",
                "SaveVideo",
                "VIDEO");
        assertThat(newer.positivePrompt()).contains("a lighthouse");
        assertThat(newer.seed()).contains("7");
        Generation first = canvas(
                "PrunaTextToVideoNode",
                "'p-video-2', 'a lighthouse', '16:9', 'auto', '720p', '24', false, true, true, 7, 'fixed'",
                "SaveVideo",
                "VIDEO");
        assertThat(first.positivePrompt()).contains("a lighthouse");
        assertThat(first.settings()).containsEntry("resolution", "720p");
    }

    @Test
    void valuesThatFitInTwoWaysAreLeftOpen() {
        Generation open = canvas(
                "ByteDanceSeedreamNodeV2",
                "'a lighthouse', 'seedream 5.0 pro', 3, 'fixed', false, 7, 'randomize', false",
                "SaveImage",
                "IMAGE");
        assertThat(open.seed()).isNotEqualTo(Optional.of("3"));
        Generation other = canvas("ByteDanceSeedreamNodeV2", "'a lighthouse', 5, 'x', 'y'", "SaveImage", "IMAGE");
        assertThat(other.seed()).isEmpty();
    }
}
