package org.latentprint.container;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates zlib data up to bounds. Deflate can blow up a thousandfold, so a small file can claim gigabytes of text. One
 * object serves one item and counts over all its chunks.
 */
final class BoundedInflater {
    /** Of one item, in bytes: as much text as an item may have, see {@link MetadataExtractor#MAX_TEXT}. */
    static final long MAX_OUTPUT = 64L << 20;

    /** Real prompts and workflows shrink to a fifth or a fiftieth; deflate's own limit is about 1032. */
    static final int MAX_RATIO = 500;

    /** The ratio says nothing about short texts: a few repeated lines shrink to nearly nothing. */
    private static final int RATIO_COUNTS_FROM = 1 << 20;

    private long produced;

    /** What came of inflating. */
    sealed interface Result {}

    /** All of it. */
    static final class Inflated implements Result {
        private final byte[] bytes;

        Inflated(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Returns the bytes, not copied. */
        byte[] bytes() {
            return bytes;
        }
    }

    /** A bound was reached; what was inflated so far is not used. */
    record TooLarge(String reason) implements Result {}

    /** The data are no zlib stream, or one that is cut. */
    record Broken(String reason) implements Result {}

    /** Inflates the bytes from that index to their end. */
    Result inflate(byte[] bytes, int from) {
        Inflater inflater = new Inflater();
        try {
            int length = bytes.length - from;
            inflater.setInput(bytes, from, length);
            ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(64, length * 2));
            byte[] buffer = new byte[1 << 14];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    return new Broken("the compressed text is cut");
                }
                out.write(buffer, 0, count);
                produced += count;
                if (produced > MAX_OUTPUT) {
                    return new TooLarge("compressed texts of this item exceed " + MAX_OUTPUT + " bytes");
                }
                if (out.size() > RATIO_COUNTS_FROM && out.size() / MAX_RATIO > length) {
                    return new TooLarge(
                            "a compressed text of " + length + " bytes exceeds " + MAX_RATIO + " times its size");
                }
            }
            return new Inflated(out.toByteArray());
        } catch (DataFormatException noZlib) {
            return new Broken("the compressed text cannot be inflated: " + noZlib.getMessage());
        } finally {
            inflater.end();
        }
    }
}
