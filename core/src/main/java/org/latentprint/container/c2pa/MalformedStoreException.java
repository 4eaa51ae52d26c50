package org.latentprint.container.c2pa;

/** Says that bytes of a manifest store break the rules of their format, or a bound. */
final class MalformedStoreException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedStoreException(String message) {
        super(message);
    }
}
