package org.latentprint.evidence.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentprint.evidence.ImageCheck;
import org.latentprint.fixture.DiskFixture;
import org.latentprint.fixture.ImageFixture;
import org.latentprint.fixture.ImageTools;

/** Holds the bytes of each image format against those of the raw image that it was made of. */
class ImageFormatsTest {
    private final Path work;
    private final DiskFixture disk;
    private final byte[] bytes;

    ImageFormatsTest(@TempDir Path work) throws IOException {
        ImageTools.require("qemu-img");
        this.work = work;
        disk = new DiskFixture(work);
        bytes = disk.bytes();
    }

    @Test
    void readsRawInPieces() throws Exception {
        int third = bytes.length / 3 - 17;
        Files.write(work.resolve("d.001"), Arrays.copyOfRange(bytes, 0, third));
        Files.write(work.resolve("d.002"), Arrays.copyOfRange(bytes, third, 2 * third));
        Files.write(work.resolve("d.003"), Arrays.copyOfRange(bytes, 2 * third, bytes.length));
        try (ImageBytes image = RawImage.open(work.resolve("d.001"))) {
            assertThat(image.format()).isEqualTo("raw, split");
            assertThat(image.files()).containsExactly("d.001", "d.002", "d.003");
            assertSame(image);
        }
    }

    @ParameterizedTest
    @CsvSource({"qcow2, QCOW", "vmdk, VMDK", "vpc, VHD", "vhdx, VHD"})
    void readsImagesOfVirtualMachines(String format, LibyalLibrary.Kind kind) throws Exception {
        Path image = work.resolve("disk." + format);
        ImageTools.output("qemu-img", "convert", "-q", "-O", format, disk.path().toString(), image.toString());
        assertThat(ImageFormat.of(image).orElseThrow().name()).isEqualTo(kind.name());
        try (ImageBytes opened = LibyalImage.open(kind, image)) {
            // These formats round a disk up to whole blocks or cylinders.
            assertThat(opened.size()).isGreaterThanOrEqualTo(bytes.length);
            assertThat(opened.readExactly(0, bytes.length)).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @CsvSource({"disk.Ex01, 45564632 0D0A8100", "files.Lx01, 4C454632 0D0A8100", "files.L01, 4C564609 0D0AFF00"})
    void formatsThatNoLibraryReadsAreRefusedByName(String name, String mark) throws Exception {
        Path image =
                Files.write(work.resolve(name), Arrays.copyOf(HexFormat.of().parseHex(mark.replace(" ", "")), 100_000));

        assertThatThrownBy(() -> ImageSource.open(image.toString(), false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(name + " is an image of a format that is not read")
                .hasMessageContaining("convert it to raw or E01");
    }

    @Test
    void anImageThatItsLibraryDoesNotTakeIsNamedWithWhatToDo() throws Exception {
        Path image = work.resolve("damaged.qcow2");
        Files.write(image, Arrays.copyOf(HexFormat.of().parseHex("514649fb00000003"), 100_000));

        assertThatThrownBy(() -> ImageSource.open(image.toString(), false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged.qcow2 cannot be opened as an image")
                .hasMessageContaining("convert it to raw or E01");
    }

    @ParameterizedTest
    @CsvSource({"none, 1", "fast, 1", "best, 1", "fast, 3"})
    void readsExpertWitnessImages(String compression, int segments) throws Exception {
        Path image = acquire(compression, segments);
        try (ImageBytes opened = EwfImage.open(image)) {
            assertSame(opened);
            assertThat(opened.storedHashes()).containsOnlyKeys("md5", "sha1");
            ImageCheck check = ImageIntegrity.check(opened, 2, () -> {});
            assertThat(check.hashes()).extracting(ImageCheck.Hash::verdict).containsOnly("match");
            assertThat(check.rangeCount()).isZero();
        }
    }

    @Test
    void severalThreadsReadAtOnce() throws Exception {
        Path image = acquire("fast", 1);
        try (ImageBytes opened = EwfImage.open(image);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                Random random = new Random(thread);
                Callable<Boolean> reads = () -> {
                    boolean same = true;
                    for (int read = 0; read < 300; read++) {
                        int at = random.nextInt(bytes.length - 100_000);
                        int length = random.nextInt(100_000);
                        same &= Arrays.equals(
                                opened.readExactly(at, length), Arrays.copyOfRange(bytes, at, at + length));
                    }
                    return same;
                };
                all.add(threads.submit(reads));
            }
            for (Future<Boolean> one : all) {
                assertThat(one.get()).isTrue();
            }
        }
    }

    @Test
    void aMissingPartOfARawImageIsSaid() throws Exception {
        for (int part = 1; part <= 4; part++) {
            Files.write(work.resolve("d.00" + part), Arrays.copyOfRange(bytes, 0, 512 * part));
        }
        try (ImageBytes image = RawImage.open(work.resolve("d.001"))) {
            assertThat(image.missing()).isEmpty();
        }
        Files.delete(work.resolve("d.003"));
        try (ImageBytes image = RawImage.open(work.resolve("d.001"))) {
            assertThat(image.missing())
                    .hasValueSatisfying(words -> assertThat(words).contains("behind d.002", "d.004 is there"));
        }
    }

    @Test
    void anImageThatEndsBeforeItsFileSystemIsSaidToBeIncomplete() throws Exception {
        assertThat(notes(disk.path())).noneMatch(note -> note.contains("end of the image"));

        Path cut = Files.write(work.resolve("cut.raw"), Arrays.copyOf(bytes, bytes.length - (2 << 20)));

        assertThat(notes(cut))
                .anyMatch(note -> note.matches("the file system claims \\d+ bytes behind the end of the image.*"));
    }

    private static List<String> notes(Path image) throws IOException, InterruptedException {
        List<String> notes = new ArrayList<>();
        try (ImageSource source = ImageSource.open(image.toString(), false)) {
            source.walk(item -> item.note().ifPresent(notes::add));
        }
        return notes;
    }

    @Test
    void formatsThatAreNotReadAreNamed() throws Exception {
        Path logical =
                Files.write(work.resolve("a.L01"), "LVF\t\r\n\u00FF\0and more".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ImageSource.open(logical.toString(), false))
                .hasMessageContaining("a.L01")
                .hasMessageContaining("convert it");
    }

    @Test
    void otherFilesAreNoImages() throws Exception {
        Path picture = Files.write(
                work.resolve("a.png"),
                new ImageFixture(work.resolve("b"), 1).files().get("photos/garden.png"));
        assertThat(ImageSource.isImage(picture.toString())).isFalse();
        assertThat(ImageSource.isImage(work.toString())).isFalse();
        assertThat(ImageSource.isImage(disk.path().toString())).isTrue();
    }

    private Path acquire(String compression, int segments) throws IOException {
        Path image = ImageTools.acquire(
                disk.path(), work.resolve("acquired"), compression, segments == 1 ? 1L << 40 : 1 << 20);
        assertThat(Files.exists(work.resolve("acquired.E02"))).isEqualTo(segments > 1);
        return image;
    }

    private void assertSame(ImageBytes image) throws IOException {
        assertThat(image.size()).isEqualTo(bytes.length);
        assertThat(image.readExactly(0, bytes.length)).isEqualTo(bytes);
    }
}
