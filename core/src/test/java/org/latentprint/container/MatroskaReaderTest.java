package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.MatroskaFixture;

class MatroskaReaderTest {

    @Test
    void tagsNamesAndAttachmentsAreRead() {
        byte[] file = MatroskaFixture.webm(640, 480)
                .tag("PROMPT", "{\"1\": {}}")
                .valueFirst("COMMENT", "a bicycle")
                .nested("A", "a cat", 2)
                .attachment("garden.png", new byte[7])
                .bytes();
        ItemMetadata metadata = read(file);
        assertThat(metadata.mediaType()).contains("video/webm");
        assertThat(metadata.width()).isEqualTo(640);
        assertThat(metadata.height()).isEqualTo(480);
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.trailing()).isEmpty();
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("matroska/info", "Title", "a garden"),
                        tuple("matroska/info", "WritingApp", "a program"),
                        tuple("matroska/track", "Name", "a track"),
                        tuple("matroska/attachment", "garden.png", ""),
                        tuple("matroska/tag", "PROMPT", "{\"1\": {}}"),
                        tuple("matroska/tag", "COMMENT", "a bicycle"),
                        tuple("matroska/tag", "A/A", "a cat"));
        MetadataBlock prompt = metadata.withKey("PROMPT").findFirst().orElseThrow();
        int offset = (int) prompt.origin().offset();
        byte[] value =
                Arrays.copyOfRange(file, offset, offset + (int) prompt.origin().length());
        assertThat(new String(value, StandardCharsets.UTF_8)).isEqualTo("{\"1\": {}}");
    }

    @Test
    void chaptersAndAttachedTextsAreRead() {
        ItemMetadata metadata = read(MatroskaFixture.matroska(8, 8)
                .attachment("graph.json", "application/json", "a description", "{\"1\": {}}")
                .attachment("cat.bin", "application/octet-stream", "", "a cat")
                .attachment("odd.txt", "text/plain", "", "a\u0001b")
                .chapter("a garden", 2)
                .bytes());
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.blocks().stream().filter(block -> block.container().matches("matroska/(att|chap).*")))
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("matroska/attachment-description", "graph.json", "a description"),
                        tuple("matroska/attachment", "graph.json", "{\"1\": {}}"),
                        tuple("matroska/attachment-description", "cat.bin", ""),
                        tuple("matroska/attachment", "cat.bin", ""),
                        tuple("matroska/attachment-description", "odd.txt", ""),
                        tuple("matroska/attachment", "odd.txt", ""),
                        tuple("matroska/chapter", "Title", "a garden"),
                        tuple("matroska/chapter", "Title", "a garden"));
        assertThat(read(MatroskaFixture.webm(8, 8).chapter("a", 9).bytes()).problems())
                .extracting(problem -> problem.category())
                .containsExactly(Category.LIMIT);
    }

    @Test
    void elementsWithoutASizeAreSteppedInto() {
        ItemMetadata metadata = read(
                MatroskaFixture.matroska(64, 48).unsized().tag("WORKFLOW", "{}").bytes());
        assertThat(metadata.mediaType()).contains("video/x-matroska");
        assertThat(metadata.width()).isEqualTo(64);
        assertThat(metadata.withKey("WORKFLOW")).hasSize(1);
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.trailing()).isEmpty();
    }

    @Test
    void bytesBehindTheSegmentAreTrailing() {
        ItemMetadata metadata = read(MatroskaFixture.webm(8, 8)
                .tag("A", "b")
                .trailing("a text".getBytes(StandardCharsets.UTF_8))
                .bytes());
        assertThat(metadata.trailing())
                .hasValueSatisfying(trailing -> assertThat(trailing.length()).isEqualTo(6));
        assertThat(metadata.withKey("A")).hasSize(1);
    }

    @Test
    void nestingIsBounded() {
        ItemMetadata deep =
                read(MatroskaFixture.webm(8, 8).nested("A", "b", 100).bytes());
        assertThat(deep.problems()).extracting(problem -> problem.category()).containsExactly(Category.LIMIT);
        assertThat(read(MatroskaFixture.webm(8, 8).nested("A", "b", 8).bytes()).withKey("A/A/A/A/A/A/A/A"))
                .hasSize(1);
    }

    @Test
    void sizesOutOfTheFileCostTheirElementOnly() {
        // A tag list that states 2^55 bytes holds a whole tag.
        byte[] whole = MatroskaFixture.webm(8, 8).tag("A", "b").bytes();
        byte[] header = MatroskaFixture.header(0x1254C367L, 1L << 55);
        int at = new String(whole, StandardCharsets.ISO_8859_1)
                .indexOf(new String(header, 0, 4, StandardCharsets.ISO_8859_1));
        System.arraycopy(header, 0, whole, at, header.length);
        ItemMetadata metadata = read(whole);
        assertThat(metadata.withKey("A")).hasSize(1);
        assertThat(metadata.problems())
                .extracting(problem -> problem.category())
                .containsExactly(Category.MALFORMED);
    }

    @Test
    void otherDocumentsInTheSameSyntaxAreNotRecognised() {
        byte[] file = MatroskaFixture.webm(8, 8).bytes();
        file[new String(file, StandardCharsets.ISO_8859_1).indexOf("webm")] = 'x';
        assertThat(read(file).mediaType()).isEmpty();
    }

    private static ItemMetadata read(byte[] bytes) {
        return MetadataExtractor.extract("file", HeapBytes.wrap(bytes));
    }
}
