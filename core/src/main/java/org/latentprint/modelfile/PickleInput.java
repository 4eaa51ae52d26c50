package org.latentprint.modelfile;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The arguments of pickle opcodes. Nothing is allocated for more than a fixed number of bytes, whatever a length says. */
final class PickleInput {
    /** Module names and tensor names are far shorter; longer texts are passed over and stand as empty. */
    static final int MAX_TEXT = 1 << 16;

    /** Characters of all texts of one pickle that are kept; a text beyond it stands as empty. */
    private static final long MAX_ALL_TEXT = 8L << 20;

    private final InputStream in;
    private long position;
    private long kept;

    PickleInput(InputStream in) {
        this.in = in;
    }

    long position() {
        return position;
    }

    /** Returns the next byte, or -1 at the end. */
    int next() throws IOException {
        int value = in.read();
        if (value >= 0) {
            position++;
        }
        return value;
    }

    int unsignedByte() throws IOException {
        int value = next();
        if (value < 0) {
            throw new EOFException("the pickle ends at byte " + position + " inside an opcode");
        }
        return value;
    }

    long littleEndian(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) unsignedByte() << (8 * i);
        }
        return value;
    }

    String text(long length) throws IOException {
        if (length < 0 || length > MAX_TEXT || kept + length > MAX_ALL_TEXT) {
            skip(length);
            return "";
        }
        kept += length;
        byte[] bytes = in.readNBytes((int) length);
        position += bytes.length;
        if (bytes.length < length) {
            throw new EOFException("a text of " + length + " bytes is announced, " + bytes.length + " remain");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int value = unsignedByte(); value != '\n'; value = unsignedByte()) {
            if (line.length() < MAX_TEXT) {
                line.append((char) value);
            }
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return line.toString();
    }

    void skip(long length) throws IOException {
        if (length < 0) {
            throw new EOFException("a length of " + Long.toUnsignedString(length) + " bytes is announced");
        }
        byte[] sink = new byte[(int) Math.min(length, 1 << 13)];
        long left = length;
        while (left > 0) {
            int read = in.read(sink, 0, (int) Math.min(sink.length, left));
            if (read <= 0) {
                throw new EOFException("a text of " + length + " bytes is announced, " + (length - left) + " remain");
            }
            left -= read;
            position += read;
        }
    }
}
