package org.latentprint.container;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.latentprint.evidence.EvidenceBytes;

/**
 * Reads the small numbers of a format through a window over the item, so that a walk from header to header costs one read
 * of the source each and not one for each number. Used by one thread, for one item.
 */
final class ByteWindow {
    /** One page: a header and what stands close behind it. */
    private static final int WINDOW = 4096;

    private final EvidenceBytes bytes;
    private final byte[] window = new byte[WINDOW];
    private long start;
    private int filled;

    ByteWindow(EvidenceBytes bytes) {
        this.bytes = bytes;
    }

    /** Returns the item's size in bytes. */
    long size() {
        return bytes.size();
    }

    /**
     * Returns the unsigned byte at that offset.
     *
     * @throws EOFException where the item ends before it
     */
    int u8(long offset) throws IOException {
        return window[at(offset, 1)] & 0xFF;
    }

    /** Returns two bytes as an unsigned number, the high byte first. */
    int u16(long offset) throws IOException {
        int at = at(offset, 2);
        return (window[at] & 0xFF) << 8 | (window[at + 1] & 0xFF);
    }

    /** Returns four bytes as an unsigned number, the high byte first. */
    long u32(long offset) throws IOException {
        int at = at(offset, 4);
        return (window[at] & 0xFFL) << 24
                | (window[at + 1] & 0xFFL) << 16
                | (window[at + 2] & 0xFFL) << 8
                | (window[at + 3] & 0xFFL);
    }

    /** Returns four bytes as an unsigned number, the low byte first. */
    long u32LowFirst(long offset) throws IOException {
        return Integer.toUnsignedLong(Integer.reverseBytes((int) u32(offset)));
    }

    /** Returns eight bytes, the high byte first; negative where the number exceeds 63 bits. */
    long u64(long offset) throws IOException {
        return u32(offset) << 32 | u32(offset + 4);
    }

    /** Returns four bytes as characters, such as a chunk's type. */
    String code(long offset) throws IOException {
        return new String(window, at(offset, 4), 4, StandardCharsets.ISO_8859_1);
    }

    /** Says whether the item has those bytes at that offset. */
    boolean has(long offset, byte[] expected) throws IOException {
        if (offset < 0 || expected.length > size() - offset) {
            return false;
        }
        int at = at(offset, expected.length);
        for (int i = 0; i < expected.length; i++) {
            if (window[at + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns exactly that range, read past the window. */
    byte[] bytes(long offset, int length) throws IOException {
        return bytes.readExactly(offset, length);
    }

    private int at(long offset, int length) throws IOException {
        if (offset < start || offset + length > start + filled) {
            start = Math.max(0, offset);
            filled = offset < 0 ? 0 : bytes.read(offset, window, 0, WINDOW);
            if (filled < length) {
                throw new EOFException("the item ends at " + size() + ", " + (offset + length) + " expected");
            }
        }
        return (int) (offset - start);
    }
}
