package org.latentprint.evidence.carve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.latentprint.evidence.carve.CarvedFiles.utf8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.GifFixture;
import org.latentprint.fixture.JpegFixture;
import org.latentprint.fixture.Mp4Fixture;
import org.latentprint.fixture.PngFixture;
import org.latentprint.fixture.SafetensorsFixture;
import org.latentprint.modelfile.ModelFiles;

@Timeout(120)
class CarverTest {
    private static final int MIB = 1 << 20;

    static Stream<Map.Entry<String, byte[]>> whole() {
        return CarvedFiles.whole().entrySet().stream();
    }

    static Stream<Map.Entry<String, byte[]>> bare() {
        return CarvedFiles.bare().entrySet().stream();
    }

    @Test
    void randomBytesGiveNothing() {
        for (long seed = 0; seed < 8; seed++) {
            Disk disk = new Disk(16 * MIB, seed).carve();

            assertThat(disk.items()).isEmpty();
            assertThat(disk.unreadable()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("whole")
    void findsAWholeFileByteForByte(Map.Entry<String, byte[]> file) {
        Random random = new Random(file.getKey().hashCode());
        for (int round = 0; round < 40; round++) {
            int offset = Disk.SECTOR * random.nextInt(MIB / Disk.SECTOR - 100);
            Disk disk = new Disk(MIB, round).put(offset, file.getValue()).carve();

            assertThat(disk.items()).as("at %d", offset).singleElement().satisfies(item -> {
                assertThat(item.kind()).isEqualTo(CarvedFiles.kind(file));
                assertThat(item.completeness()).as(item.reason()).isEqualTo(Completeness.WHOLE);
                assertThat(item.runs()).containsExactly(new ByteRange(offset, file.getValue().length));
            });
        }
    }

    @ParameterizedTest
    @MethodSource("whole")
    void aFileThatWasOverwrittenIsNeverTakenForWhole(Map.Entry<String, byte[]> file) {
        byte[] all = file.getValue();
        boolean checked = CarvedFiles.kind(file) == CarvedKind.PNG || CarvedFiles.kind(file) == CarvedKind.JPEG;
        // In random bytes a scan goes on to the first FF: behind 4,096 bytes that is one in ten millions.
        int foreign = CarvedFiles.kind(file) == CarvedKind.JPEG ? 4_096 : 0;
        // One scan that breaks in 254 is followed by an end marker, by chance.
        boolean progressive = file.getKey().equals("JPEG progressive");
        boolean film = CarvedFiles.kind(file) == CarvedKind.FILM;
        for (int length = 0; length < all.length; length += all.length > 2_000 ? 7 : 1) {
            byte[] part = Arrays.copyOf(all, length);
            Disk overwritten = new Disk(65_536, length).putOnly(8_192, part).carve();
            Disk ended = new Disk(8_192 + length, length).putOnly(8_192, part).carve();

            for (Disk disk : List.of(overwritten, ended)) {
                int cut = length;
                assertThat(disk.items()).as("%s cut at %d", file.getKey(), cut).allSatisfy(item -> {
                    // Formats without checksums do not show what was written over the last of them.
                    if (item.completeness() != Completeness.FRAGMENT && (checked || disk == ended)) {
                        // A film does not say which box is its last.
                        boolean seemsWhole = item.completeness() == Completeness.WHOLE;
                        assertThat(film || progressive || !seemsWhole)
                                .as(item.toString())
                                .isTrue();
                        assertThat(item.runs().getFirst().end()).isLessThanOrEqualTo(8_192 + cut + foreign);
                    }
                    if (item.completeness() != Completeness.FRAGMENT) {
                        assertThat(item.runs().getFirst().offset()).isEqualTo(8_192);
                    }
                });
            }
        }
    }

    @Test
    void aPngIsCutAtItsLastGoodChunkForEveryLength() {
        byte[] all = PngFixture.of(9, 9)
                .text("parameters", CarvedFiles.INFOTEXT)
                .text("prompt", "{}")
                .bytes();
        int textEnd = 33 + 12 + "parameters".length() + 1 + utf8(CarvedFiles.INFOTEXT).length;
        int secondEnd = textEnd + 12 + "prompt".length() + 1 + 2;
        for (int length = 0; length < all.length; length++) {
            Disk disk = new Disk(16_384, length)
                    .putOnly(4_096, Arrays.copyOf(all, length))
                    .carve();
            int expected = length >= all.length - 12
                    ? all.length - 12
                    : length >= secondEnd ? secondEnd : length >= textEnd ? textEnd : length >= 33 ? 33 : 0;
            if (expected == 0) {
                assertThat(disk.items()).as("cut at %d", length).isEmpty();
            } else {
                assertThat(disk.items()).as("cut at %d", length).first().satisfies(item -> {
                    assertThat(item.completeness()).isEqualTo(Completeness.CUT);
                    assertThat(item.runs()).containsExactly(new ByteRange(4_096, expected));
                });
            }
        }
    }

    @Test
    void textBehindOverwrittenPixelsIsAFragment() {
        byte[] all = PngFixture.of(CarvedFiles.noise(64, 5))
                .afterPixels()
                .text("parameters", CarvedFiles.INFOTEXT)
                .bytes();
        byte[] noise = new byte[Disk.SECTOR];
        new Random(3).nextBytes(noise);
        Disk disk = new Disk(65_536, 1)
                .put(4_096, all)
                .putOnly(4_096 + 2_048, noise)
                .carve();

        assertThat(disk.items())
                .extracting(CarvedItem::kind, CarvedItem::completeness)
                .containsExactly(
                        tuple(CarvedKind.PNG, Completeness.CUT), tuple(CarvedKind.PNG_TEXT, Completeness.FRAGMENT));
        assertThat(disk.items().get(0).reason()).contains("the checksum of chunk IDAT is wrong");
    }

    @Test
    void aPngThatBeginsAtNoSectorIsFoundByItsText() {
        byte[] all =
                PngFixture.of(9, 9).text("parameters", CarvedFiles.INFOTEXT).bytes();
        for (int offset : new int[] {4_097, 5_000, WindowScan.WINDOW - 40, WindowScan.WINDOW - 5}) {
            Disk disk = new Disk(MIB, offset).putOnly(offset, all).carve();

            assertThat(disk.items()).singleElement().satisfies(item -> {
                assertThat(item.completeness()).isEqualTo(Completeness.WHOLE);
                assertThat(disk.content(item)).isEqualTo(all);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("whole")
    void aFileInPiecesIsFollowedOnlyWhereItsStructureShowsIt(Map.Entry<String, byte[]> file) {
        byte[] all = file.getValue();
        for (int first = Disk.SECTOR; first < all.length; first += Disk.SECTOR) {
            Disk disk = new Disk(4 * 65_536, first);
            int second = 8_192 + first + 3 * 4_096;
            disk.put(8_192, Arrays.copyOf(all, first)).put(second, Arrays.copyOfRange(all, first, all.length));
            disk.carve(List.of(new ByteRange(0, 8_192 + first), new ByteRange(second, disk.bytes().length - second)));

            CarvedItem item = disk.items().getFirst();
            if (CarvedFiles.kind(file) == CarvedKind.PNG) {
                assertThat(item.completeness()).isEqualTo(Completeness.WHOLE);
                assertThat(item.runs())
                        .containsExactly(new ByteRange(8_192, first), new ByteRange(second, all.length - first));
                assertThat(item.reason()).contains("in 2 pieces");
            }
            if (item.completeness() == Completeness.WHOLE) {
                assertThat(disk.content(item)).isEqualTo(all);
            } else {
                assertThat(item.size()).isLessThanOrEqualTo(first);
                assertThat(disk.content(item)).isEqualTo(Arrays.copyOf(all, (int) item.size()));
            }
        }
    }

    @Test
    void aJpegAndAFilmInPiecesAreWhole() {
        byte[] jpeg = JpegFixture.of(CarvedFiles.noise(256, 9)).bytes();
        byte[] parts = Mp4Fixture.mp4(64, 48).key("prompt", "{}").bytes();
        byte[] sound = {0, 0, (byte) 0x9C, 0x48, 'm', 'd', 'a', 't'};
        byte[] film = new byte[parts.length + 40_008];
        System.arraycopy(parts, 0, film, 0, parts[3]);
        System.arraycopy(sound, 0, film, parts[3], sound.length);
        System.arraycopy(parts, parts[3], film, parts[3] + 40_008, parts.length - parts[3]);
        for (byte[] all : List.of(jpeg, film)) {
            Disk disk = new Disk(MIB, 1);
            List<ByteRange> free = new ArrayList<>(List.of(new ByteRange(0, 4_096)));
            int offset = 4_096;
            for (int at = 0; at < all.length; at += 4_096) {
                disk.put(offset, Arrays.copyOfRange(all, at, Math.min(all.length, at + 4_096)));
                free.add(new ByteRange(offset, 4_096));
                offset += 3 * 4_096;
            }
            free.add(new ByteRange(offset, disk.bytes().length - offset));
            disk.carve(free);

            CarvedItem item = disk.items().getFirst();
            boolean lastAlone = item.completeness() == Completeness.CUT;
            // The end marker alone in the last piece would be no ground to take it.
            assertThat(lastAlone).as(item.reason()).isFalse();
            assertThat(disk.content(item)).isEqualTo(all);
        }
    }

    @Test
    void nothingBehindAGapIsGuessed() {
        byte[] jpeg = JpegFixture.of(CarvedFiles.noise(128, 9)).bytes();
        Disk disk = new Disk(MIB, 1).put(8_192, Arrays.copyOf(jpeg, 4_096));
        disk.carve(List.of(new ByteRange(0, 12_288), new ByteRange(65_536, 65_536)));

        assertThat(disk.items()).singleElement().satisfies(item -> {
            assertThat(item.completeness()).isEqualTo(Completeness.CUT);
            assertThat(item.runs()).containsExactly(new ByteRange(8_192, 4_096));
        });
    }

    @Test
    void filesAreFoundAmongTheWeightsOfAModelAndThePicturesOfAFilm() {
        byte[] picture =
                PngFixture.of(9, 9).text("parameters", CarvedFiles.INFOTEXT).bytes();
        byte[] model = SafetensorsFixture.withHeader(
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[30000],\"data_offsets\":[0,60000]}}", 60_000);
        byte[] film = Mp4Fixture.mp4(64, 48).box("mdat", new byte[60_000]).bytes();
        for (byte[] outer : List.of(model, film)) {
            Disk disk = new Disk(MIB, 1)
                    .put(8_192, outer)
                    .put(8_192 + 20_480, picture)
                    .carve();

            assertThat(disk.items()).hasSize(2);
            assertThat(disk.items().get(1).kind()).isEqualTo(CarvedKind.PNG);
            assertThat(disk.items().get(1).reason())
                    .contains("within the range of what was found at image offset 8192");
        }
    }

    @Test
    void aModelWhoseWeightsDoNotFitGivesItsHead() {
        byte[] model = SafetensorsFixture.withHeader(
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[30000],\"data_offsets\":[0,60000]}}", 100);
        Disk disk = new Disk(32_768, 1).put(8_192, model).carve();

        assertThat(disk.items()).singleElement().satisfies(item -> {
            assertThat(item.completeness()).isEqualTo(Completeness.CUT);
            assertThat(item.size()).isEqualTo(model.length - 100);
            assertThat(item.reason()).contains("60000 bytes of weights do not lie behind it in one piece");
        });
    }

    @Test
    void statedLengthsAreNotBelieved() {
        byte[] png = PngFixture.of(9, 9).bytes();
        byte[] endless = Arrays.copyOf(png, 45);
        Arrays.fill(endless, 33, 37, (byte) 0x7F);
        System.arraycopy(utf8("IDAT"), 0, endless, 37, 4);
        byte[] riff = utf8("RIFF\u007f\u007f\u007f\u007fWEBPVP8X");
        byte[] film = Mp4Fixture.mp4(64, 48).bytes();
        byte[] wide = film.clone();
        int box = 24;
        wide[box] = 0;
        wide[box + 1] = 0;
        wide[box + 2] = 0;
        wide[box + 3] = 1;
        Arrays.fill(wide, box + 8, box + 16, (byte) 0x7F);
        byte[] model =
                new SafetensorsFixture().tensorAt("a", "[1]", 0, Long.MAX_VALUE).head();
        byte[] overflow = new SafetensorsFixture()
                .tensorAt("a", "[1]", Long.MAX_VALUE - 1, Long.MAX_VALUE)
                .head();
        byte[] head = model.clone();
        Arrays.fill(head, 0, 4, (byte) 0xFF);
        byte[] gif = GifFixture.of(8, 8).withoutTrailer().bytes();
        for (byte[] file : List.of(endless, riff, wide, model, overflow, head, gif)) {
            for (int size : new int[] {8_192, 65_536, 8_192 + file.length}) {
                Disk disk = new Disk(Math.max(size, 8_192 + file.length), 1)
                        .putOnly(8_192, file)
                        .carve();

                assertThat(disk.items()).as("%d bytes", size).allSatisfy(item -> {
                    assertThat(item.completeness()).isEqualTo(Completeness.CUT);
                    assertThat(item.size()).isLessThanOrEqualTo(file.length);
                });
            }
        }
    }

    @Test
    void whatIsCarvedIsReadByTheReadersOfItsFormat() throws IOException {
        for (Map.Entry<String, byte[]> file : Stream.concat(whole(), bare()).toList()) {
            Disk disk = new Disk(MIB, 1).put(8_192, file.getValue()).carve();
            CarvedItem item = disk.items().getFirst();
            EvidenceBytes bytes = HeapBytes.wrap(disk.content(item));
            switch (item.kind()) {
                case SAFETENSORS ->
                    assertThat(new ModelFiles().read("a." + item.extension(), bytes, true))
                            .hasValueSatisfying(
                                    model -> assertThat(model.problems()).isEmpty());
                // No reader takes a training's record without the model's head; its text stands in the report as it is.
                case TRAINING_RECORD -> assertThat(item.extension()).isEqualTo("json");
                default -> {
                    ItemMetadata read = MetadataExtractor.extract("a." + item.extension(), bytes);
                    assertThat(read.mediaType()).as(file.getKey()).isPresent();
                    if (item.completeness() == Completeness.FRAGMENT) {
                        assertThat(read.blocks()).as(file.getKey()).isNotEmpty();
                    }
                }
            }
        }
    }
}
