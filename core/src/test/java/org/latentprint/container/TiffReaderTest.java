package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.BigTiffFixture;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.ExifFixture.Comment;
import org.latentprint.fixture.ExifFixture.Directory;

class TiffReaderTest {
    private static final int XMP = 0x02BC;
    private static final byte[] PACKET = "<x:xmpmeta>a garden</x:xmpmeta>".getBytes(StandardCharsets.UTF_8);

    @Test
    void tagsXmpAndSizeAreReadInBothByteOrders() {
        byte[] width = {0, 40};
        byte[] height = {0, 0, 0, 24};
        byte[] widthLowFirst = {40, 0};
        byte[] heightLowFirst = {24, 0, 0, 0};
        for (ExifFixture tiff : List.of(
                ExifFixture.bigEndian().tag(Directory.IMAGE, 0x0100, 3, width).tag(Directory.IMAGE, 0x0101, 4, height),
                ExifFixture.littleEndian()
                        .tag(Directory.IMAGE, 0x0100, 3, widthLowFirst)
                        .tag(Directory.IMAGE, 0x0101, 4, heightLowFirst))) {
            ItemMetadata metadata = read(tiff.ascii(ExifFixture.IMAGE_DESCRIPTION, "a bicycle")
                    .tag(Directory.IMAGE, XMP, 1, PACKET)
                    .userComment("a cat", Comment.ASCII)
                    .bytes());
            assertThat(metadata.mediaType()).contains("image/tiff");
            assertThat(metadata.width()).isEqualTo(40);
            assertThat(metadata.height()).isEqualTo(24);
            assertThat(metadata.problems()).isEmpty();
            assertThat(metadata.blocks())
                    .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                    .containsExactly(
                            tuple("tiff/exif", "ImageDescription", "a bicycle"),
                            tuple("tiff/xmp", "", new String(PACKET, StandardCharsets.UTF_8)),
                            tuple("tiff/exif", "UserComment", "a cat"),
                            tuple("tiff/exif", "numeric tags", "0x0100 = 40\n0x0101 = 24"));
        }
    }

    @Test
    void aPlaceOutOfTheFileIsToldAndNotRepaired() {
        ItemMetadata metadata = read(ExifFixture.littleEndian()
                .ascii(ExifFixture.MODEL, "prompt:{\"1\": {\"seed\": 1}}")
                .wrongOffset(4000)
                .bytes());
        assertThat(metadata.blocks()).isEmpty();
        assertThat(metadata.problems()).extracting(Problem::category).containsExactly(Category.MALFORMED);
    }

    @Test
    void bigTiffIsReadInBothByteOrders() {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            byte[] file = BigTiffFixture.of(order, 40, 24)
                    .ascii(ExifFixture.IMAGE_DESCRIPTION, "a bicycle")
                    .ascii(ExifFixture.MODEL, "a cat")
                    .tag(XMP, PACKET)
                    .exifAscii(ExifFixture.DATE_TIME_ORIGINAL, "2026:01:02 03:04:05")
                    .bytes();
            ItemMetadata metadata = read(file);
            assertThat(metadata.mediaType()).contains("image/tiff");
            assertThat(metadata.width()).isEqualTo(40);
            assertThat(metadata.height()).isEqualTo(24);
            assertThat(metadata.problems()).isEmpty();
            assertThat(metadata.blocks())
                    .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                    .containsExactly(
                            tuple("tiff/exif", "ImageDescription", "a bicycle"),
                            tuple("tiff/exif", "Model", "a cat"),
                            tuple("tiff/xmp", "", new String(PACKET, StandardCharsets.UTF_8)),
                            tuple("tiff/exif", "DateTimeOriginal", "2026:01:02 03:04:05"),
                            tuple("tiff/exif", "numeric tags", "0x0100 = 40"));
            MetadataBlock inline = metadata.blocks().get(1);
            assertThat(new String(
                            file,
                            (int) inline.origin().offset(),
                            (int) inline.origin().length(),
                            StandardCharsets.UTF_8))
                    .isEqualTo("a cat\0");
        }
    }

    @Test
    void numbersBeyondTheFileAreToldAndNotFollowed() {
        byte[] file = BigTiffFixture.of(ByteOrder.BIG_ENDIAN, 40, 24)
                .ascii(ExifFixture.IMAGE_DESCRIPTION, "a bicycle")
                .bytes();
        byte[] count = file.clone();
        Arrays.fill(count, 16, 24, (byte) 0xFF);
        assertThat(read(count).problems()).extracting(Problem::category).contains(Category.MALFORMED);
        byte[] length = file.clone();
        Arrays.fill(length, 16 + 8 + 40 + 4, 16 + 8 + 40 + 12, (byte) 0xFF);
        assertThat(read(length).problems()).extracting(Problem::category).containsExactly(Category.MALFORMED);
        byte[] place = file.clone();
        Arrays.fill(place, 8, 16, (byte) 0x80);
        assertThat(read(place).problems()).extracting(Problem::category).containsExactly(Category.MALFORMED);
        byte[] width = {'I', 'I', 43, 0, 4, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0};
        assertThat(read(width).problems()).extracting(Problem::category).containsExactly(Category.UNSUPPORTED);
    }

    @Test
    void aThirdDirectoryIsToldOf() {
        byte[] file = new byte[8 + 3 * 6];
        System.arraycopy(new byte[] {'M', 'M', 0, 42, 0, 0, 0, 8}, 0, file, 0, 8);
        file[13] = 14;
        file[19] = 20;
        assertThat(read(file).problems()).extracting(Problem::category).containsExactly(Category.LIMIT);
    }

    @Test
    void tagsThatShareAllBytesDoNotMultiplyThem() {
        int tags = 30;
        ByteBuffer file = ByteBuffer.allocate(8 + 2 + tags * 12 + 4);
        file.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        file.putShort((short) tags);
        for (int i = 0; i < tags; i++) {
            file.putShort((short) (0x5000 + i)).putShort((short) 2);
            file.putInt(file.capacity()).putInt(0);
        }
        ItemMetadata metadata = read(file.array());
        assertThat(metadata.blocks()).hasSize(4);
        assertThat(metadata.problems()).hasSize(tags - 4).allMatch(problem -> problem.category() == Category.LIMIT);
    }

    private static ItemMetadata read(byte[] bytes) {
        return MetadataExtractor.extract("file", HeapBytes.wrap(bytes));
    }
}
