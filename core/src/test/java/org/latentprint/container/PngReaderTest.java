package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.PhotoshopFixture;
import org.latentprint.fixture.PngFixture;

class PngReaderTest {
    private static final String SETTINGS = "a lighthouse at dusk\nSteps: 20, Sampler: Euler a, Seed: 1";

    @Test
    void textHasItsPlaceAndItsCharacters() {
        ItemMetadata metadata =
                read(PngFixture.of(8, 6).text("parameters", SETTINGS).bytes());
        assertThat(metadata.mediaType()).contains("image/png");
        assertThat(metadata.width()).isEqualTo(8);
        assertThat(metadata.height()).isEqualTo(6);
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.trailing()).isEmpty();
        MetadataBlock block = metadata.blocks().getFirst();
        assertThat(block.container()).isEqualTo("png/tEXt");
        assertThat(block.key()).isEqualTo("parameters");
        assertThat(block.text()).contains(SETTINGS);
        assertThat(block.crc()).isEqualTo(Crc.OK);
        assertThat(block.origin().offset()).isEqualTo(PngFixture.FIRST_CHUNK_DATA);
        assertThat(block.origin().length()).isEqualTo("parameters".length() + 1 + SETTINGS.length());
    }

    @Test
    void allKindsOfTextAreReadAlsoBehindThePixels() {
        ItemMetadata metadata = read(PngFixture.of(8, 8)
                .compressedText("Dream", "a garden")
                .afterPixels()
                .internationalText("invokeai_metadata", "{\"a\": \"\u5ead\"}")
                .compressedInternationalText("Description", "a cat on a bicycle")
                .xmp("<x:xmpmeta/>")
                .bytes());
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("png/zTXt", "Dream", "a garden"),
                        tuple("png/iTXt", "invokeai_metadata", "{\"a\": \"\u5ead\"}"),
                        tuple("png/iTXt", "Description", "a cat on a bicycle"),
                        tuple("png/xmp", "", "<x:xmpmeta/>"));
        assertThat(metadata.problems()).isEmpty();
    }

    @Test
    void wrongChecksumIsToldAndTextKept() {
        MetadataBlock block = read(PngFixture.of(8, 8)
                        .text("prompt", "{}")
                        .wrongCrc()
                        .bytes())
                .blocks()
                .getFirst();
        assertThat(block.crc()).isEqualTo(Crc.WRONG);
        assertThat(block.text()).contains("{}");
    }

    @Test
    void bytesThatAreNoUtf8AreLatin1() {
        ItemMetadata metadata = read(PngFixture.of(8, 8)
                .text("a", "caf\u00E9", StandardCharsets.ISO_8859_1)
                .text("b", "caf\u00E9")
                .bytes());
        assertThat(metadata.blocks()).allMatch(block -> block.textOrEmpty().equals("caf\u00E9"));
        assertThat(metadata.blocks())
                .extracting(block -> block.encoding().orElse(""))
                .containsExactly("latin-1", "utf-8");
    }

    @Test
    void aSmallChunkThatBlowsUpIsNotUsed() {
        ItemMetadata metadata = read(PngFixture.of(8, 8)
                .compressedText("bomb", " ".repeat(5 << 20))
                .text("parameters", SETTINGS)
                .bytes());
        assertThat(metadata.problems())
                .extracting(problem -> problem.category())
                .containsExactly(Category.LIMIT);
        assertThat(metadata.withKey("bomb").findFirst().orElseThrow().text()).isEmpty();
        assertThat(metadata.withKey("parameters")).hasSize(1);
    }

    @Test
    void aCompressedTextThatIsCutIsToldAndNotUsed() {
        byte[] broken = {'k', 0, 0, 0x78, (byte) 0x9C, 1, 2};
        ItemMetadata metadata = read(PngFixture.of(8, 8).chunk("zTXt", broken).bytes());
        assertThat(metadata.problems())
                .extracting(problem -> problem.category())
                .containsExactly(Category.MALFORMED);
        assertThat(metadata.blocks().getFirst().text()).isEmpty();
    }

    @Test
    void exifTagsPointIntoTheFile() {
        byte[] png = PngFixture.of(8, 8)
                .exif(ExifFixture.bigEndian().ascii(ExifFixture.MAKE, "prompt:{\"1\": {}}"))
                .bytes();
        MetadataBlock block = read(png).blocks().getFirst();
        assertThat(block.container()).isEqualTo("png/exif");
        assertThat(block.key()).isEqualTo("Make");
        assertThat(block.crc()).isEqualTo(Crc.OK);
        assertThat(new String(
                        png, (int) block.origin().offset(), (int) block.origin().length(), StandardCharsets.UTF_8))
                .isEqualTo("prompt:{\"1\": {}}\0");
    }

    @Test
    void whatNoStandardKnowsIsListed() {
        ItemMetadata metadata = read(PngFixture.of(8, 8)
                .c2pa(new byte[] {1, 2, 3})
                .chunk("prVt", new byte[] {4})
                .chunk("gAMA", new byte[4])
                .bytes());
        assertThat(metadata.blocks()).extracting(MetadataBlock::container).containsExactly("png/caBX", "png/prVt");
        assertThat(metadata.blocks()).allMatch(block -> block.text().isEmpty() && block.crc() == Crc.OK);
    }

    @Test
    void bytesBehindTheEndAreTold() {
        byte[] whole = PngFixture.of(8, 8).bytes();
        ItemMetadata metadata =
                read(PngFixture.of(8, 8).trailing(new byte[] {9, 9, 9}).bytes());
        assertThat(metadata.trailing()).contains(new ItemMetadata.Trailing(whole.length, 3));
        assertThat(metadata.problems()).isEmpty();
    }

    @Test
    void textBehindTheEndIsReadAndTold() {
        byte[] other = PngFixture.of(8, 8).text("parameters", SETTINGS).bytes();
        byte[] chunk = Arrays.copyOfRange(other, 33, 33 + 12 + "parameters".length() + 1 + SETTINGS.length());
        ItemMetadata metadata = read(PngFixture.of(8, 8).trailing(chunk).bytes());
        assertThat(metadata.withKey("parameters")).hasSize(1);
        assertThat(metadata.problems())
                .extracting(problem -> problem.category())
                .containsExactly(Category.MALFORMED);
    }

    @Test
    void aLengthPastTheEndIsToldWithItsPlace() {
        byte[] png = PngFixture.of(8, 8).text("a", "b").text("c", "d").bytes();
        png[33 + 15] = 0x7F;
        ItemMetadata metadata = read(png);
        assertThat(metadata.blocks()).extracting(MetadataBlock::key).containsExactly("a");
        assertThat(metadata.problems()).hasSize(1);
        assertThat(metadata.problems().getFirst().offset()).hasValue(48);
    }

    @Test
    void profilesInHexAreReadByTheirBytes() {
        byte[] exif = ExifFixture.bigEndian()
                .ascii(ExifFixture.MAKE, "prompt:{\"1\": {}}")
                .bytes();
        byte[] app1 = bytes("Exif\0\0", exif);
        byte[] xmp = bytes("http://ns.adobe.com/xap/1.0/\0", "<x:xmpmeta/>".getBytes(StandardCharsets.UTF_8));
        PhotoshopFixture photoshop = new PhotoshopFixture().dataset(2, 120, "a cat");
        byte[] png = PngFixture.of(8, 8)
                .profile("exif", app1)
                .profile("APP1", exif)
                .profile("APP1", xmp)
                .profile("xmp", "<x:xmpmeta/>".getBytes(StandardCharsets.UTF_8))
                .profile("iptc", photoshop.bytes())
                .profile("iptc", photoshop.iptc())
                .profile("8bim", photoshop.bytes())
                .profile("icc", new byte[200])
                .bytes();
        ItemMetadata metadata = read(png);
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.blocks())
                .filteredOn(block -> !block.container().equals("png/zTXt"))
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("png/exif", "Make", "prompt:{\"1\": {}}"),
                        tuple("png/exif", "Make", "prompt:{\"1\": {}}"),
                        tuple("png/xmp", "", "<x:xmpmeta/>"),
                        tuple("png/xmp", "", "<x:xmpmeta/>"),
                        tuple("png/iptc", "Caption-Abstract", "a cat"),
                        tuple("png/iptc", "Caption-Abstract", "a cat"),
                        tuple("png/iptc", "Caption-Abstract", "a cat"));
        assertThat(metadata.blocks())
                .filteredOn(block -> block.container().equals("png/zTXt"))
                .hasSize(8)
                .allMatch(block -> block.text().isEmpty());
        MetadataBlock first = metadata.blocks().get(0);
        MetadataBlock chunk = metadata.blocks().get(1);
        assertThat(first.origin()).isEqualTo(chunk.origin());
        assertThat(first.crc()).isEqualTo(Crc.OK);
    }

    @Test
    void aProfileThatIsNoneKeepsItsText() {
        ItemMetadata metadata = read(PngFixture.of(8, 8)
                .text("Raw profile type exif", "a garden")
                .text("Raw profile type exif", "\nexif\n       3\nzz\n")
                .text("Raw profile type xmp", "\nxmp\n       9\n3c613e\n")
                .bytes());
        assertThat(metadata.problems())
                .extracting(problem -> problem.category())
                .containsExactly(Category.MALFORMED, Category.MALFORMED, Category.MALFORMED);
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("png/tEXt", "a garden"),
                        tuple("png/tEXt", "\nexif\n       3\nzz\n"),
                        tuple("png/xmp", "<a>"),
                        tuple("png/tEXt", ""));
    }

    @Test
    void theTimeOfTheLastChangeIsInUtc() {
        ItemMetadata metadata = read(PngFixture.of(8, 8)
                .chunk("tIME", new byte[] {7, (byte) 0xEA, 1, 2, 23, 59, 60})
                .chunk("tIME", new byte[] {7, (byte) 0xEA, 13, 2, 3, 4, 5})
                .bytes());
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::textOrEmpty)
                .containsExactly(tuple("png/tIME", "2026-01-02T23:59:60Z"), tuple("png/tIME", ""));
        assertThat(metadata.problems())
                .extracting(problem -> problem.category())
                .containsExactly(Category.MALFORMED);
    }

    private static byte[] bytes(String start, byte[] rest) {
        byte[] all = Arrays.copyOf(start.getBytes(StandardCharsets.US_ASCII), start.length() + rest.length);
        System.arraycopy(rest, 0, all, start.length(), rest.length);
        return all;
    }

    private static ItemMetadata read(byte[] bytes) {
        return MetadataExtractor.extract("file", HeapBytes.wrap(bytes));
    }
}
