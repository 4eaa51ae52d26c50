package org.latentprint.evidence.carve;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Reads the space for one candidate after the other, through a buffer, and counts what it reads, so that bytes which look like
 * the beginnings of many files cannot make the carving read everything many times.
 */
final class SpaceReader {
    private static final int BUFFER = 64 << 10;

    private final FreeSpace space;
    private final byte[] buffer;
    private long start;
    private int filled;
    private long granted;
    private long spent;

    SpaceReader(FreeSpace space) {
        this.space = space;
        this.buffer = new byte[(int) Math.min(BUFFER, Math.max(WindowScan.SECTOR, space.size()))];
    }

    /** Begins a candidate, which may read so many bytes. */
    void grant(long bytes) {
        granted = bytes;
        spent = 0;
    }

    /** Returns how many bytes the candidate has read. */
    long spent() {
        return spent;
    }

    /** Returns the space that is read. */
    FreeSpace space() {
        return space;
    }

    int u8(long place) throws IOException {
        return buffer[at(place, 1)] & 0xFF;
    }

    /** Returns two bytes as a number, the high byte first. */
    int u16(long place) throws IOException {
        int at = at(place, 2);
        return (buffer[at] & 0xFF) << 8 | (buffer[at + 1] & 0xFF);
    }

    /** Returns four bytes as a number, the high byte first. */
    long u32(long place) throws IOException {
        int at = at(place, 4);
        return (buffer[at] & 0xFFL) << 24
                | (buffer[at + 1] & 0xFFL) << 16
                | (buffer[at + 2] & 0xFFL) << 8
                | (buffer[at + 3] & 0xFFL);
    }

    /** Returns four bytes as a number, the low byte first. */
    long u32LowFirst(long place) throws IOException {
        return Integer.toUnsignedLong(Integer.reverseBytes((int) u32(place)));
    }

    /** Returns eight bytes, the high byte first; negative where the number exceeds 63 bits. */
    long u64(long place) throws IOException {
        return u32(place) << 32 | u32(place + 4);
    }

    /** Returns bytes as characters, such as a chunk's type. */
    String code(long place, int length) throws IOException {
        return new String(buffer, at(place, length), length, StandardCharsets.ISO_8859_1);
    }

    /** Says whether those bytes stand there. */
    boolean has(long place, byte[] expected) throws IOException {
        int at = at(place, expected.length);
        for (int i = 0; i < expected.length; i++) {
            if (buffer[at + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns exactly these bytes. */
    byte[] bytes(long place, int length) throws IOException {
        spend(length);
        byte[] bytes = new byte[length];
        int read = space.read(place, bytes, 0, length);
        if (read < length) {
            throw theEnd();
        }
        return bytes;
    }

    /** Adds bytes to a checksum. */
    void crc(long place, long length, CRC32 crc) throws IOException {
        long end = place + length;
        for (long each = place; each < end; ) {
            int at = at(each, 1);
            int piece = (int) Math.min(end - each, filled - at);
            crc.update(buffer, at, piece);
            each += piece;
        }
    }

    /** Returns the first place at or behind the one given, before the end given, at which that byte stands; else the end. */
    long find(int value, long from, long end) throws IOException {
        for (long place = from; place < end; ) {
            int at = at(place, 1);
            int stop = (int) Math.min(filled, at + (end - place));
            for (int i = at; i < stop; i++) {
                if ((buffer[i] & 0xFF) == value) {
                    return place + i - at;
                }
            }
            place += stop - at;
        }
        return end;
    }

    /** Returns a stream over a part of the space. */
    InputStream stream(long from, long end) {
        return new InputStream() {
            private long place = from;

            @Override
            public int read() throws IOException {
                return place < end ? u8(place++) : -1;
            }

            @Override
            public int read(byte[] target, int targetAt, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                if (place >= end) {
                    return -1;
                }
                int at = at(place, 1);
                int piece = (int) Math.min(Math.min(length, end - place), filled - at);
                System.arraycopy(buffer, at, target, targetAt, piece);
                place += piece;
                return piece;
            }
        };
    }

    private int at(long place, int length) throws IOException {
        if (place < start || place + length > start + filled) {
            if (place < 0 || place + length > space.size()) {
                throw theEnd();
            }
            spend(length);
            filled = 0;
            start = place;
            filled = fill(place, length);
            spend(Math.max(0, filled - length));
        }
        return (int) (place - start);
    }

    /** Reads ahead; bytes further on that cannot be read must not take those with them that can. */
    private int fill(long place, int least) throws IOException {
        try {
            return space.read(place, buffer, 0, buffer.length);
        } catch (IOException more) {
            try {
                return space.read(place, buffer, 0, Math.max(least, WindowScan.SECTOR));
            } catch (IOException closer) {
                return space.read(place, buffer, 0, least);
            }
        }
    }

    private void spend(long bytes) throws IOException {
        if (spent + bytes > granted) {
            throw new IOException("no more than " + granted + " bytes may be read here; much before looked like files");
        }
        spent += bytes;
    }

    private static EOFException theEnd() {
        return new EOFException("the unallocated space ends");
    }
}
