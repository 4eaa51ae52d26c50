package org.latentprint.scan;

import java.util.ArrayList;
import java.util.List;
import org.latentprint.evidence.ItemRef;

/**
 * Neighbouring items that one worker examines one after the other and hands over together. Handing over wakes other threads,
 * which costs more than examining a small item; so small ones share it.
 *
 * @param number from 0, in the order of the walk
 * @param items in the order of the walk; none says that the walk has ended
 */
record Stretch(long number, List<ItemRef> items) {
    /** With more, a few slow items would keep one worker busy while others have nothing left. */
    private static final int MAX_ITEMS = 32;

    /** Large items take long enough each; nothing is gained by keeping them together, unless they are digested together. */
    static final long MAX_BYTES = 4L << 20;

    Stretch {
        items = List.copyOf(items);
    }

    /** Cuts a walk into stretches. Used by the thread that walks. */
    static final class Cutter {
        private final Sink sink;
        private final long maxBytes;
        private final List<ItemRef> items = new ArrayList<>();
        private long bytes;
        private long next;

        /**
         * Begins a walk.
         *
         * @param maxBytes a stretch ends with the item that brings it to so many bytes
         */
        Cutter(Sink sink, long maxBytes) {
            this.sink = sink;
            this.maxBytes = maxBytes;
        }

        /** Takes the stretches in their order, and may wait. */
        @FunctionalInterface
        interface Sink {
            void add(Stretch stretch) throws InterruptedException;
        }

        /** Adds the next item. */
        void add(ItemRef item) throws InterruptedException {
            items.add(item);
            bytes += item.size();
            if (items.size() >= MAX_ITEMS || bytes >= maxBytes) {
                cut();
            }
        }

        /** Gives what is left; returns how many stretches there were. */
        long end() throws InterruptedException {
            if (!items.isEmpty()) {
                cut();
            }
            return next;
        }

        private void cut() throws InterruptedException {
            sink.add(new Stretch(next++, items));
            items.clear();
            bytes = 0;
        }
    }
}
