package org.latentprint.evidence.carve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.FileBytes;
import org.latentprint.evidence.ReadBuffers;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.GifFixture;
import org.latentprint.fixture.JpegFixture;
import org.latentprint.fixture.Mp4Fixture;
import org.latentprint.fixture.PngFixture;
import org.latentprint.fixture.WebpFixture;

/**
 * Makes a file of random bytes with intact files in it, carves it, and compares what a peer recovered from it.
 *
 * <p>Usage: {@code CarvingBench make FILE GIB LIST FILES}, {@code carve FILE LIST}, {@code compare FILE LIST FOLDER}.
 */
public final class CarvingBench {
    private static final int SECTOR = 512;
    private static final int PIECE = 1 << 20;
    private static final long GIB = 1L << 30;

    private CarvingBench() {}

    /** Runs one of the steps. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path file = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "make" ->
                make(file, Integer.parseInt(arguments[2]), Path.of(arguments[3]), Integer.parseInt(arguments[4]));
            case "carve" -> carve(file, planted(Path.of(arguments[2])));
            case "compare" -> compare(file, planted(Path.of(arguments[2])), Path.of(arguments[3]));
            default -> throw new IllegalArgumentException("make, carve or compare, not " + arguments[0]);
        }
    }

    private static List<byte[]> files(SplittableRandom random) {
        long seed = random.nextLong();
        return List.of(
                PngFixture.of(CarvedFiles.noise(512, seed))
                        .text("parameters", CarvedFiles.INFOTEXT)
                        .bytes(),
                JpegFixture.of(CarvedFiles.noise(256, seed))
                        .exif(ExifFixture.littleEndian()
                                .userComment(CarvedFiles.INFOTEXT, ExifFixture.Comment.UNICODE_BIG_ENDIAN))
                        .bytes(),
                WebpFixture.of(64, 64).xmp("<x:xmpmeta/>".repeat(40)).bytes(),
                Mp4Fixture.mp4(64, 48).key("prompt", "{}").bytes(),
                GifFixture.of(64, 64).comment("a cat").frames(20).bytes());
    }

    private static void make(Path file, int gib, Path list, int filesInAGib) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        List<String> lines = new ArrayList<>();
        byte[] piece = new byte[PIECE];
        int between = (int) Math.max(1, GIB / filesInAGib / PIECE);
        int next = 3;
        int kind = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int number = 0; number < gib * (GIB / PIECE); number++) {
                random.nextBytes(piece);
                if (number == next) {
                    byte[] planted = files(random).get(kind++ % 5);
                    int at = random.nextInt((PIECE - planted.length) / SECTOR - 1) * SECTOR;
                    System.arraycopy(planted, 0, piece, at, planted.length);
                    int end = at + planted.length;
                    Arrays.fill(piece, end, (end + SECTOR - 1) / SECTOR * SECTOR, (byte) 0);
                    lines.add((long) number * PIECE + at + " " + planted.length);
                    next += between;
                }
                out.write(piece);
            }
        }
        Files.write(list, lines);
    }

    private static Map<Long, Long> planted(Path list) throws IOException {
        Map<Long, Long> planted = new HashMap<>();
        for (String line : Files.readAllLines(list)) {
            String[] numbers = line.split(" ", 2);
            planted.put(Long.valueOf(numbers[0]), Long.valueOf(numbers[1]));
        }
        return planted;
    }

    private static void carve(Path file, Map<Long, Long> planted) throws IOException, InterruptedException {
        int[] counts = new int[3];
        long start = System.nanoTime();
        try (EvidenceBytes image = FileBytes.open(file, new ReadBuffers())) {
            Carver.carve(image, List.of(new ByteRange(0, image.size())), new CarvedSink() {
                @Override
                public void item(CarvedItem item) {
                    long offset = item.runs().getFirst().offset();
                    boolean found = planted.getOrDefault(offset, -1L) == item.size()
                            && item.completeness() == Completeness.WHOLE;
                    counts[found ? 0 : planted.containsKey(offset) ? 1 : 2]++;
                }

                @Override
                public void unreadable(long offset, long length, String message) {
                    throw new IllegalStateException(message);
                }
            });
            print(counts, planted.size());
            System.err.printf(
                    Locale.ROOT,
                    "(carving alone, without starting Java: %.0f MB/s)%n",
                    1e3 * image.size() / (System.nanoTime() - start));
        }
    }

    private static void print(int[] counts, int planted) {
        System.out.printf(
                Locale.ROOT,
                "%d of %d planted files byte for byte, %d in part, %d false%n",
                counts[0],
                planted,
                counts[1],
                counts[2]);
    }

    /** Compares the files that PhotoRec wrote, whose names hold the sector at which they began. */
    private static void compare(Path image, Map<Long, Long> planted, Path folder) throws IOException {
        int[] counts = new int[3];
        try (EvidenceBytes bytes = FileBytes.open(image, new ReadBuffers());
                Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(each -> each.getFileName().toString().matches("[ft]\\d+.*"))
                    .sorted()
                    .toList()) {
                String name = file.getFileName().toString();
                long offset = SECTOR * Long.parseLong(name.substring(1).split("\\D", 2)[0]);
                long length = planted.getOrDefault(offset, -1L);
                byte[] content = Files.readAllBytes(file);
                boolean same =
                        content.length == length && Arrays.equals(content, bytes.readExactly(offset, (int) length));
                counts[same ? 0 : length > 0 ? 1 : 2]++;
            }
        }
        print(counts, planted.size());
    }
}
