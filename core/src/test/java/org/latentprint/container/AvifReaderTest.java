package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.HeifFixture;

class AvifReaderTest {
    private static final ExifFixture EXIF = ExifFixture.bigEndian().ascii(ExifFixture.MODEL, "prompt:{\"1\": {}}");
    private static final String XMP = "<x:xmpmeta>a garden</x:xmpmeta>";

    @Test
    void everyFormOfPlacesIsRead() {
        for (HeifFixture picture : List.of(
                HeifFixture.avif(40, 24),
                HeifFixture.avif(40, 24).version(1),
                HeifFixture.avif(40, 24).version(2).wideNumbers(),
                HeifFixture.avif(40, 24).version(1).inData(),
                HeifFixture.avif(40, 24).version(2).inData().wideNumbers())) {
            byte[] file = picture.exif(EXIF).xmp(XMP).bytes();
            ItemMetadata metadata = read(file);
            assertThat(metadata.mediaType()).contains("image/avif");
            assertThat(metadata.problems()).isEmpty();
            assertThat(metadata.trailing()).isEmpty();
            assertThat(metadata.width()).isEqualTo(40);
            assertThat(metadata.height()).isEqualTo(24);
            assertThat(metadata.blocks())
                    .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                    .containsExactly(tuple("avif/exif", "Model", "prompt:{\"1\": {}}"), tuple("avif/xmp", "", XMP));
            for (MetadataBlock block : metadata.blocks()) {
                assertThat(new String(
                                file,
                                (int) block.origin().offset(),
                                (int) block.origin().length(),
                                StandardCharsets.UTF_8))
                        .startsWith(block.textOrEmpty());
            }
        }
    }

    @Test
    void exifBehindAPrefixIsRead() {
        ItemMetadata metadata = read(HeifFixture.heic(8, 8).exifWithHeader(EXIF).bytes());
        assertThat(metadata.mediaType()).contains("image/heic");
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.withKey("Model")).hasSize(1);
    }

    @Test
    void exifIsFoundWhereItsItemStatesAWrongPlace() {
        byte[] content = new byte[4 + EXIF.bytes().length];
        content[0] = 0x7F;
        System.arraycopy(EXIF.bytes(), 0, content, 4, content.length - 4);
        ItemMetadata metadata =
                read(HeifFixture.avif(8, 8).item("Exif", "", "", content).bytes());
        assertThat(metadata.withKey("Model")).hasSize(1);
        assertThat(metadata.problems()).extracting(Problem::category).containsExactly(Category.MALFORMED);
    }

    @Test
    void otherItemsAndBoxesAreListed() {
        String c2pa = "d8fec3d61b0e483c92975828877ec481";
        ItemMetadata metadata = read(HeifFixture.avif(8, 8)
                .mime("text/plain", "", new byte[] {'a'})
                .mime("application/rdf+xml", "gzip", new byte[5])
                .item("what", "", "", new byte[3])
                .uuid(c2pa, new byte[7])
                .uuid("be7acfcb97a942e89c71999491e3afac", XMP.getBytes(StandardCharsets.UTF_8))
                .uuid("00000000000000000000000000000001", new byte[2])
                .trailing(new byte[] {1, 2, 3})
                .bytes());
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("avif/mime", "text/plain", ""),
                        tuple("avif/xmp", "application/rdf+xml", ""),
                        tuple("avif/what", "", ""),
                        tuple("avif/c2pa", "", ""),
                        tuple("avif/xmp", "", XMP),
                        tuple("avif/uuid", "00000000000000000000000000000001", ""));
        assertThat(metadata.problems()).extracting(Problem::category).containsExactly(Category.UNSUPPORTED);
        assertThat(metadata.trailing())
                .hasValueSatisfying(trailing -> assertThat(trailing.length()).isEqualTo(3));
    }

    @Test
    void aManifestStoreIsHandedOn() {
        byte[] store = HexFormat.of()
                .parseHex("00000000" + "6d616e696665737400" + "0000000000000000"
                        + "00000026" + "6a756d62" + "0000001e" + "6a756d64"
                        + "6332706100110010800000aa00389b71" + "03" + "6332706100");
        byte[] file = HeifFixture.avif(8, 8)
                .uuid("d8fec3d61b0e483c92975828877ec481", store)
                .bytes();
        ItemMetadata metadata = read(file);
        assertThat(metadata.blocks()).extracting(MetadataBlock::container).containsExactly("avif/c2pa");
        assertThat(metadata.credentials())
                .extracting(credentials -> credentials.origin().offset())
                .containsExactly(file.length - 38L);
    }

    @Test
    void anItemInPartsIsListedAndNotRead() {
        ItemMetadata metadata = read(HeifFixture.avif(8, 8).xmp(XMP).parts(2).bytes());
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::text)
                .containsExactly(tuple("avif/xmp", Optional.empty()), tuple("avif/xmp", Optional.empty()));
        assertThat(metadata.problems()).extracting(Problem::category).containsExactly(Category.UNSUPPORTED);
    }

    @Test
    void anItemThatEndsBehindTheFileIsNotRead() {
        ItemMetadata metadata =
                read(HeifFixture.avif(8, 8).xmp(XMP).wrongLength(9).bytes());
        assertThat(metadata.blocks()).isEmpty();
        assertThat(metadata.problems()).extracting(Problem::category).containsExactly(Category.MALFORMED);
    }

    @Test
    void withoutAPrimaryItemTheLargestSizeIsTaken() {
        ItemMetadata metadata = read(HeifFixture.avif(40, 24).withoutPrimary().bytes());
        assertThat(metadata.width()).isEqualTo(80);
        assertThat(metadata.height()).isEqualTo(48);
    }

    @Test
    void onlyPicturesAreRecognised() {
        assertThat(recognise("ftypavif", "mif1miaf")).contains("image/avif");
        assertThat(recognise("ftypavis", "avifmsf1")).contains("image/avif");
        assertThat(recognise("ftypmif1", "avifmif1")).contains("image/avif");
        assertThat(recognise("ftypmif1", "heicmif1")).contains("image/heic");
        assertThat(recognise("ftypheix", "mif1heix")).contains("image/heic");
        assertThat(recognise("ftypmif1", "miafmif1")).contains("image/heif");
        assertThat(recognise("ftypisom", "iso2avc1")).isEmpty();
        assertThat(recognise("ftypcrx ", "heicisom")).isEmpty();
        assertThat(recognise("ftypjxl ", "jxl jxl ")).isEmpty();
        assertThat(recognise("abcdavif", "avifavif")).isEmpty();
    }

    private static Optional<String> recognise(String typeAndBrand, String compatible) {
        byte[] head = ("\0\0\0\30" + typeAndBrand + "\0\0\0\0" + compatible).getBytes(StandardCharsets.ISO_8859_1);
        head[3] = (byte) head.length;
        return new AvifReader().recognise(head);
    }

    private static ItemMetadata read(byte[] bytes) {
        return MetadataExtractor.extract("file", HeapBytes.wrap(bytes));
    }
}
