package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.Grade;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.fixture.JpegFixture;
import org.latentprint.fixture.SamsungFixture;

/** What Samsung's editor keeps behind a JPEG, from bytes to the declaration. */
class SamsungEditReaderTest {
    private static final String PATH = "/data/sec/photoeditor/0/storage/emulated/0/DCIM/Camera/20250304_050607.jpg";
    private static final String RECORD =
            "{\"originalPath\":\"" + PATH.replace("/", "\\/") + "\",\"sepVersion\":\"170000\",\"genAIType\":1}";

    @Test
    void anEditWithGenerativeAiIsADeclarationWithThePhotographThatWasChanged() {
        byte[] file = jpeg(new SamsungFixture()
                .piece(0x0A01, "Image_UTC_Data", "1741064767000".getBytes(StandardCharsets.US_ASCII))
                .edited(RECORD)
                .piece(0x0AB1, "DualShot_DepthMap_1", new byte[300]));
        ItemMetadata metadata = MetadataExtractor.extract("edited.jpg", HeapBytes.wrap(file));
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.trailing()).isPresent();
        List<MetadataBlock> behind = metadata.blocks().stream()
                .filter(block -> block.container().equals("jpeg/samsung"))
                .toList();
        assertThat(behind)
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("jpeg/samsung", "Image_UTC_Data", "1741064767000"),
                        tuple("jpeg/samsung", "PhotoEditor_Re_Edit_Data", RECORD),
                        tuple("jpeg/samsung", "DualShot_DepthMap_1", ""));
        MetadataBlock record = behind.get(1);
        int offset = (int) record.origin().offset();
        assertThat(new String(
                        Arrays.copyOfRange(
                                file, offset, offset + (int) record.origin().length()),
                        StandardCharsets.UTF_8))
                .isEqualTo(RECORD);

        Reading reading = GeneratorReaders.readAll(metadata);
        assertThat(reading.claimed()).containsExactly(record);
        assertThat(reading.generations()).singleElement().satisfies(generation -> {
            assertThat(generation.declaration())
                    .contains(new Declaration(Declaration.Mark.EDIT_RECORD, "PhotoEditor_Re_Edit_Data genAIType", "1"));
            assertThat(generation.grade()).isEqualTo(Grade.INFERRED);
            assertThat(generation.inputs()).containsExactly(new InputMedia("init", PATH));
            assertThat(generation.settings()).containsEntry("sepVersion", "170000");
        });
    }

    @Test
    void theFieldMayStandInAnInnerObject() {
        assertThat(read("{\"a\":{\"genAIType\":\"3\"}}").getFirst().declaration())
                .map(Declaration::value)
                .contains("3");
    }

    @Test
    void otherEditsDeclareNothing() {
        for (String json : List.of(
                RECORD.replace("\"genAIType\":1", "\"genAIType\":0"),
                RECORD.replace("genAIType", "filterType"),
                "{\"note\":\"genAIType\"}",
                "{\"genAIType\":{}}",
                "{\"genAIType\":1",
                "[1]")) {
            assertThat(read(json)).as(json).isEmpty();
        }
        assertThat(GeneratorReaders.readAll(MetadataExtractor.extract(
                                "other.jpg",
                                HeapBytes.wrap(jpeg(new SamsungFixture()
                                        .piece(0x0A01, "Image_UTC_Data", RECORD.getBytes(StandardCharsets.UTF_8))))))
                        .generations())
                .isEmpty();
    }

    @Test
    void aDamagedTrailerIsToldAndCostsOnlyItself() {
        byte[] whole = jpeg(new SamsungFixture().edited(RECORD).edited(RECORD));
        int directory = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf("SEFH");
        for (int at : new int[] {directory, directory + 8, directory + 12 + 7, directory + 12 + 11, whole.length - 8}) {
            byte[] damaged = whole.clone();
            damaged[at] = (byte) 0xF7;
            ItemMetadata metadata = MetadataExtractor.extract("damaged.jpg", HeapBytes.wrap(damaged));
            assertThat(metadata.problems())
                    .as("byte %d", at - directory)
                    .extracting(Problem::category)
                    .contains(Problem.Category.MALFORMED)
                    .doesNotContain(Problem.Category.READER_FAILED);
            assertThat(metadata.mediaType()).isEqualTo(Optional.of("image/jpeg"));
        }
    }

    private static List<Generation> read(String json) {
        return GeneratorReaders.readAll(MetadataExtractor.extract(
                        "edited.jpg", HeapBytes.wrap(jpeg(new SamsungFixture().edited(json)))))
                .generations();
    }

    private static byte[] jpeg(SamsungFixture samsung) {
        return JpegFixture.of(8, 8).trailing(samsung.bytes()).bytes();
    }
}
