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
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.ImageCheck;
import org.latentprint.evidence.ItemRef;
import org.latentprint.fixture.DiskFixture;
import org.latentprint.fixture.ImageTools;

/** Of an E01 that is damaged or not whole, no byte is given that is not the disk's, unless the image says what it lacks. */
class EwfDamageTest {
    /** Of libewf's programs; large enough that each piece of noise fills a chunk of its own. */
    private static final int CHUNK = 32 << 10;

    private final Path work;
    private final DiskFixture disk;
    private final byte[] bytes;

    EwfDamageTest(@TempDir Path work) throws IOException {
        this.work = work;
        disk = new DiskFixture(work);
        bytes = disk.bytes();
    }

    @Test
    void aDamagedChunkIsNoZeros() throws Exception {
        Path image = acquire("none", 1L << 40);
        byte[] content = Files.readAllBytes(image);
        // The large file's noise stands in the image as it is.
        byte[] noise = disk.noise();
        int at = indexOf(content, Arrays.copyOfRange(noise, 400_000, 400_032));
        content[at] ^= 0x40;
        Files.write(image, content);
        int place = indexOf(bytes, Arrays.copyOfRange(noise, 400_000, 400_032));
        try (ImageBytes opened = EwfImage.open(image)) {
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
        Path image = acquire("none", 1L << 40);
        byte[] content = Files.readAllBytes(image);
        byte[] noise = disk.noise();
        List<Integer> places = new ArrayList<>();
        for (int chunk : List.of(2, 8, 9, 10, 11, 15)) {
            byte[] sought = Arrays.copyOfRange(noise, chunk * CHUNK, chunk * CHUNK + 32);
            content[indexOf(content, sought)] ^= 0x40;
            places.add(indexOf(bytes, sought));
        }
        Files.write(image, content);
        Collections.shuffle(places, new Random(seed));
        try (ImageBytes opened = EwfImage.open(image)) {
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
        Path image = acquire("none", 1 << 20);
        try (ImageBytes opened = EwfImage.open(image)) {
            assertThat(opened.missing()).isEmpty();
            assertThat(opened.files()).startsWith("acquired.E01", "acquired.E02", "acquired.E03");
        }
        Files.delete(work.resolve("acquired.E02"));

        try (ImageSource source = ImageSource.open(image.toString(), false)) {
            ItemRef first = firstItem(source);
            assertThat(first.kind()).isEqualTo(ItemRef.Kind.UNREADABLE_RANGE);
            assertThat(first.note())
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
        Path image = acquire("none", 1 << 20);
        Path second = work.resolve("acquired.E02");
        Files.write(second, Arrays.copyOf(Files.readAllBytes(second), (int) Files.size(second) / 2));

        try (EwfSegments segments = EwfSegments.open(List.of(image, second, work.resolve("acquired.E03")))) {
            assertThat(segments.missing())
                    .hasValueSatisfying(words -> assertThat(words)
                            .contains("acquired.E02 of the image ends early")
                            .doesNotContain("E03"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "fast"})
    void whatRandomDamageLeavesIsTheDisksOrSaidToBeInDoubt(String compression) throws Exception {
        Path image = acquire(compression, 1 << 20);
        List<Path> files;
        try (Stream<Path> all = Files.list(work)) {
            files = all.filter(file -> file.getFileName().toString().startsWith("acquired.E"))
                    .sorted()
                    .toList();
        }
        Map<Path, byte[]> whole = new TreeMap<>();
        for (Path file : files) {
            whole.put(file, Files.readAllBytes(file));
        }
        int read = 0;
        for (int seed = 0; seed < 120; seed++) {
            Random random = new Random(seed);
            boolean intact = true;
            for (Map.Entry<Path, byte[]> file : whole.entrySet()) {
                boolean hit = random.nextInt(3) == 0;
                intact &= !hit;
                Files.write(file.getKey(), hit ? damaged(file.getValue(), random) : file.getValue());
            }
            read += !intact && readsOnlyTheDisk(image, seed) ? 1 : 0;
        }
        // Else nothing was held against the disk: all that is damaged was refused, or said to be in doubt.
        assertThat(read).isGreaterThanOrEqualTo(3);
    }

    /** Cuts a file, or changes some bytes near its beginning, near its end or anywhere. */
    private static byte[] damaged(byte[] whole, Random random) {
        if (random.nextInt(4) == 0) {
            return Arrays.copyOf(whole, random.nextInt(whole.length));
        }
        byte[] bytes = whole.clone();
        int reach = random.nextBoolean() ? bytes.length : 4_096;
        int at = random.nextInt(Math.min(bytes.length, reach));
        int place = random.nextBoolean() ? at : bytes.length - 1 - at;
        for (int next = place; next < Math.min(bytes.length, place + 1 + random.nextInt(100)); next++) {
            bytes[next] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** Returns whether the image opens and says nothing of being damaged, so that all of it was held against the disk. */
    private boolean readsOnlyTheDisk(Path image, int seed) {
        try (ImageBytes opened = EwfImage.open(image)) {
            if (opened.missing().isPresent()) {
                return false;
            }
            assertThat(opened.size()).as("seed %d", seed).isEqualTo(bytes.length);
            assertNothingElseThanTheDisk(image);
            return true;
        } catch (IOException notOpened) {
            return false;
        }
    }

    /** Whatever is given is the disk's: in the order of the disk, and against it, so that chunks are met first in either way. */
    private void assertNothingElseThanTheDisk(Path image) throws IOException {
        int unit = 4_096;
        for (int direction : List.of(1, -1)) {
            try (ImageBytes opened = EwfImage.open(image)) {
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

    private Path acquire(String compression, long segmentBytes) {
        return ImageTools.acquire(disk.path(), work.resolve("acquired"), compression, segmentBytes);
    }

    private static int indexOf(byte[] all, byte[] part) {
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(new String(part, StandardCharsets.ISO_8859_1));
        assertThat(at).isNotNegative();
        return at;
    }
}
