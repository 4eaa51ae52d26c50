package org.latentprint.container.c2pa;

/**
 * A box of the ISO base media file format (ISO 14496-12).
 *
 * @param type four letters
 * @param start of its header
 * @param content behind the header's size and type
 * @param end behind its last byte
 */
record BmffBox(String type, long start, long content, long end) {

    long length() {
        return end - start;
    }
}
