package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.Id3Fixture;
import org.latentprint.fixture.JpegFixture;
import org.latentprint.fixture.Mp4Fixture;
import org.latentprint.fixture.PngFixture;
import org.latentprint.fixture.TestDigests;

class Mp4ReaderTest {
    private static final String PROMPT = "{\"1\": {\"class_type\": \"LoadImage\"}}";

    @Test
    void aPictureThatIsMarkedAsTextIsListed() {
        byte[] photo = JpegFixture.of(8, 8).bytes();
        byte[] drawing = PngFixture.of(8, 8).bytes();
        byte[] film = Mp4Fixture.mp4(640, 480)
                .freeform("com.apple.iTunes", "EMBEDDED_IMAGES", List.of(photo, drawing))
                .freeform("com.apple.iTunes", "short", "\u00FF\u00D8")
                .bytes();
        ItemMetadata metadata = read(film);
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.blocks())
                .extracting(
                        MetadataBlock::key,
                        MetadataBlock::text,
                        block -> block.origin().sha256())
                .startsWith(
                        tuple("EMBEDDED_IMAGES", Optional.empty(), TestDigests.sha256(photo)),
                        tuple("EMBEDDED_IMAGES", Optional.empty(), TestDigests.sha256(drawing)));
        assertThat(metadata.blocks().getLast().text()).contains("\u00FF\u00D8");
    }

    @Test
    void everyPlaceOfWordsIsRead() {
        byte[] film = Mp4Fixture.mp4(640, 480)
                .item("\u00A9cmt", "a cat")
                .freeform("org.example", "settings", "Steps: 20")
                .key("prompt", PROMPT)
                .key("workflow", "{}")
                .xmp("<x:xmpmeta/>")
                .uuid("d8fec3d61b0e483c92975828877ec481", new byte[] {1, 2})
                .wideSizes()
                .bytes();
        ItemMetadata metadata = read(film);
        assertThat(metadata.mediaType()).contains("video/mp4");
        assertThat(metadata.width()).isEqualTo(640);
        assertThat(metadata.height()).isEqualTo(480);
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.trailing()).isEmpty();
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("mp4/mdta", "prompt", PROMPT),
                        tuple("mp4/mdta", "workflow", "{}"),
                        tuple("mp4/ilst", "\u00A9cmt", "a cat"),
                        tuple("mp4/ilst", "settings", "Steps: 20"),
                        tuple("mp4/xmp", "", "<x:xmpmeta/>"),
                        tuple("mp4/c2pa", "", ""));
        MetadataBlock prompt = metadata.blocks().getFirst();
        assertThat(new String(
                        film,
                        (int) prompt.origin().offset(),
                        (int) prompt.origin().length(),
                        StandardCharsets.UTF_8))
                .isEqualTo(PROMPT);
    }

    @Test
    void wordsOfAFilmInFragmentsAreRead() {
        ItemMetadata metadata = read(Mp4Fixture.mp4(640, 360)
                .item("\u00A9cmt", "a garden")
                .key("prompt", "{\"a\": 1}")
                .userData("\u00A9too", "Lavf61.7.100")
                .fragmented(500)
                .bytes());
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.trailing()).isEmpty();
        assertThat(metadata.width()).isEqualTo(640);
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::textOrEmpty)
                .containsExactlyInAnyOrder("a garden", "{\"a\": 1}", "Lavf61.7.100");
    }

    @Test
    void soundInTheSameBoxesIsRead() {
        for (String brand : List.of("M4A ", "M4B ", "F4A ")) {
            byte[] song = Mp4Fixture.mp4(0, 0)
                    .item("\u00A9lyr", "a song about a cat")
                    .key("prompt", PROMPT)
                    .bytes();
            System.arraycopy(brand.getBytes(StandardCharsets.US_ASCII), 0, song, 8, 4);
            ItemMetadata metadata = read(song);
            assertThat(metadata.mediaType()).contains("audio/mp4");
            assertThat(metadata.problems()).isEmpty();
            assertThat(metadata.width()).isZero();
            assertThat(metadata.blocks())
                    .extracting(MetadataBlock::key, MetadataBlock::textOrEmpty)
                    .containsExactly(tuple("prompt", PROMPT), tuple("\u00A9lyr", "a song about a cat"));
        }
    }

    @Test
    void boxesOfNoStandardGiveTheirTextWhereTheyAreNothingElse() {
        ItemMetadata metadata = read(Mp4Fixture.mp4(64, 48)
                .uuid("00112233445566778899aabbccddeeff", PROMPT.getBytes(StandardCharsets.UTF_8))
                .uuid("00112233445566778899aabbccddeefe", "words".getBytes(StandardCharsets.UTF_8))
                .uuid("00112233445566778899aabbccddeefd", new byte[] {'{', 0, 1})
                .box("graf", "{}".getBytes(StandardCharsets.UTF_8))
                .bytes());
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("mp4/uuid", "00112233445566778899aabbccddeeff", PROMPT),
                        tuple("mp4/uuid", "00112233445566778899aabbccddeefe", ""),
                        tuple("mp4/uuid", "00112233445566778899aabbccddeefd", ""),
                        tuple("mp4/graf", "", "{}"));
    }

    @Test
    void anId3TagInABoxIsRead() {
        byte[] tag = Id3Fixture.version(4).named("prompt", "{}").tag();
        byte[] meta = new byte[4 + 8 + 6 + tag.length];
        meta[7] = (byte) (8 + 6 + tag.length);
        System.arraycopy("ID32".getBytes(StandardCharsets.US_ASCII), 0, meta, 8, 4);
        System.arraycopy(tag, 0, meta, 18, tag.length);
        ItemMetadata metadata = read(Mp4Fixture.mp4(64, 48).box("meta", meta).bytes());
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.withKey("prompt")).hasSize(1);
    }

    @Test
    void quickTimeFormsAreRead() {
        ItemMetadata metadata = read(Mp4Fixture.quickTime(64, 48)
                .userData("\u00A9cmt", "a garden \u5EAD")
                .movieKey("com.apple.quicktime.comment", "a bicycle")
                .movieFirst()
                .bytes());
        assertThat(metadata.mediaType()).contains("video/quicktime");
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("mp4/mdta", "com.apple.quicktime.comment", "a bicycle"),
                        tuple("mp4/udta", "\u00A9cmt", "a garden \u5EAD"));
    }

    @Test
    void aTextLongerThanItsLengthCanSayIsReadWholeAndMarked() {
        String text = "a garden ".repeat(9000);
        MetadataBlock block = read(Mp4Fixture.quickTime(64, 48)
                        .userData("\u00A9cmt", text)
                        .bytes())
                .blocks()
                .getFirst();
        assertThat(block.text()).contains(text);
        assertThat(block.repaired()).isPresent();
    }

    @Test
    void bytesBehindTheLastBoxAreTold() {
        byte[] whole = Mp4Fixture.mp4(64, 48).bytes();
        ItemMetadata metadata = read(Mp4Fixture.mp4(64, 48)
                .trailing(new byte[] {0, 0, 0, 2, 1, 1, 1, 1, 1})
                .bytes());
        assertThat(metadata.trailing()).contains(new ItemMetadata.Trailing(whole.length, 9));
    }

    @Test
    void onlyFilmsAndSoundAreRecognised() {
        assertThat(recognise("ftypisom", "iso2avc1")).contains("video/mp4");
        assertThat(recognise("ftypqt  ", "qt  ")).contains("video/quicktime");
        assertThat(recognise("ftypM4V ", "isom")).contains("video/mp4");
        assertThat(recognise("ftypavif", "mif1miaf")).isEmpty();
        assertThat(recognise("ftypmif1", "heicmif1")).isEmpty();
        assertThat(recognise("ftypmsf1", "heviso8 ")).isEmpty();
        assertThat(recognise("ftypheic", "mif1heic")).isEmpty();
        assertThat(recognise("ftypM4A ", "isommp42")).contains("audio/mp4");
        assertThat(recognise("ftypaax ", "isommp42")).isEmpty();
        assertThat(recognise("ftypwhat", "abcdefgh")).isEmpty();
        assertThat(recognise("abcdisom", "isomisom")).isEmpty();
    }

    private static Optional<String> recognise(String typeAndBrand, String compatible) {
        byte[] head = ("\0\0\0\30" + typeAndBrand + "\0\0\0\0" + compatible).getBytes(StandardCharsets.ISO_8859_1);
        head[3] = (byte) head.length;
        return new Mp4Reader().recognise(head);
    }

    private static ItemMetadata read(byte[] bytes) {
        return MetadataExtractor.extract("file", HeapBytes.wrap(bytes));
    }
}
