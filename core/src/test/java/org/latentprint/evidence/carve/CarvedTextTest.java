package org.latentprint.evidence.carve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.evidence.carve.CarvedFiles.utf8;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that stand in free space without the file that held them. */
@Timeout(120)
class CarvedTextTest {
    private static final int MIB = 1 << 20;

    static Stream<Map.Entry<String, byte[]>> bare() {
        return CarvedFiles.bare().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("bare")
    void findsBareMetadataAtEveryByte(Map.Entry<String, byte[]> file) {
        boolean text = file.getKey().startsWith("INFOTEXT");
        for (int round = 0; round < 600; round++) {
            // Over the end of a window, too. Text has no first byte of its own: a zero or a sector's begin tells it.
            int offset = text ? WindowScan.WINDOW - round % 3 * Disk.SECTOR : WindowScan.WINDOW - round;
            Disk disk = new Disk(300_000, round).put(offset, file.getValue()).carve();

            assertThat(disk.items()).as("at %d", offset).singleElement().satisfies(item -> {
                assertThat(item.kind()).isEqualTo(CarvedFiles.kind(file));
                assertThat(item.completeness()).isEqualTo(Completeness.FRAGMENT);
                if (text && item.reason().contains("those before may be foreign")) {
                    assertThat(disk.content(item)).endsWith(file.getValue());
                } else {
                    assertThat(item.runs()).containsExactly(new ByteRange(offset, file.getValue().length));
                }
            });
        }
    }

    @Test
    void infotextBeginsBehindAZeroAndEndsBeforeOne() {
        for (int offset = 1_000; offset < 2_100; offset++) {
            byte[] text = utf8("\0" + CarvedFiles.INFOTEXT + "\0");
            Disk disk = new Disk(8_192, offset).putOnly(offset - 1, text).carve();

            assertThat(disk.items())
                    .singleElement()
                    .satisfies(item -> assertThat(disk.content(item)).isEqualTo(utf8(CarvedFiles.INFOTEXT)));
        }
    }

    @Test
    void aLogOfInfotextsGivesEach() {
        String second = CarvedFiles.INFOTEXT.replace("lighthouse", "garden").replace("Seed: 1", "Seed: 2");
        Disk disk = new Disk(65_536, 1)
                .put(4_096, utf8(CarvedFiles.INFOTEXT + "\n\n" + second + "\nother words\n"))
                .carve();

        assertThat(disk.items()).hasSize(2);
        assertThat(disk.content(disk.items().get(0))).isEqualTo(utf8(CarvedFiles.INFOTEXT));
        assertThat(disk.content(disk.items().get(1))).isEqualTo(utf8(second));
    }

    @Test
    void jsonAndInfotextMayTakeTurnsInOneText() {
        String prompt = new String(CarvedFiles.prompt(), StandardCharsets.UTF_8);
        Disk disk = new Disk(65_536, 1)
                .put(
                        4_096,
                        utf8(prompt + "\n" + CarvedFiles.INFOTEXT + "\n" + CarvedFiles.RECORD + "\n"
                                + CarvedFiles.INFOTEXT + "\n" + CarvedFiles.WORKFLOW))
                .carve();

        assertThat(disk.items())
                .extracting(CarvedItem::kind)
                .containsExactly(
                        CarvedKind.COMFYUI_PROMPT,
                        CarvedKind.INFOTEXT,
                        CarvedKind.TRAINING_RECORD,
                        CarvedKind.INFOTEXT,
                        CarvedKind.COMFYUI_WORKFLOW);
        assertThat(disk.content(disk.items().get(3))).isEqualTo(utf8(CarvedFiles.INFOTEXT));
    }

    @Test
    void textsFullOfTheNamesThatAreLookedForCostLittle() {
        for (String line :
                List.of("Steps: 1, ", "\nSteps: 1, ", "\nSteps: 1, Seed: ", "{\"class_type\": ", "{\"a\":[\"ss_t")) {
            Disk disk = new Disk(2 * MIB, 1).put(4_096, utf8(line.repeat(MIB / line.length())));
            AtomicLong read = new AtomicLong();
            disk.carve(disk.counted(read), List.of(new ByteRange(0, 2 * MIB)), 2);

            assertThat(disk.items()).as(line).isEmpty();
            assertThat(read.get()).as(line).isLessThan(64L * MIB);
        }
    }

    @Test
    void wordsAloneAreNoInfotext() {
        for (String words : List.of(
                "Steps: 20, Sampler: Euler a, CFG scale: 7",
                "Steps: 20",
                "Steps: twenty, Seed: 5, Sampler: Euler",
                "all Steps: 20, Sampler: Euler a, Seed: 7, Size: 4x4",
                "{\"parameters\": \"a cat\\nSteps: 20, Sampler: Euler a, Seed: 7, Size: 4x4\"}",
                "Steps: 20, Seed: 5")) {
            assertThat(new Disk(65_536, 1).put(4_096, utf8(words)).carve().items())
                    .as(words)
                    .isEmpty();
        }
    }

    @Test
    void otherJsonIsNothing() {
        for (String json : List.of(
                "{\"class_type\": \"KSampler\", \"inputs\": {}}",
                "{\"1\": {\"class_type\": \"KSampler\", \"inputs\": {}}, \"2\": {\"class_type\": 5}}",
                "{\"1\": {\"class_type\": \"KSampler\", \"inputs\": {}}, 2}",
                "{\"1\": {\"class_type\": \"KSampler\", \"inputs\": {\"a\": [}}}",
                "{\"nodes\": [{\"id\": 1, \"widgets_values\": []}], \"links\": []}",
                "{\"nodes\": [], \"links\": [], \"widgets_values\": 1}",
                "{\"ss_training_comment\": \"a\"}",
                "{\"ss_training_comment\": \"a\", \"ss_tag_frequency\": 5}",
                "\"class_type\" \"widgets_values\" \"ss_tag")) {
            assertThat(new Disk(65_536, 1).put(4_096, utf8(json)).carve().items())
                    .as(json)
                    .isEmpty();
        }
    }

    @Test
    void jsonIsFoundWithinOtherTextAndWhatIsCut() {
        String prompt = new String(CarvedFiles.prompt(), StandardCharsets.UTF_8);
        Map<String, String> around = Map.of(
                "function f() { return 1; }\nlet graph = " + prompt + ";\n}", prompt,
                "{\"client\": \"a\", \"prompt\": " + prompt + ", \"extra\": {\"b\": [", prompt,
                "{\"a\": 1} " + prompt + " {\"b\": 2}", prompt,
                "{\"__metadata__\": " + CarvedFiles.RECORD + ", \"lora\": {\"dtype\": \"F1", CarvedFiles.RECORD);
        around.forEach((text, json) -> {
            Disk disk = new Disk(65_536, 1).put(4_096, utf8(text)).carve();

            assertThat(disk.items())
                    .as(text)
                    .singleElement()
                    .satisfies(item -> assertThat(disk.content(item)).isEqualTo(utf8(json)));
        });
    }
}
