package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.fixture.PngFixture;

class FramePackReaderTest {
    private static final String STUDIO = "{\"app_version\": \"0.5\", \"prompt\": \"a cat turns its head\","
            + " \"negative_prompt\": \"\", \"seed\": 31337, \"steps\": 25, \"cfg\": 1.0, \"gs\": 10.0, \"rs\": 0.0,"
            + " \"latent_type\": \"Black\", \"timestamp\": 1750000000.5, \"resolutionW\": 640, \"resolutionH\": 640,"
            + " \"model_type\": \"Original with Endframe\", \"generation_type\": \"Original with Endframe\","
            + " \"has_input_image\": true, \"input_image_path\": \"D:\\\\pictures\\\\cat.jpg\", \"latent_window_size\": 9,"
            + " \"end_frame_image_path\": \"D:\\\\pictures\\\\cat2.jpg\", \"end_frame_used\": \"True\","
            + " \"input_video\": null, \"video_path\": null, \"loras\": {\"fur\": 0.75}}";

    @Test
    void readsTheSideFileOfTheStudio() {
        Generation generation = Readings.only("250101_120000.json", STUDIO);
        assertThat(generation.generator()).isEqualTo("FramePack");
        assertThat(generation.variant()).contains("FramePack Studio");
        assertThat(generation.version()).contains("0.5");
        assertThat(generation.positivePrompt()).contains("a cat turns its head");
        assertThat(generation.negativePrompt()).contains("");
        assertThat(generation.seed()).contains("31337");
        assertThat(generation.steps()).contains(25);
        assertThat(generation.task()).contains(Task.IMG2VID);
        assertThat(generation.inputs())
                .containsExactly(
                        new InputMedia("init", "D:\\pictures\\cat.jpg"),
                        new InputMedia("end", "D:\\pictures\\cat2.jpg"));
        assertThat(generation.loras())
                .containsExactly(new NamedLora(Optional.of("fur"), Optional.of(new BigDecimal("0.75")), Map.of()));
        assertThat(generation.settings())
                .containsEntry("gs", "10.0")
                .containsEntry("resolutionW", "640")
                .containsEntry("model_type", "Original with Endframe");
        assertThat(generation.width()).isEmpty();
        assertThat(generation.inferences()).extracting(Inference::field).containsExactly("generator", "task");
    }

    @Test
    void saysThatThePngIsTheStartPicture() {
        byte[] png = PngFixture.of(8, 8)
                .text("prompt", "a cat")
                .text("seed", "31337")
                .text("model_type", "F1")
                .text("app_version", "0.5")
                .text("steps", "25")
                .text("has_input_image", "True")
                .text("input_image_path", "None")
                .text("end_frame_image_path", "None")
                .text("negative_prompt", "None")
                .text("latent_window_size", "9")
                .bytes();
        Generation generation = Readings.only("outputs/250101_120000.png", png);
        assertThat(generation.inputs()).containsExactly(new InputMedia("init", "250101_120000.png"));
        assertThat(generation.inferences()).extracting(Inference::field).contains("inputs");
        assertThat(generation.negativePrompt()).isEmpty();
        assertThat(generation.task()).contains(Task.IMG2VID);
    }

    @Test
    void namesTheFilmThatAFilmGoesOnFrom() {
        Generation generation = Readings.only(
                "x.json",
                STUDIO.replace("Original with Endframe", "Video")
                        .replace("\"video_path\": null", "\"video_path\": \"/films/garden.mp4\"")
                        .replace("\"input_video\": null", "\"input_video\": \"garden.mp4\""));
        assertThat(generation.task()).contains(Task.VID2VID);
        assertThat(generation.inputs()).contains(new InputMedia("video", "/films/garden.mp4"));
    }

    @Test
    void readsEichi() {
        byte[] png = PngFixture.of(8, 8)
                .text("prompt", "a garden")
                .text("seed", "42")
                .text("section_number", "3")
                .text("section_prompt", "the wind rises")
                .text("parameters", "a garden\nSeed: 42\nSection Prompt: the wind rises\nSection Number: 3")
                .bytes();
        Generation generation = Readings.only("x.png", png);
        assertThat(generation.variant()).contains("eichi");
        assertThat(generation.seed()).contains("42");
        assertThat(generation.positiveParts()).containsExactly(new PromptPart("section", "the wind rises"));
        assertThat(generation.settings()).containsEntry("section_number", "3");
        assertThat(generation.inputs()).isEmpty();
    }
}
