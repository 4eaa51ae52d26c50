package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.OggFixture;
import org.latentprint.fixture.VorbisCommentFixture;

class OggReaderTest {
    private static final String LONG = "{\"1\": {\"text\": \"" + "a garden ".repeat(400) + "\"}}";

    @Test
    void commentsThatSpanPagesAreJoined() {
        byte[] file = OggFixture.ogg()
                .pagesOf(510)
                .opus(7, comments("prompt", LONG).add("workflow", "{}"))
                .bytes();
        ItemMetadata metadata = read(file);
        assertThat(metadata.mediaType()).contains("audio/ogg");
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.trailing()).isEmpty();
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("ogg/vendor", "", VorbisCommentFixture.VENDOR),
                        tuple("ogg/comment", "prompt", LONG),
                        tuple("ogg/comment", "workflow", "{}"));
        assertThat(metadata.blocks())
                .allSatisfy(block -> assertThat(block.crc()).isEqualTo(Crc.OK));
        MetadataBlock prompt = metadata.withKey("prompt").findFirst().orElseThrow();
        // Its run holds the headers of the pages it spans.
        assertThat(prompt.origin().length()).isGreaterThan(LONG.length());
        int start = (int) prompt.origin().offset();
        int end = start + (int) prompt.origin().length();
        assertThat(file[start]).isEqualTo((byte) '{');
        assertThat(file[end - 1]).isEqualTo((byte) '}');
    }

    @Test
    void eachCodingHasItsComments() {
        assertThat(read(OggFixture.ogg().vorbis(1, comments("A", "a cat")).bytes())
                        .withKey("A"))
                .hasSize(1);
        assertThat(read(OggFixture.ogg().speex(1, comments("A", "a cat")).bytes())
                        .withKey("A"))
                .hasSize(1);
        ItemMetadata flac =
                read(OggFixture.ogg().flac(1, comments("A", "a cat")).bytes());
        assertThat(flac.problems()).isEmpty();
        assertThat(flac.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("ogg/vendor", "", VorbisCommentFixture.VENDOR),
                        tuple("ogg/comment", "A", "a cat"),
                        tuple("ogg/PICTURE", "a lighthouse", ""));
        ItemMetadata film = read(
                OggFixture.ogg().theora(1, 640, 360, comments("A", "a cat")).bytes());
        assertThat(film.mediaType()).contains("video/ogg");
        assertThat(film.width()).isEqualTo(640);
        assertThat(film.height()).isEqualTo(360);
        assertThat(film.withKey("A")).hasSize(1);
    }

    @Test
    void picturesInCommentsAreListedWithoutText() {
        ItemMetadata metadata = read(OggFixture.ogg()
                .vorbis(1, comments("METADATA_BLOCK_PICTURE", "AAAA").add("title", "a song"))
                .bytes());
        assertThat(metadata.withKey("METADATA_BLOCK_PICTURE")
                        .findFirst()
                        .orElseThrow()
                        .text())
                .isEmpty();
        assertThat(metadata.withKey("title")).hasSize(1);
    }

    @Test
    void streamsInARowAreAllRead() {
        ItemMetadata metadata = read(OggFixture.ogg()
                .vorbis(1, comments("A", "a cat"))
                .opus(2, comments("B", "a bicycle"))
                .trailing("words")
                .bytes());
        assertThat(metadata.withKey("A")).hasSize(1);
        assertThat(metadata.withKey("B")).hasSize(1);
        assertThat(metadata.trailing())
                .hasValueSatisfying(trailing -> assertThat(trailing.length()).isEqualTo(5));
    }

    @Test
    void streamsAreBounded() {
        OggFixture ogg = OggFixture.ogg();
        for (int stream = 0; stream < 17; stream++) {
            ogg.opus(stream, comments("A", "a cat"));
        }
        ItemMetadata metadata = read(ogg.bytes());
        assertThat(metadata.withKey("A")).hasSize(16);
        assertThat(metadata.problems())
                .extracting(problem -> problem.category())
                .containsExactly(Category.LIMIT);
    }

    @Test
    void aWrongChecksumIsSaid() {
        byte[] file = OggFixture.ogg().opus(7, comments("A", "a cat")).bytes();
        file[new String(file, StandardCharsets.ISO_8859_1).indexOf("a cat")] = 'A';
        assertThat(read(file).withKey("A").findFirst().orElseThrow()).satisfies(block -> {
            assertThat(block.crc()).isEqualTo(Crc.WRONG);
            assertThat(block.text()).contains("A cat");
        });
    }

    @Test
    void aMissingPageIsSaid() {
        byte[] file = OggFixture.ogg().pagesOf(510).opus(7, comments("A", LONG)).bytes();
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int second = text.indexOf("OggS", 1);
        int third = text.indexOf("OggS", second + 1);
        byte[] without = Arrays.copyOf(file, file.length - (third - second));
        System.arraycopy(file, third, without, second, file.length - third);
        ItemMetadata metadata = read(without);
        assertThat(metadata.withKey("A")).isEmpty();
        assertThat(metadata.problems())
                .extracting(problem -> problem.category())
                .containsExactly(Category.MALFORMED);
    }

    private static VorbisCommentFixture comments(String name, String text) {
        return new VorbisCommentFixture().add(name, text);
    }

    private static ItemMetadata read(byte[] bytes) {
        return MetadataExtractor.extract("file", HeapBytes.wrap(bytes));
    }
}
