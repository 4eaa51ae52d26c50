package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.ComfyPackGraph.LATENT;
import static org.latentprint.generator.ComfyPackGraph.LOADER;
import static org.latentprint.generator.ComfyPackGraph.NEGATIVE;
import static org.latentprint.generator.ComfyPackGraph.TEXTS;
import static org.latentprint.generator.ComfyPackGraph.lora;
import static org.latentprint.generator.ComfyPackGraph.node;
import static org.latentprint.generator.ComfyPackGraph.prompt;
import static org.latentprint.generator.ComfyPackGraph.sampler;
import static org.latentprint.generator.ComfyPackGraph.saved;

import org.junit.jupiter.api.Test;

/** Texts in graphs of the node packs in the widest use, and what the editor alone shows of such graphs. */
class ComfyPackTextsTest {
    @Test
    void triggerWordsStandBeforeThePrompt() {
        String words = "'group_mode': true, 'default_active': true, 'toggle_trigger_words': {'__value__': ["
                + "{'text': 'ink', 'active': true}, {'text': 'wool', 'active': false}, {'text': 'salt', 'active': true}]},"
                + " 'orinalMessage': 'ink,, wool,, salt', 'trigger_words': ['10', 2]";
        Generation generation = prompt(
                LOADER,
                NEGATIVE,
                LATENT,
                node(
                        "10",
                        "Lora Loader (LoraManager)",
                        "'model': ['1', 0], 'clip': ['1', 1], 'text': '',"
                                + " 'loras': {'__value__': [{'name': 'harbour', 'strength': 0.8, 'active': true}]}"),
                node("11", "TriggerWord Toggle (LoraManager)", words),
                node(
                        "2",
                        "Prompt (LoraManager)",
                        "'text': 'a lighthouse', 'clip': ['10', 1], 'trigger_words1': ['11', 0]"),
                sampler("['10', 0]", "2", "3"),
                saved("5", 0));
        assertThat(generation.positivePrompt()).contains("ink, salt, a lighthouse");
        assertThat(generation.inferences())
                .anyMatch(inferred -> inferred.toString().contains("switched on"));
        assertThat(generation.loras()).containsExactly(lora("harbour", "0.8"));
    }

    @Test
    void triggerWordsThatAreNotKnownAreSaidToStandBeforeThePrompt() {
        Generation generation = prompt(
                LOADER,
                NEGATIVE,
                LATENT,
                node("10", "Lora Loader (LoraManager)", "'model': ['1', 0], 'clip': ['1', 1], 'text': '', 'loras': []"),
                node(
                        "2",
                        "Prompt (LoraManager)",
                        "'text': 'a lighthouse', 'clip': ['10', 1], 'trigger_words1': ['10', 2]"),
                sampler("['10', 0]", "2", "3"),
                saved("5", 0));
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.inferences())
                .anyMatch(inferred -> inferred.toString().contains("stand before it"));
    }

    @Test
    void weightsOfTriggerWordsAreWrittenWhereTheyAreSet() {
        Generation generation = prompt(
                LOADER,
                NEGATIVE,
                LATENT,
                node(
                        "11",
                        "TriggerWord Toggle (LoraManager)",
                        "'group_mode': false, 'default_active': true, 'allow_strength_adjustment': true, 'toggle_trigger_words':"
                                + " [{'text': 'ink', 'active': true, 'strength': 1.2}, {'text': '(salt:0.5)', 'active': true}]"),
                node("2", "CLIPTextEncode", "'text': ['11', 0], 'clip': ['1', 1]"),
                sampler("['1', 0]", "2", "3"),
                saved("5", 0));
        assertThat(generation.positivePrompt()).contains("(ink:1.20), (salt:0.50)");
    }

    @Test
    void whatWasDrawnInTheRunIsNotTold() {
        Generation generation = prompt(
                node(
                        "1",
                        "Random Checkpoint Loader (LoraManager)",
                        "'ckpt_name': 'base.safetensors', 'select_at_random': true, 'base_model': 'Any'"),
                TEXTS,
                LATENT,
                node(
                        "12",
                        "Lora Randomizer (LoraManager)",
                        "'randomizer_config': {'count_mode': 'fixed'}, 'loras': [{'name': 'drawn', 'strength': 0.8, 'active': true,"
                                + " 'locked': false}, {'name': 'kept', 'strength': 0.5, 'active': true, 'locked': true}]"),
                node(
                        "13",
                        "Lora Stacker (LoraManager)",
                        "'text': '', 'loras': [{'name': 'one', 'strength': 1, 'active': true},"
                                + " {'name': 'two', 'strength': 1, 'active': true}]"),
                node(
                        "14",
                        "Lora Cycler (LoraManager)",
                        "'selection_mode': 'random', 'index': 0, 'seed': 0,"
                                + " 'model_strength': 1.0, 'clip_strength': 1.0, 'lora_stack': ['13', 0]"),
                node(
                        "10",
                        "Lora Loader (LoraManager)",
                        "'model': ['1', 0], 'text': '', 'loras': [], 'lora_stack': ['12', 0]"),
                node(
                        "15",
                        "Lora Loader (LoraManager)",
                        "'model': ['10', 0], 'text': '', 'loras': [], 'lora_stack': ['14', 0]"),
                sampler("['15', 0]", "2", "3"),
                saved("5", 0));
        assertThat(generation.loras()).containsExactly(lora("kept", "0.5"));
        assertThat(generation.models()).noneMatch(model -> model.kind().equals("checkpoint"));
    }

    @Test
    void aTextThatANodeOfAnUnknownClassHandsOnIsSaidToBe() {
        Generation generation = withText(
                node("70", "SomethingWithTexts", "'mode': 'loud', 'anything': ['71', 0]"),
                node("71", "PrimitiveString", "'value': 'a lighthouse'"));
        assertThat(generation.inferences())
                .anyMatch(inferred -> inferred.toString().contains("unknown class"));
        Generation prefixed = withText(
                node("70", "AddTextPrefix", "'texts': ['71', 0], 'prefix': 'dusk, '"),
                node("71", "PrimitiveString", "'value': 'a lighthouse'"));
        assertThat(prefixed.inferences())
                .anyMatch(inferred -> inferred.toString().contains("changes it"));
        Generation chosen = withText(
                node("70", "CustomCombo", "'choice': 'a lighthouse', 'option1': 'a cat', 'option2': 'a lighthouse'"));
        assertThat(chosen.positivePrompt()).contains("a lighthouse");
        assertThat(chosen.inferences())
                .noneMatch(inferred -> inferred.toString().contains("positive_prompt"));
    }

    private static Generation withText(String... further) {
        return prompt(
                LOADER,
                NEGATIVE,
                LATENT,
                String.join(",", further),
                node("2", "CLIPTextEncode", "'text': ['70', 0], 'clip': ['1', 1]"),
                sampler("['1', 0]", "2", "3"),
                saved("5", 0));
    }

    @Test
    void anEncoderOfTwoTextsKeepsBoth() {
        Generation generation = prompt(
                LOADER,
                NEGATIVE,
                LATENT,
                node(
                        "2",
                        "CLIPTextEncodeKandinsky5",
                        "'clip': ['1', 1], 'clip_l': 'a lighthouse', 'qwen25_7b': 'a lighthouse on a cliff'"),
                sampler("['1', 0]", "2", "3"),
                saved("5", 0));
        assertThat(generation.positiveParts())
                .containsExactly(
                        new PromptPart("clip_l", "a lighthouse"),
                        new PromptPart("qwen25_7b", "a lighthouse on a cliff"));
    }

    @Test
    void loadersThatWereMutedAreLeads() {
        String canvas = "{'nodes': [{'id': 1, 'type': 'LoadImage', 'mode': 0, 'widgets_values': ['coast.png', 'image'],"
                + " 'outputs': [{'name': 'IMAGE', 'type': 'IMAGE'}]},"
                + "{'id': 2, 'type': 'LoadImage', 'mode': 2, 'widgets_values': ['dusk.png', 'image']},"
                + "{'id': 3, 'type': 'LoadImage', 'mode': 4, 'widgets_values': ['dawn.png', 'image']},"
                + "{'id': 9, 'type': 'SaveImage', 'mode': 0, 'widgets_values': ['garden'],"
                + " 'inputs': [{'name': 'images', 'type': 'IMAGE', 'link': 1}]}],"
                + " 'links': [[1, 1, 0, 9, 0, 'IMAGE']], 'version': 0.4}";
        Generation generation = ComfyReadings.read("workflow", canvas.replace('\'', '"'));
        assertThat(generation.task()).contains(Task.PROCESSED);
        assertThat(generation.inputs())
                .containsExactly(
                        new InputMedia("input", "coast.png"),
                        new InputMedia("unconnected", "dusk.png"),
                        new InputMedia("unconnected", "dawn.png"));
    }

    @Test
    void pictureThatANodeDrawsForTheEditorIsNoSetting() {
        String canvas = "{'nodes': [{'id': 1, 'type': 'CheckpointLoaderSimple', 'widgets_values': ['base.safetensors'],"
                + " 'outputs': [{'name': 'MODEL', 'type': 'MODEL'}]},"
                + "{'id': 5, 'type': 'KSampler', 'inputs': [{'name': 'model', 'type': 'MODEL', 'link': 1},"
                + " {'name': 'positive', 'type': 'CONDITIONING', 'link': null},"
                + " {'name': 'negative', 'type': 'CONDITIONING', 'link': null},"
                + " {'name': 'latent_image', 'type': 'LATENT', 'link': null}],"
                + " 'widgets_values': [7, 'fixed', 20, 7.5, 'euler', 'karras', 1, '<img src=curve>'],"
                + " 'outputs': [{'name': 'LATENT', 'type': 'LATENT'}]},"
                + "{'id': 8, 'type': 'VAEDecode', 'inputs': [{'name': 'samples', 'type': 'LATENT', 'link': 2}],"
                + " 'outputs': [{'name': 'IMAGE', 'type': 'IMAGE'}]},"
                + "{'id': 9, 'type': 'SaveImage', 'widgets_values': ['garden'],"
                + " 'inputs': [{'name': 'images', 'type': 'IMAGE', 'link': 3}]}],"
                + " 'links': [[1, 1, 0, 5, 0, 'MODEL'], [2, 5, 0, 8, 0, 'LATENT'], [3, 8, 0, 9, 0, 'IMAGE']], 'version': 0.4}";
        Generation generation = ComfyReadings.read("workflow", canvas.replace('\'', '"'));
        assertThat(generation.seed()).contains("7");
        assertThat(generation.steps()).contains(20);
        assertThat(generation.scheduler()).contains("karras");
    }

    @Test
    void valuesThatTheEditorNamesNeedNoOrder() {
        String canvas = "{'nodes': [{'id': 1, 'type': 'ElevenLabsTextToSpeech', 'inputs': [], 'widgets_values': %s,"
                + " 'widgets_values_named': {'text': 'good morning', 'model': 's2.1-pro', 'model.speed': 1, 'seed': 7,"
                + " 'control_after_generate': 'fixed'}, 'outputs': [{'name': 'AUDIO', 'type': 'AUDIO'}]},"
                + "{'id': 9, 'type': 'SaveAudioMP3', 'widgets_values': ['voice', 'V0'],"
                + " 'inputs': [{'name': 'audio', 'type': 'AUDIO', 'link': 1}]}],"
                + " 'links': [[1, 1, 0, 9, 0, 'AUDIO']], 'version': 0.4}";
        String same = "['good morning', 's2.1-pro', 1, 7, 'fixed']";
        Generation generation =
                ComfyReadings.read("workflow", canvas.formatted(same).replace('\'', '"'));
        assertThat(generation.seed()).contains("7");
        assertThat(generation.settings()).containsEntry("spoken_text", "good morning");
        assertThat(generation.models()).containsExactly(NamedModel.named("service", "s2.1-pro"));
        String changed = "['good night', 's2.1-pro', 1, 7, 'fixed']";
        assertThat(ComfyReadings.read("workflow", canvas.formatted(changed).replace('\'', '"'))
                        .settings())
                .doesNotContainKey("spoken_text");
    }
}
