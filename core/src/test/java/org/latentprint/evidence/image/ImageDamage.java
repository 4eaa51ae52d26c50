package org.latentprint.evidence.image;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.latentprint.evidence.ByteRun;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.image.sleuthkit.SleuthKit;
import org.latentprint.fixture.ImageFixture;

/**
 * Damages the metadata of a file system at random and reads all that is left of it, variant by variant. The library may end
 * this program over one: whoever starts it goes on behind that one.
 *
 * <p>Usage: {@code ImageDamage KIND|all VARIANTS SEED}; prints a line for each file system. With {@code child IMAGE FIRST LAST
 * SEED}, a line for each variant.
 */
public final class ImageDamage {
    /**
     * A variant that takes more of the processor's time than this is one that hangs. The slowest that is known takes nearly a
     * minute of it: in its search for orphans The Sleuth Kit fills the memory for a file whose damaged size is far too large.
     */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** So is one that takes longer than this, also where it gets no processor. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final int BLOCK = 512;
    private static final int MOST_BLOCKS = 8;
    private static final int MOST_BYTES = 1 << 20;

    private ImageDamage() {}

    /** What became of the variants of one image. */
    public record Result(int variants, int crashed, int hung, int failed, long slowestMillis, long items) {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("child")) {
            child(arguments);
            return;
        }
        int variants = Integer.parseInt(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        System.out.println("file system   variants  crashed   hung  failed  slowest ms   items");
        for (ImageFixture.Kind kind : ImageFixture.Kind.values()) {
            if (arguments[0].equals("all") || arguments[0].equalsIgnoreCase(kind.name())) {
                Path work = Files.createTempDirectory("latentprint-damage");
                Path image = new ImageFixture(work, seed).image(kind);
                Result result = run(image, variants, seed);
                System.out.printf(
                        "%-12s %9d %8d %6d %7d %11d %7d%n",
                        kind,
                        result.variants,
                        result.crashed,
                        result.hung,
                        result.failed,
                        result.slowestMillis,
                        result.items);
            }
        }
    }

    /** Runs variants in child processes, each going on where the one before ended. */
    public static Result run(Path image, int variants, long seed) throws Exception {
        int crashed = 0;
        int hung = 0;
        int failed = 0;
        long slowest = 0;
        long items = 0;
        int next = 0;
        while (next < variants) {
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-XX:-CreateCoredumpOnCrash",
                            "-XX:ErrorFile=/dev/null",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ImageDamage.class.getName(),
                            "child",
                            image.toString(),
                            Integer.toString(next),
                            Integer.toString(variants),
                            Long.toString(seed))
                    .redirectErrorStream(true)
                    .start();
            int before = next;
            try (var lines = child.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] parts = line.split(" ", -1);
                    if (parts[0].equals("variant")) {
                        next = Integer.parseInt(parts[1]) + 1;
                        slowest = Math.max(slowest, Long.parseLong(parts[2]));
                        items += Long.parseLong(parts[3]);
                    } else if (parts[0].equals("hung")) {
                        hung++;
                        next = Integer.parseInt(parts[1]) + 1;
                    } else if (parts[0].equals("failed")) {
                        failed++;
                        System.err.println(line);
                    }
                }
            }
            int status = child.waitFor();
            if (next < variants && status != 3) {
                crashed++;
                next++;
                if (status == 1 && next == before + 1) {
                    System.err.println("variant " + before + " of " + image + " ended the program");
                }
            }
        }
        return new Result(variants, crashed, hung, failed, slowest, items);
    }

    private static boolean ends(Thread reader) throws InterruptedException {
        long start = System.nanoTime();
        while (!reader.join(LOOK)) {
            long busy = ManagementFactory.getThreadMXBean().getThreadCpuTime(reader.threadId());
            if (busy > LIMIT.toNanos() || System.nanoTime() - start > LONGEST.toNanos()) {
                return false;
            }
        }
        return true;
    }

    private static void child(String[] arguments) throws Exception {
        byte[] whole = Files.readAllBytes(Path.of(arguments[1]));
        int first = Integer.parseInt(arguments[2]);
        int last = Integer.parseInt(arguments[3]);
        long seed = Long.parseLong(arguments[4]);
        SleuthKit kit = SleuthKit.load();
        List<Integer> metadata = metadataBlocks(kit, Path.of(arguments[1]), whole);
        for (int variant = first; variant < last; variant++) {
            byte[] damaged = damage(whole, metadata, new Random(seed * 1_000_003 + variant));
            Thread reader = new Thread(new Reading(kit, Path.of(arguments[1]), damaged, variant));
            reader.setDaemon(true);
            reader.start();
            if (!ends(reader)) {
                System.out.println("hung " + variant);
                System.out.flush();
                Runtime.getRuntime().halt(3);
            }
        }
    }

    /** Blocks that hold something and are no file's content. */
    private static List<Integer> metadataBlocks(SleuthKit kit, Path image, byte[] whole) throws Exception {
        BitSet content = new BitSet();
        try (ImageSource source = ImageSource.of("image", image, new Memory(whole), kit, false)) {
            source.walk(item -> {
                if (item.kind() == ItemRef.Kind.FILE && !item.name().startsWith("$")) {
                    try (EvidenceBytes bytes = source.open(item)) {
                        for (ByteRun run : bytes.runs()) {
                            content.set((int) (run.imageOffset() / BLOCK), (int)
                                    ((run.imageOffset() + run.length() + BLOCK - 1) / BLOCK));
                        }
                    } catch (IOException unreadable) {
                        // Not to be spared then.
                    }
                }
            });
        }
        List<Integer> blocks = new ArrayList<>();
        for (int block = 0; block < whole.length / BLOCK; block++) {
            boolean empty = true;
            for (int at = block * BLOCK; empty && at < (block + 1) * BLOCK; at++) {
                empty = whole[at] == 0;
            }
            if (!empty && !content.get(block)) {
                blocks.add(block);
            }
        }
        return blocks;
    }

    private static byte[] damage(byte[] whole, List<Integer> blocks, Random random) {
        byte[] damaged = whole.clone();
        int count = 1 + random.nextInt(MOST_BLOCKS);
        for (int index = 0; index < count; index++) {
            int start = blocks.get(random.nextInt(blocks.size())) * BLOCK;
            if (random.nextInt(4) == 0) {
                byte[] noise = new byte[BLOCK];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, damaged, start, BLOCK);
            } else {
                for (int flips = 1 + random.nextInt(16); flips > 0; flips--) {
                    damaged[start + random.nextInt(BLOCK)] = (byte) random.nextInt(256);
                }
            }
        }
        return damaged;
    }

    /** Lists a damaged image and reads the beginning of each file. */
    private record Reading(SleuthKit kit, Path image, HeapHolder damaged, int variant) implements Runnable {
        Reading(SleuthKit kit, Path image, byte[] damaged, int variant) {
            this(kit, image, new HeapHolder(damaged), variant);
        }

        @Override
        public void run() {
            long begun = System.nanoTime();
            long[] items = {0};
            try (ImageSource source = ImageSource.of("image", image, new Memory(damaged.bytes), kit, true)) {
                source.walk(item -> {
                    items[0]++;
                    if (item.kind() == ItemRef.Kind.FILE) {
                        read(source, item);
                    }
                });
            } catch (IOException | InterruptedException | RuntimeException | Error failure) {
                System.out.println("failed " + variant + " " + failure);
            }
            System.out.println("variant " + variant + " " + (System.nanoTime() - begun) / 1_000_000 + " " + items[0]);
            System.out.flush();
        }

        private static void read(ImageSource source, ItemRef item) {
            try (EvidenceBytes bytes = source.open(item)) {
                byte[] target = new byte[(int) Math.min(bytes.size(), MOST_BYTES)];
                bytes.read(0, target, 0, target.length);
            } catch (IOException expected) {
                // What is damaged may be unreadable.
            }
        }
    }

    /** Keeps an array out of a record's components. */
    private static final class HeapHolder {
        private final byte[] bytes;

        HeapHolder(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /** An image in memory. */
    private static final class Memory implements ImageBytes {
        private final EvidenceBytes bytes;

        Memory(byte[] bytes) {
            this.bytes = HeapBytes.wrap(bytes);
        }

        @Override
        public String format() {
            return "memory";
        }

        @Override
        public List<String> files() {
            return List.of();
        }

        @Override
        public SortedMap<String, String> storedHashes() {
            return Collections.emptySortedMap();
        }

        @Override
        public long size() {
            return bytes.size();
        }

        @Override
        public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
            return bytes.read(offset, target, targetOffset, length);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
