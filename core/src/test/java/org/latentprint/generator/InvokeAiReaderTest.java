package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentprint.fixture.TextBlocks;

/** InvokeAI in the forms that its versions write; the texts are made after the writers named in the readers' headers. */
class InvokeAiReaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "a garden" -s50 -W512 -H640 -C7.5 -Ak_lms -I/pics/my cat.png --fit -f0.75 -G0.8 -U 2 0.75 -S42 | a garden | 50 | 42 | /pics/my cat.png
            "a garden" -s 50 -S 42 -W 512 -H 640 -C 7.5 -A k_lms -I C:\\pics\\my  cat.png -f 0.75 | a garden | 50 | 42 | C:\\pics\\my  cat.png
            a garden -s 50 -S 42 -W 512 -H 640 -C 7.5 -I in.png -A k_lms --fit -f 0.6 -V 1:0.1,2:0.2 | a garden | 50 | 42 | in.png
            "a "big" cat -s 3 -S 1 -W 2" -s 50 -S 42 -W 512 -H 640 -C 7.5 -A k_lms -I in.png | a "big" cat -s 3 -S 1 -W 2 | 50 | 42 | in.png
            the word "red" -s 50 -S 42 -W 512 -H 640 -C 7.5 -I in.png -A k_lms | the word "red" | 50 | 42 | in.png
            """)
    void readsTheCommandLinesOfAllVersions(String command, String prompt, int steps, String seed, String initial) {
        Generation generation = only("Dream", command);
        assertThat(generation.positivePrompt()).contains(prompt);
        assertThat(generation.steps()).contains(steps);
        assertThat(generation.seed()).contains(seed);
        assertThat(generation.width()).contains(512);
        assertThat(generation.height()).contains(640);
        assertThat(generation.cfgScale()).contains(new BigDecimal("7.5"));
        assertThat(generation.sampler()).contains("k_lms");
        assertThat(generation.task()).contains(Task.IMG2IMG);
        assertThat(generation.inputs()).containsExactly(new InputMedia("init", initial));
    }

    @Test
    void readsCommandsWithoutAPictureAndWithAMask() {
        Generation plain = only("Dream", "\"a cat [dog]\" -s 20 -S 7 -W 64 -H 64 -C 5.0 -A ddim");
        assertThat(plain.positivePrompt()).contains("a cat");
        assertThat(plain.negativePrompt()).contains("dog");
        assertThat(plain.inferences()).extracting(Inference::field).containsExactly("negativePrompt");
        assertThat(plain.inputs()).isEmpty();
        Generation masked = only("Dream", "a cat -s 20 -S 7 -W 64 -H 64 -C 5.0 -I a.png -A ddim -M b.png -f 0.5");
        assertThat(masked.task()).contains(Task.INPAINT);
        assertThat(masked.inputs()).containsExactly(new InputMedia("init", "a.png"), new InputMedia("mask", "b.png"));
        assertThat(only("Dream", "<too lazy to implement>").positivePrompt()).isEmpty();
    }

    @Test
    void keepsAPictureInsideACommandAsItsDigest() {
        Generation generation =
                only("Dream", "a cat -s 20 -S 7 -W 64 -H 64 -C 5.0 -I data:image/png;base64,AAAA -A ddim");
        assertThat(generation.inputs())
                .singleElement()
                .satisfies(input -> assertThat(input.name()).startsWith("embedded data, 26 characters, sha256"));
    }

    @Test
    void readsWeightedPromptsOfSdMetadata() {
        Generation generation = only(
                "sd-metadata",
                "{\"model\":\"stable diffusion\",\"model_id\":\"garden-1.4\",\"model_hash\":\"" + "ab".repeat(32)
                        + "\",\"app_id\":\"invoke-ai/InvokeAI\",\"app_version\":\"2.3.5\",\"image\":{\"prompt\":["
                        + "{\"prompt\":\"blue sphere\",\"weight\":0.75},{\"prompt\":\"red cube\",\"weight\":0.25},"
                        + "{\"prompt\":\"fog\",\"weight\":-0.5}],\"seed\":3,\"steps\":50,\"sampler\":\"k_lms\","
                        + "\"type\":\"img2img\",\"orig_hash\":\"cd\",\"init_image_path\":\"outputs/init-images/a.png\"}}");
        assertThat(generation.positivePrompt()).contains("blue sphere red cube");
        assertThat(generation.positiveParts())
                .containsExactly(
                        new PromptPart("weight 0.75", "blue sphere"), new PromptPart("weight 0.25", "red cube"));
        assertThat(generation.negativeParts()).containsExactly(new PromptPart("weight -0.5", "fog"));
        assertThat(generation.settings()).containsEntry("weighted prompt", "blue sphere:0.75,red cube:0.25,fog:-0.5");
        assertThat(generation.task()).contains(Task.IMG2IMG);
        assertThat(generation.inputs())
                .containsExactly(
                        new InputMedia("init", "outputs/init-images/a.png"), new InputMedia("init", "sha256:cd"));
        assertThat(generation.models())
                .containsExactly(
                        new NamedModel("checkpoint", Optional.of("garden-1.4"), Map.of("sha256", "ab".repeat(32))));
    }

    @Test
    void readsPicturesThatWereOnlyEnlargedOrMended() {
        Generation early = only(
                "sd-metadata",
                "{\"app_version\":\"v1.14\",\"image\":{\"orig_path\":\"in/a.png\",\"orig_hash\":\"cd\",\"type\":\"esrgan\","
                        + "\"scale\":2,\"strength\":0.75}}");
        assertThat(early.task()).contains(Task.UPSCALE);
        assertThat(early.inputs())
                .containsExactly(new InputMedia("input", "in/a.png"), new InputMedia("input", "sha256:cd"));
        Generation later = only(
                "sd-metadata",
                "{\"app_version\":\"2.2\",\"image\":{\"postprocessing\":[{\"orig_path\":[\"in/b.png\"],\"orig_hash\":\"ef\","
                        + "\"type\":\"gfpgan\",\"strength\":0.8}]}}");
        assertThat(later.positivePrompt()).isEmpty();
        assertThat(later.inputs())
                .containsExactly(new InputMedia("input", "sha256:ef"), new InputMedia("input", "in/b.png"));
        assertThat(later.settings().get("postprocessing")).contains("gfpgan");
    }

    @Test
    void readsCoreMetadata() {
        Generation generation = only("invokeai_metadata", """
                {"generation_mode":"sdxl_img2img","positive_prompt":"a lighthouse","negative_prompt":"","width":1024,"height":768,
                "seed":18446744073709551615,"cfg_scale":5.5,"steps":30,"scheduler":"dpmpp_2m_k","app_version":"5.6.0","strength":0.6,
                "model":{"key":"0f1e2d3c-1111-2222-3333-444455556666","hash":"blake3:ab12","name":"base","base":"sdxl","type":"main"},
                "refiner_model":{"key":"aa","hash":"random:1","name":"late","base":"sdxl-refiner","type":"main"},"refiner_steps":10,
                "refiner_cfg_scale":6,"refiner_scheduler":"euler","vae":{"model_name":"old-vae","base_model":"sdxl"},
                "loras":[{"model":{"key":"bb","hash":"sha256:cd","name":"wool","base":"sdxl","type":"lora"},"weight":0.7},
                {"lora":{"model_name":"fur","base_model":"sdxl"},"weight":-0.5}],
                "controlnets":[{"image":{"image_name":"pose.png"},"processed_image":{"image_name":"lines.png"},
                "control_model":{"name":"canny","key":"cc","hash":"h","base":"sdxl","type":"controlnet"},"control_weight":1}],
                "ipAdapters":[{"image":{"image_name":"style.png"},"ip_adapter_model":{"name":"ipa"},"weight":[0.1,0.2]}],
                "init_image":"start.png"}""");
        assertThat(generation.version()).contains("5.6.0");
        assertThat(generation.task()).contains(Task.IMG2IMG);
        assertThat(generation.seed()).contains("18446744073709551615");
        assertThat(generation.models())
                .extracting(NamedModel::kind, model -> model.name().orElse(""))
                .containsExactly(
                        tuple("checkpoint", "base"),
                        tuple("checkpoint", "late"),
                        tuple("vae", "old-vae"),
                        tuple("controlnet", "canny"),
                        tuple("ip-adapter", "ipa"));
        assertThat(generation.models().getFirst().hashes()).containsEntry("blake3", "blake3:ab12");
        assertThat(generation.models().get(1).hashes()).isEmpty();
        assertThat(generation.loras())
                .extracting(lora -> lora.name().orElse("") + " " + lora.weight().orElse(BigDecimal.ZERO))
                .containsExactly("wool 0.7", "fur -0.5");
        assertThat(generation.inputs())
                .containsExactlyInAnyOrder(
                        new InputMedia("control", "pose.png"),
                        new InputMedia("control", "lines.png"),
                        new InputMedia("reference", "style.png"),
                        new InputMedia("init", "start.png"));
        assertThat(generation.passes()).extracting(Pass::node).containsExactly("base", "refiner");
        assertThat(generation.passes().get(1).steps()).contains(10);
    }

    @Test
    void readsCanvasLayersByTheirUse() {
        String canvas = """
                {"generation_mode":"flux_%s","positive_prompt":"a cat","canvas_v2_metadata":{
                "rasterLayers":[{"type":"raster_layer","isEnabled":true,"objects":[{"type":"image","image":{"image_name":"r.png","width":8,"height":8}}]},
                {"type":"raster_layer","isEnabled":false,"objects":[{"type":"image","image":{"image_name":"off.png","width":8,"height":8}}]}],
                "inpaintMasks":[{"type":"inpaint_mask","isEnabled":true,"objects":[{"type":"image","image":{"dataURL":"data:image/png;base64,AAAA","width":8,"height":8}}]}],
                "controlLayers":[{"type":"control_layer","isEnabled":true,"objects":[{"type":"image","image":{"image_name":"c.png","width":8,"height":8}}],
                "controlAdapter":{"type":"controlnet","model":{"key":"k","hash":"h","name":"depth","base":"flux","type":"controlnet"}}}],
                "regionalGuidance":[{"type":"regional_guidance","isEnabled":true,"objects":[],"positivePrompt":"a red roof","negativePrompt":null,
                "referenceImages":[{"id":"x","config":{"type":"ip_adapter","image":{"image_name":"g.png","width":8,"height":8}}}]}]},
                "ref_images":[[{"id":"a","isEnabled":true,"config":{"type":"flux_kontext_reference_image","image":{"original":{"image":{"image_name":"k.png","width":8,"height":8}},
                "crop":{"image":{"image_name":"kc.png","width":8,"height":8}}}}}]]}""";
        Generation image = only("invokeai_metadata", canvas.formatted("img2img"));
        assertThat(image.inputs())
                .contains(
                        new InputMedia("init", "r.png"),
                        new InputMedia("unconnected", "off.png"),
                        new InputMedia("control", "c.png"),
                        new InputMedia("reference", "g.png"),
                        new InputMedia("reference", "k.png"),
                        new InputMedia("reference", "kc.png"))
                .anyMatch(input -> input.role().equals("mask") && input.name().startsWith("embedded data"))
                .hasSize(7);
        assertThat(image.positiveParts()).containsExactly(new PromptPart("region 1", "a red roof"));
        assertThat(image.models()).extracting(NamedModel::kind).containsExactly("controlnet");
        assertThat(image.inferences()).extracting(Inference::field).contains("inputs");
        Generation text = only("invokeai_metadata", canvas.formatted("txt2img"));
        assertThat(text.inputs()).contains(new InputMedia("unconnected", "r.png"));
    }

    @Test
    void readsControlLayersOfVersion42() {
        Generation generation = only("invokeai_metadata", """
                {"generation_mode":"img2img","positive_prompt":"a cat","control_layers":{"version":3,"layers":[
                {"type":"initial_image_layer","image":{"name":"i.png","width":8,"height":8},"denoisingStrength":0.5},
                {"type":"control_adapter_layer","controlAdapter":{"type":"controlnet","image":{"name":"c.png","width":8,"height":8},
                "processedImage":{"name":"p.png","width":8,"height":8},"model":{"key":"k","name":"canny","base":"sd-1","type":"controlnet"}}},
                {"type":"ip_adapter_layer","ipAdapter":{"image":{"name":"s.png","width":8,"height":8},"model":{"name":"ipa"}}},
                {"type":"regional_guidance_layer","positivePrompt":"roof","negativePrompt":"fog","ipAdapters":[],"uploadedMaskImage":null}]}}""");
        assertThat(generation.inputs())
                .containsExactlyInAnyOrder(
                        new InputMedia("init", "i.png"),
                        new InputMedia("control", "c.png"),
                        new InputMedia("control", "p.png"),
                        new InputMedia("reference", "s.png"));
        assertThat(generation.negativeParts()).containsExactly(new PromptPart("region 1", "fog"));
    }

    @Test
    void readsFieldsOfNewFamiliesByTheirForm() {
        Generation generation = only("invokeai_metadata", """
                {"positive_prompt":"a cat","model":{"key":"m","hash":"h","name":"z","base":"z-image","type":"main"},
                "qwen3_encoder":{"key":"e","hash":"h","name":"enc","base":"any","type":"qwen3_encoder"},
                "wan_vae_model":{"key":"v","hash":"h","name":"wv","base":"wan","type":"vae"},
                "upscale_model":{"key":"u","hash":"h","name":"4x","base":"any","type":"spandrel_image_to_image"},
                "upscale_initial_image":{"image_name":"small.png","width":8,"height":8},
                "some_new_picture":{"image_name":"new.png"}}""");
        assertThat(generation.models())
                .extracting(NamedModel::kind)
                .containsExactly("checkpoint", "text-encoder", "vae", "upscaler");
        assertThat(generation.task()).contains(Task.UPSCALE);
        assertThat(generation.inputs())
                .containsExactly(new InputMedia("init", "small.png"), new InputMedia("input", "new.png"));
    }

    @Test
    void readsAGraphWhereThereIsNoRecord() {
        Generation generation = only("invokeai_graph", """
                {"id":"g","nodes":{"p":{"type":"string","value":"a bicycle"},"e":{"type":"sdxl_compel_prompt"},
                "n":{"type":"compel","prompt":"rain"},"c":{"type":"collect"},"s":{"type":"integer","value":77},
                "z":{"type":"noise","width":640,"height":512},"cn":{"type":"controlnet","image":{"image_name":"edge.png"}},
                "m":{"type":"main_model_loader","model":{"key":"k","hash":"h","name":"base","base":"sd-1","type":"main"}},
                "d":{"type":"denoise_latents","steps":12,"cfg_scale":4.5,"scheduler":"euler"}},
                "edges":[{"source":{"node_id":"p","field":"value"},"destination":{"node_id":"e","field":"prompt"}},
                {"source":{"node_id":"e","field":"conditioning"},"destination":{"node_id":"c","field":"item"}},
                {"source":{"node_id":"c","field":"collection"},"destination":{"node_id":"d","field":"positive_conditioning"}},
                {"source":{"node_id":"n","field":"conditioning"},"destination":{"node_id":"d","field":"negative_conditioning"}},
                {"source":{"node_id":"z","field":"noise"},"destination":{"node_id":"d","field":"noise"}},
                {"source":{"node_id":"s","field":"value"},"destination":{"node_id":"z","field":"seed"}}]}""");
        assertThat(generation.positivePrompt()).contains("a bicycle");
        assertThat(generation.negativePrompt()).contains("rain");
        assertThat(generation.seed()).contains("77");
        assertThat(generation.steps()).contains(12);
        assertThat(generation.width()).contains(640);
        assertThat(generation.models()).extracting(NamedModel::kind).containsExactly("checkpoint");
        assertThat(generation.inputs()).containsExactly(new InputMedia("control", "edge.png"));
        String loop = "{\"nodes\":{\"d\":{\"type\":\"denoise_latents\"},\"c\":{\"type\":\"collect\"}},\"edges\":["
                + "{\"source\":{\"node_id\":\"c\"},\"destination\":{\"node_id\":\"c\",\"field\":\"item\"}},"
                + "{\"source\":{\"node_id\":\"c\"},\"destination\":{\"node_id\":\"d\",\"field\":\"positive_conditioning\"}}]}";
        assertThat(only("invokeai_graph", loop).positivePrompt()).isEmpty();
    }

    private static Generation only(String key, String text) {
        Reading reading = GeneratorReaders.readAll(TextBlocks.png(key, text));
        assertThat(reading.generations()).hasSize(1);
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.generations().getFirst().generator()).isEqualTo("InvokeAI");
        return reading.generations().getFirst();
    }
}
