package org.latentprint.fingerprint;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * MD5 of several messages side by side, one in each lane of the processor's vectors. One message cannot be digested faster
 * than its chain of steps allows; sixteen chains at once can. Not for several threads.
 *
 * <p>Source: RFC 1321, section 3.4. To be loaded only where the module {@code jdk.incubator.vector} is.
 */
final class Md5Lanes {
    /** Bytes that a step of the digest takes. */
    static final int BLOCK = 64;

    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WORDS = 16;
    private static final int[] BEGINNING = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    private static final int[] SINES = sines();
    private static final int[] TURNS_1 = {7, 12, 17, 22};
    private static final int[] TURNS_2 = {5, 9, 14, 20};
    private static final int[] TURNS_3 = {4, 11, 16, 23};
    private static final int[] TURNS_4 = {6, 10, 15, 21};

    /** A, B, C and D, each of all lanes. */
    private final int[] state = new int[BEGINNING.length * lanes()];

    /** The words of one block, each of all lanes. */
    private final int[] words = new int[WORDS * lanes()];

    /** Returns how many messages are digested side by side: 16 with AVX-512, 8 with AVX2, 4 or 2 elsewhere. */
    static int lanes() {
        return SPECIES.length();
    }

    /** Begins a message in a lane. */
    void begin(int lane) {
        for (int part = 0; part < BEGINNING.length; part++) {
            state[part * lanes() + lane] = BEGINNING[part];
        }
    }

    /**
     * Digests the next blocks of all lanes.
     *
     * @param sources where each lane's blocks are; lanes that hold no message need some bytes as well
     * @param offsets where in them each lane's blocks begin
     * @param blocks how many, the same for each lane
     */
    void digest(byte[][] sources, int[] offsets, int blocks) {
        int lanes = lanes();
        IntVector a = IntVector.fromArray(SPECIES, state, 0);
        IntVector b = IntVector.fromArray(SPECIES, state, lanes);
        IntVector c = IntVector.fromArray(SPECIES, state, 2 * lanes);
        IntVector d = IntVector.fromArray(SPECIES, state, 3 * lanes);
        for (int block = 0; block < blocks; block++) {
            gather(sources, offsets, block * BLOCK);
            IntVector beforeA = a;
            IntVector beforeB = b;
            IntVector beforeC = c;
            IntVector beforeD = d;
            for (int step = 0; step < WORDS; step++) {
                IntVector mixed = d.lanewise(VectorOperators.XOR, b.and(c.lanewise(VectorOperators.XOR, d)));
                IntVector sum = sum(a, mixed, step, step);
                a = d;
                d = c;
                c = b;
                b = b.add(sum.lanewise(VectorOperators.ROL, TURNS_1[step & 3]));
            }
            for (int step = 0; step < WORDS; step++) {
                IntVector mixed = c.lanewise(VectorOperators.XOR, d.and(b.lanewise(VectorOperators.XOR, c)));
                IntVector sum = sum(a, mixed, (5 * step + 1) & 15, WORDS + step);
                a = d;
                d = c;
                c = b;
                b = b.add(sum.lanewise(VectorOperators.ROL, TURNS_2[step & 3]));
            }
            for (int step = 0; step < WORDS; step++) {
                IntVector mixed = b.lanewise(VectorOperators.XOR, c).lanewise(VectorOperators.XOR, d);
                IntVector sum = sum(a, mixed, (3 * step + 5) & 15, 2 * WORDS + step);
                a = d;
                d = c;
                c = b;
                b = b.add(sum.lanewise(VectorOperators.ROL, TURNS_3[step & 3]));
            }
            for (int step = 0; step < WORDS; step++) {
                IntVector mixed = c.lanewise(VectorOperators.XOR, b.or(d.not()));
                IntVector sum = sum(a, mixed, (7 * step) & 15, 3 * WORDS + step);
                a = d;
                d = c;
                c = b;
                b = b.add(sum.lanewise(VectorOperators.ROL, TURNS_4[step & 3]));
            }
            a = a.add(beforeA);
            b = b.add(beforeB);
            c = c.add(beforeC);
            d = d.add(beforeD);
        }
        a.intoArray(state, 0);
        b.intoArray(state, lanes);
        c.intoArray(state, 2 * lanes);
        d.intoArray(state, 3 * lanes);
    }

    /** Returns the digest of what a lane has taken. */
    byte[] result(int lane) {
        byte[] digest = new byte[BEGINNING.length * Integer.BYTES];
        for (int part = 0; part < BEGINNING.length; part++) {
            WORD.set(digest, part * Integer.BYTES, state[part * lanes() + lane]);
        }
        return digest;
    }

    private IntVector sum(IntVector a, IntVector mixed, int word, int step) {
        return a.add(mixed)
                .add(IntVector.fromArray(SPECIES, words, word * lanes()))
                .add(SINES[step]);
    }

    private void gather(byte[][] sources, int[] offsets, int at) {
        int lanes = lanes();
        for (int lane = 0; lane < lanes; lane++) {
            byte[] source = sources[lane];
            int offset = offsets[lane] + at;
            for (int word = 0; word < WORDS; word++) {
                words[word * lanes + lane] = (int) WORD.get(source, offset + Integer.BYTES * word);
            }
        }
    }

    /** The constants of RFC 1321: the whole part of 2^32 times the sine of 1 to 64, taken as positive. */
    private static int[] sines() {
        int[] sines = new int[4 * WORDS];
        Arrays.setAll(sines, step -> (int) (long) (Math.abs(Math.sin(step + 1)) * (1L << 32)));
        return sines;
    }
}
