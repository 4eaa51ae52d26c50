package org.latentprint.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;

/** Reads a file in one thread as Java does by itself, and through {@link ReadBuffers}. Usage: {@code ReadBench FILE}. */
public final class ReadBench {
    private static final int PIECE = 256 << 10;
    private static final int ROUNDS = 3;

    private ReadBench() {}

    private interface Reading {
        int read(long offset, byte[] target) throws IOException;
    }

    /** Prints the best rate of each. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        try (FileChannel channel = FileChannel.open(file)) {
            print("Java's own buffers", (offset, target) -> channel.read(ByteBuffer.wrap(target), offset));
        }
        try (FileBytes bytes = FileBytes.open(file, new ReadBuffers())) {
            print("latentprint's buffers", (offset, target) -> bytes.read(offset, target, 0, target.length));
        }
    }

    private static void print(String name, Reading reading) throws IOException {
        byte[] target = new byte[PIECE];
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            long offset = 0;
            for (int read = reading.read(offset, target); read > 0; read = reading.read(offset, target)) {
                offset += read;
            }
            best = Math.max(best, 1e3 * offset / (System.nanoTime() - start));
        }
        System.out.printf(Locale.ROOT, "%-24s %6.0f MB/s%n", name, best);
    }
}
