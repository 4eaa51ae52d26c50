package org.latentprint.modelfile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The compression of BLAKE3, of several nodes of its tree side by side, one in each lane of the processor's vectors. Not for
 * several threads.
 *
 * <p>Source: the BLAKE3 paper, section 2, and {@code reference_impl/reference_impl.rs} of BLAKE3-team/BLAKE3. To be loaded only
 * where the module {@code jdk.incubator.vector} is.
 */
final class Blake3Lanes {
    static final int CHUNK = 1024;
    static final int BLOCK = 64;

    /** The words of a node's value. */
    static final int VALUE = 8;

    static final int CHUNK_START = 1;
    static final int CHUNK_END = 1 << 1;
    static final int PARENT = 1 << 2;
    static final int ROOT = 1 << 3;

    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WORDS = 16;
    private static final int ROUNDS = 7;

    /** The rows of the state behind a node's value: four constants, then the counter in two words, the length and the flags. */
    private static final int CONSTANTS = VALUE;

    private static final int COUNTER = CONSTANTS + 4;
    private static final int LENGTH = COUNTER + 2;
    private static final int FLAGS = LENGTH + 1;

    private static final int[] BEGINNING = {
        0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19
    };

    /** Which word of a round comes where in the next. */
    private static final int[] PERMUTATION = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};

    private static final int[] SCHEDULE = schedule();

    /** The four words of the state that each step of a round mixes: first the columns, then the diagonals. */
    private static final int[] MIXED = {
        0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15, 0, 5, 10, 15, 1, 6, 11, 12, 2, 7, 8, 13, 3, 4, 9, 14
    };

    /** The words of the state, each of all lanes. */
    private final int[] state = new int[WORDS * lanes()];

    /** The words of one block, each of all lanes. */
    private final int[] words = new int[WORDS * lanes()];

    /** Returns how many nodes are compressed side by side. */
    static int lanes() {
        return SPECIES.length();
    }

    /** Puts the value that a chunk begins with. */
    static void begin(int[] values, int at) {
        System.arraycopy(BEGINNING, 0, values, at, VALUE);
    }

    /**
     * Computes the values of neighbouring whole chunks, none of which is the tree's only one.
     *
     * @param counter the number of the first
     * @param count how many, at most as many as there are lanes
     * @param values takes {@link #VALUE} words of each
     */
    void chunks(byte[] source, int offset, long counter, int count, int[] values, int at) {
        for (int lane = 0; lane < count; lane++) {
            for (int word = 0; word < VALUE; word++) {
                state[word * lanes() + lane] = BEGINNING[word];
            }
        }
        for (int block = 0; block < CHUNK; block += BLOCK) {
            int flags = block == 0 ? CHUNK_START : block == CHUNK - BLOCK ? CHUNK_END : 0;
            for (int lane = 0; lane < count; lane++) {
                prepare(lane, counter + lane, BLOCK, flags);
                int from = offset + lane * CHUNK + block;
                for (int word = 0; word < WORDS; word++) {
                    words[word * lanes() + lane] = (int) WORD.get(source, from + Integer.BYTES * word);
                }
            }
            compress();
        }
        take(count, values, at);
    }

    /**
     * Computes the values of the parents of neighbouring nodes, none of which is the root.
     *
     * @param count how many parents, at most as many as there are lanes
     * @param nodes the values of twice as many nodes
     * @param parents takes theirs; may be the same array as long as it is not written to behind what is read
     */
    void parents(int[] nodes, int nodesAt, int count, int[] parents, int parentsAt) {
        for (int lane = 0; lane < count; lane++) {
            for (int word = 0; word < VALUE; word++) {
                state[word * lanes() + lane] = BEGINNING[word];
            }
            prepare(lane, 0, BLOCK, PARENT);
            for (int word = 0; word < WORDS; word++) {
                words[word * lanes() + lane] = nodes[nodesAt + WORDS * lane + word];
            }
        }
        compress();
        take(count, parents, parentsAt);
    }

    /**
     * Compresses one block.
     *
     * @param value what came before it, and is replaced
     * @param block its {@link #BLOCK} bytes, of which those behind its length are zero
     */
    void block(int[] value, byte[] block, long counter, int length, int flags) {
        for (int word = 0; word < VALUE; word++) {
            state[word * lanes()] = value[word];
        }
        prepare(0, counter, length, flags);
        for (int word = 0; word < WORDS; word++) {
            words[word * lanes()] = (int) WORD.get(block, Integer.BYTES * word);
        }
        compress();
        take(1, value, 0);
    }

    private void prepare(int lane, long counter, int length, int flags) {
        int lanes = lanes();
        for (int word = 0; word < 4; word++) {
            state[(CONSTANTS + word) * lanes + lane] = BEGINNING[word];
        }
        state[COUNTER * lanes + lane] = (int) counter;
        state[(COUNTER + 1) * lanes + lane] = (int) (counter >>> Integer.SIZE);
        state[LENGTH * lanes + lane] = length;
        state[FLAGS * lanes + lane] = flags;
    }

    private void take(int count, int[] values, int at) {
        for (int lane = 0; lane < count; lane++) {
            for (int word = 0; word < VALUE; word++) {
                values[at + VALUE * lane + word] = state[word * lanes() + lane];
            }
        }
    }

    /** Mixes all lanes, used or not; the state stays in memory, since Java does not keep sixteen vectors in registers. */
    private void compress() {
        for (int round = 0; round < ROUNDS; round++) {
            for (int step = 0; step < WORDS / 2; step++) {
                mix(4 * step, WORDS * round + 2 * step);
            }
        }
        for (int word = 0; word < VALUE; word++) {
            row(word).lanewise(VectorOperators.XOR, row(VALUE + word)).intoArray(state, word * lanes());
        }
    }

    private void mix(int step, int message) {
        IntVector a = row(MIXED[step]);
        IntVector b = row(MIXED[step + 1]);
        IntVector c = row(MIXED[step + 2]);
        IntVector d = row(MIXED[step + 3]);
        a = a.add(b).add(word(message));
        d = d.lanewise(VectorOperators.XOR, a).lanewise(VectorOperators.ROR, 16);
        c = c.add(d);
        b = b.lanewise(VectorOperators.XOR, c).lanewise(VectorOperators.ROR, 12);
        a = a.add(b).add(word(message + 1));
        d = d.lanewise(VectorOperators.XOR, a).lanewise(VectorOperators.ROR, 8);
        c = c.add(d);
        b = b.lanewise(VectorOperators.XOR, c).lanewise(VectorOperators.ROR, 7);
        a.intoArray(state, MIXED[step] * lanes());
        b.intoArray(state, MIXED[step + 1] * lanes());
        c.intoArray(state, MIXED[step + 2] * lanes());
        d.intoArray(state, MIXED[step + 3] * lanes());
    }

    private IntVector row(int number) {
        return IntVector.fromArray(SPECIES, state, number * lanes());
    }

    private IntVector word(int message) {
        return IntVector.fromArray(SPECIES, words, SCHEDULE[message] * lanes());
    }

    private static int[] schedule() {
        int[] schedule = new int[ROUNDS * WORDS];
        Arrays.setAll(schedule, word -> word);
        for (int word = WORDS; word < schedule.length; word++) {
            schedule[word] = schedule[word - WORDS - word % WORDS + PERMUTATION[word % WORDS]];
        }
        return schedule;
    }
}
