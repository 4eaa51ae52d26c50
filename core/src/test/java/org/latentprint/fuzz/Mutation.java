package org.latentprint.fuzz;

import java.util.Arrays;
import java.util.Random;

/** Changes bytes at random, as damage and attackers do: bytes set, runs cut out, doubled and moved. */
final class Mutation {
    private static final int MOST_CHANGES = 6;
    private static final int LONGEST_RUN = 64;

    /** Values at which formats' arithmetic turns, and characters that mean something to parsers of text. */
    private static final byte[] TURNING = {0, 1, 0x7F, (byte) 0x80, (byte) 0xFF, '"', '{', '[', ',', ':', '\n', '<', '9'
    };

    private Mutation() {}

    static byte[] of(byte[] bytes, Random random) {
        byte[] changed = bytes;
        for (int left = 1 + random.nextInt(MOST_CHANGES); left > 0 && changed.length > 0; left--) {
            changed = changeOnce(changed, random);
        }
        return changed;
    }

    private static byte[] changeOnce(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int run = Math.min(1 + random.nextInt(LONGEST_RUN), bytes.length - at);
        return switch (random.nextInt(6)) {
            case 0 -> set(bytes, at, (byte) random.nextInt(256));
            case 1 -> set(bytes, at, TURNING[random.nextInt(TURNING.length)]);
            case 2 -> set(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
            case 3 -> joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + run, bytes.length));
            case 4 -> joined(Arrays.copyOf(bytes, at + run), Arrays.copyOfRange(bytes, at, bytes.length));
            default -> {
                int to = random.nextInt(bytes.length - run + 1);
                byte[] moved = bytes.clone();
                System.arraycopy(bytes, at, moved, to, run);
                yield moved;
            }
        };
    }

    private static byte[] set(byte[] bytes, int at, byte value) {
        byte[] changed = bytes.clone();
        changed[at] = value;
        return changed;
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        byte[] joined = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, joined, head.length, tail.length);
        return joined;
    }
}
