package org.latentprint.container.c2pa;

/**
 * A segment, chunk or block of a file, by the name that a general box hash gives it.
 *
 * @param name such as {@code APP1}, {@code IDAT}, {@code 21F9}; {@code C2PA} for the box of the manifest store
 * @param start of its first byte
 * @param end behind its last byte
 */
record NamedBox(String name, long start, long end) {
    /** Of the box that holds the manifest store, whatever the format calls it. */
    static final String STORE = "C2PA";
}
