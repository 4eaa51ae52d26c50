package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.ComfyCanvasGraph.assertModel;
import static org.latentprint.generator.ComfyCanvasGraph.assertSettings;

import org.junit.jupiter.api.Test;

/** Small graphs of packs that speak or make sounds; classes and the order of their inputs as the packs' own sources declare them. */
class ComfySpokenSoundTest {
    @Test
    void whatIsSpokenIsTheTextOfASpeaker() {
        Generation cloned = new ComfyCanvasGraph()
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

        Generation voice = new ComfyCanvasGraph()
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
        Generation ocean = new ComfyCanvasGraph()
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

        Generation loop = new ComfyCanvasGraph()
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

        Generation open = new ComfyCanvasGraph()
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
}
