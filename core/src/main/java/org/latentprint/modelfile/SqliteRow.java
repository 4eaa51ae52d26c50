package org.latentprint.modelfile;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A row of an SQLite table: its values as far as its first bytes hold them.
 *
 * <p>Source: SQLite, "Database File Format" (sqlite.org/fileformat2.html), section 2.1 "Record Format".
 */
final class SqliteRow {
    /** The tables that are read have at most half a dozen. */
    private static final int MAX_COLUMNS = 100;

    private static final int INTEGERS = 7;
    private static final int[] WIDTHS = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
    private static final int TEXTS_AND_BLOBS = 12;

    private final byte[] kept;
    private final List<Value> values;

    /**
     * Where a value stands.
     *
     * @param type the format's number for type and length
     * @param offset in the row
     */
    private record Value(long type, long offset) {
        long length() {
            return type < TEXTS_AND_BLOBS ? WIDTHS[(int) type] : (type - TEXTS_AND_BLOBS) / 2;
        }
    }

    private SqliteRow(byte[] kept, List<Value> values) {
        this.kept = kept;
        this.values = values;
    }

    /**
     * Makes a row of its first bytes.
     *
     * @param length of the whole row
     * @throws EOFException where the list of its columns is damaged
     */
    static SqliteRow of(byte[] kept, long length) throws EOFException {
        ByteBuffer buffer = ByteBuffer.wrap(kept);
        long header = variable(buffer);
        List<Value> values = new ArrayList<>();
        long offset = header;
        while (buffer.position() < header) {
            long type = variable(buffer);
            if (values.size() >= MAX_COLUMNS || type < 0 || type == 10 || type == 11) {
                throw new EOFException("a row has more than " + MAX_COLUMNS + " columns, or one of a type that is not");
            }
            Value value = new Value(type, offset);
            offset += value.length();
            values.add(value);
        }
        if (buffer.position() != header || offset != length) {
            throw new EOFException("the columns of a row are longer or shorter than the row");
        }
        return new SqliteRow(kept, values);
    }

    /** Reads a number of one to nine bytes, of which the first come first. */
    static long variable(ByteBuffer buffer) throws EOFException {
        long value = 0;
        for (int index = 0; index < 9; index++) {
            if (!buffer.hasRemaining()) {
                throw new EOFException("a row ends inside a number");
            }
            int next = buffer.get();
            if (index == 8) {
                return value << 8 | Byte.toUnsignedInt((byte) next);
            }
            value = value << 7 | (next & 0x7f);
            if (next >= 0) {
                return value;
            }
        }
        return value;
    }

    /** Returns a whole number; 0 where the column is not there or holds something else. */
    long number(int column) {
        if (column >= values.size() || values.get(column).type > 9) {
            return 0;
        }
        Value value = values.get(column);
        if (value.type >= 8) {
            return value.type - 8;
        }
        byte[] bytes = bytes(column);
        if (value.type >= INTEGERS || bytes.length < value.length() || bytes.length == 0) {
            return 0;
        }
        long number = bytes[0];
        for (int index = 1; index < bytes.length; index++) {
            number = number << 8 | Byte.toUnsignedInt(bytes[index]);
        }
        return number;
    }

    /** Returns text, as far as it is kept; empty where the column is not there or holds something else. */
    String text(int column) {
        boolean text =
                column < values.size() && values.get(column).type > TEXTS_AND_BLOBS && values.get(column).type % 2 == 1;
        return text ? new String(bytes(column), StandardCharsets.UTF_8) : "";
    }

    /** Returns the bytes of a value, as far as they are kept. */
    byte[] bytes(int column) {
        if (column >= values.size()) {
            return new byte[0];
        }
        Value value = values.get(column);
        int from = (int) Math.min(value.offset, kept.length);
        return Arrays.copyOfRange(kept, from, (int) Math.min(value.offset + value.length(), kept.length));
    }

    /** Returns how many bytes a value has in the database. */
    long length(int column) {
        return column < values.size() ? values.get(column).length() : 0;
    }
}
