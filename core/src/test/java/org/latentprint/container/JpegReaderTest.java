package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.ExifFixture.Directory;
import org.latentprint.fixture.JpegFixture;

class JpegReaderTest {
    private static final String GUID = "0123456789ABCDEF0123456789ABCDEF";

    @Test
    void segmentsHaveTheirPlaces() {
        byte[] jpeg = JpegFixture.of(24, 16)
                .fill(3)
                .comment("a cat \u732B")
                .xmp("<x:xmpmeta/>")
                .jumbf(new byte[] {1, 2})
                .segment(0xED, "Photoshop 3.0\0rest".getBytes(StandardCharsets.US_ASCII))
                .progressive()
                .bytes();
        ItemMetadata metadata = read(jpeg);
        assertThat(metadata.mediaType()).contains("image/jpeg");
        assertThat(metadata.width()).isEqualTo(24);
        assertThat(metadata.height()).isEqualTo(16);
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.trailing()).isEmpty();
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("jpeg/COM", "", "a cat \u732B"),
                        tuple("jpeg/xmp", "", "<x:xmpmeta/>"),
                        tuple("jpeg/APP11", "JP", ""),
                        tuple("jpeg/APP13", "Photoshop 3.0", ""),
                        tuple("jpeg/APP0", "JFIF", ""));
        assertThat(metadata.blocks().getFirst().origin().offset()).isEqualTo(JpegFixture.FIRST_SEGMENT_DATA + 3);
    }

    @Test
    void exifDirectoriesAreToldApart() {
        ItemMetadata metadata = read(JpegFixture.of(8, 8)
                .exif(ExifFixture.littleEndian()
                        .ascii(ExifFixture.SOFTWARE, "a program")
                        .ascii(Directory.EXIF, ExifFixture.DATE_TIME_ORIGINAL, "2026:01:02 03:04:05")
                        .ascii(Directory.GPS, 0x1D, "2026:01:02")
                        .ascii(Directory.THUMBNAIL, ExifFixture.SOFTWARE, "another")
                        .tag(Directory.EXIF, ExifFixture.MAKER_NOTE, 7, "words inside".getBytes(StandardCharsets.UTF_8))
                        .ascii(0xC0DE, "of no standard"))
                .bytes());
        assertThat(metadata.blocks().subList(0, 6))
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactlyInAnyOrder(
                        tuple("jpeg/exif", "Software", "a program"),
                        tuple("jpeg/exif", "0xC0DE", "of no standard"),
                        tuple("jpeg/exif", "DateTimeOriginal", "2026:01:02 03:04:05"),
                        tuple("jpeg/exif", "MakerNote", ""),
                        tuple("jpeg/exif-gps", "GPSDateStamp", "2026:01:02"),
                        tuple("jpeg/exif-thumbnail", "Software", "another"));
    }

    @Test
    void extendedXmpIsPutTogether() {
        String packet = "<x:xmpmeta>" + "a garden ".repeat(500) + "</x:xmpmeta>";
        ItemMetadata metadata =
                read(JpegFixture.of(8, 8).extendedXmp(GUID, packet, 1000).bytes());
        MetadataBlock block = metadata.blocks().getFirst();
        assertThat(block.container()).isEqualTo("jpeg/xmp-extended");
        assertThat(block.text()).contains(packet);
        assertThat(block.origin().length()).isGreaterThan(packet.length());
        assertThat(metadata.problems()).isEmpty();
    }

    @Test
    void extendedXmpThatLacksAPartIsTold() {
        byte[] part = ("http://ns.adobe.com/xmp/extension/\0" + GUID + "\0\0\1\0\0\0\0\0half")
                .getBytes(StandardCharsets.ISO_8859_1);
        ItemMetadata metadata = read(JpegFixture.of(8, 8).segment(0xE1, part).bytes());
        assertThat(metadata.blocks()).noneMatch(block -> block.container().contains("xmp"));
        assertThat(metadata.problems())
                .extracting(problem -> problem.category())
                .containsExactly(Category.MALFORMED);
    }

    @Test
    void bytesBehindTheEndAreTold() {
        byte[] whole = JpegFixture.of(8, 8).bytes();
        ItemMetadata metadata =
                read(JpegFixture.of(8, 8).trailing(new byte[] {7, 7}).bytes());
        assertThat(metadata.trailing()).contains(new ItemMetadata.Trailing(whole.length, 2));
    }

    @Test
    void superboxesOfOthersAreListedAndCredentialsRead() {
        String other = "6579d6fbdba2446bb2ac1b82feeb89d1";
        byte[] file = JpegFixture.of(8, 8)
                .jumbf(other, "a label", "{}")
                .segment(0xE2, "MPF\0MM\0*".getBytes(StandardCharsets.ISO_8859_1))
                .segment(0xEE, "Adobe\0d".getBytes(StandardCharsets.ISO_8859_1))
                .bytes();
        ItemMetadata metadata = read(file);
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.credentials()).isEmpty();
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key)
                .contains(
                        tuple("jpeg/APP11", "JP"),
                        tuple("jpeg/jumbf", other + " a label"),
                        tuple("jpeg/APP2", "MPF"),
                        tuple("jpeg/APP14", "Adobe"));
        ItemMetadata credentials = read(JpegFixture.of(8, 8)
                .jumbf("6332706100110010800000aa00389b71", "c2pa", "{}")
                .bytes());
        assertThat(credentials.credentials()).hasSize(1);
        assertThat(credentials.blocks()).noneMatch(block -> block.container().equals("jpeg/jumbf"));
    }

    private static ItemMetadata read(byte[] bytes) {
        return MetadataExtractor.extract("file", HeapBytes.wrap(bytes));
    }
}
