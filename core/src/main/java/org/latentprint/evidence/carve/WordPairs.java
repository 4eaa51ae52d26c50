package org.latentprint.evidence.carve;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes at a time, in a machine word. */
final class WordPairs implements PairFinder {
    private static final int STEP = 16;
    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH = EACH << 7;
    private static final long FIRST = EACH * 'P';
    private static final long FIRST_BITS = 0xF0F0F0F0F0F0F0F0L;
    private static final long SECOND = EACH * 't';
    private static final long SECOND_BITS = 0xFDFDFDFDFDFDFDFDL;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    @Override
    public int next(byte[] window, int from, int end) {
        for (int at = from; at < end; at += STEP) {
            long low = pairs(window, at);
            long high = pairs(window, at + Long.BYTES);
            if ((low | high) != 0) {
                int first = low != 0 ? Long.numberOfTrailingZeros(low) : Long.SIZE + Long.numberOfTrailingZeros(high);
                return Math.min(end, at + first / Byte.SIZE);
            }
        }
        return end;
    }

    /** Returns the highest bit set of each byte that begins a pair, and of some behind one. */
    private static long pairs(byte[] window, int at) {
        long pair = (((long) LONGS.get(window, at) ^ FIRST) & FIRST_BITS)
                | (((long) LONGS.get(window, at + 1) ^ SECOND) & SECOND_BITS);
        return (pair - EACH) & ~pair & HIGH;
    }
}
