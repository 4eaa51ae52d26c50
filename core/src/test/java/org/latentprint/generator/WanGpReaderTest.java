package org.latentprint.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.Problem;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.JpegFixture;
import org.latentprint.fixture.MatroskaFixture;
import org.latentprint.fixture.Mp4Fixture;
import org.latentprint.fixture.PngFixture;
import org.latentprint.fixture.TestDigests;

class WanGpReaderTest {
    private static final String TYPE = "WanGP v9.1 by DeepBeepMeep - Wan2.1 Image2video 480p 14B";

    private static String settings(String type, String more) {
        return "{\"image_mode\": 0, \"prompt\": \"waves at a lighthouse\", \"negative_prompt\": \"fog\","
                + " \"resolution\": \"832x480\", \"video_length\": 81, \"seed\": 1234567890123456789,"
                + " \"num_inference_steps\": 30, \"guidance_scale\": 5.0, \"sample_solver\": \"unipc\","
                + " \"activated_loras\": [\"waves.safetensors\", \"https://example.org/light.safetensors\", \"sky.safetensors\"],"
                + " \"loras_multipliers\": \"1|0.5;1\\n0.8\", \"model_type\": \"i2v\","
                + " \"model_filename\": \"ckpts/wan2.1_image2video_480p_14B.safetensors\"" + more + ", \"type\": \""
                + type
                + "\", \"settings_version\": 2.38}";
    }

    @Test
    void readsAFilmWithThePicturesInIt() {
        byte[] start = JpegFixture.of(8, 8).bytes();
        byte[] reference = PngFixture.of(8, 8).bytes();
        byte[] film = Mp4Fixture.mp4(832, 480)
                .item("\u00A9cmt", settings(TYPE, ", \"image_prompt_type\": \"S\", \"video_prompt_type\": \"\""))
                .freeform("com.apple.iTunes", "EMBEDDED_IMAGES", List.of(start, reference))
                .freeform(
                        "com.apple.iTunes",
                        "IMAGE_METADATA",
                        "{\"image_start\": [{\"index\": 0, \"filename\": \"harbour.jpg\", \"extension\": \".jpg\"}],"
                                + " \"image_refs\": [{\"index\": 1, \"filename\": \"cat.png\", \"extension\": \".png\"}]}")
                .bytes();
        Generation generation = Readings.only("film.mp4", film);

        assertThat(generation.generator()).isEqualTo("WanGP");
        assertThat(generation.version()).contains("9.1");
        assertThat(generation.positivePrompt()).contains("waves at a lighthouse");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.seed()).contains("1234567890123456789");
        assertThat(generation.steps()).contains(30);
        assertThat(generation.cfgScale()).contains(new BigDecimal("5.0"));
        assertThat(generation.sampler()).contains("unipc");
        assertThat(generation.width()).contains(832);
        assertThat(generation.height()).contains(480);
        assertThat(generation.models())
                .containsExactly(NamedModel.named("diffusion-model", "ckpts/wan2.1_image2video_480p_14B.safetensors"));
        assertThat(generation.loras())
                .containsExactly(
                        new NamedLora(Optional.of("waves.safetensors"), Optional.of(new BigDecimal("1")), Map.of()),
                        new NamedLora(Optional.of("https://example.org/light.safetensors"), Optional.empty(), Map.of()),
                        new NamedLora(Optional.of("sky.safetensors"), Optional.of(new BigDecimal("0.8")), Map.of()));
        assertThat(generation.inputs())
                .containsExactly(new InputMedia("init", "harbour.jpg"), new InputMedia("reference", "cat.png"));
        assertThat(generation.task()).contains(Task.IMG2VID);
        assertThat(generation.inferences()).extracting(Inference::field).containsExactly("task");
        assertThat(generation.settings().get("embedded image_start harbour.jpg"))
                .startsWith(start.length + " bytes at offset ")
                .endsWith("sha256 " + TestDigests.sha256(start));
        assertThat(generation.settings()).doesNotContainKey("inputs_not_named");
        assertThat(generation.furtherOrigins()).hasSize(3);
    }

    @Test
    void readsPicturesAndSaysWhatWasFedInWithoutAName() {
        String record = settings(TYPE, ", \"image_prompt_type\": \"\", \"video_prompt_type\": \"KI\"")
                .replace("\"image_mode\": 0", "\"image_mode\": 1");
        for (byte[] file : List.of(
                PngFixture.of(8, 8).internationalText("comment", record).bytes(),
                JpegFixture.of(8, 8)
                        .exif(ExifFixture.bigEndian().userComment(record, ExifFixture.Comment.ASCII))
                        .bytes(),
                JpegFixture.of(8, 8)
                        .exif(ExifFixture.bigEndian().userComment(record, ExifFixture.Comment.UNICODE_LITTLE_ENDIAN))
                        .bytes())) {
            Generation generation = Readings.only("x", file);
            assertThat(generation.generator()).isEqualTo("WanGP");
            assertThat(generation.task()).contains(Task.IMG2IMG);
            assertThat(generation.inputs()).isEmpty();
            assertThat(generation.settings()).containsEntry("inputs_not_named", "reference pictures");
        }
    }

    @Test
    void readsMatroskaWithAttachments() {
        byte[] film = MatroskaFixture.matroska(832, 480)
                .tag("COMMENT", settings(TYPE, ", \"image_prompt_type\": \"T\", \"video_prompt_type\": \"\""))
                .attachment("garden.png", PngFixture.of(8, 8).bytes())
                .bytes();
        Generation generation = Readings.only("film.mkv", film);
        assertThat(generation.task()).contains(Task.TXT2VID);
        assertThat(generation.inputs()).containsExactly(new InputMedia("input", "garden.png"));
    }

    @Test
    void concludesNoTaskFromASettingsFile() {
        Generation generation = Readings.only(
                "preset.json", settings(TYPE, ", \"image_prompt_type\": \"T\", \"video_prompt_type\": \"\""));
        assertThat(generation.task()).isEmpty();
        assertThat(Readings.only("x.json", settings("WanGP v9.1 by DeepBeepMeep - Post Processing", ""))
                        .task())
                .contains(Task.PROCESSED);
    }

    @Test
    void readsTheTasksOfASavedQueue() {
        String queue = "[\n    {\n        \"id\": 7,\n        \"params\": {\n            \"image_mode\": 0,"
                + " \"prompt\": \"a bicycle in rain\", \"seed\": 5, \"num_inference_steps\": 4,"
                + " \"image_prompt_type\": \"SE\", \"image_start\": [\"task7_image_start_0.png\"],"
                + " \"image_end\": \"task7_image_end_0.jpg\", \"image_refs\": null,"
                + " \"video_guide\": \"task7_video_guide_0.mp4\", \"audio_guide\": \"task7_audio_guide_0.wav\","
                + " \"model_type\": \"i2v_2_2\", \"base_model_type\": \"i2v_2_2\"}},"
                + " {\"id\": 8, \"params\": {\"prompt\": \"a cat\", \"model_type\": \"t2v\"}}, {\"id\": 9}]";
        Reading reading = Readings.of("queue.json", queue.getBytes(UTF_8));

        assertThat(reading.generations()).hasSize(2);
        Generation first = reading.generations().getFirst();
        assertThat(first.variant()).contains("saved queue");
        assertThat(first.inputs())
                .containsExactly(
                        new InputMedia("init", "task7_image_start_0.png"),
                        new InputMedia("end", "task7_image_end_0.jpg"),
                        new InputMedia("control", "task7_video_guide_0.mp4"),
                        new InputMedia("audio", "task7_audio_guide_0.wav"));
        assertThat(first.task()).contains(Task.IMG2VID);
        assertThat(first.settings()).containsEntry("task_id", "7").doesNotContainKey("inputs_not_named");
        assertThat(reading.generations().getLast().models())
                .containsExactly(NamedModel.named("diffusion-model", "t2v"));
        assertThat(reading.claimed()).hasSize(1);
    }

    @Test
    void boundsTheTasksOfAQueue() {
        String task = "{\"id\": 1, \"params\": {\"model_type\": \"t2v\"}},";
        Reading reading = Readings.of("queue.json", ("[" + task.repeat(1_001) + "{\"id\": 2}]").getBytes(UTF_8));
        assertThat(reading.generations()).hasSize(1_000);
        assertThat(reading.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.category()).isEqualTo(Problem.Category.LIMIT));
    }

    @Test
    void leavesOtherListsAlone() {
        for (String text : List.of("[1, 2]", "[{\"id\": 1, \"params\": []}]", "[", "[{\"name\": \"WanGP\"}]")) {
            assertThat(Readings.extract("x.json", text.getBytes(UTF_8)).blocks())
                    .isEmpty();
        }
        assertThat(Readings.of(
                                "x.mp4",
                                Mp4Fixture.mp4(8, 8)
                                        .item("\u00A9cmt", "{\"type\": \"film\"}")
                                        .bytes())
                        .generations())
                .isEmpty();
    }
}
