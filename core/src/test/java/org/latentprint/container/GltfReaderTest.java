package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.ComfyGraph;
import org.latentprint.fixture.GltfFixture;
import org.latentprint.generator.GeneratorReaders;

class GltfReaderTest {
    private static final String SCENE =
            "{\"scene\": 0, \"meshes\": [{\"asset\": {}}], \"asset\": {\"version\": \"2.0\","
                    + " \"generator\": \"a program, K\u00f6ln\", \"copyright\": \"a \\u5ead\", \"extras\": {\"n\": 12,"
                    + " \"o\": {\"a\": [1, \"x\"]}, \"s\": \"a \\\"cat\\\"\", \"l\": [] , \"b\": true}, \"extensions\": {\"e\": {}}}}";

    @Test
    void eachValueIsABlockWithItsPlaceInBothForms() {
        byte[] binary = GltfFixture.binary(SCENE);
        byte[] text = SCENE.getBytes(StandardCharsets.UTF_8);
        assertThat(read(binary).mediaType()).contains("model/gltf-binary");
        assertThat(read(text).mediaType()).contains("model/gltf+json");
        for (byte[] file : new byte[][] {binary, text}) {
            ItemMetadata metadata = read(file);
            assertThat(metadata.problems()).isEmpty();
            assertThat(metadata.trailing()).isEmpty();
            assertThat(metadata.blocks())
                    .extracting(
                            MetadataBlock::container,
                            MetadataBlock::key,
                            MetadataBlock::textOrEmpty,
                            block -> new String(bytesOf(file, block), StandardCharsets.UTF_8))
                    .containsExactly(
                            tuple("gltf/asset", "generator", "a program, K\u00f6ln", "\"a program, K\u00f6ln\""),
                            tuple("gltf/asset", "copyright", "a \u5ead", "\"a \\u5ead\""),
                            tuple("gltf/extras", "n", "12", "12"),
                            tuple("gltf/extras", "o", "{\"a\": [1, \"x\"]}", "{\"a\": [1, \"x\"]}"),
                            tuple("gltf/extras", "s", "a \"cat\"", "\"a \\\"cat\\\"\""),
                            tuple("gltf/extras", "l", "[]", "[]"),
                            tuple("gltf/extras", "b", "true", "true"));
        }
    }

    @Test
    void graphsOfComfyUiAreRead() {
        String prompt = new ComfyGraph()
                .textToImage("sample-base.safetensors", "a wooden bicycle", "rain", 7)
                .json();
        ItemMetadata metadata =
                read(GltfFixture.binary(GltfFixture.comfy(prompt, "{\"nodes\": [], \"links\": [], \"version\": 0.4}")));
        assertThat(metadata.withKey("prompt").findFirst().orElseThrow().text()).contains(prompt);
        assertThat(GeneratorReaders.readAll(metadata).generations())
                .singleElement()
                .satisfies(generation -> {
                    assertThat(generation.generator()).isEqualTo("ComfyUI");
                    assertThat(generation.positivePrompt()).contains("a wooden bicycle");
                });
    }

    @Test
    void otherJsonIsNoScene() {
        for (String text : new String[] {
            "{\"nodes\": [{\"asset\": {\"version\": \"2.0\"}}]}",
            "{\"asset\": \"version\"}",
            "{\"asset\": {\"version\": 2}}",
            "[\"asset\", \"version\"]"
        }) {
            assertThat(read(text.getBytes(StandardCharsets.UTF_8)).mediaType())
                    .as(text)
                    .isEmpty();
        }
    }

    @Test
    void otherChunksAreListedAndTrailingBytesTold() {
        byte[] scene = GltfFixture.binary(SCENE);
        byte[] longer = Arrays.copyOf(scene, scene.length + 5);
        assertThat(read(longer).trailing()).contains(new ItemMetadata.Trailing(scene.length, 5));
        scene[scene.length - 8] = 'X';
        assertThat(read(scene).blocks().getLast())
                .satisfies(block -> assertThat(block.container()).isEqualTo("gltf/chunk"));
        scene[4] = 1;
        assertThat(read(scene).problems()).extracting(Problem::category).containsExactly(Category.UNSUPPORTED);
    }

    @Test
    void deepJsonIsToldAndCostsNothing() {
        String deep = "{\"asset\": {\"version\": \"2.0\", \"extras\": {\"a\": 1, \"b\": " + "[".repeat(100_000) + "}}}";
        ItemMetadata metadata = read(GltfFixture.binary(deep));
        assertThat(metadata.blocks()).extracting(MetadataBlock::key).containsExactly("a");
        assertThat(metadata.problems()).extracting(Problem::category).containsExactly(Category.MALFORMED);
    }

    private static byte[] bytesOf(byte[] file, MetadataBlock block) {
        int offset = (int) block.origin().offset();
        return Arrays.copyOfRange(file, offset, offset + (int) block.origin().length());
    }

    private static ItemMetadata read(byte[] bytes) {
        return MetadataExtractor.extract("file", HeapBytes.wrap(bytes));
    }
}
