package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentprint.fixture.TextBlocks;

/** NovelAI's chunks, with the keys that its users publish. */
class NovelAiReaderTest {
    private static final String COMMENT = """
            {"prompt":"a garden, very aesthetic","steps":28,"height":1216,"width":832,"scale":5.0,"uncond_scale":0.0,"cfg_rescale":0.0,
            "seed":1354345381,"n_samples":1,"noise_schedule":"karras","legacy_v3_extend":false,"reference_information_extracted_multiple":[],
            "reference_strength_multiple":[0.6],"extra_passthrough_testing":null,"v4_prompt":{"caption":{"base_caption":"a garden, very aesthetic",
            "char_captions":[{"char_caption":"a cat","centers":[{"x":0.5,"y":0.5}]},{"char_caption":"a dog","centers":[]}]},"use_coords":false,
            "use_order":true,"legacy_uc":false},"v4_negative_prompt":{"caption":{"base_caption":"fog","char_captions":[{"char_caption":"hat","centers":[]}]}},
            "sampler":"k_euler_ancestral","strength":0.7,"uc":"fog","request_type":"REQUEST","signed_hash":"AAAA=="}""";

    @ParameterizedTest
    @CsvSource({
        "PromptGenerateRequest, TXT2IMG",
        "Img2ImgRequest, IMG2IMG",
        "NativeInfillingRequest, INPAINT",
        "SomethingNew,"
    })
    void readsPromptsByCharacterAndTheTask(String request, Task task) {
        Generation generation = only("NovelAI Diffusion V4.5 4BDE2A90", COMMENT.replace("REQUEST", request));
        assertThat(generation.models())
                .containsExactly(new NamedModel(
                        "service", Optional.of("NovelAI Diffusion V4.5"), Map.of("novelai", "4BDE2A90")));
        assertThat(generation.positivePrompt()).contains("a garden, very aesthetic");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.seed()).contains("1354345381");
        assertThat(generation.sampler()).contains("k_euler_ancestral");
        assertThat(generation.scheduler()).contains("karras");
        assertThat(generation.task()).isEqualTo(Optional.ofNullable(task));
        assertThat(generation.positiveParts())
                .containsExactly(
                        new PromptPart("base", "a garden, very aesthetic"),
                        new PromptPart("character 1", "a cat"),
                        new PromptPart("character 2", "a dog"));
        assertThat(generation.negativeParts())
                .containsExactly(new PromptPart("base", "fog"), new PromptPart("character 1", "hat"));
        assertThat(generation.inputs()).isEmpty();
        assertThat(generation.settings())
                .containsEntry("reference_strength_multiple", "[0.6]")
                .containsEntry("strength", "0.7");
    }

    @ParameterizedTest
    @CsvSource({"lineart, IMG2IMG", "emotion, IMG2IMG", "bg-removal, PROCESSED", "unheard-of,"})
    void readsTheToolsForAnUploadedPicture(String tool, Task task) {
        Generation generation = only("NovelAI", "{\"req_type\":\"" + tool + "\",\"width\":64,\"height\":32}");
        assertThat(generation.task()).isEqualTo(Optional.ofNullable(task));
        assertThat(generation.settings()).containsEntry("req_type", tool);
        assertThat(generation.positivePrompt()).contains("described");
    }

    @Test
    void readsTheObjectOfTheAlphaChannel() {
        Reading reading = GeneratorReaders.readAll(
                TextBlocks.item(
                        "png/stealth",
                        "",
                        "{\"Title\":\"AI generated image\",\"Description\":\"a garden\",\"Software\":\"NovelAI\",\"Source\":\"Stable Diffusion 1D44365E\","
                                + "\"Comment\":\"{\\\"steps\\\": 28, \\\"sampler\\\": \\\"k_euler\\\", \\\"seed\\\": 18446744073709551615,"
                                + " \\\"strength\\\": 0.69, \\\"noise\\\": 0.667, \\\"scale\\\": 11.0, \\\"uc\\\": \\\"fog\\\"}\"}"));
        assertThat(reading.generations()).singleElement().satisfies(generation -> {
            assertThat(generation.positivePrompt()).contains("a garden");
            assertThat(generation.seed()).contains("18446744073709551615");
            assertThat(generation.models().getFirst().hashes()).containsEntry("novelai", "1D44365E");
            assertThat(generation.task()).isEmpty();
        });
    }

    private static Generation only(String source, String comment) {
        Reading reading = GeneratorReaders.readAll(TextBlocks.png(
                "Title",
                "AI generated image",
                "Description",
                "described",
                "Software",
                "NovelAI",
                "Source",
                source,
                "Comment",
                comment));
        assertThat(reading.generations()).hasSize(1);
        assertThat(reading.claimed()).hasSize(5);
        return reading.generations().getFirst();
    }
}
