package org.latentprint.generator.infotext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfotextTest {
    private static final String SETTINGS =
            "Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 2390355032, Size: 512x512, Model hash: 64e73fcb";

    @Test
    void readsPromptNegativeAndSettings() {
        Infotext infotext = parse("a lighthouse,\nat dusk\nNegative prompt: blurry,\nlow quality\n" + SETTINGS);
        assertThat(infotext.positivePrompt()).isEqualTo("a lighthouse,\nat dusk");
        assertThat(infotext.negativePrompt()).contains("blurry,\nlow quality");
        assertThat(infotext.pairs()).hasSize(6).startsWith(new Pair("Steps", "20"), new Pair("Sampler", "Euler a"));
        assertThat(infotext.value("cfg SCALE")).contains("7");
        assertThat(infotext.trailing()).isEmpty();
    }

    @Test
    void keepsEmptyPromptsApartFromMissingOnes() {
        assertThat(parse(SETTINGS).positivePrompt()).isEmpty();
        assertThat(parse(SETTINGS).negativePrompt()).isEmpty();
        assertThat(parse("Negative prompt: \n" + SETTINGS).negativePrompt()).contains("");
        assertThat(parse("Negative prompt: fog\n" + SETTINGS).positivePrompt()).isEmpty();
        assertThat(parse("a cat\nNegative prompt:\n" + SETTINGS).negativePrompt())
                .contains("");
    }

    @Test
    void takesTheLastSettingsWhereThePromptHoldsSome() {
        Infotext infotext = parse(
                "a sign that reads\nSteps: 5, Sampler: none, CFG scale: 1, Seed: 1\nNegative prompt: x\n" + SETTINGS);
        assertThat(infotext.value("Steps")).contains("20");
        assertThat(infotext.positivePrompt()).contains("Steps: 5");
    }

    @Test
    void readsWindowsLineEnds() {
        Infotext infotext = parse("a bicycle\r\nNegative prompt: rain\r\n" + SETTINGS + "\r\n");
        assertThat(infotext.positivePrompt()).isEqualTo("a bicycle");
        assertThat(infotext.negativePrompt()).contains("rain");
        assertThat(infotext.value("Model hash")).contains("64e73fcb");
    }

    @Test
    void keepsLineEndsThatBelongToThePrompt() {
        assertThat(parse("a cat, \r\n\nNegative prompt: dog\n\n" + SETTINGS)).satisfies(infotext -> {
            assertThat(infotext.positivePrompt()).isEqualTo("a cat, \r\n");
            assertThat(infotext.negativePrompt()).contains("dog\n");
        });
    }

    @Test
    void readsQuotedValuesAndJson() {
        Infotext infotext = parse("a garden\n" + SETTINGS
                + ", ADetailer prompt: \"a \\\"tidy\\\" path, wide:1.2\\nsecond line\""
                + ", Hashes: {\"model\": \"45a21ea00a\", \"lora:grass, tall\": \"1234567890\"}"
                + ", Civitai resources: [{\"type\":\"checkpoint\",\"modelVersionId\":128713}], Eta: inf");
        assertThat(infotext.value("ADetailer prompt")).contains("a \"tidy\" path, wide:1.2\nsecond line");
        assertThat(infotext.value("Hashes"))
                .contains("{\"model\": \"45a21ea00a\", \"lora:grass, tall\": \"1234567890\"}");
        assertThat(infotext.value("Civitai resources"))
                .contains("[{\"type\":\"checkpoint\",\"modelVersionId\":128713}]");
        assertThat(infotext.value("Eta")).contains("inf");
    }

    @Test
    void readsQuotedValuesWithBareLineEndsOfOldVersions() {
        Infotext infotext = parse("a garden\nSteps: 20, Sampler: Euler a, CFG scale: 7, Note: \"one, two\n"
                + "three\", Seed: 5, Steps taken: 3, Clip skip: 2, Denoising strength: 0.5");
        assertThat(infotext.positivePrompt()).isEqualTo("a garden");
        assertThat(infotext.value("Note")).contains("one, two\nthree");
        assertThat(infotext.value("Seed")).contains("5");
    }

    @Test
    void keepsTextBehindTheSettings() {
        Infotext infotext = parse("a cat\n" + SETTINGS + "\nTemplate: a {cat|dog}\nNegative Template: none");
        assertThat(infotext.trailing()).contains("Template: a {cat|dog}\nNegative Template: none");
        assertThat(infotext.positivePrompt()).isEqualTo("a cat");
    }

    @Test
    void readsTheTemplateOfSdNext() {
        Infotext infotext = parse("a cat\nNegative prompt: fog\nTemplate: a __pet__\nNegative template: __bad__\n"
                + "Steps: 9, Size: 64x64, Seed: 1, CFG scale: 1, App: SD.Next, Version: 5f04d47");
        assertThat(infotext.negativePrompt()).contains("fog");
        assertThat(infotext.template()).contains("a __pet__");
        assertThat(infotext.negativeTemplate()).contains("__bad__");
    }

    @Test
    void joinsUnquotedListsAndIgnoresTheLastComma() {
        Infotext infotext =
                parse("a cat\nSteps: 9, Seed: 1, Skip layers: [7, 8, 9, ], Styles: calm, bright, CFG scale: 1,");
        assertThat(infotext.value("Skip layers")).contains("[7, 8, 9, ]");
        assertThat(infotext.value("Styles")).contains("calm, bright");
        assertThat(infotext.value("CFG scale")).contains("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a holiday in June",
                "Size: 6000x4000, Model: Some Camera, ISO: 100, Exposure: 1/60",
                "Steps: carry water, Seed: sunflower, Size: large, Place: garden",
                "Created with GIMP",
                "Recipe\nSteps: 3, Time: 20 min, Serves: 4",
                "{\"Steps\": 20, \"Seed\": 1, \"CFG scale\": 7}",
                "<?xpacket begin=''?><x/>\nSteps: 20, Seed: 1, CFG scale: 7",
                "a, b, c, d, e, f",
                "one: 1, two: 2, three: 3, four: 4"
            })
    void isNoInfotext(String text) {
        assertThat(Infotext.parse(text)).isEmpty();
    }

    @Test
    void randomTextsOfTheWriterComeBack() {
        Random random = new Random(20250607);
        for (int round = 0; round < 3_000; round++) {
            String positive = prompt(random);
            String negative = prompt(random);
            List<Pair> pairs = new ArrayList<>(List.of(
                    new Pair("Steps", String.valueOf(1 + random.nextInt(150))),
                    new Pair("Sampler", "DPM++ 2M"),
                    new Pair("CFG scale", String.valueOf(random.nextInt(20))),
                    new Pair("Seed", String.valueOf(random.nextLong() >>> 1))));
            for (int index = random.nextInt(8); index > 0; index--) {
                pairs.add(new Pair("Setting " + index, value(random)));
            }
            Infotext infotext = parse(InfotextWriter.write(positive, negative, pairs));
            assertThat(infotext.positivePrompt()).isEqualTo(positive);
            assertThat(infotext.negativePrompt().orElse("")).isEqualTo(negative);
            assertThat(infotext.pairs()).isEqualTo(pairs);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",",
                "\"",
                "[",
                "{",
                "a:",
                "a: ,",
                "\\",
                "<",
                "\n",
                "\nSteps: 1, Seed: ",
                "[\"",
                ", Steps: \"",
                "]}",
                "Steps: 1, Seed: 1, CFG scale: 1, ",
                " ",
                "\r",
                "x, y: \"z\", "
            })
    void hostileTextsTakeLinearTime(String unit) {
        String hostile = unit.repeat(1_000_000 / unit.length());
        assertTimeout(Duration.ofSeconds(2), () -> {
            consume(Infotext.parse(hostile));
            consume(Infotext.parse("Steps: 20, Seed: 1, CFG scale: 7, X: " + hostile));
            consume(Infotext.parse("a\nSteps: 20, Seed: 1, CFG scale: 7\n" + hostile));
        });
    }

    @Test
    void boundsTheNumberOfSettings() {
        Infotext infotext = parse("Steps: 20, Seed: 1, CFG scale: 7, " + "kk: v, ".repeat(5_000));
        assertThat(infotext.cut()).isTrue();
        assertThat(infotext.pairs()).hasSize(Infotext.MAX_PAIRS);
    }

    private static void consume(Optional<Infotext> infotext) {
        infotext.ifPresent(found -> {
            assertThat(InfotextResources.models(found).size()).isLessThan(10_000);
            assertThat(InfotextResources.loras(found).size()).isLessThan(10_000);
        });
    }

    private static Infotext parse(String text) {
        return Infotext.parse(text).orElseThrow();
    }

    private static String prompt(Random random) {
        String[] words = {
            "a cat",
            "lighthouse",
            ", ",
            ": ",
            "\n",
            "\"",
            "\\",
            "(garden:1.2)",
            "<lora:wool:0.8>",
            "Size: 3x3",
            "テスト",
            "[",
            "{",
            " "
        };
        StringBuilder prompt = new StringBuilder();
        for (int index = random.nextInt(12); index > 0; index--) {
            prompt.append(words[random.nextInt(words.length)]);
        }
        return prompt.toString();
    }

    /** A1111 strips neither, but joins unquoted values by comma and blank, so a value has no blanks at its ends. */
    private static String value(Random random) {
        String[] words = {"a", "cat", ", ", ": ", "\n", "\"", "\\", "1.5", "b c"};
        StringBuilder value = new StringBuilder("v");
        for (int index = random.nextInt(8); index > 0; index--) {
            value.append(words[random.nextInt(words.length)]);
        }
        return value.append("w").toString();
    }
}
