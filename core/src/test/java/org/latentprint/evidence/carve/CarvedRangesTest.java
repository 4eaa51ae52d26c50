package org.latentprint.evidence.carve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.PngFixture;

/** How the ranges of free space are searched: those that cannot be read, many, by several threads, within bounds. */
@Timeout(120)
class CarvedRangesTest {
    private static final int MIB = 1 << 20;

    @Test
    void rangesThatCannotBeReadAreToldAndTheRestIsCarved() {
        byte[] picture =
                PngFixture.of(9, 9).text("parameters", CarvedFiles.INFOTEXT).bytes();
        Disk disk = new Disk(MIB, 1)
                .put(4_096, picture)
                .put(900_000 / 512 * 512, picture)
                .put(300_032, picture);
        List<ByteRange> bad = List.of(new ByteRange(100_000, 10), new ByteRange(300_100, 200_000));
        disk.carve(disk.failingAt(bad), List.of(new ByteRange(0, MIB)), 2);

        assertThat(disk.items()).hasSize(2).allSatisfy(item -> {
            assertThat(item.completeness()).isEqualTo(Completeness.WHOLE);
            assertThat(disk.content(item)).isEqualTo(picture);
        });
        assertThat(disk.unreadable()).containsExactly("98304+32768 a bad sector", "294912+229376 a bad sector");
    }

    @Test
    void rangesMayTouchOverlapAndLieBehindTheEnd() {
        byte[] picture = PngFixture.of(CarvedFiles.noise(64, 1)).bytes();
        Disk disk = new Disk(65_536, 1).put(8_192, picture);
        List<ByteRange> sectors = IntStream.range(0, 200)
                .mapToObj(sector -> new ByteRange(512L * sector, sector % 7 == 0 ? 1_024 : 512))
                .toList();
        disk.carve(sectors);

        assertThat(disk.items())
                .singleElement()
                .satisfies(item -> assertThat(item.runs()).containsExactly(new ByteRange(8_192, picture.length)));
        assertThat(disk.carve(List.of()).items()).isEmpty();
        assertThat(disk.carve(List.of(new ByteRange(70_000, 5), new ByteRange(-5, 9), new ByteRange(0, -1)))
                        .items())
                .isEmpty();
    }

    @Test
    void aMillionRangesAreOneSpace() {
        byte[] picture = PngFixture.of(CarvedFiles.noise(64, 1)).bytes();
        Disk disk = new Disk(32 * MIB, 1);
        List<ByteRange> ranges = new ArrayList<>();
        for (int range = 0; range < 1_000_000; range++) {
            ranges.add(new ByteRange(32L * range, 16));
        }
        // Every other sixteen bytes are free: no sector is.
        for (int at = 0; at < picture.length; at += 16) {
            disk.putOnly(1_024 + 2 * at, Arrays.copyOfRange(picture, at, Math.min(picture.length, at + 16)));
        }
        disk.carve(ranges);

        assertThat(disk.items()).singleElement().satisfies(item -> {
            assertThat(item.completeness()).isEqualTo(Completeness.WHOLE);
            assertThat(disk.content(item)).isEqualTo(picture);
        });
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        Disk disk = new Disk(8 * MIB, 4);
        Random random = new Random(4);
        List<byte[]> files = Stream.of(CarvedFiles.whole(), CarvedFiles.bare())
                .flatMap(kinds -> kinds.values().stream())
                .toList();
        for (int offset = 0; offset < 7 * MIB; offset += 512 * (60 + random.nextInt(60))) {
            disk.put(offset, files.get(random.nextInt(files.size())));
        }
        List<ByteRange> ranges = IntStream.range(0, 8 * 16)
                .mapToObj(each -> new ByteRange(65_536L * each, 65_536 - 4_096 * (each % 3)))
                .toList();
        List<CarvedItem> one =
                List.copyOf(disk.carve(HeapBytes.wrap(disk.bytes()), ranges, 1).items());

        assertThat(one).hasSizeGreaterThan(60);
        for (int threads = 2; threads <= 4; threads++) {
            assertThat(disk.carve(HeapBytes.wrap(disk.bytes()), ranges, threads).items())
                    .isEqualTo(one);
        }
        assertThat(one).extracting(item -> item.runs().getFirst().offset()).isSorted();
    }

    @Test
    void manyFalseBeginningsCostABoundedAmountOfReading() {
        byte[] endless = Arrays.copyOf(PngFixture.of(9, 9).bytes(), 45);
        System.arraycopy(new byte[] {0, (byte) 0x38, 0, 0, 'I', 'D', 'A', 'T'}, 0, endless, 33, 8);
        Disk disk = new Disk(8 * MIB, 1);
        for (int offset = 0; offset < 8 * MIB; offset += Disk.SECTOR) {
            disk.putOnly(offset, endless);
        }
        AtomicLong read = new AtomicLong();
        disk.carve(disk.counted(read), List.of(new ByteRange(0, 8 * MIB)), 2);

        assertThat(disk.items()).hasSize(8 * MIB / Disk.SECTOR);
        // 16,384 beginnings that state 3 MiB each would be 50 GiB.
        assertThat(read.get()).isLessThan(4L << 30);
    }

    @Test
    void aSinkThatIsInterruptedEndsTheCarving() {
        byte[] picture = PngFixture.of(9, 9).bytes();
        Disk disk = new Disk(MIB, 1).put(4_096, picture).put(512_000, picture);
        List<CarvedItem> taken = new ArrayList<>();

        assertThatThrownBy(() ->
                        Carver.carve(HeapBytes.wrap(disk.bytes()), List.of(new ByteRange(0, MIB)), new CarvedSink() {
                            @Override
                            public void item(CarvedItem item) throws InterruptedException {
                                taken.add(item);
                                throw new InterruptedException();
                            }

                            @Override
                            public void unreadable(long offset, long length, String message) {
                                throw new AssertionError(message);
                            }
                        }))
                .isInstanceOf(InterruptedException.class);
        assertThat(taken).hasSize(1);
    }
}
