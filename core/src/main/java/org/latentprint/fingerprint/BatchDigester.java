package org.latentprint.fingerprint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.latentprint.evidence.ProcessorVectors;

/**
 * Computes the three digests of several items that are in memory. MD5 is the slowest of them, and the only one that gains from
 * digesting items side by side in the lanes of the processor's vectors; SHA-1 and SHA-256 have instructions of their own.
 *
 * <p>The lanes need the module {@code jdk.incubator.vector}, wide vectors, and code that Java has compiled. Until they are
 * ready, and where they never are, Java's own MD5 does their work, with the same results. Serves all threads.
 */
public final class BatchDigester {
    /** With less, one lane after the other is about as fast as Java's own MD5. */
    private static final int MIN_LANES = 8;

    /** So few items leave too many lanes without work. */
    private static final int MIN_ITEMS = 4;

    /** An item so many times as long as a lane's fair share would leave the other lanes without work at the end. */
    private static final int MAX_SHARES = 2;

    private static final int WARM_UP_BYTES = 64 << 10;

    /** Java compiles the lanes within some hundred rounds; where it never does, they are not used. */
    private static final int MAX_WARM_UP_ROUNDS = 4_000;

    private static final int OWN_WARM_UP_BYTES = 4 << 10;
    private static final int OWN_WARM_UP_ROUNDS = 1_000;

    private final Lanes lanes;
    private final AtomicInteger batches = new AtomicInteger();
    private volatile boolean ready;

    /** Returns the MD5 of each message. */
    @FunctionalInterface
    interface Lanes {
        byte[][] digest(List<byte[]> messages);
    }

    /** Makes a digester that is not prepared. */
    public BatchDigester() {
        this(Md5Batch::digest);
    }

    /** Makes one with other lanes, which a test may have fail. */
    BatchDigester(Lanes lanes) {
        this.lanes = lanes;
    }

    /** Says whether the lanes are used from now on. */
    public boolean isReady() {
        return ready;
    }

    /**
     * Has Java compile its own digests, and the lanes where this process has them, and holds their results against each other.
     * Takes less than a second, may run beside other work, and ends where its thread is interrupted.
     *
     * @return whether they are used from now on
     */
    public boolean prepare() {
        prepareOwn();
        if (!ProcessorVectors.areHere() || Md5Lanes.lanes() < MIN_LANES) {
            return false;
        }
        List<byte[]> trial = trial();
        byte[][] expected = trial.stream().map(BatchDigester::md5).toArray(byte[][]::new);
        for (int round = 0; round < MAX_WARM_UP_ROUNDS && !ready && !ended(); round++) {
            long start = System.nanoTime();
            byte[][] found = lanes.digest(trial);
            long took = System.nanoTime() - start;
            if (!Arrays.deepEquals(found, expected)) {
                return false;
            }
            start = System.nanoTime();
            trial.forEach(BatchDigester::md5);
            ready = took < System.nanoTime() - start;
        }
        return ready;
    }

    /**
     * Returns the digests of items, in the order of the items.
     *
     * @throws IllegalStateException where the lanes gave another MD5 than Java's own, which is computed of one item of each
     *     batch as well; a scan must then not go on, since earlier ones could be wrong, too
     */
    public List<Digests> compute(List<byte[]> items) {
        byte[][] md5 = ready ? inLanes(items) : new byte[items.size()][];
        List<Digests> digests = new ArrayList<>(items.size());
        for (int item = 0; item < md5.length; item++) {
            byte[] bytes = items.get(item);
            digests.add(
                    md5[item] == null
                            ? DigestComputer.compute(bytes)
                            : DigestingBytes.digestsOf(bytes, hex(md5[item])));
        }
        return digests;
    }

    /** Leaves what Java's own MD5 does faster. */
    private byte[][] inLanes(List<byte[]> items) {
        byte[][] md5 = new byte[items.size()][];
        List<Integer> longestFirst = IntStream.range(0, items.size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer item) -> items.get(item).length)
                        .reversed())
                .toList();
        long rest = items.stream().mapToLong(bytes -> bytes.length).sum();
        int from = 0;
        while (from < longestFirst.size()
                && (long) items.get(longestFirst.get(from)).length * Md5Lanes.lanes() > MAX_SHARES * rest) {
            rest -= items.get(longestFirst.get(from)).length;
            from++;
        }
        List<Integer> chosen = longestFirst.subList(from, longestFirst.size());
        if (chosen.size() < MIN_ITEMS) {
            return md5;
        }
        byte[][] found = lanes.digest(chosen.stream().map(items::get).toList());
        for (int at = 0; at < found.length; at++) {
            md5[chosen.get(at)] = found[at];
        }
        int checked = Math.floorMod(batches.getAndIncrement(), found.length);
        if (!Arrays.equals(found[checked], md5(items.get(chosen.get(checked))))) {
            throw new IllegalStateException(
                    "MD5 in the processor's vectors and Java's own MD5 differ, so no MD5 of this scan can"
                            + " be relied on; scan into a new case with -D" + ProcessorVectors.PROPERTY
                            + "=false in LATENTPRINT_JAVA_OPTIONS");
        }
        return md5;
    }

    /** Until Java has compiled its own digests they are a hundred times as slow; on small pieces it sees the sooner that it should. */
    private static void prepareOwn() {
        byte[] piece = new byte[OWN_WARM_UP_BYTES];
        for (int round = 0; round < OWN_WARM_UP_ROUNDS && !ended(); round++) {
            DigestComputer.compute(piece);
        }
    }

    private static boolean ended() {
        return Thread.currentThread().isInterrupted();
    }

    private static byte[] md5(byte[] bytes) {
        return DigestingBytes.digest("MD5").digest(bytes);
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    /** Messages of several lengths, some of which need a second padded block. */
    private static List<byte[]> trial() {
        Random random = new Random(1);
        return IntStream.range(0, 2 * Md5Lanes.lanes())
                .mapToObj(number -> {
                    byte[] bytes = new byte[WARM_UP_BYTES - 7 * number];
                    random.nextBytes(bytes);
                    return bytes;
                })
                .toList();
    }
}
