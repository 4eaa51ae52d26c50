package org.latentprint.evidence.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
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
        }
    }
}
