package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.ComfyPackGraph.LATENT;
import static org.latentprint.generator.ComfyPackGraph.LOADER;
import static org.latentprint.generator.ComfyPackGraph.NEGATIVE;
import static org.latentprint.generator.ComfyPackGraph.SETTINGS;
import static org.latentprint.generator.ComfyPackGraph.TEXTS;
import static org.latentprint.generator.ComfyPackGraph.assertWhole;
import static org.latentprint.generator.ComfyPackGraph.node;
import static org.latentprint.generator.ComfyPackGraph.prompt;
import static org.latentprint.generator.ComfyPackGraph.sampler;
import static org.latentprint.generator.ComfyPackGraph.saved;

import org.junit.jupiter.api.Test;

/**
 * Nodes of packs in wide use that hold, join, style or choose texts; class and input names as the packs' own sources declare
 * them.
 */
class ComfyTextNodesTest {
    @Test
    void powerPromptForSdxlHasTwoTexts() {
        String power = node(
                "2",
                "SDXL Power Prompt - Positive (rgthree)",
                "'prompt_g': 'a lighthouse', 'prompt_l': 'oil paint', 'opt_model': ['1', 0], 'opt_clip': ['1', 1]");
        Generation generation = prompt(LOADER, power, NEGATIVE, LATENT, sampler("['2', 1]", "2", "3"), saved("5", 0));
        assertThat(generation.positiveParts())
                .containsExactly(new PromptPart("clip_g", "a lighthouse"), new PromptPart("clip_l", "oil paint"));
    }

    @Test
    void textsGoThroughNodesThatShowThem() {
        String shown = node("40", "TextBox1", "'text1': 'a lighthouse'") + ","
                + node("41", "ShowText|pysssss", "'text': ['40', 0], 'text_0': 'a lighthouse'") + ","
                + node("42", "CR Text Concatenate", "'text1': ['41', 0], 'text2': ['43', 0], 'separator': ', '") + ","
                + node("43", "ttN text", "'text': 'cliffs'") + ","
                + node("6", "CLIPTextEncode", "'text': ['42', 0], 'clip': ['1', 1]");
        assertThat(switched(shown).positivePrompt()).contains("a lighthouse, cliffs");
    }

    @Test
    void aTextThatANodeCutsIsGivenAsTypedAndSaidToBe() {
        String cut = node("40", "CR Split String", "'text': 'a lighthouse, cliffs', 'delimiter': ','") + ","
                + node("6", "CLIPTextEncode", "'text': ['40', 0], 'clip': ['1', 1]");
        Generation generation = switched(cut);
        assertThat(generation.positivePrompt()).contains("a lighthouse, cliffs");
        assertThat(generation.inferences().toString())
                .contains("positive_prompt")
                .contains("takes a part of it");
    }

    @Test
    void aFunctionOnTextsJoinsThemOrLeavesNothingKnown() {
        String function = node(
                        "40",
                        "StringFunction|pysssss",
                        "'action': '%s', 'tidy_tags': '%s', 'text_a': 'a lighthouse',"
                                + "'text_b': 'cliffs', 'text_c': ''")
                + "," + node("6", "CLIPTextEncode", "'text': ['40', 0], 'clip': ['1', 1]");
        assertThat(switched(function.formatted("append", "yes")).positivePrompt())
                .contains("a lighthouse, cliffs");
        assertThat(switched(function.formatted("append", "no")).positivePrompt())
                .contains("a lighthousecliffs");
        assertThat(switched(function.formatted("replace", "yes")).positivePrompt())
                .isEmpty();
    }

    @Test
    void anEncoderWithASwitchUsesOneTextOrTwo() {
        String encoder =
                "'text': 'a lighthouse', 'parser': 'comfy', 'with_SDXL': %s, 'text_g': 'cliffs', 'text_l': 'fog',"
                        + "'clip': ['1', 1]";
        Generation plain = switched(node("6", "smZ CLIPTextEncode", encoder.formatted("false")));
        assertThat(plain.positivePrompt()).contains("a lighthouse");
        Generation twofold = switched(node("6", "smZ CLIPTextEncode", encoder.formatted("true")));
        assertThat(twofold.positiveParts())
                .containsExactly(new PromptPart("clip_g", "cliffs"), new PromptPart("clip_l", "fog"));
    }

    @Test
    void aStyledTextIsGivenAsTypedAndSaidToBe() {
        String styler = node(
                "6",
                "SDXLPromptStyler",
                "'text_positive': 'a lighthouse', 'text_negative': 'fog', 'style': 'ink', 'log_prompt': false,"
                        + "'style_positive': true, 'style_negative': false");
        String texts = node("2", "CLIPTextEncode", "'text': ['6', 0], 'clip': ['1', 1]") + ","
                + node("3", "CLIPTextEncode", "'text': ['6', 1], 'clip': ['1', 1]");
        Generation generation = prompt(LOADER, styler, texts, LATENT, sampler("['1', 0]", "2", "3"), saved("5", 0));
        assertWhole(generation);
        assertThat(generation.inferences().toString())
                .contains("positive_prompt")
                .doesNotContain("negative_prompt");
    }

    @Test
    void switchesHandOnWhatTheyChoose() {
        String branch =
                node("6", "ImpactConditionalBranch", "'cond': true, 'tt_value': ['2', 0], 'ff_value': ['3', 0]");
        assertThat(switched(branch).positivePrompt()).contains("a lighthouse");
        String swapped =
                node("6", "ImpactConditionalBranch", "'cond': false, 'tt_value': ['2', 0], 'ff_value': ['3', 0]");
        assertThat(switched(swapped).positivePrompt()).contains("fog");
        String easy = node("6", "easy conditioningIndexSwitch", "'index': 1, 'cond0': ['2', 0], 'cond1': ['3', 0]");
        assertThat(switched(easy).positivePrompt()).contains("fog");
        String core = node("6", "ComfySwitchNode", "'switch': false, 'on_false': ['2', 0], 'on_true': ['3', 0]");
        assertThat(switched(core).positivePrompt()).contains("a lighthouse");
        String comfyroll = node(
                "6",
                "CR Conditioning Input Switch",
                "'Input': 2, 'conditioning1': ['2', 0], 'conditioning2': ['3', 0]");
        assertThat(switched(comfyroll).positivePrompt()).contains("fog");
        String any = node("6", "Any Switch (rgthree)", "'any_01': ['3', 0], 'any_02': ['2', 0]");
        assertThat(switched(any).positivePrompt()).contains("fog");
        String crystools =
                node("6", "Switch any [Crystools]", "'boolean': false, 'on_true': ['2', 0], 'on_false': ['3', 0]");
        assertThat(switched(crystools).positivePrompt()).contains("fog");
    }

    private static Generation switched(String chooser) {
        String sampler = node(
                "5",
                "KSampler",
                SETTINGS + ", 'model': ['1', 0], 'positive': ['6', 0], 'negative': ['3', 0], 'latent_image': ['4', 0]");
        return prompt(LOADER, TEXTS, LATENT, sampler, chooser, saved("5", 0));
    }
}
