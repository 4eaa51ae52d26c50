package org.latentprint.evidence.carve;

import org.latentprint.evidence.ProcessorVectors;

/**
 * Finds two letters in a row of which the first is {@code P} to {@code _} and the second {@code t} or {@code v}: each of the
 * names that are looked for has such a pair ({@code tEXt}, {@code Steps:}, {@code class_type} and kohya's {@code ss_t...},
 * {@code widgets_values}), and in random bytes it stands every 2,048 bytes. All bytes of a disk go through here.
 */
interface PairFinder {
    /** Bytes behind the end that are read as well, and whose content does not matter. */
    int BEHIND = 80;

    /**
     * Returns the first place of a pair at or behind one and before another; the latter where there is none.
     *
     * @param window with {@link #BEHIND} bytes more than {@code end}
     */
    int next(byte[] window, int from, int end);

    /** Returns the quickest one that this process can have, for one thread at a time. */
    static PairFinder quickest() {
        return ProcessorVectors.areHere() ? new CheckedPairs(new VectorPairs(), new WordPairs()) : new WordPairs();
    }
}
