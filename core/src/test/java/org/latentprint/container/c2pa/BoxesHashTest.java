package org.latentprint.container.c2pa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.container.c2pa.Check.Outcome;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.GifFixture;
import org.latentprint.fixture.JpegFixture;
import org.latentprint.fixture.PngFixture;
import org.latentprint.fixture.WebpFixture;

/** Hashes over segments, chunks and blocks. */
class BoxesHashTest {
    /** SOI, APP0, SOS with data and two restarts, EOI. */
    private static final byte[] RESTARTS = HexFormat.of()
            .parseHex("ffd8" + "ffe000044a46" + "ffda0004010203ff0004" + "ffd00506" + "ffd10708" + "ffd9");

    @Test
    void boxesHaveTheNamesOfTheirFormat() throws IOException {
        assertThat(names(RESTARTS)).containsExactly("SOI", "APP0", "SOS", "RST0", "RST1", "EOI");
        assertThat(names(PngFixture.of(8, 8).text("Garden", "cat").bytes()))
                .startsWith("PNGh", "IHDR")
                .contains("tEXt")
                .endsWith("IEND");
        assertThat(names(GifFixture.of(8, 8).comment("garden").bytes()))
                .containsExactly("GIF89a", "LSD", "21FE", "21F9", "2C", "TBID", "3B");
        assertThat(names(WebpFixture.of(8, 8).xmp("<x/>").bytes()))
                .startsWith("WEBP")
                .contains("XMP ");
        assertThat(names(JpegFixture.of(8, 8).comment("garden").bytes()))
                .startsWith("SOI")
                .contains("COM", "DQT", "SOF0", "DHT", "SOS")
                .endsWith("EOI");
    }

    @Test
    void everyByteOfAListedBoxCounts() throws IOException {
        for (byte[] file : List.of(
                RESTARTS,
                PngFixture.of(8, 8).bytes(),
                GifFixture.of(8, 8).comment("garden").bytes(),
                WebpFixture.of(8, 8).xmp("<x/>").bytes(),
                JpegFixture.of(8, 8).comment("garden").bytes())) {
            Map<String, Object> assertion = assertion(file, names(file));
            expect(assertion, file, Outcome.PASSED);
            byte[] flipped = file.clone();
            flipped[file.length - 6] ^= 1;
            expect(assertion, flipped, Outcome.FAILED);
        }
    }

    @Test
    void restartsMayCountToTheirScan() throws IOException {
        expect(assertion(RESTARTS, List.of("SOI", "APP0", "SOS", "EOI")), RESTARTS, Outcome.PASSED);
        Map<String, Object> apart = new HashMap<>();
        apart.put("alg", "sha256");
        apart.put(
                "boxes",
                List.of(
                        entry(List.of("SOI", "APP0", "SOS"), RESTARTS, 0, 18),
                        entry(List.of("RST0", "RST1", "EOI"), RESTARTS, 18, RESTARTS.length)));
        expect(apart, RESTARTS, Outcome.PASSED);
    }

    @Test
    void anAddedATakenOrAMovedBoxFails() throws IOException {
        byte[] file = PngFixture.of(8, 8).text("Garden", "cat").bytes();
        Map<String, Object> assertion = assertion(file, names(file));
        expect(
                assertion,
                PngFixture.of(8, 8)
                        .text("Garden", "cat")
                        .text("Garden", "bicycle")
                        .bytes(),
                Outcome.FAILED);
        expect(assertion, PngFixture.of(8, 8).bytes(), Outcome.FAILED);
        expect(
                assertion,
                PngFixture.of(8, 8).afterPixels().text("Garden", "cat").bytes(),
                Outcome.FAILED);
    }

    @Test
    void theStoreAndWhatIsLeftOutMayChange() throws IOException {
        byte[] file =
                PngFixture.of(8, 8).c2pa(new byte[40]).text("Garden", "cat").bytes();
        List<ByteRange> store = List.of(new ByteRange(PngFixture.FIRST_CHUNK_DATA, 40));
        List<NamedBox> boxes = boxes(file, store);
        assertThat(boxes).extracting(NamedBox::name).startsWith("PNGh", "IHDR", "C2PA", "tEXt");
        List<Map<String, Object>> entries = new ArrayList<>();
        for (NamedBox box : boxes) {
            Map<String, Object> entry =
                    new HashMap<>(entry(List.of(box.name()), file, (int) box.start(), (int) box.end()));
            if (box.name().equals("tEXt")) {
                entry.put("excluded", true);
            }
            if (box.name().equals("C2PA")) {
                entry.put("hash", new byte[1]);
            }
            entries.add(entry);
        }
        byte[] changed = file.clone();
        changed[PngFixture.FIRST_CHUNK_DATA + 3] ^= 1;
        changed[(int) boxes.get(3).start() + 10] ^= 1;
        Check check = BoxesHash.check(
                Values.of(Map.of("alg", "sha256", "boxes", entries)), Optional.empty(), HeapBytes.wrap(changed), store);
        assertThat(check.outcome()).as(check.reason()).isEqualTo(Outcome.PASSED);
        assertThat(check.reason()).endsWith("but those left out: tEXt");
    }

    @Test
    void otherFormatsAndPartsOfBoxesAreNotChecked() throws IOException {
        expect(assertion(RESTARTS, names(RESTARTS)), new byte[] {'I', 'I', '*', 0}, Outcome.NOT_CHECKED);
        Map<String, Object> part = new HashMap<>(entry(List.of("SOI"), RESTARTS, 0, 2));
        part.put("exclusions", List.of(Map.of("start", 0, "length", 1)));
        expect(Map.of("alg", "sha256", "boxes", List.of(part)), RESTARTS, Outcome.NOT_CHECKED);
        expect(Map.of("alg", "sha256"), RESTARTS, Outcome.NOT_CHECKED);
    }

    @Test
    void cutFilesFailAndNothingThrows() throws IOException {
        for (byte[] file : List.of(
                RESTARTS,
                PngFixture.of(8, 8).bytes(),
                GifFixture.of(8, 8).bytes(),
                WebpFixture.of(8, 8).bytes())) {
            Map<String, Object> assertion = assertion(file, names(file));
            for (int length = 12; length < file.length; length++) {
                expect(assertion, Arrays.copyOf(file, length), Outcome.FAILED);
            }
        }
    }

    /** Lists all boxes in one entry, whose hash then covers the whole file. */
    private static Map<String, Object> assertion(byte[] file, List<String> names) {
        return Map.of("alg", "sha256", "boxes", List.of(entry(names, file, 0, file.length)));
    }

    private static Map<String, Object> entry(List<String> names, byte[] file, int from, int to) {
        byte[] hash = Hashes.named("sha256").orElseThrow().digest(Arrays.copyOfRange(file, from, to));
        return Map.of("names", names, "hash", hash, "pad", new byte[0]);
    }

    private static List<String> names(byte[] file) throws IOException {
        return boxes(file, List.of()).stream().map(NamedBox::name).toList();
    }

    private static List<NamedBox> boxes(byte[] file, List<ByteRange> store) throws IOException {
        return NamedBoxes.of(new ItemBytes(HeapBytes.wrap(file)), store).orElseThrow();
    }

    private static void expect(Map<String, Object> assertion, byte[] file, Outcome outcome) {
        Check check = BoxesHash.check(Values.of(assertion), Optional.empty(), HeapBytes.wrap(file), List.of());
        assertThat(check.outcome()).as(check.reason()).isEqualTo(outcome);
    }
}
