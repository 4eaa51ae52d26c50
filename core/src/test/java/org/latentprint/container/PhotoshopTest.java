package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.BigTiffFixture;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.ExifFixture.Directory;
import org.latentprint.fixture.JpegFixture;
import org.latentprint.fixture.PhotoshopFixture;

/** IPTC datasets and Photoshop's other resources, in JPEG and TIFF. */
class PhotoshopTest {
    private static final int URL = 0x040B;
    private static final int XMP = 0x0424;

    @Test
    void eachDatasetIsABlockWithItsOwnPlace() {
        byte[] file = JpegFixture.of(8, 8)
                .photoshop(
                        new PhotoshopFixture()
                                .resource(URL, "ab", bytes("https://garden.example"))
                                .resource(0x040C, "", new byte[31])
                                .resource(XMP, "", bytes("<x:xmpmeta/>"))
                                .dataset(1, 90, "\u001B%G")
                                .dataset(2, 5, "a garden")
                                .dataset(2, 25, "Köln")
                                .dataset(2, 25, "bicycle")
                                .dataset(2, 65, "a program")
                                .dataset(2, 70, "1.2")
                                .longDataset(2, 120, "a cat on a bicycle")
                                .dataset(2, 201, "\0\1\2")
                                .dataset(3, 20, "\0\1"),
                        60_000)
                .bytes();
        ItemMetadata metadata = read(file);
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("jpeg/APP13", "Photoshop 3.0", ""),
                        tuple("jpeg/APP0", "JFIF", ""),
                        tuple("jpeg/photoshop", "0x040B", "https://garden.example"),
                        tuple("jpeg/photoshop", "0x040C", ""),
                        tuple("jpeg/xmp", "", "<x:xmpmeta/>"),
                        tuple("jpeg/iptc", "CodedCharacterSet", ""),
                        tuple("jpeg/iptc", "ObjectName", "a garden"),
                        tuple("jpeg/iptc", "Keywords", "Köln"),
                        tuple("jpeg/iptc", "Keywords", "bicycle"),
                        tuple("jpeg/iptc", "OriginatingProgram", "a program"),
                        tuple("jpeg/iptc", "ProgramVersion", "1.2"),
                        tuple("jpeg/iptc", "Caption-Abstract", "a cat on a bicycle"),
                        tuple("jpeg/iptc", "2:201", ""),
                        tuple("jpeg/iptc", "3:20", ""));
        for (MetadataBlock block : metadata.blocks()) {
            if (block.text().isPresent()) {
                assertThat(bytesOf(file, block)).isEqualTo(bytes(block.textOrEmpty()));
            }
        }
    }

    @Test
    void whatRunsOverTwoSegmentsIsJoined() {
        String caption = "a lighthouse ".repeat(20);
        byte[] file = JpegFixture.of(8, 8)
                .photoshop(new PhotoshopFixture().dataset(2, 5, "a garden").dataset(2, 120, caption), 100)
                .bytes();
        ItemMetadata metadata = read(file);
        assertThat(metadata.problems()).isEmpty();
        MetadataBlock block = metadata.withKey("Caption-Abstract").findFirst().orElseThrow();
        assertThat(block.text()).contains(caption);
        // Two segments' headers stand within it.
        assertThat(block.origin().length()).isEqualTo(caption.length() + 2 * (4 + "Photoshop 3.0\0".length()));
        String place = new String(bytesOf(file, block), StandardCharsets.ISO_8859_1);
        assertThat(place).startsWith("a lighthouse ").endsWith("lighthouse ");
    }

    @Test
    void charactersAreThoseThatTheEnvelopeNames() {
        assertThat(caption("", "Köln", StandardCharsets.ISO_8859_1)).isEqualTo("Köln");
        assertThat(caption("", "Köln", StandardCharsets.UTF_8)).isEqualTo("Köln");
        assertThat(caption("\u001B.A", "Ã¶", StandardCharsets.ISO_8859_1)).isEqualTo("Ã¶");
        // Cyrillic of ISO 2022, for which there is no table here.
        assertThat(caption("\u001B-L", "Köln", StandardCharsets.ISO_8859_1)).isEmpty();
        assertThat(caption("\u001B-L", "Koeln", StandardCharsets.ISO_8859_1)).isEqualTo("Koeln");
    }

    @Test
    void damageIsToldWithItsPlace() {
        byte[] cut = new PhotoshopFixture().dataset(2, 5, "a garden").iptc();
        cut[4] = 100;
        ItemMetadata tooLong = read(segment(resource(0x0404, cut)));
        assertThat(tooLong.problems()).extracting(Problem::category).containsExactly(Category.MALFORMED);
        assertThat(tooLong.problems().getFirst().offset())
                .hasValue(JpegFixture.FIRST_SEGMENT_DATA + "Photoshop 3.0\0".length() + 12);

        byte[] extended = {0x1C, 2, 5, (byte) 0xFF, (byte) 0xFF, 0, 0};
        assertThat(read(segment(resource(0x0404, extended))).problems())
                .extracting(Problem::category)
                .containsExactly(Category.MALFORMED);

        byte[] resource = resource(0x0404, new byte[4]);
        resource[8] = 0x7F;
        assertThat(read(segment(resource)).problems())
                .extracting(Problem::category)
                .containsExactly(Category.MALFORMED);
        assertThat(read(segment(bytes("something else"))).problems())
                .extracting(Problem::category)
                .containsExactly(Category.MALFORMED);
    }

    @Test
    void countsAreBounded() {
        byte[] empty = {0x1C, 2, 25, 0, 0};
        byte[] many = new byte[5 * 3000];
        for (int i = 0; i < many.length; i++) {
            many[i] = empty[i % 5];
        }
        ItemMetadata datasets = read(segment(resource(0x0404, many)));
        assertThat(datasets.withKey("Keywords")).hasSize(2000);
        assertThat(datasets.problems()).extracting(Problem::category).containsExactly(Category.LIMIT);

        PhotoshopFixture resources = new PhotoshopFixture();
        for (int i = 0; i < 1100; i++) {
            resources.resource(0x07D0, "", new byte[0]);
        }
        ItemMetadata listed = read(segment(resources.bytes()));
        assertThat(listed.withKey("0x07D0")).hasSize(1000);
        assertThat(listed.problems()).extracting(Problem::category).containsExactly(Category.LIMIT);

        JpegFixture jpeg = JpegFixture.of(8, 8);
        for (int i = 0; i < 300; i++) {
            jpeg.segment(0xED, bytes("Photoshop 3.0\0"));
        }
        assertThat(read(jpeg.bytes()).problems()).extracting(Problem::category).containsExactly(Category.LIMIT);
    }

    @Test
    void bothTagsOfATiffAreRead() {
        PhotoshopFixture iptc = new PhotoshopFixture().dataset(2, 120, "a cat");
        PhotoshopFixture resources = new PhotoshopFixture()
                .resource(URL, "", bytes("https://cat.example"))
                .dataset(2, 80, "a person");
        byte[] tiff = ExifFixture.bigEndian()
                .tag(Directory.IMAGE, 0x83BB, 7, iptc.iptc())
                .tag(Directory.IMAGE, 0x8649, 1, resources.bytes())
                .bytes();
        ItemMetadata metadata = read(tiff);
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("tiff/exif", "IPTC", ""),
                        tuple("tiff/iptc", "Caption-Abstract", "a cat"),
                        tuple("tiff/exif", "ImageResources", ""),
                        tuple("tiff/photoshop", "0x040B", "https://cat.example"),
                        tuple("tiff/iptc", "By-line", "a person"));
        MetadataBlock caption = metadata.withKey("Caption-Abstract").findFirst().orElseThrow();
        assertThat(bytesOf(tiff, caption)).isEqualTo(bytes("a cat"));
    }

    @Test
    void datasetsInReverseOrderAreMendedAndMarked() {
        byte[] iptc = new PhotoshopFixture()
                .dataset(2, 120, "a cat")
                .dataset(2, 5, "a")
                .iptc();
        byte[] padded = Arrays.copyOf(iptc, 16);
        byte[] swapped = new byte[16];
        for (int i = 0; i < 16; i++) {
            swapped[i] = padded[i ^ 3];
        }
        byte[] tiff = ExifFixture.littleEndian()
                .tag(Directory.IMAGE, 0x83BB, 4, swapped)
                .bytes();
        MetadataBlock caption =
                read(tiff).withKey("Caption-Abstract").findFirst().orElseThrow();
        assertThat(caption.text()).contains("a cat");
        assertThat(caption.repaired()).isPresent();
        assertThat(bytesOf(tiff, caption)).isEqualTo(swapped);
    }

    @Test
    void bigTiffHasTheSameTags() {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            ItemMetadata metadata = read(BigTiffFixture.of(order, 40, 24)
                    .tag(0x83BB, new PhotoshopFixture().dataset(2, 120, "a cat").iptc())
                    .bytes());
            assertThat(metadata.withKey("Caption-Abstract")
                            .findFirst()
                            .orElseThrow()
                            .text())
                    .contains("a cat");
        }
    }

    private static String caption(String characterSet, String text, Charset charset) {
        PhotoshopFixture photoshop = new PhotoshopFixture();
        if (!characterSet.isEmpty()) {
            photoshop.dataset(1, 90, characterSet);
        }
        byte[] file = JpegFixture.of(8, 8)
                .photoshop(photoshop.dataset(2, 120, text, charset), 60_000)
                .bytes();
        return read(file).withKey("Caption-Abstract").findFirst().orElseThrow().textOrEmpty();
    }

    private static byte[] resource(int number, byte[] value) {
        return new PhotoshopFixture().resource(number, "", value).bytes();
    }

    private static byte[] segment(byte[] resources) {
        byte[] data = Arrays.copyOf(bytes("Photoshop 3.0\0"), "Photoshop 3.0\0".length() + resources.length);
        System.arraycopy(resources, 0, data, "Photoshop 3.0\0".length(), resources.length);
        return JpegFixture.of(8, 8).segment(0xED, data).bytes();
    }

    private static byte[] bytesOf(byte[] file, MetadataBlock block) {
        int offset = (int) block.origin().offset();
        return Arrays.copyOfRange(file, offset, offset + (int) block.origin().length());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ItemMetadata read(byte[] bytes) {
        return MetadataExtractor.extract("file", HeapBytes.wrap(bytes));
    }
}
