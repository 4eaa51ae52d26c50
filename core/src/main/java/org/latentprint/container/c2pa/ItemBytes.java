package org.latentprint.container.c2pa;

import java.io.EOFException;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.latentprint.evidence.EvidenceBytes;

/** Reads numbers from an item and adds ranges of it to a digest. Used by one thread. */
final class ItemBytes {
    /** Reading a larger item once more costs more time than the answer is worth in a scan. */
    static final long MAX_HASHED = 512L << 20;

    private static final int PAGE = 1 << 16;

    private final EvidenceBytes bytes;
    private final byte[] page = new byte[PAGE];
    private long pageStart;
    private int pageLength;

    ItemBytes(EvidenceBytes bytes) {
        this.bytes = bytes;
    }

    long size() {
        return bytes.size();
    }

    int u8(long offset) throws IOException {
        if (offset < pageStart || offset >= pageStart + pageLength) {
            if (offset < 0 || offset >= bytes.size()) {
                throw new EOFException("byte " + offset + " asked, the item has " + bytes.size());
            }
            pageLength = Math.max(0, bytes.read(offset, page, 0, PAGE));
            pageStart = offset;
            if (pageLength == 0) {
                throw new EOFException("the item ends at " + offset);
            }
        }
        return page[(int) (offset - pageStart)] & 0xFF;
    }

    int u16(long offset) throws IOException {
        return u8(offset) << 8 | u8(offset + 1);
    }

    long u32(long offset) throws IOException {
        return (long) u16(offset) << 16 | u16(offset + 2);
    }

    long u32LowFirst(long offset) throws IOException {
        return Integer.toUnsignedLong(Integer.reverseBytes((int) u32(offset)));
    }

    long u64(long offset) throws IOException {
        return u32(offset) << 32 | u32(offset + 4);
    }

    /** Returns four bytes as the letters that they are in most formats. */
    String code(long offset) throws IOException {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            code.append((char) u8(offset + i));
        }
        return code.toString();
    }

    /** Says whether exactly those bytes stand there; no where the item ends before. */
    boolean has(long offset, byte[] expected) throws IOException {
        return offset >= 0
                && offset <= size() - expected.length
                && Arrays.equals(bytes.readExactly(offset, expected.length), expected);
    }

    /** Says whether exactly those bytes, written in hex, stand there. */
    boolean has(long offset, String hex) throws IOException {
        return has(offset, HexFormat.of().parseHex(hex));
    }

    /** Adds the bytes from the first place to the one before the second. */
    void update(MessageDigest digest, long from, long to) throws IOException {
        byte[] buffer = new byte[(int) Math.max(1, Math.min(PAGE, to - from))];
        long at = from;
        while (at < to) {
            int read = bytes.read(at, buffer, 0, (int) Math.min(buffer.length, to - at));
            if (read <= 0) {
                throw new IOException("the item ends at " + at);
            }
            digest.update(buffer, 0, read);
            at += read;
        }
    }
}
