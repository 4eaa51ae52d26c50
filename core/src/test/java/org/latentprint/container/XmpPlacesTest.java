package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.BigTiffFixture;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.ExifFixture.Directory;
import org.latentprint.fixture.GifFixture;
import org.latentprint.fixture.HeifFixture;
import org.latentprint.fixture.JpegFixture;
import org.latentprint.fixture.JxlFixture;
import org.latentprint.fixture.Mp4Fixture;
import org.latentprint.fixture.PhotoshopFixture;
import org.latentprint.fixture.PngFixture;
import org.latentprint.fixture.WebpFixture;

/** Wherever a format keeps XMP, the packet is one block that is found under one kind of name. */
class XmpPlacesTest {
    private static final String PACKET = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">a lighthouse</x:xmpmeta>";
    private static final byte[] BYTES = PACKET.getBytes(StandardCharsets.UTF_8);
    private static final int TAG = 0x02BC;

    static Stream<Arguments> files() {
        ExifFixture tagged = ExifFixture.bigEndian().tag(Directory.IMAGE, TAG, 1, BYTES);
        byte[] userData = ByteBuffer.allocate(8 + BYTES.length)
                .putInt(8 + BYTES.length)
                .put("XMP_".getBytes(StandardCharsets.US_ASCII))
                .put(BYTES)
                .array();
        return Stream.of(
                arguments("png", PngFixture.of(8, 8).xmp(PACKET).bytes()),
                arguments(
                        "png",
                        PngFixture.of(8, 8).text("XML:com.adobe.xmp", PACKET).bytes()),
                arguments("png", PngFixture.of(8, 8).exif(tagged).bytes()),
                arguments("jpeg", JpegFixture.of(8, 8).xmp(PACKET).bytes()),
                arguments("jpeg", JpegFixture.of(8, 8).exif(tagged).bytes()),
                arguments(
                        "jpeg",
                        JpegFixture.of(8, 8)
                                .photoshop(new PhotoshopFixture().resource(0x0424, "", BYTES), 60_000)
                                .bytes()),
                arguments("webp", WebpFixture.of(8, 8).xmp(PACKET).bytes()),
                arguments("webp", WebpFixture.of(8, 8).exif(tagged).bytes()),
                arguments("gif", GifFixture.of(8, 8).xmp(PACKET).bytes()),
                arguments("tiff", tagged.bytes()),
                arguments(
                        "tiff",
                        BigTiffFixture.of(ByteOrder.LITTLE_ENDIAN, 8, 8)
                                .tag(TAG, BYTES)
                                .bytes()),
                arguments("avif", HeifFixture.avif(8, 8).xmp(PACKET).bytes()),
                arguments("avif", HeifFixture.heic(8, 8).xmp(PACKET).bytes()),
                arguments(
                        "avif",
                        HeifFixture.heic(8, 8).uuid(Mp4Reader.XMP_UUID, BYTES).bytes()),
                arguments("mp4", Mp4Fixture.mp4(8, 8).xmp(PACKET).bytes()),
                arguments("mp4", Mp4Fixture.mp4(8, 8).box("udta", userData).bytes()),
                arguments("jxl", JxlFixture.of(8, 8).xmp(PACKET).bytes()),
                arguments("svg", ("<svg><metadata>" + PACKET + "</metadata></svg>").getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("files")
    void thePacketIsABlockOfItsOwn(String format, byte[] file) {
        ItemMetadata metadata = MetadataExtractor.extract("file", HeapBytes.wrap(file));
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.blocks())
                .filteredOn(block -> block.textOrEmpty().contains("xmpmeta"))
                .singleElement()
                .satisfies(block -> {
                    assertThat(block.container()).isEqualTo(format + "/xmp");
                    assertThat(block.key()).isEmpty();
                    assertThat(block.text()).contains(PACKET);
                    int end = (int) (block.origin().offset() + block.origin().length());
                    String place = new String(
                            Arrays.copyOfRange(file, (int) block.origin().offset(), end), StandardCharsets.UTF_8);
                    assertThat(place).contains(PACKET);
                });
    }
}
