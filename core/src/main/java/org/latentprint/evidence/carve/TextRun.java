package org.latentprint.evidence.carve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The bytes around a place that can be text: no control characters but tabulators and line ends. It never reaches beyond the
 * range in which the place lies: that text goes on behind allocated clusters is nothing that its bytes could show.
 */
@SuppressWarnings("ArrayRecordComponent") // Made for one candidate and thrown away.
record TextRun(long start, byte[] bytes) {
    private static final int BLOCK = 8 << 10;

    /**
     * Reads around that place.
     *
     * @param floor place before which nothing is taken
     * @param back how many bytes are taken before the place, at most
     * @param forth how many from there on, at most
     */
    static TextRun around(SpaceReader in, long place, long floor, int back, int forth) {
        FreeSpace space = in.space();
        long least = Math.max(Math.max(floor, place - back), space.rangeStart(place));
        long most = Math.min(place + forth, space.rangeEnd(place));
        Deque<byte[]> blocks = new ArrayDeque<>();
        long start = place;
        boolean text = true;
        while (text && start > least) {
            byte[] block = readable(in, Math.max(least, start - BLOCK), (int) Math.min(BLOCK, start - least));
            int at = block.length;
            while (at > 0 && isText(block[at - 1])) {
                at--;
            }
            blocks.addFirst(Arrays.copyOfRange(block, at, block.length));
            start -= block.length - at;
            text = at == 0 && block.length > 0;
        }
        text = true;
        for (long end = place; text && end < most; end += BLOCK) {
            byte[] block = readable(in, end, (int) Math.min(BLOCK, most - end));
            int at = 0;
            while (at < block.length && isText(block[at])) {
                at++;
            }
            blocks.addLast(Arrays.copyOf(block, at));
            text = at == block.length && at > 0;
        }
        ByteArrayOutputStream run = new ByteArrayOutputStream();
        blocks.forEach(run::writeBytes);
        return new TextRun(start, run.toByteArray());
    }

    /** Text ends where nothing can, or may, be read. */
    private static byte[] readable(SpaceReader in, long place, int length) {
        try {
            return in.bytes(place, length);
        } catch (IOException end) {
            return new byte[0];
        }
    }

    /** Returns the place behind the last byte. */
    long end() {
        return start + bytes.length;
    }

    /** Returns how many bytes a character of UTF-8 has that begins there; 0 where none does. */
    int utf8Length(int at) {
        int first = bytes[at];
        if (first >= 0) {
            return 1;
        }
        int length = (first & 0xE0) == 0xC0 && (first & 0x1E) != 0
                ? 2
                : (first & 0xF0) == 0xE0 ? 3 : (first & 0xF8) == 0xF0 && (first & 0xFF) <= 0xF4 ? 4 : 0;
        if (length == 0 || at + length > bytes.length) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        // Forms longer than needed, and halves of surrogates, are no UTF-8.
        int second = bytes[at + 1] & 0xFF;
        boolean wrong = ((first & 0xFF) == 0xE0 && second < 0xA0)
                || ((first & 0xFF) == 0xED && second >= 0xA0)
                || ((first & 0xFF) == 0xF0 && second < 0x90)
                || ((first & 0xFF) == 0xF4 && second >= 0x90);
        return wrong ? 0 : length;
    }

    private static boolean isText(byte value) {
        return value < 0 || (value >= ' ' && value != 0x7F) || value == '\n' || value == '\r' || value == '\t';
    }
}
