package org.latentprint.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.container.ItemMetadata;
import org.latentprint.evidence.Problem;
import org.latentprint.fixture.PngFixture;

/** Files in which programs keep what they were given to do: Deforum, FaceFusion, Krita's AI plug-in. */
class WorkFileReadersTest {
    private static final String DEFORUM = "{\n    \"W\": 512,\n    \"H\": 448,\n    \"seed\": 1234567890123,\n"
            + "    \"sampler\": \"Euler a\",\n    \"steps\": 25,\n    \"batch_name\": \"Deforum\",\n    \"use_init\": %s,\n"
            + "    \"strength\": 0.8,\n    \"init_image\": \"D:/photos/garden.jpg\",\n    \"use_mask\": false,\n"
            + "    \"mask_file\": \"https://example.org/M1.jpg\",\n    \"animation_mode\": \"%s\",\n"
            + "    \"color_coherence\": \"None\",\n    \"color_coherence_image_path\": \"https://example.org/c.png\",\n"
            + "    \"hybrid_composite\": \"None\",\n    \"hybrid_motion\": \"None\",\n"
            + "    \"hybrid_generate_inputframes\": false,\n    \"video_init_path\": \"D:/films/sea.mp4\",\n"
            + "    \"use_looper\": %s,\n    \"init_images\": \"{\\\"0\\\": \\\"a.png\\\", \\\"max_f-20\\\": \\\"b.png\\\"}\",\n"
            + "    \"cn_1_enabled\": true,\n    \"cn_1_vid_path\": \"D:/films/walk.mp4\",\n    \"cn_1_model\": \"canny [d14c016b]\",\n"
            + "    \"cn_2_enabled\": false,\n    \"cn_2_vid_path\": \"unused.mp4\",\n    \"add_soundtrack\": \"File\",\n"
            + "    \"soundtrack_path\": \"song.mp3\",\n    \"sd_model_name\": \"garden.safetensors\",\n"
            + "    \"sd_model_hash\": \"10ec4b29\",\n    \"deforum_git_commit_id\": \"5d63a339\",\n"
            + "    \"prompts\": {\"0\": \"a garden\", \"30\": \"a lighthouse --neg fog\"},\n"
            + "    \"positive_prompts\": \"bright\",\n    \"negative_prompts\": \"rain\"\n}";

    @Test
    void readsDeforumAndTheInputsItUsed() {
        Generation generation = Readings.only("20260101_settings.txt", String.format(DEFORUM, "true", "2D", "false"));
        assertThat(generation.generator()).isEqualTo("Deforum");
        assertThat(generation.version()).contains("5d63a339");
        assertThat(generation.seed()).contains("1234567890123");
        assertThat(generation.width()).contains(512);
        assertThat(generation.positivePrompt()).contains("a garden");
        assertThat(generation.negativePrompt()).contains("rain");
        assertThat(generation.positiveParts())
                .containsExactly(
                        new PromptPart("frame 0", "a garden"),
                        new PromptPart("frame 30", "a lighthouse --neg fog"),
                        new PromptPart("every frame", "bright"));
        assertThat(generation.models())
                .containsExactly(
                        new NamedModel("checkpoint", Optional.of("garden.safetensors"), Map.of("autov1", "10ec4b29")),
                        NamedModel.named("controlnet", "canny [d14c016b]"));
        assertThat(generation.inputs())
                .containsExactly(
                        new InputMedia("init", "D:/photos/garden.jpg"),
                        new InputMedia("audio", "song.mp3"),
                        new InputMedia("control", "D:/films/walk.mp4"));
        assertThat(generation.task()).contains(Task.IMG2VID);
        assertThat(generation.settings())
                .containsEntry("video_init_path", "D:/films/sea.mp4")
                .containsEntry("use_init", "true");
    }

    @Test
    void takesADeforumInputOnlyWhereItsSwitchIsOn() {
        Generation film = Readings.only("x_settings.txt", String.format(DEFORUM, "false", "Video Input", "false"));
        assertThat(film.task()).contains(Task.VID2VID);
        assertThat(film.inputs()).contains(new InputMedia("video", "D:/films/sea.mp4"));
        assertThat(film.inputs()).extracting(InputMedia::role).doesNotContain("init", "mask", "reference");

        Generation looped = Readings.only("x_settings.txt", String.format(DEFORUM, "false", "3D", "true"));
        assertThat(looped.inputs()).contains(new InputMedia("init", "a.png"), new InputMedia("init", "b.png"));

        Generation text = Readings.only("x_settings.txt", String.format(DEFORUM, "false", "3D", "false"));
        assertThat(text.task()).contains(Task.TXT2VID);
        assertThat(Readings.extract(
                                "x_settings.txt",
                                String.format(DEFORUM, "true", "2D", "true").getBytes(UTF_8))
                        .mediaType())
                .contains("application/json");
    }

    @Test
    void readsEveryStepOfAJobOfFaceFusion() {
        String job = "{\n    \"version\": \"1\",\n    \"date_created\": \"2025-03-01T10:00:00+00:00\",\n"
                + "    \"date_updated\": \"2025-03-01T10:05:00+00:00\",\n    \"steps\": [\n        {\n            \"args\": {\n"
                + "                \"source_paths\": [\"/in/cat.png\", \"/in/voice.wav\"],\n"
                + "                \"target_path\": \"/in/garden.mp4\",\n                \"output_path\": \"/out/garden.mp4\",\n"
                + "                \"processors\": [\"face_swapper\"],\n                \"face_detector_model\": \"yolo_face\",\n"
                + "                \"face_swapper_model\": \"inswapper_128_fp16\"\n            },\n"
                + "            \"status\": \"completed\"\n        },\n        {\"args\": {\"source_paths\": null,"
                + " \"target_path\": \"/in/portrait.jpg\", \"output_path\": \"/out/p.jpg\"}, \"status\": \"failed\"}\n    ]\n}";
        byte[] bytes = job.getBytes(UTF_8);
        Reading reading = Readings.of("ui-2025.json", bytes);
        assertThat(reading.generations()).hasSize(2);
        Generation first = reading.generations().getFirst();
        assertThat(first.generator()).isEqualTo("FaceFusion");
        assertThat(first.task()).contains(Task.PROCESSED);
        assertThat(first.inputs())
                .containsExactly(
                        new InputMedia("reference", "/in/cat.png"),
                        new InputMedia("reference", "/in/voice.wav"),
                        new InputMedia("video", "/in/garden.mp4"));
        assertThat(first.models())
                .containsExactly(
                        NamedModel.named("detector", "yolo_face"), NamedModel.named("model", "inswapper_128_fp16"));
        assertThat(first.settings())
                .containsEntry("describes", "/out/garden.mp4")
                .containsEntry("status", "completed")
                .containsEntry("step", "1")
                .containsEntry("date_created", "2025-03-01T10:00:00+00:00");
        assertThat(first.inferences()).extracting(Inference::field).containsExactly("generator");
        assertThat(reading.generations().getLast().inputs())
                .containsExactly(new InputMedia("init", "/in/portrait.jpg"));
        assertThat(reading.claimed()).hasSize(1);
    }

    @Test
    void boundsTheStepsOfAJob() {
        String step = "{\"args\": {\"target_path\": \"a.png\"}},";
        Reading reading = Readings.of(
                "x.json",
                ("{\"version\":\"1\",\"date_created\":\"2025\",\"date_updated\":null,\"steps\":[" + step.repeat(1_001)
                                + "1]}")
                        .getBytes(UTF_8));
        assertThat(reading.generations()).hasSize(1_000);
        assertThat(reading.problems()).extracting(Problem::category).containsExactly(Problem.Category.LIMIT);
    }

    @Test
    void readsTheHistoryInADocumentOfKrita() {
        String history =
                "{\n  \"workspace\": \"generation\",\n  \"style\": \"built-in/cinematic.json\",\n  \"strength\": 1.0,\n"
                        + "  \"seed\": 7,\n  \"fixed_seed\": false,\n  \"version\": 1,\n  \"history\": [\n    {\"id\": \"ab\", \"slot\": 3,"
                        + " \"offsets\": [0, 100], \"params\": {\"bounds\": [0, 10, 1024, 768], \"name\": \"a garden\", \"regions\":"
                        + " [{\"layer_id\": \"x\", \"prompt\": \"a bench\", \"bounds\": [0,0,1,1]}], \"metadata\": {\"prompt\": \"a garden\","
                        + " \"negative_prompt\": \"fog\", \"strength\": 0.6, \"checkpoint\": \"garden.safetensors\", \"sampler\": \"Default\","
                        + " \"steps\": 20, \"guidance\": 7.0, \"loras\": [{\"name\": \"ink.safetensors\", \"strength\": 0.5}],"
                        + " \"control\": [{\"mode\": \"Pose\", \"strength\": 1.0, \"image\": \"Photo layer\"}]},"
                        + " \"ref_layers\": {\"Cat\": 1}, \"seed\": 3000000000, \"has_mask\": false}},"
                        + " {\"id\": \"cd\", \"slot\": 4, \"offsets\": [0], \"params\": {\"bounds\": [0, 0, 512, 512],"
                        + " \"prompt\": \"an old run\", \"strength\": 1.0, \"seed\": 5, \"has_mask\": true}}]\n}";
        Reading reading = Readings.of("ui.json", history.getBytes(UTF_8));
        assertThat(reading.generations()).hasSize(2);
        Generation first = reading.generations().getFirst();
        assertThat(first.generator()).isEqualTo("Krita AI Diffusion");
        assertThat(first.positivePrompt()).contains("a garden");
        assertThat(first.positiveParts()).containsExactly(new PromptPart("region", "a bench"));
        assertThat(first.seed()).contains("3000000000");
        assertThat(first.cfgScale()).contains(new BigDecimal("7.0"));
        assertThat(first.width()).contains(1024);
        assertThat(first.height()).contains(768);
        assertThat(first.models()).containsExactly(NamedModel.named("checkpoint", "garden.safetensors"));
        assertThat(first.loras())
                .containsExactly(
                        new NamedLora(Optional.of("ink.safetensors"), Optional.of(new BigDecimal("0.5")), Map.of()));
        assertThat(first.inputs())
                .containsExactly(
                        new InputMedia("control", "layer Photo layer"), new InputMedia("reference", "layer Cat"));
        assertThat(first.task()).contains(Task.IMG2IMG);
        assertThat(first.settings()).containsEntry("describes", "result3.webp in the same document");
        Generation second = reading.generations().getLast();
        assertThat(second.positivePrompt()).contains("an old run");
        assertThat(second.task()).contains(Task.INPAINT);
    }

    @Test
    void readsTheTextOfKritasPlugIn() {
        String text =
                "a garden <lora:ink:0.5>\nNegative prompt: fog\nSteps: 20, Sampler: Default - DPM++ 2M, CFG scale: 7.0,"
                        + " Seed: 42, Size: 1024x768, Model hash: unknown, Model: garden.safetensors";
        Generation generation = Readings.only(
                "x.png",
                PngFixture.of(8, 8).internationalText("parameters", text).bytes());
        assertThat(generation.generator()).isEqualTo("Krita AI Diffusion");
        assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "garden.safetensors"));
        assertThat(generation.loras())
                .extracting(lora -> lora.name().orElse(""))
                .containsExactly("ink");
        assertThat(generation.task()).isEmpty();
        assertThat(Readings.only(
                                "x.png",
                                PngFixture.of(8, 8)
                                        .internationalText("parameters", text + ", Denoising strength: 0.6")
                                        .bytes())
                        .task())
                .contains(Task.IMG2IMG);
        assertThat(Readings.only(
                                "x.png",
                                PngFixture.of(8, 8)
                                        .text("parameters", text + ", Clip skip: 2")
                                        .bytes())
                        .generator())
                .isEqualTo("A1111");
    }

    @Test
    void leavesOtherJsonAlone() {
        for (String text : new String[] {
            "{\"date_created\": \"2025\", \"steps\": [\"water the tulips\"]}",
            "{\"use_init\": true}",
            "{\"workspace\": \"a garden\", \"history\": []}"
        }) {
            ItemMetadata metadata = Readings.extract("x.json", text.getBytes(UTF_8));
            assertThat(metadata.blocks()).as(text).isEmpty();
        }
    }
}
