package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.ComfyGraph;
import org.latentprint.fixture.PngFixture;
import org.latentprint.generator.Generation;
import org.latentprint.generator.GeneratorReaders;
import tools.jackson.databind.json.JsonMapper;

/** Records that were dumped once more, as one JSON string. */
class QuotedTextTest {
    private static final String INFOTEXT = "a cat, \"on\" a wall\nNegative prompt: fog\n"
            + "Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 77000, Size: 64x64, Model: garden, Version: v1.9.4";

    @Test
    void anInfotextInAStringIsRead() {
        Generation generation = read("parameters", quoted(INFOTEXT));
        assertThat(generation.generator()).isEqualTo("A1111");
        assertThat(generation.positivePrompt()).contains("a cat, \"on\" a wall");
        assertThat(generation.seed()).contains("77000");
    }

    @Test
    void anObjectInAStringIsRead() {
        String record = "{\"sui_image_params\":{\"prompt\":\"a garden\",\"seed\":18446744073709551615}}";
        assertThat(read("parameters", quoted(record)).seed()).contains("18446744073709551615");
    }

    @Test
    void aGraphInStringsWithinStringsIsRead() {
        String graph = new ComfyGraph()
                .textToImage("sample-base.safetensors", "a lighthouse at dusk", "rain", 7)
                .json();
        for (String text : new String[] {quoted(graph), quoted(quoted(graph)), quoted(quoted(quoted(graph)))}) {
            Generation generation = read("prompt", text);
            assertThat(generation.generator()).isEqualTo("ComfyUI");
            assertThat(generation.positivePrompt()).contains("a lighthouse at dusk");
        }
    }

    @Test
    void theBlockSaysHowItWasRead() {
        ItemMetadata metadata = metadata("parameters", quoted("{\"a\": \"\u5EAD\"}"));
        assertThat(metadata.blocks()).singleElement().satisfies(block -> {
            assertThat(block.textOrEmpty()).isEqualTo("{\"a\": \"\u5EAD\"}");
            assertThat(block.encoding().orElseThrow()).endsWith(QuotedText.NOTE);
            assertThat(block.repaired()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a \\\"garden\\\"\"",
                "\"{\\\"a\\\": 1}\", \"b\"",
                "\"{\\\"a\\\": 1}",
                "\"{\\u00\"",
                "\"",
                "\"\\\"",
                "{\"a\": \"\\\"b\\\"\"}"
            })
    void anythingElseStaysAsItIs(String text) {
        DecodedText decoded = new DecodedText(text, "utf-8", Optional.empty());
        assertThat(QuotedText.opened(decoded)).isSameAs(decoded);
    }

    private static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }

    private static Generation read(String key, String text) {
        return GeneratorReaders.readAll(metadata(key, text)).generations().getFirst();
    }

    private static ItemMetadata metadata(String key, String text) {
        return MetadataExtractor.extract(
                "quoted", HeapBytes.wrap(PngFixture.of(8, 8).text(key, text).bytes()));
    }
}
