package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.latentprint.generator.ComfyPackGraph.LATENT;
import static org.latentprint.generator.ComfyPackGraph.LOADER;
import static org.latentprint.generator.ComfyPackGraph.TEXTS;
import static org.latentprint.generator.ComfyPackGraph.graph;
import static org.latentprint.generator.ComfyPackGraph.node;
import static org.latentprint.generator.ComfyPackGraph.prompt;
import static org.latentprint.generator.ComfyPackGraph.saved;
import static org.latentprint.generator.ComfyReadings.block;
import static org.latentprint.generator.ComfyReadings.read;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Grade;
import org.latentprint.evidence.Problem;

class ComfyUiReaderTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private static final String SAVED = saved("5", 0);

    @Test
    void readsAPlainGraph() {
        Generation generation = prompt(LOADER, TEXTS, LATENT, sampler("'model': ['1', 0]", "2", "3"), SAVED);
        assertThat(generation.generator()).isEqualTo("ComfyUI");
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.seed()).contains("18446744073709551615");
        assertThat(generation.width()).contains(640);
        assertThat(generation.height()).contains(384);
        assertThat(generation.task()).contains(Task.TXT2IMG);
        assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "base.safetensors"));
        assertThat(generation.grade()).isEqualTo(Grade.RECORDED);
        assertThat(generation.settings()).containsEntry("read_from", "prompt");
    }

    @Test
    void polarityFollowsTheSamplersInput() {
        Generation generation = prompt(LOADER, TEXTS, LATENT, sampler("'model': ['1', 0]", "3", "2"), SAVED);
        assertThat(generation.positivePrompt()).contains("fog");
        assertThat(generation.negativePrompt()).contains("a lighthouse");
    }

    @Test
    void behindZeroOutThereIsNoNegative() {
        String zero = node("6", "ConditioningZeroOut", "'conditioning': ['2', 0]");
        Generation generation = prompt(LOADER, TEXTS, zero, LATENT, sampler("'model': ['1', 0]", "2", "6"), SAVED);
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.negativePrompt()).isEmpty();
    }

    @Test
    void anOutputSlotTellsTheSideBehindAControlNet() {
        String control = node(
                "6",
                "ControlNetApplyAdvanced",
                "'strength': 1, 'positive': ['2', 0], 'negative': ['3', 0], 'control_net': ['7', 0], 'image': ['10', 0]");
        String rest = node("7", "ControlNetLoader", "'control_net_name': 'depth.pth'") + ","
                + node("10", "LoadImage", "'image': 'bicycle.png'");
        String sampler = node(
                "5",
                "KSampler",
                SETTINGS + ", 'model': ['1', 0], 'positive': ['6', 0], 'negative': ['6', 1], 'latent_image': ['4', 0]");
        Generation generation = prompt(LOADER, TEXTS, LATENT, control, rest, sampler, SAVED);
        assertThat(generation.positivePrompt()).contains("a lighthouse");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.inputs()).containsExactly(new InputMedia("control", "bicycle.png"));
        assertThat(generation.models()).contains(NamedModel.named("controlnet", "depth.pth"));
    }

    @Test
    void lorasSwitchedOffAreLeftOut() {
        String loras = node(
                "6",
                "Power Lora Loader (rgthree)",
                "'lora_1': {'on': true, 'lora': 'ink.safetensors', 'strength': 0.5},"
                        + "'lora_2': {'on': false, 'lora': 'oil.safetensors', 'strength': 1}, 'model': ['1', 0]");
        Generation generation = prompt(LOADER, TEXTS, LATENT, loras, sampler("'model': ['6', 0]", "2", "3"), SAVED);
        assertThat(generation.loras()).extracting(NamedLora::name).containsExactly(Optional.of("ink.safetensors"));
        assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "base.safetensors"));
    }

    @Test
    void textsAreJoinedAndMadeTextsStayUnknown() {
        String joined = node("6", "StringConcatenate", "'string_a': 'a cat', 'string_b': ['7', 0], 'delimiter': ', '")
                + "," + node("7", "PrimitiveStringMultiline", "'value': 'in a garden'")
                + "," + node("10", "CLIPTextEncode", "'text': ['6', 0], 'clip': ['1', 1]")
                + "," + node("11", "OllamaGenerate", "'prompt': 'describe a cat'")
                + "," + node("12", "CLIPTextEncode", "'text': ['11', 0], 'clip': ['1', 1]");
        Generation generation = prompt(LOADER, LATENT, joined, sampler("'model': ['1', 0]", "10", "12"), SAVED);
        assertThat(generation.positivePrompt()).contains("a cat, in a garden");
        assertThat(generation.negativePrompt()).isEmpty();
    }

    @Test
    void loadedAndSavedIsNotGenerated() {
        Generation generation =
                prompt(node("1", "LoadImage", "'image': 'garden.png'"), node("2", "SaveImage", "'images': ['1', 0]"));
        assertThat(generation.task()).contains(Task.PROCESSED);
        assertThat(generation.inputs()).containsExactly(new InputMedia("input", "garden.png"));
        assertThat(generation.models()).isEmpty();
        assertThat(generation.seed()).isEmpty();
    }

    @Test
    void branchesThatSaveDifferentPicturesAreToldApart() {
        String second = node(
                        "15",
                        "KSampler",
                        "'seed': 2, 'steps': 4, 'cfg': 1.5, 'sampler_name': 'ddim', 'scheduler': 'simple', 'denoise': 1,"
                                + "'model': ['1', 0], 'positive': ['2', 0], 'negative': ['3', 0], 'latent_image': ['4', 0]")
                + "," + node("18", "VAEDecode", "'samples': ['15', 0], 'vae': ['1', 2]")
                + "," + node("19", "SaveImage", "'filename_prefix': 'cat', 'images': ['18', 0]");
        List<Generation> generations = read(block(
                        "prompt", graph(LOADER, TEXTS, LATENT, sampler("'model': ['1', 0]", "2", "3"), SAVED, second)))
                .generations();
        assertThat(generations).hasSize(2);
        assertThat(generations.getFirst().settings()).containsEntry("saving_node", "19 SaveImage");
        assertThat(generations.getFirst().seed()).contains("2");
        assertThat(generations.getFirst().inferences())
                .extracting(Inference::field)
                .contains("saving_node");
    }

    @Test
    void aDamagedPromptLeavesTheWorkflow() {
        Reading reading = read(block("prompt", "{\"1\": {\"class_type\": \"KSa"), block("workflow", CANVAS));
        assertThat(reading.problems()).hasSize(1);
        Generation generation = reading.generations().getFirst();
        assertThat(generation.settings()).containsEntry("read_from", "workflow");
        assertThat(generation.seed()).contains("7");
        assertThat(generation.steps()).contains(20);
        assertThat(generation.sampler()).contains("euler");
        assertThat(reading.claimed()).extracting(MetadataBlock::key).containsExactly("workflow");
        assertThat(reading.problems().getFirst().message())
                .contains("at character", "\"1\"", "the editor's graph was read instead");
    }

    @Test
    void theEditorsGraphIsReadThroughReroutesAndBypassedNodes() {
        Generation generation = read(block("workflow", CANVAS)).generations().getFirst();
        assertThat(generation.positivePrompt()).contains("a bicycle");
        assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "base.safetensors"));
        assertThat(generation.loras()).isEmpty();
        assertThat(generation.width()).contains(512);
    }

    @Test
    void anotherProgramsRecordBesideTheGraphIsLeftToItsReader() {
        String graph = graph(LOADER, TEXTS, LATENT, sampler("'model': ['1', 0]", "2", "3"), SAVED);
        Reading reading = read(block("prompt", graph), block("parameters", "{\"sui_image_params\": {}}"));
        assertThat(reading).isEqualTo(Reading.NONE);
    }

    @Test
    void jsonMayBeWrappedPrefixedAndHoldNaN() {
        String graph = graph(LOADER, TEXTS, LATENT, sampler("'model': ['1', 0], 'extra': NaN", "2", "3"), SAVED);
        String wrapped = "{\"prompt\": \"" + graph.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
        for (String text : List.of("Prompt: " + graph, "prompt:" + graph, wrapped)) {
            assertThat(read(block("Make", text)).generations().getFirst().positivePrompt())
                    .contains("a lighthouse");
        }
    }

    @Test
    void cyclesEnd() {
        String cycle = node("6", "Reroute", "'': ['7', 0]") + "," + node("7", "Reroute", "'': ['6', 0]");
        assertTimeoutPreemptively(A_SECOND, () -> {
            Generation generation = prompt(cycle, LATENT, sampler("'model': ['6', 0]", "6", "7"), SAVED);
            assertThat(generation.positivePrompt()).isEmpty();
        });
    }

    @Test
    void deepAndDoublingGraphsEnd() {
        List<String> nodes = new ArrayList<>();
        nodes.add(node("s0", "StringConcatenate", "'string_a': 'x', 'string_b': 'x', 'delimiter': ''"));
        for (int depth = 1; depth < 20_000; depth++) {
            String before = "['s" + (depth - 1) + "', 0]";
            nodes.add(node(
                    "s" + depth,
                    "StringConcatenate",
                    "'string_a': " + before + ", 'string_b': " + before + ", 'delimiter': ''"));
        }
        nodes.add(node("2", "CLIPTextEncode", "'text': ['s19999', 0], 'clip': ['1', 1]"));
        nodes.add(LOADER);
        nodes.add(LATENT);
        nodes.add(sampler("'model': ['1', 0]", "2", "2"));
        nodes.add(SAVED);
        String text = graph(nodes.toArray(String[]::new));
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            Generation generation = read(block("prompt", text)).generations().getFirst();
            assertThat(generation.positivePrompt()).isEmpty();
            assertThat(generation.steps()).contains(20);
        });
    }

    @Test
    void manySamplersBehindManySavingNodesAreCutAndTold() {
        List<String> nodes = new ArrayList<>();
        nodes.add(node("0", "LoadImage", "'image': 'garden.png'"));
        for (int number = 1; number < 20_000; number++) {
            String before = "['" + (number - 1) + "', 0]";
            nodes.add(node(
                    Integer.toString(number),
                    "KSampler",
                    "'seed': 1, 'steps': 2, 'model': ['0', 0], 'positive': " + before + ", 'latent_image': " + before
                            + ", 'mask': " + before));
        }
        for (int saver = 0; saver < 100; saver++) {
            nodes.add(node("s" + saver, "SaveImage", "'images': ['" + (19_999 - saver) + "', 0]"));
        }
        String text = graph(nodes.toArray(String[]::new));
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            Reading reading = read(block("prompt", text));
            assertThat(reading.generations()).isNotEmpty();
            assertThat(reading.problems())
                    .isNotEmpty()
                    .allMatch(problem -> problem.category() == Problem.Category.LIMIT)
                    .anyMatch(problem -> problem.message().contains("100 saving nodes, the first 64 are followed"));
        });
    }

    @Test
    void nestingBeyondTheBoundIsDamageAndNoCrash() {
        String deep = "{\"class_type\":" + "[".repeat(100_000);
        Reading reading = read(block("prompt", deep));
        assertThat(reading.problems()).hasSize(1);
        assertThat(reading.generations()).hasSize(1);
    }

    private static final String SETTINGS =
            "'seed': 18446744073709551615, 'steps': 20, 'cfg': 7.5, 'sampler_name': 'euler', 'scheduler': 'karras', 'denoise': 1.0";

    private static final String CANVAS = ("{'version': 0.4, 'nodes': ["
                    + "{'id': 1, 'type': 'CheckpointLoaderSimple', 'mode': 0, 'outputs': [{'name': 'MODEL', 'type': 'MODEL'},"
                    + "{'name': 'CLIP', 'type': 'CLIP'}], 'widgets_values': ['base.safetensors']},"
                    + "{'id': 2, 'type': 'LoraLoaderModelOnly', 'mode': 4, 'inputs': [{'name': 'model', 'type': 'MODEL', 'link': 1}],"
                    + "'outputs': [{'name': 'MODEL', 'type': 'MODEL'}], 'widgets_values': ['ink.safetensors', 1]},"
                    + "{'id': 3, 'type': 'Reroute', 'inputs': [{'name': '', 'type': '*', 'link': 2}], 'outputs': [{'type': '*'}]},"
                    + "{'id': 4, 'type': 'CLIPTextEncode', 'inputs': [{'name': 'clip', 'type': 'CLIP', 'link': 4}],"
                    + "'outputs': [{'name': 'CONDITIONING', 'type': 'CONDITIONING'}], 'widgets_values': ['a bicycle']},"
                    + "{'id': 5, 'type': 'EmptyLatentImage', 'outputs': [{'type': 'LATENT'}], 'widgets_values': [512, 768, 1]},"
                    + "{'id': 6, 'type': 'KSampler', 'inputs': [{'name': 'model', 'type': 'MODEL', 'link': 3},"
                    + "{'name': 'positive', 'type': 'CONDITIONING', 'link': 5}, {'name': 'negative', 'type': 'CONDITIONING', 'link': null},"
                    + "{'name': 'latent_image', 'type': 'LATENT', 'link': 6}], 'outputs': [{'type': 'LATENT'}],"
                    + "'widgets_values': [7, 'randomize', 20, 8, 'euler', 'normal', 1]},"
                    + "{'id': 7, 'type': 'VAEDecode', 'inputs': [{'name': 'samples', 'type': 'LATENT', 'link': 7}], 'outputs': [{'type': 'IMAGE'}]},"
                    + "{'id': 8, 'type': 'SaveImage', 'inputs': [{'name': 'images', 'type': 'IMAGE', 'link': 8}], 'widgets_values': ['cat']}],"
                    + "'links': [[1, 1, 0, 2, 0, 'MODEL'], [2, 2, 0, 3, 0, '*'], [3, 3, 0, 6, 0, 'MODEL'], [4, 1, 1, 4, 0, 'CLIP'],"
                    + "[5, 4, 0, 6, 1, 'CONDITIONING'], [6, 5, 0, 6, 3, 'LATENT'], [7, 6, 0, 7, 0, 'LATENT'], [8, 7, 0, 8, 0, 'IMAGE']]}")
            .replace('\'', '"');

    private static String sampler(String model, String positive, String negative) {
        return node(
                "5",
                "KSampler",
                SETTINGS + ", " + model + ", 'positive': ['" + positive + "', 0], 'negative': ['" + negative
                        + "', 0], 'latent_image': ['4', 0]");
    }
}
