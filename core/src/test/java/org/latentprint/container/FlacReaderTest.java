package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.FlacFixture;
import org.latentprint.fixture.Id3Fixture;
import org.latentprint.fixture.VorbisCommentFixture;

class FlacReaderTest {

    @Test
    void everyMetadataBlockIsTaken() {
        byte[] file = FlacFixture.flac()
                .comment("prompt", "{\"1\": {}}")
                .comment("TITLE", "a garden \u5EAD")
                .application("abcd", new byte[5])
                .picture("image/png", "a lighthouse", new byte[20])
                .block(40, new byte[3])
                .bytes();
        ItemMetadata metadata = read(file);
        assertThat(metadata.mediaType()).contains("audio/flac");
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("flac/STREAMINFO", "", ""),
                        tuple("flac/APPLICATION", "abcd", ""),
                        tuple("flac/PICTURE", "a lighthouse", ""),
                        tuple("flac/block-40", "", ""),
                        tuple("flac/vendor", "", VorbisCommentFixture.VENDOR),
                        tuple("flac/comment", "prompt", "{\"1\": {}}"),
                        tuple("flac/comment", "TITLE", "a garden \u5EAD"));
        MetadataBlock prompt = metadata.withKey("prompt").findFirst().orElseThrow();
        int offset = (int) prompt.origin().offset();
        byte[] value =
                Arrays.copyOfRange(file, offset, offset + (int) prompt.origin().length());
        assertThat(new String(value, StandardCharsets.UTF_8)).isEqualTo("{\"1\": {}}");
    }

    @Test
    void aTagOfAnotherFormatBeforeTheStreamDoesNotHideIt() {
        // Longer than what decides the type: only behind the tag the bytes say what they are.
        byte[] tag = Id3Fixture.version(4)
                .named("settings", "a bicycle")
                .padding(9000)
                .tag();
        ItemMetadata metadata = read(FlacFixture.flac()
                .comment("workflow", "{}")
                .behind(tag)
                .followedBy(Id3Fixture.old("a garden", "", ""))
                .bytes());
        assertThat(metadata.mediaType()).contains("audio/flac");
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .contains(
                        tuple("id3/TXXX", "settings", "a bicycle"),
                        tuple("flac/comment", "workflow", "{}"),
                        tuple("id3v1", "title", "a garden"));
    }

    @Test
    void aLengthThatLeavesTheFileIsSaid() {
        byte[] file = FlacFixture.flac().bytes();
        // The length of the first block.
        file[5] = (byte) 0xFF;
        assertThat(read(file).problems())
                .extracting(problem -> problem.category())
                .containsExactly(Category.MALFORMED);
    }

    @Test
    void aCommentsLengthThatLeavesItsListCostsTheRestOfTheList() {
        byte[] file = FlacFixture.flac()
                .comment("A", "a cat")
                .comment("B", "a garden")
                .bytes();
        int length = new String(file, StandardCharsets.ISO_8859_1).indexOf("B=a garden") - 4;
        Arrays.fill(file, length, length + 4, (byte) 0xFF);
        ItemMetadata metadata = read(file);
        assertThat(metadata.withKey("A")).hasSize(1);
        assertThat(metadata.withKey("B")).isEmpty();
        assertThat(metadata.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("4294967295"));
    }

    @Test
    void aCommentWithoutANameIsKept() {
        byte[] file = FlacFixture.flac().comment("A", "a cat").bytes();
        file[new String(file, StandardCharsets.ISO_8859_1).indexOf("A=a cat") + 1] = '-';
        ItemMetadata metadata = read(file);
        assertThat(metadata.blocks()).extracting(MetadataBlock::textOrEmpty).contains("A-a cat");
        assertThat(metadata.problems()).hasSize(1);
    }

    private static ItemMetadata read(byte[] bytes) {
        return MetadataExtractor.extract("file", HeapBytes.wrap(bytes));
    }
}
