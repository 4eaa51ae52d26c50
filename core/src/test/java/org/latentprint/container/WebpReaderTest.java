package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.WebpFixture;

class WebpReaderTest {
    private static final ExifFixture EXIF = ExifFixture.bigEndian().ascii(ExifFixture.MODEL, "prompt:{\"1\": {}}");

    @Test
    void exifIsReadWithAndWithoutItsPrefix() {
        for (WebpFixture webp : new WebpFixture[] {
            WebpFixture.of(30, 20).exif(EXIF),
            WebpFixture.of(30, 20).exifWithHeader(EXIF).frames(3)
        }) {
            ItemMetadata metadata = read(webp.bytes());
            assertThat(metadata.mediaType()).contains("image/webp");
            assertThat(metadata.width()).isEqualTo(30);
            assertThat(metadata.height()).isEqualTo(20);
            assertThat(metadata.problems()).isEmpty();
            assertThat(metadata.blocks())
                    .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                    .containsExactly(tuple("webp/exif", "Model", "prompt:{\"1\": {}}"));
            assertThat(metadata.blocks().getFirst().repaired()).isEmpty();
        }
    }

    @Test
    void otherChunksAreReadOrListed() {
        ItemMetadata metadata = read(WebpFixture.of(5, 7)
                .xmp("<x:xmpmeta/>")
                .chunk("C2PA", new byte[3])
                .chunk("what", new byte[2])
                .trailing(new byte[] {1, 2, 3})
                .bytes());
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container)
                .containsExactly("webp/xmp", "webp/C2PA", "webp/what");
        assertThat(metadata.trailing())
                .hasValueSatisfying(trailing -> assertThat(trailing.length()).isEqualTo(3));
        assertThat(metadata.problems()).isEmpty();
    }

    @Test
    void sizeOfAPictureWithoutExtendedHeaderIsRead() {
        ItemMetadata metadata = read(WebpFixture.of(123, 45).bytes());
        assertThat(metadata.width()).isEqualTo(123);
        assertThat(metadata.height()).isEqualTo(45);
    }

    @Test
    void metadataBehindAStatedEndThatIsTooEarlyAreRead() {
        ItemMetadata metadata =
                read(WebpFixture.of(8, 8).exif(EXIF).wrongSize(-20).bytes());
        assertThat(metadata.withKey("Model")).hasSize(1);
        ItemMetadata tooLong =
                read(WebpFixture.of(8, 8).exif(EXIF).wrongSize(20).bytes());
        assertThat(tooLong.withKey("Model")).hasSize(1);
        assertThat(tooLong.problems()).extracting(problem -> problem.category()).containsExactly(Category.MALFORMED);
    }

    private static ItemMetadata read(byte[] bytes) {
        return MetadataExtractor.extract("file", HeapBytes.wrap(bytes));
    }
}
