package org.latentprint.evidence.carve;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Looks at 64 bytes at a time, in vectors. To be loaded only where the module {@code jdk.incubator.vector} is. */
final class VectorPairs implements PairFinder {
    private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_256;
    private static final int HALF = 32;
    private static final int STEP = 2 * HALF;
    private static final byte FIRST = 'P';
    private static final byte FIRST_BITS = (byte) 0xF0;
    private static final byte SECOND = 't';
    private static final byte SECOND_BITS = (byte) 0xFD;

    @Override
    public int next(byte[] window, int from, int end) {
        for (int at = from; at < end; at += STEP) {
            long pairs = pairs(window, at) | pairs(window, at + HALF) << HALF;
            if (pairs != 0) {
                return Math.min(end, at + Long.numberOfTrailingZeros(pairs));
            }
        }
        return end;
    }

    /** Returns a bit for each byte that begins a pair. */
    private static long pairs(byte[] window, int at) {
        ByteVector first = ByteVector.fromArray(SPECIES, window, at)
                .lanewise(VectorOperators.XOR, FIRST)
                .and(FIRST_BITS);
        ByteVector second = ByteVector.fromArray(SPECIES, window, at + 1)
                .lanewise(VectorOperators.XOR, SECOND)
                .and(SECOND_BITS);
        return first.or(second).eq((byte) 0).toLong();
    }
}
