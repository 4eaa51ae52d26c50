package org.latentprint.evidence.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentprint.fixture.DiskFixture;
import org.latentprint.fixture.ImageTools;

/** Holds an E01 of each kind that libewf's programs write against the disk that it was made of. */
class EwfImageTest {
    private final Path work;
    private final DiskFixture disk;

    EwfImageTest(@TempDir Path work) throws IOException {
        this.work = work;
        disk = new DiskFixture(work);
    }

    @ParameterizedTest
    @CsvSource({
        "ewf, 64, fast, false",
        "smart, 64, fast, false",
        "ftk, 64, best, true",
        "encase2, 64, none, true",
        "encase3, 64, fast, true",
        "encase4, 16, fast, true",
        "encase5, 64, best, true",
        "encase6, 64, none, true",
        "encase6, 64, empty-block, true",
        "encase6, 16, fast, true",
        "encase6, 4096, none, true",
        "encase6, 32768, fast, true",
        "encase7, 64, fast, true",
        "linen5, 64, fast, true",
        "linen6, 64, fast, true",
        "linen7, 64, fast, true",
        "ewfx, 64, fast, true",
    })
    void givesTheDisk(String kind, int sectors, String compression, boolean plain) throws IOException {
        Path image = ImageTools.acquire(disk.path(), work.resolve("of"), kind, sectors, compression, 1 << 20);
        byte[] bytes = disk.bytes();
        try (EwfImage opened = EwfImage.open(image)) {
            assertThat(opened.missing()).isEmpty();
            assertThat(opened.files()).hasSizeGreaterThan(1);
            assertThat(opened.readsChunks()).isEqualTo(plain);
            assertThat(opened.size()).isEqualTo(bytes.length);
            assertThat(opened.readExactly(0, bytes.length)).isEqualTo(bytes);
            Random random = new Random(sectors);
            for (int read = 0; read < 200; read++) {
                int at = random.nextInt(bytes.length);
                int length = random.nextInt(Math.min(bytes.length - at, 1 << random.nextInt(20)) + 1);
                assertThat(opened.readExactly(at, length)).isEqualTo(Arrays.copyOfRange(bytes, at, at + length));
            }
            assertThat(opened.read(bytes.length, new byte[8], 0, 8)).isZero();
            if (plain) {
                assertThat(leftToTheLibrary(opened, sectors * 512)).isZero();
            }
        }
    }

    private long leftToTheLibrary(EwfImage opened, int chunkSize) throws IOException {
        List<Path> files = opened.files().stream().map(work::resolve).toList();
        try (EwfSegments segments = EwfSegments.open(files);
                EwfReader reader = new EwfReader(
                        EwfChunks.of(segments, opened.size(), chunkSize).orElseThrow())) {
            return LongStream.iterate(0, at -> at < opened.size(), at -> at + chunkSize)
                    .filter(at -> reader.read(at, new byte[1], 0, 1) == 0)
                    .count();
        }
    }

    @Test
    void aTableThatIsDamagedIsLeftToTheLibrary() throws IOException {
        Path image = ImageTools.acquire(disk.path(), work.resolve("of"), "fast", 1L << 40);
        long table = sections(image).stream()
                .filter(section -> section.type().equals("table"))
                .findFirst()
                .orElseThrow()
                .data();
        byte[] content = Files.readAllBytes(image);
        // An entry that is none of those which are held against the library.
        content[(int) table + EwfSections.TABLE + 5 * Integer.BYTES] ^= 1;
        Files.write(image, content);

        try (EwfImage opened = EwfImage.open(image)) {
            assertThat(opened.readsChunks()).isFalse();
            assertThat(opened.readExactly(0, 1 << 20)).isEqualTo(Arrays.copyOf(disk.bytes(), 1 << 20));
        }
    }

    @Test
    void anImageWhoseChainBreaksIsLeftToTheLibrary() throws IOException {
        Path image = ImageTools.acquire(disk.path(), work.resolve("of"), "none", 1L << 40);
        byte[] content = Files.readAllBytes(image);
        // Of the section that says that the image is done: all tables lie before it.
        content[(int) sections(image).getLast().position() + 40] ^= 1;
        Files.write(image, content);

        try (EwfImage opened = EwfImage.open(image)) {
            assertThat(opened.missing()).isPresent();
            assertThat(opened.readsChunks()).isFalse();
        }
    }

    private static List<EwfSections.Section> sections(Path image) throws IOException {
        try (EwfSegments segments = EwfSegments.open(List.of(image))) {
            return segments.list().getFirst().sections().orElseThrow().list();
        }
    }
}
