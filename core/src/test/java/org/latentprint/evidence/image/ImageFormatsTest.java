package org.latentprint.evidence.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.ImageCheck;
import org.latentprint.evidence.ItemRef;
import org.latentprint.fixture.ImageFixture;
import org.latentprint.fixture.ImageFixture.Kind;
import org.latentprint.fixture.ImageTools;

/** Holds the bytes of each image format against those of the raw image that it was made of. */
class ImageFormatsTest {
    /** Of libewf's programs; large enough that each piece of noise fills a chunk of its own. */
    private static final int CHUNK = 32 << 10;

    @TempDir
    private Path work;

    private Path disk;
    private byte[] bytes;

    @BeforeEach
    void makeDisk() throws IOException {
        ImageTools.require("ewfacquire", "qemu-img", "sfdisk", "mke2fs", "debugfs");
        ImageFixture fixture = new ImageFixture(work, 7);
        disk = fixture.disk(fixture.image(Kind.EXT2));
        bytes = Files.readAllBytes(disk);
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
        ImageTools.output("qemu-img", "convert", "-q", "-O", format, disk.toString(), image.toString());
        assertThat(ImageFormat.of(image).orElseThrow().name()).isEqualTo(kind.name());
        try (ImageBytes opened = LibyalImage.open(kind, image)) {
            // These formats round a disk up to whole blocks or cylinders.
            assertThat(opened.size()).isGreaterThanOrEqualTo(bytes.length);
            assertThat(opened.readExactly(0, bytes.length)).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @CsvSource({"none, 1", "fast, 1", "best, 1", "fast, 3"})
    void readsExpertWitnessImages(String compression, int segments) throws Exception {
        Path image = acquire(compression, segments);
        try (ImageBytes opened = LibyalImage.open(LibyalLibrary.Kind.EWF, image)) {
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
        try (ImageBytes opened = LibyalImage.open(LibyalLibrary.Kind.EWF, image);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                Random random = new Random(thread);
                Callable<Boolean> reads = () -> {
                    boolean same = true;
                    for (int read = 0; read < 300; read++) {
                        int at = random.nextInt(bytes.length - 100_000);
                        int length = random.nextInt(100_000);
                        same &= java.util.Arrays.equals(
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
    void aDamagedChunkIsNoZeros() throws Exception {
        Path image = acquire("none", 1);
        byte[] content = Files.readAllBytes(image);
        // The large file's noise stands in the image as it is.
        byte[] noise = new ImageFixture(work.resolve("again"), 7).files().get("large.bin");
        int at = indexOf(content, Arrays.copyOfRange(noise, 400_000, 400_032));
        content[at] ^= 0x40;
        Files.write(image, content);
        int place = indexOf(bytes, Arrays.copyOfRange(noise, 400_000, 400_032));
        try (ImageBytes opened = LibyalImage.open(LibyalLibrary.Kind.EWF, image)) {
            assertThatThrownBy(() -> opened.readExactly(place, 16))
                    .isInstanceOfSatisfying(DamagedRange.class, damage -> {
                        assertThat(damage.offset()).isEqualTo((long) place / CHUNK * CHUNK);
                        assertThat(damage.length()).isEqualTo(CHUNK);
                    });
            assertThatThrownBy(() -> opened.readExactly(place, 16)).isInstanceOf(DamagedRange.class);
            ImageCheck check = ImageIntegrity.check(opened, 2, () -> {});
            assertThat(check.hashes()).extracting(ImageCheck.Hash::verdict).containsOnly("not computed");
            assertThat(check.ranges()).singleElement().satisfies(range -> {
                assertThat(range.offset()).isEqualTo((long) place / CHUNK * CHUNK);
                assertThat(range.length()).isEqualTo(CHUNK);
                assertThat(range.reason()).contains("checksum");
            });
            assertThat(opened.readExactly(0, CHUNK)).isEqualTo(Arrays.copyOf(bytes, CHUNK));
        }
        // The library gives the file system the bytes around the damage; the file itself says what it lost.
        try (ImageSource source = ImageSource.open(image.toString(), false)) {
            source.walk(item -> {
                if (item.name().equals("pieces.bin") || item.name().equals("large.bin")) {
                    try (EvidenceBytes file = source.open(item)) {
                        boolean holds = file.runs().stream()
                                .anyMatch(
                                        run -> run.imageOffset() <= place && place < run.imageOffset() + run.length());
                        if (holds) {
                            assertThatThrownBy(() -> file.readExactly(0, (int) file.size()))
                                    .hasMessageContaining("checksum");
                        }
                    } catch (IOException failure) {
                        throw new java.io.UncheckedIOException(failure);
                    }
                }
            });
        }
    }

    /** Neighbours that the library notes as one range, in whatever order they are met, and one that it notes before them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void noneOfSeveralDamagedChunksIsZeros(int seed) throws Exception {
        Path image = acquire("none", 1);
        byte[] content = Files.readAllBytes(image);
        byte[] noise = new ImageFixture(work.resolve("again"), 7).files().get("large.bin");
        List<Integer> places = new ArrayList<>();
        for (int chunk : List.of(2, 8, 9, 10, 11, 15)) {
            byte[] sought = Arrays.copyOfRange(noise, chunk * CHUNK, chunk * CHUNK + 32);
            content[indexOf(content, sought)] ^= 0x40;
            places.add(indexOf(bytes, sought));
        }
        Files.write(image, content);
        Collections.shuffle(places, new Random(seed));
        try (ImageBytes opened = LibyalImage.open(LibyalLibrary.Kind.EWF, image)) {
            for (int place : places) {
                assertThatThrownBy(() -> opened.readExactly(place, 16)).isInstanceOf(DamagedRange.class);
            }
            Set<Integer> damaged = places.stream().map(place -> place / CHUNK).collect(Collectors.toSet());
            for (int chunk = 0; chunk < bytes.length / CHUNK; chunk++) {
                int at = chunk * CHUNK;
                if (damaged.contains(chunk)) {
                    assertThatThrownBy(() -> opened.readExactly(at, 16)).isInstanceOf(DamagedRange.class);
                } else {
                    assertThat(opened.readExactly(at, CHUNK)).isEqualTo(Arrays.copyOfRange(bytes, at, at + CHUNK));
                }
            }
            ImageCheck check = ImageIntegrity.check(opened, 2, () -> {});
            assertThat(check.unreadableBytes()).isEqualTo((long) damaged.size() * CHUNK);
        }
    }

    @Test
    void aMissingSegmentIsSaid() throws Exception {
        Path image = acquire("none", 3);
        try (ImageBytes opened = LibyalImage.open(LibyalLibrary.Kind.EWF, image)) {
            assertThat(opened.missing()).isEmpty();
            assertThat(opened.files()).startsWith("acquired.E01", "acquired.E02", "acquired.E03");
        }
        Files.delete(work.resolve("acquired.E02"));

        try (ImageSource source = ImageSource.open(image.toString(), false)) {
            assertThat(firstItem(source).note())
                    .hasValueSatisfying(note -> assertThat(note)
                            .contains("goes on behind acquired.E01", "the file that follows is not there"));
            // The hash stands in the last file; what cannot be read is listed all the same.
            ImageCheck check = source.check(2, () -> {}).orElseThrow();
            assertThat(check.hashes()).isEmpty();
            assertThat(check.rangeCount()).isPositive();
            assertThat(check.unreadableBytes()).isGreaterThan(bytes.length / 4L);
            assertNothingElseThanTheDisk(image);
        }
    }

    @Test
    void aSegmentThatEndsEarlyIsSaid() throws Exception {
        Path image = acquire("none", 3);
        Path second = work.resolve("acquired.E02");
        Files.write(second, Arrays.copyOf(Files.readAllBytes(second), (int) Files.size(second) / 2));

        assertThat(EwfSegments.missing(List.of(image, second, work.resolve("acquired.E03"))))
                .hasValueSatisfying(words -> assertThat(words)
                        .contains("acquired.E02 of the image ends early")
                        .doesNotContain("E03"));
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
        assertThat(ImageSource.isImage(disk.toString())).isTrue();
    }

    /** Whatever is given is the disk's: in the order of the disk, and against it, so that chunks are met first in either way. */
    private void assertNothingElseThanTheDisk(Path image) throws IOException {
        int unit = 4_096;
        for (int direction : List.of(1, -1)) {
            try (ImageBytes opened = LibyalImage.open(LibyalLibrary.Kind.EWF, image)) {
                for (int number = 0; number < bytes.length / unit; number++) {
                    int at = direction > 0 ? number * unit : bytes.length - (number + 1) * unit;
                    byte[] found = new byte[unit];
                    try {
                        opened.read(at, found, 0, unit);
                    } catch (IOException unreadable) {
                        continue;
                    }
                    assertThat(found).as("at %d", at).isEqualTo(Arrays.copyOfRange(bytes, at, at + unit));
                }
            }
        }
    }

    private static ItemRef firstItem(ImageSource source) throws IOException, InterruptedException {
        List<ItemRef> items = new ArrayList<>();
        source.walk(items::add);
        return items.getFirst();
    }

    private Path acquire(String compression, int segments) throws IOException {
        // In 2014's program the least size of a segment is 1 MiB.
        long size = segments == 1 ? 1L << 40 : 1 << 20;
        ImageTools.output(
                "ewfacquire",
                "-u",
                "-q",
                "-d",
                "sha1",
                "-c",
                compression,
                "-S",
                Long.toString(size),
                "-t",
                work.resolve("acquired").toString(),
                disk.toString());
        assertThat(Files.exists(work.resolve("acquired.E02"))).isEqualTo(segments > 1);
        return work.resolve("acquired.E01");
    }

    private void assertSame(ImageBytes image) throws IOException {
        assertThat(image.size()).isEqualTo(bytes.length);
        assertThat(image.readExactly(0, bytes.length)).isEqualTo(bytes);
    }

    private static int indexOf(byte[] all, byte[] part) {
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(new String(part, StandardCharsets.ISO_8859_1));
        assertThat(at).isNotNegative();
        return at;
    }
}
