package org.latentprint.container.c2pa;

/** Says that bytes of a manifest store break the rules of their format, or a bound. */
final class MalformedStoreException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean beyondBound;

    MalformedStoreException(String message) {
        this(message, false);
    }

    private MalformedStoreException(String message, boolean beyondBound) {
        super(message);
        this.beyondBound = beyondBound;
    }

    /** Makes one for bytes that may be well-formed and are more than are read. */
    static MalformedStoreException beyondBound(String message) {
        return new MalformedStoreException(message, true);
    }

    boolean isBeyondBound() {
        return beyondBound;
    }
}
