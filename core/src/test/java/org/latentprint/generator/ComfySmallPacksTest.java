package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.ComfyReadings.read;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Small graphs of packs that bring a model of their own, in the editor's form, whose values have no names, and in the form
 * that runs. Classes, inputs and their order as the packs' own sources declare them.
 */
class ComfySmallPacksTest {
    /** Builds a graph as the editor writes it; quotes are single ones. */
    private static final class Canvas {
        private final List<String> nodes = new ArrayList<>();
        private final List<String> links = new ArrayList<>();

        /**
         * Adds a node.
         *
         * @param sockets {@code name:TYPE} where nothing is linked, {@code name:TYPE:from.slot} where something is
         * @param outputs {@code name:TYPE}
         */
        Canvas node(int id, String type, String sockets, String outputs, String values) {
            List<String> inputs = new ArrayList<>();
            for (String socket : sockets.isEmpty() ? new String[0] : sockets.split(",")) {
                String[] parts = socket.split(":");
                String link = "null";
                if (parts.length > 2) {
                    String[] from = parts[2].split("\\.");
                    link = Integer.toString(links.size() + 1);
                    links.add("[" + link + ", " + from[0] + ", " + from[1] + ", " + id + ", " + inputs.size() + ", '"
                            + parts[1] + "']");
                }
                inputs.add("{'name': '" + parts[0] + "', 'type': '" + parts[1] + "', 'link': " + link + "}");
            }
            List<String> given = new ArrayList<>();
            for (String output : outputs.isEmpty() ? new String[0] : outputs.split(",")) {
                String[] parts = output.split(":");
                given.add("{'name': '" + parts[0] + "', 'type': '" + parts[1] + "'}");
            }
            nodes.add("{'id': " + id + ", 'type': '" + type + "', 'mode': 0, 'inputs': [" + String.join(", ", inputs)
                    + "], 'outputs': [" + String.join(", ", given) + "], 'widgets_values': [" + values + "]}");
            return this;
        }

        Canvas saved(String from) {
            return node(9, "SaveImage", "images:IMAGE:" + from, "", "'garden'");
        }

        Canvas spoken(String from) {
            return node(9, "SaveAudio", "audio:AUDIO:" + from, "", "'garden'");
        }

        Generation generation() {
            return read(
                    "workflow",
                    q("{'nodes': [" + String.join(", ", nodes) + "], 'links': [" + String.join(", ", links)
                            + "], 'version': 0.4}"));
        }
    }

    private static String q(String json) {
        return json.replace('\'', '"');
    }

    private static Generation prompt(String nodes) {
        return read("prompt", q("{" + nodes + "}"));
    }

    private static void assertSettings(Generation generation, String seed, int steps, String cfg) {
        assertThat(generation.seed()).contains(seed);
        assertThat(generation.steps()).contains(steps);
        assertThat(generation.cfgScale()).contains(new BigDecimal(cfg));
    }

    private static void assertModel(Generation generation, String kind, String name) {
        assertThat(generation.models()).contains(NamedModel.named(kind, name));
    }

    @Test
    void aClassWhoseVersionsOrderTheirInputsDifferentlyIsReadByTheOneThatFits() {
        Generation worded = new Canvas()
                .node(
                        1,
                        "AsymFluxLoader",
                        "",
                        "pipeline:ASYM_PIPE",
                        "'garden/base', 'garden/adapter', 'cuda', 'bf16', false")
                .node(
                        2,
                        "AsymFluxSampler",
                        "pipeline:ASYM_PIPE:1.0",
                        "image:IMAGE",
                        "'a lighthouse', 'fog', 42, 38, 4.0, 1.0, true, 960, 1280")
                .saved("2.0")
                .generation();
        assertThat(worded.positivePrompt()).contains("a lighthouse");
        assertThat(worded.negativePrompt()).contains("fog");
        assertSettings(worded, "42", 38, "4.0");
        assertModel(worded, "checkpoint", "garden/base");

        Generation linked = new Canvas()
                .node(
                        1,
                        "AsymFluxLoader",
                        "",
                        "pipeline:ASYM_PIPE",
                        "'base.safetensors', 'side.safetensors', 'bf16', false")
                .node(3, "CLIPLoader", "", "CLIP:CLIP", "'text.safetensors', 'flux2', 'default'")
                .node(4, "CLIPTextEncode", "clip:CLIP:3.0", "CONDITIONING:CONDITIONING", "'a bicycle'")
                .node(
                        2,
                        "AsymFluxSampler",
                        "pipeline:ASYM_PIPE:1.0,positive:CONDITIONING:4.0,negative:CONDITIONING",
                        "image:IMAGE",
                        "43, 'fixed', 20, 3.5, 1.0, true, 512, 640")
                .saved("2.0")
                .generation();
        assertThat(linked.positivePrompt()).contains("a bicycle");
        assertSettings(linked, "43", 20, "3.5");
        assertModel(linked, "checkpoint", "base.safetensors");
        assertThat(linked.width()).contains(512);
    }

    @Test
    void valuesThatFitTwoVersionsAreNotGivenAName() {
        // By one version the first number is a scale, by the other the fineness of the shape
        Generation generation = new Canvas()
                .node(1, "Hy3DModelLoader", "", "pipeline:HY3DMODEL,vae:HY3DVAE", "'shape.safetensors', 'sdpa', false")
                .node(2, "LoadImage", "", "IMAGE:IMAGE,MASK:MASK", "'cat.png', 'image'")
                .node(
                        3,
                        "Hy3DGenerateMesh",
                        "pipeline:HY3DMODEL:1.0,image:IMAGE:2.0,mask:MASK",
                        "mesh:HY3DMESH",
                        "256, 5.5, 30, 7, 'fixed'")
                .node(4, "Hy3DExportMesh", "mesh:HY3DMESH:3.0", "", "'shape', 'glb'")
                .generation();
        assertThat(generation.seed()).isEmpty();
        assertThat(generation.cfgScale()).isEmpty();
    }

    @Test
    void oneNodeThatLoadsEncodesAndRunsIsASampler() {
        Generation film = prompt("""
                '1': {'class_type': 'LoadImage', 'inputs': {'image': 'first.png'}},
                '2': {'class_type': 'LoadImage', 'inputs': {'image': 'last.png'}},
                '3': {'class_type': 'ToonCrafterNode', 'inputs': {'image': ['1', 0], 'image2': ['2', 0],
                    'ckpt_name': 'film/model.ckpt', 'vram_opt_strategy': 'none', 'prompt': 'a cat walks', 'seed': 123,
                    'eta': 1.0, 'cfg_scale': 7.5, 'steps': 50, 'frame_count': 10, 'fps': 8}},
                '9': {'class_type': 'SaveImage', 'inputs': {'images': ['3', 0], 'filename_prefix': 'x'}}""");
        assertThat(film.positivePrompt()).contains("a cat walks");
        assertSettings(film, "123", 50, "7.5");
        assertModel(film, "checkpoint", "film/model.ckpt");
        assertThat(film.inputs()).extracting(InputMedia::name).containsExactlyInAnyOrder("first.png", "last.png");

        Generation edit = new Canvas()
                .node(2, "LoadImage", "", "IMAGE:IMAGE,MASK:MASK", "'panda.png', 'image'")
                .node(
                        1,
                        "Step1XEdit",
                        "image:IMAGE:2.0",
                        "edited_image:IMAGE",
                        "'give it a hat', 'Step1X-Edit-FP8', true, true, 96, 'randomize', 28, 7.5, 512, ''")
                .saved("1.0")
                .generation();
        assertThat(edit.positivePrompt()).contains("give it a hat");
        assertSettings(edit, "96", 28, "7.5");
        assertThat(edit.inputs()).extracting(InputMedia::name).contains("panda.png");
    }

    @Test
    void oneNodeOfAnUnknownClassIsASamplerByWhatItIsSetToAndGives() {
        String node = "'1': {'class_type': 'GardenPipeline', 'inputs': {'model_name': 'garden.safetensors',"
                + " 'prompt': 'a lighthouse', 'negative_prompt': 'fog', 'seed': 5, 'num_inference_steps': 12,"
                + " 'guidance_scale': 3.0}},";
        Generation drawn = prompt(
                node + "'9': {'class_type': 'SaveImage', 'inputs': {'images': ['1', 0], 'filename_prefix': 'x'}}");
        assertThat(drawn.positivePrompt()).contains("a lighthouse");
        assertThat(drawn.negativePrompt()).contains("fog");
        assertSettings(drawn, "5", 12, "3.0");
        assertModel(drawn, "diffusion-model", "garden.safetensors");
        assertThat(drawn.unknowns()).contains("GardenPipeline");
    }

    @Test
    void aNodeThatHandsItsSettingsOnRunsNothing() {
        Generation generation = new Canvas()
                .node(
                        1,
                        "GardenSettings",
                        "prompt:STRING:2.0,seed:INT:3.0,steps:INT:3.0",
                        "image:IMAGE,seed:INT,steps:INT",
                        "")
                .node(2, "PrimitiveString", "", "STRING:STRING", "'a lighthouse'")
                .node(3, "PrimitiveInt", "", "INT:INT", "7")
                .saved("1.0")
                .generation();
        assertThat(generation.passes()).isEmpty();
        assertThat(generation.seed()).isEmpty();
    }

    @Test
    void depthIsMeasuredAndNotDrawn() {
        Generation generation = prompt("""
                '1': {'class_type': 'LoadImage', 'inputs': {'image': 'coast.png'}},
                '2': {'class_type': 'DepthOfGarden', 'inputs': {'image': ['1', 0], 'seed': 3, 'steps': 10, 'cfg': 1.0}},
                '9': {'class_type': 'SaveImage', 'inputs': {'images': ['2', 0], 'filename_prefix': 'x'}}""");
        assertThat(generation.passes()).isEmpty();
        assertThat(generation.seed()).isEmpty();
    }

    @Test
    void whatIsSpokenIsTheTextOfASpeaker() {
        Generation cloned = new Canvas()
                .node(
                        1,
                        "FL_CosyVoice3_ModelLoader",
                        "",
                        "model:COSYVOICE_MODEL",
                        "'Voice-0.5B', 'ModelScope', 'auto', false, false")
                .node(2, "LoadAudio", "", "AUDIO:AUDIO", "'voice.wav', null, ''")
                .node(
                        3,
                        "FL_CosyVoice3_ZeroShot",
                        "model:COSYVOICE_MODEL:1.0,reference_audio:AUDIO:2.0",
                        "audio:AUDIO",
                        "'The garden is open.', 'good day', 1.0, 1097, 'randomize'")
                .spoken("3.0")
                .generation();
        assertThat(cloned.positivePrompt()).contains("The garden is open.");
        assertThat(cloned.seed()).contains("1097");
        assertThat(cloned.task()).contains(Task.AUDIO);
        assertThat(cloned.inputs()).extracting(InputMedia::role).contains("audio");

        Generation voice = new Canvas()
                .node(
                        1,
                        "VibeVoiceSingleSpeakerNode",
                        "voice_to_clone:AUDIO",
                        "audio:AUDIO",
                        "'Cats sleep.', 'Voice-1.5B', 'auto', true, 20, 42, 'fixed', 1.3, false, 0.95, 0.95, 250")
                .spoken("1.0")
                .generation();
        assertThat(voice.positivePrompt()).contains("Cats sleep.");
        assertSettings(voice, "42", 20, "1.3");
        assertModel(voice, "diffusion-model", "Voice-1.5B");
    }

    @Test
    void soundsAreMadeByNodesWithAndWithoutASeed() {
        Generation ocean = new Canvas()
                .node(1, "TangoFluxLoader", "", "model:TANGOFLUX_MODEL,vae:TANGOFLUX_VAE", "false, 0.25")
                .node(
                        2,
                        "TangoFluxSampler",
                        "model:TANGOFLUX_MODEL:1.0",
                        "latents:TANGOFLUX_LATENTS",
                        "'waves at a lighthouse', 50, 3, 10, 31, 'randomize', 1")
                .node(
                        3,
                        "TangoFluxVAEDecodeAndPlay",
                        "vae:TANGOFLUX_VAE:1.1,latents:TANGOFLUX_LATENTS:2.0",
                        "",
                        "32, 'TangoFlux', 'wav', true")
                .generation();
        assertThat(ocean.positivePrompt()).contains("waves at a lighthouse");
        assertSettings(ocean, "31", 50, "3");

        Generation loop = new Canvas()
                .node(
                        1,
                        "StableAudioSamplerLiam",
                        "",
                        "audio:audio,INT:INT,AUDIO:AUDIO",
                        "'a drum loop', 'sound.safetensors', 100, 7, 65536, 0.3, 500, 'dpmpp-3m-sde', 'audio', 'out.wav'")
                .node(2, "PreViewAudioLiam", "audio:audio:1.0", "", "")
                .generation();
        assertThat(loop.positivePrompt()).contains("a drum loop");
        assertThat(loop.seed()).isEmpty();
        assertThat(loop.sampler()).contains("dpmpp-3m-sde");
        assertModel(loop, "diffusion-model", "sound.safetensors");

        Generation open = new Canvas()
                .node(
                        1,
                        "StableAudioLoadModel",
                        "",
                        "audio_model:SAOMODEL",
                        "'sound.ckpt', 'sound.json', '', false, false")
                .node(2, "StableAudioConditioning", "", "conditioning:SAOCOND", "0, 30, 1")
                .node(3, "StableAudioPrompt", "conditioning:SAOCOND:2.0", "conditioning:SAOCOND", "'rain'")
                .node(4, "StableAudioPrompt", "conditioning:SAOCOND:2.0", "conditioning:SAOCOND", "'noise'")
                .node(
                        5,
                        "StableAudioSampler",
                        "audio_model:SAOMODEL:1.0,positive:SAOCOND:3.0,negative:SAOCOND:4.0,audio:VHS_AUDIO",
                        "audio:VHS_AUDIO,sample_rate:INT,image:IMAGE",
                        "8, 'fixed', 60, 6.0, 65536, 0.3, 500, 'k-heun', 1.0, true, 'Sound'")
                .node(6, "SaveAudio", "audio:AUDIO:5.0", "", "'x'")
                .generation();
        assertThat(open.positivePrompt()).contains("rain");
        assertThat(open.negativePrompt()).contains("noise");
        assertSettings(open, "8", 60, "6.0");
        assertModel(open, "diffusion-model", "sound.ckpt");
    }

    @Test
    void fooocusNodesHandTheirSettingsThroughAPipe() {
        Generation generation = new Canvas()
                .node(1, "Fooocus positive", "", "positive:STRING", "'a dragon kite'")
                .node(2, "Fooocus negative", "", "negative:STRING", "'fog'")
                .node(
                        3,
                        "Fooocus LoraStack",
                        "optional_lora_stack:LORA_STACK",
                        "lora_stack:LORA_STACK",
                        "true, 1, 'ink.safetensors', 0.1, 'wool.safetensors', 0.5" + ", 'None', 1".repeat(8))
                .node(
                        4,
                        "Fooocus Loader",
                        "optional_lora_stack:LORA_STACK:3.0,positive_prompt:STRING:1.0,negative_prompt:STRING:2.0",
                        "pipe:PIPE_LINE",
                        "'base.safetensors', 'finer.safetensors', 0.6, 'joint', true, 294, 'randomize', '768 x 1280', 1024, 1024, 1")
                .node(
                        5,
                        "Fooocus PreKSampler",
                        "pipe:PIPE_LINE:4.0,inpaint_image:IMAGE,inpaint_mask:MASK",
                        "pipe:PIPE_LINE,MODEL:MODEL",
                        "'text_or_images_to_images', 30, 4, 'dpmpp_2m_sde_gpu', 'karras', 1, 'simple', 2, 7, 1.5, 0.8, 0.3, 0.25")
                .node(
                        6,
                        "Fooocus KSampler",
                        "pipe:PIPE_LINE:5.0,model:MODEL",
                        "pipe:PIPE_LINE,image:IMAGE",
                        "'Preview', 'x'")
                .saved("6.1")
                .generation();
        assertThat(generation.positivePrompt()).contains("a dragon kite");
        assertThat(generation.negativePrompt()).contains("fog");
        assertSettings(generation, "294", 30, "4");
        assertThat(generation.sampler()).contains("dpmpp_2m_sde_gpu");
        assertModel(generation, "checkpoint", "base.safetensors");
        assertThat(generation.models()).doesNotContain(NamedModel.named("checkpoint", "finer.safetensors"));
        assertThat(generation.loras())
                .extracting(lora -> lora.name().orElse(""))
                .containsExactly("ink.safetensors");
        assertThat(generation.width()).contains(768);
        assertThat(generation.inferences()).extracting(Inference::field).contains("positive_prompt");
    }

    @Test
    void aThreeStageSamplerIsReadByItsFirstStage() {
        Generation generation = prompt("""
                '1': {'class_type': 'UNETLoader', 'inputs': {'unet_name': 'high.safetensors', 'weight_dtype': 'default'}},
                '2': {'class_type': 'UNETLoader', 'inputs': {'unet_name': 'low.safetensors', 'weight_dtype': 'default'}},
                '3': {'class_type': 'CLIPLoader', 'inputs': {'clip_name': 't5.safetensors', 'type': 'wan'}},
                '4': {'class_type': 'CLIPTextEncode', 'inputs': {'clip': ['3', 0], 'text': 'a fox'}},
                '5': {'class_type': 'CLIPTextEncode', 'inputs': {'clip': ['3', 0], 'text': 'fog'}},
                '6': {'class_type': 'EmptyHunyuanLatentVideo', 'inputs': {'width': 832, 'height': 480, 'length': 81,
                    'batch_size': 1}},
                '7': {'class_type': 'TripleKSamplerWan22Lightning', 'inputs': {'base_high': ['1', 0],
                    'lightning_high': ['1', 0], 'lightning_low': ['2', 0], 'positive': ['4', 0], 'negative': ['5', 0],
                    'latent_image': ['6', 0], 'seed': 11, 'sigma_shift': 5.0, 'base_cfg': 3.5, 'lightning_start': 1,
                    'lightning_steps': 8, 'sampler_name': 'euler', 'scheduler': 'beta',
                    'switch_strategy': 'T2V boundary'}},
                '8': {'class_type': 'VAEDecode', 'inputs': {'samples': ['7', 0]}},
                '9': {'class_type': 'SaveImage', 'inputs': {'images': ['8', 0], 'filename_prefix': 'x'}}""");
        assertThat(generation.positivePrompt()).contains("a fox");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.seed()).contains("11");
        assertThat(generation.steps()).isEmpty();
        assertThat(generation.cfgScale()).contains(new BigDecimal("3.5"));
        assertModel(generation, "diffusion-model", "high.safetensors");
        assertModel(generation, "diffusion-model", "low.safetensors");
        assertThat(generation.width()).contains(832);
    }

    @Test
    void kolorsHasTwoPacksWithAnEncoderOfTheirOwn() {
        Generation native_ = new Canvas()
                .node(1, "MZ_ChatGLM3Loader", "", "chatglm3_model:CHATGLM3MODEL", "'glm.safetensors'")
                .node(2, "MZ_KolorsUNETLoader", "", "model:MODEL,hid_proj:TorchLinear", "'kolors.safetensors'")
                .node(
                        3,
                        "MZ_ChatGLM3",
                        "chatglm3_model:CHATGLM3MODEL:1.0,hid_proj:TorchLinear:2.1",
                        "CONDITIONING:CONDITIONING",
                        "'a lighthouse'")
                .node(4, "EmptyLatentImage", "", "LATENT:LATENT", "968, 1152, 1")
                .node(
                        5,
                        "KSampler",
                        "model:MODEL:2.0,positive:CONDITIONING:3.0,negative:CONDITIONING,latent_image:LATENT:4.0",
                        "LATENT:LATENT",
                        "13, 'fixed', 30, 6.5, 'euler', 'karras', 1.0")
                .node(6, "VAEDecode", "samples:LATENT:5.0,vae:VAE", "IMAGE:IMAGE", "")
                .saved("6.0")
                .generation();
        assertThat(native_.positivePrompt()).contains("a lighthouse");
        assertModel(native_, "diffusion-model", "kolors.safetensors");
        assertModel(native_, "text-encoder", "glm.safetensors");

        Generation wrapped = new Canvas()
                .node(1, "DownloadAndLoadKolorsModel", "", "kolors_model:KOLORSMODEL", "'Kwai-Kolors/Kolors', 'fp16'")
                .node(2, "LoadChatGLM3", "", "chatglm3_model:CHATGLM3MODEL", "'glm.safetensors', 'fp16'")
                .node(
                        3,
                        "KolorsTextEncode",
                        "chatglm3_model:CHATGLM3MODEL:2.0",
                        "kolors_embeds:KOLORS_EMBEDS",
                        "'a bicycle', 'fog', 1")
                .node(
                        4,
                        "KolorsSampler",
                        "kolors_model:KOLORSMODEL:1.0,kolors_embeds:KOLORS_EMBEDS:3.0,latent:LATENT",
                        "latent:LATENT",
                        "1024, 768, 5, 'fixed', 25, 5.0, 'EulerDiscreteScheduler', 1.0")
                .node(6, "VAEDecode", "samples:LATENT:4.0,vae:VAE", "IMAGE:IMAGE", "")
                .saved("6.0")
                .generation();
        assertThat(wrapped.positivePrompt()).contains("a bicycle");
        assertThat(wrapped.negativePrompt()).contains("fog");
        assertSettings(wrapped, "5", 25, "5.0");
        assertModel(wrapped, "diffusion-model", "Kwai-Kolors/Kolors");
        assertThat(wrapped.width()).contains(1024);
        assertThat(wrapped.height()).contains(768);
    }

    @Test
    void sanaAndPixArtEncodeWithALanguageModel() {
        Generation sana = new Canvas()
                .node(
                        1,
                        "ClarkAirSanaLoader",
                        "",
                        "MODEL:MODEL",
                        "'sana.safetensors', 'SanaMS_1600M_P1_D20', 'bfloat16'")
                .node(2, "GemmaLoader", "", "GEMMA:GEMMA", "'garden/gemma', 'cuda', 'BF16'")
                .node(3, "GemmaTextEncode", "GEMMA:GEMMA:2.0", "CONDITIONING:CONDITIONING", "'a corgi'")
                .node(4, "ClarkAirSanaEmptyLatent", "", "LATENT:LATENT", "512, 640, 1")
                .node(
                        5,
                        "KSampler",
                        "model:MODEL:1.0,positive:CONDITIONING:3.0,negative:CONDITIONING,latent_image:LATENT:4.0",
                        "LATENT:LATENT",
                        "9, 'fixed', 20, 4.5, 'euler', 'normal', 1.0")
                .node(6, "VAEDecode", "samples:LATENT:5.0,vae:VAE:7.0", "IMAGE:IMAGE", "")
                .node(7, "ExtraVAELoader", "", "VAE:VAE", "'dcae.safetensors', 'dcae-f32c32-sana-1.0', 'FP16'")
                .saved("6.0")
                .generation();
        assertThat(sana.positivePrompt()).contains("a corgi");
        assertModel(sana, "diffusion-model", "sana.safetensors");
        assertModel(sana, "text-encoder", "garden/gemma");
        assertThat(sana.height()).contains(640);
        assertThat(sana.unknowns()).isEmpty();

        Generation dit = new Canvas()
                .node(1, "HYDiTCheckpointLoader", "", "model:MODEL", "'dit.safetensors', 'G/2'")
                .node(2, "HYDiTTextEncoderLoader", "", "CLIP:CLIP,T5:T5", "'clip.bin', 'mt5.bin', 'auto', 'default'")
                .node(3, "HYDiTTextEncodeSimple", "CLIP:CLIP:2.0,T5:T5:2.1", "CONDITIONING:CONDITIONING", "'a kite'")
                .node(4, "EmptyLatentImage", "", "LATENT:LATENT", "1024, 1024, 1")
                .node(
                        5,
                        "KSampler",
                        "model:MODEL:1.0,positive:CONDITIONING:3.0,negative:CONDITIONING,latent_image:LATENT:4.0",
                        "LATENT:LATENT",
                        "9, 'fixed', 20, 4.5, 'euler', 'normal', 1.0")
                .node(6, "VAEDecode", "samples:LATENT:5.0,vae:VAE", "IMAGE:IMAGE", "")
                .saved("6.0")
                .generation();
        assertThat(dit.positivePrompt()).contains("a kite");
        assertModel(dit, "checkpoint", "dit.safetensors");
        assertModel(dit, "text-encoder", "mt5.bin");
    }

    @Test
    void clownsharkLoadsAndSamplesInOneNodeEach() {
        Generation generation = new Canvas()
                .node(
                        1,
                        "ClownModelLoader",
                        "",
                        "model:MODEL,clip:CLIP,vae:VAE",
                        "'chroma.safetensors', 'default', 't5.safetensors', '.none', '.none', '.none', 'chroma', 'ae.sft'")
                .node(2, "CLIPTextEncode", "clip:CLIP:1.1", "CONDITIONING:CONDITIONING", "'a shark kite'")
                .node(3, "CLIPTextEncode", "clip:CLIP:1.1", "CONDITIONING:CONDITIONING", "'fog'")
                .node(4, "EmptyLatentImage", "", "LATENT:LATENT", "1024, 768, 1")
                .node(
                        5,
                        "ClownsharKSampler",
                        "model:MODEL:1.0,positive:CONDITIONING:2.0,negative:CONDITIONING:3.0,sigmas:SIGMAS,"
                                + "latent_image:LATENT:4.0,guides:GUIDES,options:OPTIONS,automation:AUTOMATION",
                        "output:LATENT,denoised:LATENT,sde_noise:LATENT",
                        "'gaussian', 'gaussian', 'hard', 0.5, 3, 'fixed', 'standard', 'res_2m', 'explicit_diagonal',"
                                + " 'beta57', 30, 0, 1.0, 1.0, 4.0, ''")
                .node(6, "VAEDecode", "samples:LATENT:5.0,vae:VAE:1.2", "IMAGE:IMAGE", "")
                .saved("6.0")
                .generation();
        assertThat(generation.positivePrompt()).contains("a shark kite");
        assertSettings(generation, "3", 30, "4.0");
        assertThat(generation.sampler()).contains("res_2m");
        assertThat(generation.scheduler()).contains("beta57");
        assertThat(generation.models())
                .containsExactlyInAnyOrder(
                        NamedModel.named("diffusion-model", "chroma.safetensors"),
                        NamedModel.named("text-encoder", "t5.safetensors"),
                        NamedModel.named("vae", "ae.sft"));
    }

    @Test
    void photoDoodleLoadsTwoLorasUnderNamesOfItsOwn() {
        Generation generation = new Canvas()
                .node(
                        1,
                        "PhotoDoodle_Loader",
                        "",
                        "model:MODEL_PhotoDoodle",
                        "'flux-int4', 'doodle/pre.safetensors',"
                                + " 'doodle/halo.safetensors', 'nunchaku-fp16', 'enable', 'bfloat16'")
                .node(2, "LoadImage", "", "IMAGE:IMAGE,MASK:MASK", "'cat.png', 'image'")
                .node(
                        3,
                        "PhotoDoodle_Sampler",
                        "pipeline:MODEL_PhotoDoodle:1.0,image:IMAGE:2.0",
                        "image:IMAGE",
                        "'add a hat', 19, 'randomize', 512, 768, 20, 3.5, 512")
                .saved("3.0")
                .generation();
        assertThat(generation.positivePrompt()).contains("add a hat");
        assertThat(generation.seed()).contains("19");
        assertModel(generation, "diffusion-model", "flux-int4");
        assertThat(generation.loras())
                .extracting(lora -> lora.name().orElse(""))
                .containsExactly("doodle/pre.safetensors", "doodle/halo.safetensors");
        assertThat(generation.inputs()).extracting(InputMedia::name).contains("cat.png");
    }

    @Test
    void pipelinesOfDiffusersAreFollowedToTheirFile() {
        Generation generation = new Canvas()
                .node(
                        1,
                        "DiffusersPipelineLoader",
                        "",
                        "PIPELINE:PIPELINE,AUTOENCODER:AUTOENCODER,SCHEDULER:SCHEDULER",
                        "'base.safetensors'")
                .node(
                        2,
                        "DiffusersModelMakeup",
                        "pipeline:PIPELINE:1.0,autoencoder:AUTOENCODER:1.1,scheduler:SCHEDULER:1.2",
                        "MAKED_PIPELINE:MAKED_PIPELINE",
                        "")
                .node(
                        3,
                        "DiffusersClipTextEncode",
                        "maked_pipeline:MAKED_PIPELINE:2.0",
                        "positive_embeds:EMBEDS,negative_embeds:EMBEDS,positive:STRING,negative:STRING",
                        "'a lighthouse', 'fog'")
                .node(
                        4,
                        "DiffusersSampler",
                        "maked_pipeline:MAKED_PIPELINE:2.0,positive_embeds:EMBEDS:3.0,negative_embeds:EMBEDS:3.1",
                        "PIL_IMAGE:PIL_IMAGE",
                        "512, 640, 20, 8.0, 77, 'fixed'")
                .node(9, "DiffusersSaveImage", "pil_images:PIL_IMAGE:4.0", "", "'x'")
                .generation();
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.negativePrompt()).contains("fog");
        assertSettings(generation, "77", 20, "8.0");
        assertModel(generation, "checkpoint", "base.safetensors");
        assertThat(generation.height()).contains(640);
    }

    @Test
    void wrappersWithTheirOwnEncoderAreReadLikeTheOthers() {
        Generation lumina = new Canvas()
                .node(1, "DownloadAndLoadLuminaModel", "", "lumina_model:LUMINAMODEL", "'garden/Lumina', ''")
                .node(
                        2,
                        "LuminaGemmaTextEncode",
                        "lumina_model:LUMINAMODEL:1.0",
                        "lumina_embeds:LUMINATEMBED",
                        "'a cat', 'fog'")
                .node(3, "EmptyLatentImage", "", "LATENT:LATENT", "1024, 1024, 1")
                .node(
                        4,
                        "LuminaT2ISampler",
                        "latent:LATENT:3.0,lumina_model:LUMINAMODEL:1.0,lumina_embeds:LUMINATEMBED:2.0",
                        "samples:LATENT",
                        "4, 'fixed', 50, 4.0, false, 4, 'euler'")
                .node(6, "VAEDecode", "samples:LATENT:4.0,vae:VAE", "IMAGE:IMAGE", "")
                .saved("6.0")
                .generation();
        assertThat(lumina.positivePrompt()).contains("a cat");
        assertThat(lumina.negativePrompt()).contains("fog");
        assertSettings(lumina, "4", 50, "4.0");
        assertModel(lumina, "diffusion-model", "garden/Lumina");

        Generation pyramid = new Canvas()
                .node(
                        1,
                        "DownloadAndLoadPyramidFlowModel",
                        "",
                        "pyramidflow_model:PYRAMIDFLOWMODEL",
                        "'garden/pyramid', 'diffusion_transformer_768p', 'bf16', 'bf16', 'bf16', false")
                .node(
                        2,
                        "PyramidFlowTextEncode",
                        "model:PYRAMIDFLOWMODEL:1.0,prev_prompt:PYRAMIDFLOWPROMPT",
                        "prompt_embeds:PYRAMIDFLOWPROMPT",
                        "'a kite rises', 'fog', false")
                .node(
                        3,
                        "PyramidFlowSampler",
                        "model:PYRAMIDFLOWMODEL:1.0,prompt_embeds:PYRAMIDFLOWPROMPT:2.0,input_latent:LATENT",
                        "model:PYRAMIDFLOWMODEL,samples:LATENT",
                        "640, 384, '20, 20, 20', '10, 10, 10', 16, 9.0, 5.0, 6, 'fixed', false")
                .node(4, "VAEDecode", "samples:LATENT:3.1,vae:VAE", "IMAGE:IMAGE", "")
                .saved("4.0")
                .generation();
        assertThat(pyramid.positivePrompt()).contains("a kite rises");
        assertThat(pyramid.negativePrompt()).contains("fog");
        assertThat(pyramid.seed()).contains("6");
        assertThat(pyramid.steps()).isEmpty();
        assertModel(pyramid, "diffusion-model", "garden/pyramid");
    }

    @Test
    void ultraPixelSaysItsTextLast() {
        Generation generation = new Canvas()
                .node(
                        1,
                        "UltraPixelLoad",
                        "",
                        "model:ULTRAPIXELMODEL",
                        "'ultra.safetensors', 'a.safetensors',"
                                + " 'b.safetensors', 'c.safetensors', 'effnet.safetensors', 'preview.safetensors'")
                .node(
                        2,
                        "UltraPixelProcess",
                        "model:ULTRAPIXELMODEL:1.0",
                        "IMAGE:IMAGE",
                        "3072, 2048, 60, 'randomize', 'bf16', 'true', 10, 1.1, 20, 4, 'a garden'")
                .saved("2.0")
                .generation();
        assertThat(generation.positivePrompt()).contains("a garden");
        assertThat(generation.seed()).contains("60");
        assertThat(generation.steps()).isEmpty();
        assertThat(generation.width()).contains(2048);
        assertModel(generation, "diffusion-model", "ultra.safetensors");
    }

    @Test
    void aStyleOfAFileThatIsNotAtHandIsSaid() {
        Generation generation = new Canvas()
                .node(2, "LoadImage", "", "IMAGE:IMAGE,MASK:MASK", "'cat.png', 'image'")
                .node(
                        1,
                        "PhotoMaker_Zho",
                        "ref_image:IMAGE:2.0",
                        "image:IMAGE",
                        "'garden/base', 'a cat img', 'fog', 'Neon', 20, 50, 5.0, 1, 8, 'fixed'")
                .saved("1.0")
                .generation();
        assertThat(generation.positivePrompt()).contains("a cat img");
        assertSettings(generation, "8", 50, "5.0");
        assertModel(generation, "checkpoint", "garden/base");
        assertThat(generation.inferences()).extracting(Inference::field).contains("positive_prompt");
        assertThat(generation.inputs()).containsExactly(new InputMedia("reference", "cat.png"));
    }

    @Test
    void aSizeTakenFromThePictureFedInIsNotStated() {
        String omni = "'', %s, 'Auto', 'Balanced', 2.5, 1.8, 50, true, %s, 512, 640, 33, 'fixed', 1024";
        for (boolean measured : List.of(true, false)) {
            Generation generation = new Canvas()
                    .node(
                            1,
                            "ailab_OmniGen",
                            "image_1:IMAGE,image_2:IMAGE,image_3:IMAGE",
                            "IMAGE:IMAGE",
                            omni.formatted("'a lighthouse'", measured))
                    .saved("1.0")
                    .generation();
            assertThat(generation.positivePrompt()).contains("a lighthouse");
            assertSettings(generation, "33", 50, "2.5");
            assertThat(generation.width()).isEqualTo(measured ? Optional.empty() : Optional.of(512));
        }
    }

    @Test
    void whatAServiceShowsBehindItsInputsTakesNoPlace() {
        Generation generation = new Canvas()
                .node(
                        1,
                        "MeshyTextToModelNode",
                        "",
                        "model_file:STRING,meshy_task_id:MESHY_TASK_ID",
                        "'latest', 'a garden gate', 'realistic', 'true', 'triangle', 300000, 'auto', 'T-pose', 41,"
                                + " 'randomize', 'Status: Succeeded\\nTime elapsed: 85s'")
                .node(2, "Preview3D", "model_file:STRING:1.0", "", "'gate.glb', ''")
                .generation();
        assertThat(generation.positivePrompt()).contains("a garden gate");
        assertThat(generation.seed()).contains("41");
    }
}
