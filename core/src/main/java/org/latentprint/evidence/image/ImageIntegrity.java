package org.latentprint.evidence.image;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.latentprint.evidence.ImageCheck;

/**
 * Reads a whole image, compares its digests with those that it keeps, and lists what cannot be read. Several threads read
 * and unpack ahead of the one that digests.
 */
final class ImageIntegrity {
    /** More ranges than this are counted and not listed. */
    static final int MAX_RANGES = 10_000;

    private static final int PIECE = 4 << 20;

    /** In which a failing piece is located: the sector size of today's disks. */
    private static final int UNIT = 4_096;

    private static final int AHEAD_FOR_EACH_THREAD = 3;

    private final ImageBytes image;
    /** Arrays that are used again: new ones would be cleared first, and have to be collected. */
    private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();

    private final List<ImageCheck.Range> ranges = new ArrayList<>();
    private long rangeCount;
    private long unreadableBytes;

    private ImageIntegrity(ImageBytes image) {
        this.image = image;
    }

    /** What one read gave. */
    private static final class Piece {
        private final byte[] bytes;
        private final int length;
        private final List<ImageCheck.Range> ranges;

        Piece(byte[] bytes, int length, List<ImageCheck.Range> ranges) {
            this.bytes = bytes;
            this.length = length;
            this.ranges = ranges;
        }
    }

    /**
     * Checks an image.
     *
     * @param threads that read
     * @param beat is run whenever the check has moved
     */
    static ImageCheck check(ImageBytes image, int threads, Runnable beat) throws IOException, InterruptedException {
        return new ImageIntegrity(image).run(threads, beat);
    }

    private ImageCheck run(int threads, Runnable beat) throws IOException, InterruptedException {
        Map<String, MessageDigest> digests = new TreeMap<>();
        for (String algorithm : image.storedHashes().keySet()) {
            digests.put(algorithm, digest(algorithm));
        }
        try (ExecutorService readers = Executors.newFixedThreadPool(threads)) {
            try {
                List<Future<Piece>> ahead = new ArrayList<>();
                long next = 0;
                while (next < image.size() || !ahead.isEmpty()) {
                    while (next < image.size() && ahead.size() < threads * AHEAD_FOR_EACH_THREAD) {
                        long offset = next;
                        ahead.add(readers.submit(() -> piece(offset)));
                        next += PIECE;
                    }
                    take(ahead.removeFirst().get(), digests);
                    beat.run();
                }
            } catch (ExecutionException failure) {
                throw new IOException("the image could not be read to its end: " + failure.getCause(), failure);
            } finally {
                readers.shutdownNow();
            }
        }
        List<ImageCheck.Hash> hashes = new ArrayList<>();
        digests.forEach((algorithm, digest) -> hashes.add(new ImageCheck.Hash(
                algorithm,
                image.storedHashes().getOrDefault(algorithm, ""),
                rangeCount == 0 ? HexFormat.of().formatHex(digest.digest()) : "")));
        return new ImageCheck(hashes, ranges, rangeCount, unreadableBytes);
    }

    private void take(Piece piece, Map<String, MessageDigest> digests) {
        for (ImageCheck.Range range : piece.ranges) {
            unreadableBytes += range.length();
            boolean goesOn = !ranges.isEmpty()
                    && ranges.size() == rangeCount
                    && ranges.getLast().offset() + ranges.getLast().length() == range.offset();
            if (goesOn) {
                ImageCheck.Range last = ranges.removeLast();
                ranges.add(new ImageCheck.Range(last.offset(), last.length() + range.length(), last.reason()));
            } else {
                rangeCount++;
                if (ranges.size() < MAX_RANGES) {
                    ranges.add(range);
                }
            }
        }
        if (rangeCount == 0) {
            digests.values().forEach(digest -> digest.update(piece.bytes, 0, piece.length));
        }
        spare.add(piece.bytes);
    }

    private Piece piece(long offset) {
        byte[] used = spare.poll();
        byte[] bytes = used == null ? new byte[PIECE] : used;
        int whole = (int) Math.min(PIECE, image.size() - offset);
        try {
            readAll(offset, bytes, 0, whole);
            return new Piece(bytes, whole, List.of());
        } catch (IOException somewhere) {
            List<ImageCheck.Range> found = new ArrayList<>();
            for (int at = 0; at < whole; at += UNIT) {
                int length = Math.min(UNIT, whole - at);
                try {
                    readAll(offset + at, bytes, at, length);
                } catch (IOException here) {
                    found.add(new ImageCheck.Range(offset + at, length, reason(here)));
                }
            }
            return new Piece(bytes, whole, found);
        }
    }

    private static String reason(IOException failure) {
        return failure instanceof DamagedRange
                ? "missing in the image, or a checksum over it is wrong"
                : String.valueOf(failure.getMessage());
    }

    private void readAll(long offset, byte[] target, int targetOffset, int length) throws IOException {
        int read = image.read(offset, target, targetOffset, length);
        if (read < length) {
            throw new IOException("the image ends early");
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.equals("sha1") ? "SHA-1" : "MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has it", impossible);
        }
    }
}
