package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.ComfyPackGraph.LATENT;
import static org.latentprint.generator.ComfyPackGraph.LOADER;
import static org.latentprint.generator.ComfyPackGraph.NEGATIVE;
import static org.latentprint.generator.ComfyPackGraph.SETTINGS;
import static org.latentprint.generator.ComfyPackGraph.TEXTS;
import static org.latentprint.generator.ComfyPackGraph.lora;
import static org.latentprint.generator.ComfyPackGraph.node;
import static org.latentprint.generator.ComfyPackGraph.prompt;
import static org.latentprint.generator.ComfyPackGraph.sampler;
import static org.latentprint.generator.ComfyPackGraph.saved;

import org.junit.jupiter.api.Test;

/**
 * Nodes of packs in wide use that apply LoRAs, by name, in stacks or by tags in a text; class and input names as the packs' own
 * sources declare them.
 */
class ComfyLoraNodesTest {
    @Test
    void stacksOfLorasFollowTheirModeAndSwitches() {
        String stack = node(
                "6",
                "easy loraStack",
                "'toggle': true, 'mode': 'advanced', 'num_loras': 1, 'lora_1_name': 'ink.safetensors', 'lora_1_strength': 1,"
                        + "'lora_1_model_strength': 0.6, 'lora_1_clip_strength': 0.5, 'lora_2_name': 'x.safetensors'");
        String apply = node("7", "CR Apply LoRA Stack", "'model': ['1', 0], 'clip': ['1', 1], 'lora_stack': ['6', 0]");
        String sampler = sampler("['7', 0]", "2", "3");
        assertThat(prompt(LOADER, TEXTS, LATENT, stack, apply, sampler, saved("5", 0))
                        .loras())
                .containsExactly(lora("ink.safetensors", "0.6"));
        assertThat(prompt(LOADER, TEXTS, LATENT, stack.replace("advanced", "simple"), apply, sampler, saved("5", 0))
                        .loras())
                .containsExactly(lora("ink.safetensors", "1"));
        assertThat(prompt(LOADER, TEXTS, LATENT, stack.replace("true", "false"), apply, sampler, saved("5", 0))
                        .loras())
                .isEmpty();
        String block = node(
                "7",
                "LoraLoaderBlockWeight //Inspire",
                "'model': ['1', 0], 'clip': ['1', 1], 'lora_name': 'ink.safetensors', 'strength_model': 0.6,"
                        + "'strength_clip': 1, 'bypass': true");
        assertThat(prompt(LOADER, TEXTS, LATENT, block, sampler, saved("5", 0)).loras())
                .isEmpty();
        String three = node(
                "7",
                "CR LoRA Stack",
                "'switch_1': 'On', 'lora_name_1': 'ink.safetensors', 'model_weight_1': 0.6, 'clip_weight_1': 1,"
                        + "'switch_2': 'Off', 'lora_name_2': 'x.safetensors', 'model_weight_2': 1, 'clip_weight_2': 1,"
                        + "'switch_3': 'On', 'lora_name_3': 'None', 'model_weight_3': 1, 'clip_weight_3': 1");
        String applied =
                node("6", "CR Apply LoRA Stack", "'model': ['1', 0], 'clip': ['1', 1], 'lora_stack': ['7', 0]");
        assertThat(prompt(LOADER, TEXTS, LATENT, three, applied, sampler("['6', 0]", "2", "3"), saved("5", 0))
                        .loras())
                .containsExactly(lora("ink.safetensors", "0.6"));
    }

    @Test
    void theLoraManagersLoaderListsItsLoras() {
        String loader = node(
                "7",
                "Lora Loader (LoraManager)",
                "'model': ['1', 0], 'clip': ['1', 1], 'text': '<lora:ink:0.6> <lora:x:1>', 'loras': {'__value__': ["
                        + "{'name': 'ink', 'strength': '0.60', 'active': true, 'clipStrength': '0.60'},"
                        + "{'name': 'x', 'strength': 1, 'active': false}]}");
        Generation generation = prompt(LOADER, TEXTS, LATENT, loader, sampler("['7', 0]", "2", "3"), saved("5", 0));
        assertThat(generation.loras()).containsExactly(lora("ink", "0.60"));
    }

    @Test
    void powerPromptAppliesTheLorasInItsText() {
        String power = node(
                "2",
                "Power Prompt (rgthree)",
                "'prompt': 'a lighthouse <lora:ink:0.6>', 'opt_model': ['1', 0], 'opt_clip': ['1', 1], 'insert_lora': 'CHOOSE'");
        String sampler = node(
                "5",
                "KSampler",
                SETTINGS + ", 'model': ['2', 1], 'positive': ['2', 0], 'negative': ['3', 0], 'latent_image': ['4', 0]");
        Generation generation = prompt(LOADER, power, NEGATIVE, LATENT, sampler, saved("5", 0));
        assertThat(generation.positivePrompt()).contains("a lighthouse <lora:ink:0.6>");
        assertThat(generation.loras()).containsExactly(lora("ink", "0.6"));
        assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "base.safetensors"));

        Generation off =
                prompt(LOADER, power.replace("CHOOSE", "DISABLE LORAS"), NEGATIVE, LATENT, sampler, saved("5", 0));
        assertThat(off.loras()).isEmpty();
    }

    @Test
    void wildcardEncodersGiveWhatWasPopulated() {
        String encoder = node(
                "2",
                "ImpactWildcardEncode",
                "'model': ['1', 0], 'clip': ['1', 1], 'wildcard_text': '__place__', 'populated_text': 'a lighthouse <lora:ink:0.6>',"
                        + "'mode': 'populate', 'seed': 3");
        Generation generation = prompt(LOADER, encoder, NEGATIVE, LATENT, sampler("['2', 0]", "2", "3"), saved("5", 0));
        assertThat(generation.positivePrompt().orElseThrow()).startsWith("a lighthouse");
        assertThat(generation.loras()).containsExactly(lora("ink", "0.6"));
        String inspire = encoder.replace("ImpactWildcardEncode", "WildcardEncode //Inspire");
        Generation other = prompt(LOADER, inspire, NEGATIVE, LATENT, sampler("['2', 0]", "2", "3"), saved("5", 0));
        assertThat(other.positivePrompt().orElseThrow()).startsWith("a lighthouse");
        assertThat(other.loras()).containsExactly(lora("ink", "0.6"));
    }
}
