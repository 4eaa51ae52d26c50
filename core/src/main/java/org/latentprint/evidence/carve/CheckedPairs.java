package org.latentprint.evidence.carve;

import org.latentprint.evidence.ProcessorVectors;

/**
 * Looks with one finder, and now and then with a second one as well: the module that the vectors need is incubating, and a fault
 * in it would leave findings out without a word. Not for several threads.
 */
final class CheckedPairs implements PairFinder {
    /** A call looks through some two thousand bytes; the second finder takes a few times as long. */
    private static final int EACH = 256;

    private final PairFinder quick;
    private final PairFinder sure;
    private int calls;

    CheckedPairs(PairFinder quick, PairFinder sure) {
        this.quick = quick;
        this.sure = sure;
    }

    /**
     * Returns what the quick one finds.
     *
     * @throws IllegalStateException where the other finds something else
     */
    @Override
    public int next(byte[] window, int from, int end) {
        int found = quick.next(window, from, end);
        if (calls++ % EACH == 0 && found != sure.next(window, from, end)) {
            throw new IllegalStateException(
                    "searching free space with this processor's vectors finds something else than without: scan again with -D"
                            + ProcessorVectors.PROPERTY + "=false in LATENTPRINT_JAVA_OPTIONS");
        }
        return found;
    }
}
