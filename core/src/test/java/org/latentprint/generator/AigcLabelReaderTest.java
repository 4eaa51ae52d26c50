package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.MarkedFiles.block;
import static org.latentprint.generator.MarkedFiles.only;
import static org.latentprint.generator.MarkedFiles.read;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentprint.evidence.Grade;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.JpegFixture;
import org.latentprint.fixture.Mp4Fixture;
import org.latentprint.fixture.PngFixture;
import org.latentprint.fixture.TextBlocks;
import org.latentprint.fixture.XmpFixture;

/** China's label for generated content, and the exports of ByteDance's programs. */
class AigcLabelReaderTest {
    private static final String PRODUCER = "001191110102MACQD9K64010000";
    private static final String LABEL = label("1");
    private static final String EXPORT = "{\"aigc_info\":{\"aigc_label_type\":0,\"source_info\":\"dreamina\"},\"data\":"
            + "{\"os\":\"web\",\"product\":\"dreamina\",\"exportType\":\"generation\",\"pictureId\":\"0\"},"
            + "\"trace_info\":{\"originItemId\":\"7590949739743448328\"}}";

    @Test
    void readsTheLabelWhereverItStands() {
        List<Reading> readings = List.of(
                read(PngFixture.of(8, 8).text("AIGC", LABEL).bytes()),
                read(PngFixture.of(8, 8)
                        .xmp(new XmpFixture().element("TC260:AIGC", LABEL).packet())
                        .bytes()),
                read(JpegFixture.of(8, 8)
                        .xmp(new XmpFixture().attribute("TC260:AIGC", LABEL).packet())
                        .bytes()),
                read(JpegFixture.of(8, 8)
                        .exif(ExifFixture.bigEndian()
                                .userComment("{\"AIGC\":" + LABEL + "}", ExifFixture.Comment.UNICODE_BIG_ENDIAN))
                        .bytes()),
                read(Mp4Fixture.mp4(8, 8).key("AIGC", LABEL).bytes()),
                read("jpeg/COM", "", "AIGC" + LABEL));
        assertThat(readings).allSatisfy(reading -> {
            Generation generation = only(reading);
            assertThat(generation.generator()).isEqualTo("unnamed (declared AI source)");
            assertThat(generation.namesProgram()).isFalse();
            assertThat(generation.declaration()).contains(new Declaration(Declaration.Mark.LABEL, "AIGC Label", "1"));
            assertThat(generation.settings()).containsEntry("ContentProducer", PRODUCER);
            assertThat(generation.grade()).isEqualTo(Grade.RECORDED);
            assertThat(generation.settings())
                    .containsEntry("Label", "1")
                    .containsEntry("label_meaning", "generated")
                    .containsEntry("ProduceID", "p-1")
                    .containsEntry("ReservedCode1", "")
                    .containsEntry("unified_social_credit_code", "91110102MACQD9K640");
            assertThat(reading.claimed()).hasSize(1);
        });
    }

    @Test
    void countsOneLabelInTwoPlacesOnce() {
        Reading reading = read(PngFixture.of(8, 8)
                .text("AIGC", LABEL)
                .xmp(new XmpFixture()
                        .element("TC260:AIGC", LABEL)
                        .attribute("xmp:CreatorTool", "x")
                        .packet())
                .bytes());
        assertThat(only(reading).furtherOrigins()).hasSize(1);
        assertThat(reading.claimed()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"2, possibly generated", "3, suspected to be generated"})
    void marksAnOpinionAsInferred(String value, String meaning) {
        Generation generation = only(read("png/tEXt", "AIGC", label(value)));
        assertThat(generation.grade()).isEqualTo(Grade.INFERRED);
        assertThat(generation.settings()).containsEntry("label_meaning", meaning);
        assertThat(generation.inferences()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"Label\":\"0\",\"ContentProducer\":\"x\"}",
                "{\"Label\":\"value1\",\"ContentProducer\":\"value2\"}",
                "{\"Label\":{}}",
                "{\"AIGC\":[1]}",
                "[1]",
                "1",
                "AIGC",
                "{\"Label\":\"1\"",
                "{\"AIGC\":\"{broken\"}"
            })
    void takesNoOtherValueForALabel(String text) {
        assertThat(read("png/tEXt", "AIGC", text).generations()).isEmpty();
        assertThat(read("jpeg/exif", "UserComment", text).generations()).isEmpty();
    }

    @Test
    void namesNoProducerThatIsNotRecorded() {
        Generation generation = only(read("png/tEXt", "AIGC", "{\"Label\":1,\"ContentProducer\":\" \"}"));
        assertThat(generation.generator()).isEqualTo("unnamed (declared AI source)");
        assertThat(read("jpeg/exif", "UserComment", "{\"Label\":\"1\",\"ContentProducer\":\"x\"}")
                        .generations())
                .as("a label without its name")
                .isEmpty();
        assertThat(only(read("jpeg/exif", "UserComment", "{\"AIGC\":\"{\\\"Label\\\":\\\"1\\\"}\"}"))
                        .settings())
                .containsEntry("Label", "1");
    }

    @ParameterizedTest
    @CsvSource({
        "001191110102MACQD9K64010000, 91110102MACQD9K640",
        "001191440300708461136T1XGW3, 91440300708461136T",
        "001191110000802100433B, 91110000802100433B",
        "001191110000802100434B, ''",
        "001291110000802100433B, ''",
        "91110000802100433B, ''",
        "doubao, ''"
    })
    void findsTheLegalPersonsCodeWhereItsCheckCharacterFits(String producer, String code) {
        assertThat(AigcProducer.creditCode(producer).orElse("")).isEqualTo(code);
    }

    @Test
    void readsAnExportOfAGeneration() {
        Reading picture = read(JpegFixture.of(8, 8)
                .exif(ExifFixture.bigEndian().userComment(EXPORT, ExifFixture.Comment.ASCII))
                .bytes());
        Generation generation = only(picture);
        assertThat(generation.generator()).isEqualTo("Dreamina");
        assertThat(generation.grade()).isEqualTo(Grade.RECORDED);
        assertThat(generation.settings())
                .containsEntry("product", "dreamina")
                .containsEntry("exportType", "generation")
                .containsEntry("aigc_label_type", "0")
                .containsEntry("originItemId", "7590949739743448328");
        assertThat(picture.claimed()).hasSize(1);

        Reading film = read(List.of(
                block(
                        "mp4/mdta",
                        "com.example.data",
                        "{\"data\":{\"os\":\"\",\"product\":\"dreamina\","
                                + "\"exportType\":\"generation\",\"videoId\":\"0\"}}"),
                block("mp4/mdta", "AigcInfo", "{\"aigc_label_type\":0,\"source_info\":\"dreamina\"}")));
        assertThat(only(film).generator()).isEqualTo("Dreamina");
        assertThat(only(film).furtherOrigins()).hasSize(1);
        assertThat(film.claimed()).hasSize(2);
    }

    @Test
    void takesASourceThatOnlyGeneratesAndPassesOverTheLabelBesideIt() {
        Reading reading = GeneratorReaders.readAll(
                TextBlocks.png("AIGC", LABEL, "UserComment", "{\"aigc_info\":{\"source_info\":\"dreamina\"}}"));
        assertThat(only(reading).generator()).isEqualTo("Dreamina");
        assertThat(GeneratorReaders.readAll(
                                TextBlocks.png("UserComment", "{\"aigc_info\":{\"source_info\":\"retouch\"}}"))
                        .generations())
                .isEmpty();
    }

    @Test
    void marksAPlatformsLabelAsInferredAndLeavesEditorsAlone() {
        Generation label = only(read("mp4/mdta", "AigcInfo", "{\"aigc_label_type\":2}"));
        assertThat(label.generator()).isEqualTo("unnamed (declared AI source)");
        assertThat(label.grade()).isEqualTo(Grade.INFERRED);
        for (String text : List.of(
                "{\"aigc_label_type\":0}",
                "{\"aigc_info\":{\"aigc_label_type\":0},\"data\":{\"product\":\"retouch\",\"exportType\":\"image_export\"}}",
                "{\"data\":{\"product\":\"lv\",\"exportType\":\"export\"}}",
                "{\"data\":{\"exportType\":\"generation\"}}",
                "{\"product\":\"dreamina\"}",
                "{\"data\":[\"exportType\"],\"exportType\":\"generation\"}",
                "\"exportType\"")) {
            assertThat(read("jpeg/exif", "UserComment", text).generations())
                    .as(text)
                    .isEmpty();
        }
    }

    @Test
    void readsEveryChangedCharacterWithoutFailing() {
        Random random = new Random(5);
        for (String text : List.of("{\"AIGC\":" + LABEL + "}", EXPORT)) {
            for (int round = 0; round < 3_000; round++) {
                StringBuilder changed = new StringBuilder(text);
                changed.setCharAt(random.nextInt(changed.length()), "{}[]\",:0x\\".charAt(random.nextInt(10)));
                read("jpeg/exif", "UserComment", changed.toString());
            }
        }
    }

    private static String label(String value) {
        return "{\"Label\":\"" + value + "\",\"ContentProducer\":\"" + PRODUCER + "\",\"ProduceID\":\"p-1\","
                + "\"ReservedCode1\":\"\",\"ContentPropagator\":\"\",\"PropagateID\":\"\",\"ReservedCode2\":\"\"}";
    }
}
