package org.latentprint.container.c2pa;

/** Counts the steps that a hostile structure asks for, and ends the work where they are too many. Used by one thread. */
final class Budget {
    private final int steps;
    private int taken;

    /** Takes how many steps there may be. */
    Budget(int steps) {
        this.steps = steps;
    }

    /** Takes some. */
    void take(int count) throws MalformedStoreException {
        taken += count;
        if (taken > steps) {
            throw MalformedStoreException.beyondBound("it asks for more than " + steps + " steps");
        }
    }
}
