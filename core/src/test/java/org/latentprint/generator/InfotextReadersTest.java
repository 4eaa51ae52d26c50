package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Origin;

class InfotextReadersTest {
    private static final String HEAD =
            "a lighthouse\nNegative prompt: fog\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 18446744073709551615";

    @ParameterizedTest
    @CsvSource({
        "v1.10.1, ''",
        "f2.0.1v1.10.1-previous-664-gd557aef9, Forge",
        "f0.0.17v1.8.0rc-latest-276-g29be1da7, Forge",
        "f1.0.0v2-v1.10.1RC-latest-2498-g5120e679, reForge",
        "neo, Forge Neo",
        "classic, Forge Classic",
        "v1.10.1-amd-37-g721f6391, AMDGPU"
    })
    void tellsForksByTheirVersion(String version, String variant) {
        Generation generation =
                only(HEAD + ", Size: 512x768, Model hash: c0d1994c73, Model: garden, Version: " + version);
        assertThat(generation.generator()).isEqualTo("A1111");
        assertThat(generation.variant().orElse("")).isEqualTo(variant);
        assertThat(generation.version()).contains(version);
        assertThat(generation.seed()).contains("18446744073709551615");
        assertThat(generation.width()).contains(512);
        assertThat(generation.height()).contains(768);
        assertThat(generation.models())
                .containsExactly(new NamedModel("checkpoint", Optional.of("garden"), Map.of("autov2", "c0d1994c73")));
    }

    @Test
    void keepsTheModelsHashWhereALoneValueStandsBehindIt() {
        Generation generation =
                only(HEAD + ", Model: garden, Model hash: e6bb9ea85b, \"wool: 56d1eeb58396\", Version: v1.6.0");
        assertThat(generation.models())
                .containsExactly(new NamedModel("checkpoint", Optional.of("garden"), Map.of("autov2", "e6bb9ea85b")));
    }

    @Test
    void joinsTagsAndHashesOfOneLora() {
        Generation generation = only("a cat <lora:wool:0.8> <lora:fur:1:0.5>\n" + HEAD.substring(HEAD.indexOf("Steps"))
                + ", Lora hashes: \"wool: 1234567890ab, fur: abcdef123456\", Version: v1.9.4"
                + ", Hashes: {\"lora:wool\": \"aaaaaaaaaa\", \"model\": \"45a21ea00a\"}");
        assertThat(generation.loras())
                .containsExactly(
                        new NamedLora(
                                Optional.of("wool"),
                                Optional.of(new BigDecimal("0.8")),
                                Map.of("autov3", "1234567890ab", "autov2", "aaaaaaaaaa")),
                        new NamedLora(
                                Optional.of("fur"),
                                Optional.of(new BigDecimal("0.5")),
                                Map.of("autov3", "abcdef123456")));
        assertThat(generation.models())
                .containsExactly(new NamedModel("checkpoint", Optional.empty(), Map.of("autov2", "45a21ea00a")));
    }

    @Test
    void readsPassesWithTheirPromptsAndModels() {
        Generation generation =
                only(HEAD + ", Denoising strength: 0.3, Hires upscale: 2, Hires steps: 10, Hires upscaler: 4x-Sharp,"
                        + " Hires prompt: \"a tower, near\", ADetailer model: face_yolov8n.pt, ADetailer prompt: a window,"
                        + " ADetailer denoising strength: 0.4, Refiner: late_model [7440042bbd], Refiner switch at: 0.8,"
                        + " ControlNet 0: \"Module: canny, Model: lines_sd15 [d14c016b], Weight: 1\", Version: v1.9.4");
        assertThat(generation.passes()).extracting(Pass::node).containsExactly("base", "refiner", "hires", "adetailer");
        assertThat(generation.positiveParts())
                .containsExactly(new PromptPart("hires", "a tower, near"), new PromptPart("adetailer", "a window"));
        assertThat(generation.models())
                .extracting(NamedModel::kind)
                .containsExactlyInAnyOrder("upscaler", "detector", "checkpoint", "controlnet");
        assertThat(generation.models())
                .contains(new NamedModel("controlnet", Optional.of("lines_sd15"), Map.of("autov1", "d14c016b")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "App: SD.Next, Version: d7eb90e, Operations: txt2img|SD.Next",
                "Version: 67408bb, Backend: Diffusers|SD.Next",
                "Version: stable-diffusion.cpp|stable-diffusion.cpp",
                "Version: Fooocus v2.5.5|Fooocus",
                "Version: ComfyUI|ComfyUI",
                "Civitai resources: [{\"type\":\"lora\",\"weight\":1,\"modelVersionId\":210873}]|Civitai",
                "Size: 512x512|A1111"
            })
    void namesTheProgram(String settings, String program) {
        assertThat(only(HEAD + ", " + settings).generator()).isEqualTo(program);
    }

    @Test
    void inventsNoNameForAResourceGivenByNumber() {
        Generation generation = only(
                HEAD
                        + ", Civitai resources: [{\"type\":\"checkpoint\",\"modelVersionId\":128713},{\"type\":\"lora\",\"weight\":1,\"modelVersionId\":210873}]");
        assertThat(generation.models())
                .containsExactly(new NamedModel(
                        "checkpoint", Optional.empty(), Map.of(), Map.of("civitai_version_id", "128713")));
        assertThat(generation.loras().getFirst().name()).isEmpty();
    }

    @Test
    void readsKoboldCpp() {
        Generation generation = only(
                "Prompt: a cat | a dog | NegativePrompt: fog | Steps: 20 | CFGScale: 7 | Guidance: 3.5 | Seed: 42 | Size: 512x512"
                        + " | Sampler: euler_a karras| Timestep Shift: 250 | Clip skip: 2 | Model: garden.gguf | Version: KoboldCpp");
        assertThat(generation.generator()).isEqualTo("KoboldCpp");
        assertThat(generation.version()).isEmpty();
        assertThat(generation.positivePrompt()).contains("a cat | a dog");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.cfgScale()).contains(new BigDecimal("7"));
        assertThat(generation.sampler()).contains("euler_a karras");
        assertThat(generation.settings()).containsEntry("Timestep Shift", "250");
        assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "garden.gguf"));
        Generation newest = only(
                "Prompt: a cat <lora:wool:0.5> | NegativePrompt:  | Steps: 8 | CFGScale: 1 | Guidance: 3.5 | Seed: 42"
                        + " | Size: 512x768 | Sampler: euler simple| Eta: 0.5| Flow Shift: 3 | Clip skip: -1"
                        + " | Model: garden.gguf | VAE: ae.safetensors | Version: KoboldCpp");
        assertThat(newest.models())
                .containsExactly(
                        NamedModel.named("checkpoint", "garden.gguf"), NamedModel.named("vae", "ae.safetensors"));
        assertThat(newest.loras()).extracting(NamedLora::name).containsExactly(Optional.of("wool"));
        assertThat(newest.sampler()).contains("euler simple");
        assertThat(newest.settings()).containsEntry("Eta", "0.5").containsEntry("Flow Shift", "3");
        Generation early = only(
                "Prompt: a cat | NegativePrompt:  | Steps: 20 | CFGScale: 7.000000 | Guidance: 3.500000 | Seed: 42 | Size: 512x512"
                        + " | Sampler: 0 | Clip skip: -1 | Model: garden.safetensors | Version: KoboldCpp");
        assertThat(early.sampler()).isEmpty();
        assertThat(early.negativePrompt()).contains("");
        assertThat(early.settings()).containsEntry("Sampler number", "0");
    }

    @Test
    void readsTheNameOfTheInitialPicturesCopy() {
        String md5 = "0123456789abcdef0123456789abcdef";
        assertThat(only(HEAD + ", Denoising strength: 0.5, Init image hash: " + md5 + ", Version: v1.9.4")
                        .inputs())
                .containsExactly(new InputMedia("init", md5));
        assertThat(only(HEAD + ", App: SD.Next, Operations: img2img, Init image hash: 01234567")
                        .inputs())
                .containsExactly(new InputMedia("init", "01234567"));
        assertThat(only(HEAD + ", Init image hash: none, Version: v1.9.4").inputs())
                .isEmpty();
    }

    @Test
    void namesNoVaeWhereNoneIsLoadedFromAFile() {
        assertThat(only(HEAD + ", VAE: Remote, App: SD.Next").models()).isEmpty();
        assertThat(only(HEAD + ", VAE: TAESD, App: SD.Next").models())
                .containsExactly(NamedModel.named("vae", "TAESD"));
    }

    @Test
    void readsTheExtrasTabOfTheFirstVersions() {
        Reading reading = read(
                Map.of(
                        "extras",
                        "GFPGAN visibility:0.5\nUpscale: 2, visibility: 1.0, model:4x, sharp\nUpscale: 2, visibility: 0.5, model:Lanczos\n"));
        Generation generation = reading.generations().getFirst();
        assertThat(generation.task()).contains(Task.UPSCALE);
        assertThat(generation.models()).containsExactly(NamedModel.named("upscaler", "4x, sharp"));
        Reading mended = read(Map.of("extras", "CodeFormer w: 0.5, CodeFormer visibility:1\n"));
        assertThat(mended.generations().getFirst().task()).contains(Task.PROCESSED);
        assertThat(mended.generations().getFirst().models()).isEmpty();
        assertThat(read(Map.of("extras", "Upscale: by hand")).generations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "txt2img, TXT2IMG",
        "txt2img:hires-fix, TXT2IMG",
        "img2img, IMG2IMG",
        "img2img-upscale, UPSCALE",
        "img2img:remove-background, PROCESSED",
        "img2vid, IMG2VID",
        "unheard-of,"
    })
    void readsWhatThePageOfCivitaiAskedFor(String workflow, Task task) {
        Generation generation = only(HEAD
                + ", Civitai resources: [{\"type\":\"checkpoint\",\"modelVersionId\":1,\"modelName\":\"Garden\",\"modelVersionName\":\"v1\"}],"
                + " Civitai metadata: {\"workflow\":\"" + workflow
                + "\",\"images\":[{\"url\":\"https://example.org/a.jpeg\",\"width\":8,\"height\":8}],"
                + "\"sourceImage\":{\"url\":\"https://example.org/b.jpeg\"}}");
        assertThat(generation.generator()).isEqualTo("Civitai");
        assertThat(generation.task()).isEqualTo(Optional.ofNullable(task));
        assertThat(generation.inputs())
                .containsExactly(
                        new InputMedia("init", "https://example.org/b.jpeg"),
                        new InputMedia("input", "https://example.org/a.jpeg"));
    }

    @Test
    void readsEasyDiffusionFromChunks() {
        Reading reading = read(Map.of(
                "prompt",
                "a cat",
                "seed",
                "7",
                "num_inference_steps",
                "25",
                "sampler_name",
                "euler",
                "use_stable_diffusion_model",
                "garden",
                "use_lora_model",
                "['wool', 'fur']",
                "lora_alpha",
                "[0.5, 1.0]"));
        assertThat(reading.claimed()).hasSize(7);
        Generation generation = reading.generations().getFirst();
        assertThat(generation.generator()).isEqualTo("Easy Diffusion");
        assertThat(generation.steps()).contains(25);
        assertThat(generation.loras())
                .extracting(lora -> lora.name().orElse(""))
                .containsExactly("wool", "fur");
    }

    @Test
    void readsStabilityMatrixAsOneGeneration() {
        Reading reading = read(
                Map.of(
                        "parameters-json",
                        "{\"PositivePrompt\":\"a cat\",\"NegativePrompt\":\"\",\"Steps\":20,\"Sampler\":\"Euler\",\"CfgScale\":5,\"Seed\":18446744073709551615,\"Height\":64,\"Width\":32,\"ModelName\":\"garden\"}",
                        "parameters",
                        HEAD,
                        "smproj",
                        "{\"ProjectType\":\"ImageToImage\",\"State\":{\"SelectImageCard\":{\"ImageSource\":{\"LocalFile\":\"C:\\\\in.png\"}}}}"));
        assertThat(reading.generations()).hasSize(1);
        assertThat(reading.claimed()).hasSize(3);
        Generation generation = reading.generations().getFirst();
        assertThat(generation.seed()).contains("18446744073709551615");
        assertThat(generation.task()).contains(Task.IMG2IMG);
        assertThat(generation.inputs()).containsExactly(new InputMedia("input", "C:\\in.png"));
    }

    @Test
    void addsTheExtrasTabAndClaimsNoOtherText() {
        Reading both = read(Map.of(
                "parameters", HEAD, "postprocessing", "Postprocess upscale by: 4, Postprocess upscaler: 4x-Sharp"));
        assertThat(both.generations()).hasSize(1);
        assertThat(both.generations().getFirst().furtherOrigins()).hasSize(1);
        Reading alone = read(Map.of("postprocessing", "Postprocess upscale by: 4, Postprocess upscaler: 4x-Sharp"));
        assertThat(alone.generations().getFirst().task()).contains(Task.UPSCALE);
        assertThat(read(Map.of("Comment", "Created with GIMP", "Description", "Size: big, Model: car, Year: 1990")))
                .isEqualTo(Reading.NONE);
    }

    private static Generation only(String text) {
        Reading reading = read(Map.of("parameters", text));
        assertThat(reading.generations()).hasSize(1);
        return reading.generations().getFirst();
    }

    private static Reading read(Map<String, String> texts) {
        List<MetadataBlock> blocks = new ArrayList<>();
        texts.forEach((key, text) -> blocks.add(new MetadataBlock(
                "png/tEXt",
                key,
                new Origin("a.png", blocks.size() * 100L, 100, "00", "png/1"),
                MetadataBlock.Crc.OK,
                Optional.of(text),
                Optional.of("utf-8"),
                Optional.empty())));
        return GeneratorReaders.readAll(
                new ItemMetadata("a.png", Optional.of("image/png"), 1, 1, blocks, Optional.empty(), List.of()));
    }
}
