package org.latentprint.modelfile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The root table of a FlatBuffer. A field that is not there, or whose place is not within the bytes, is empty: the writer leaves
 * out what has its default.
 *
 * <p>Source: google/flatbuffers, {@code docs/source/internals.md}.
 */
final class FlatTable {
    private static final int VTABLE_HEAD = 4;

    /** Characters of one text. */
    private static final int MAX_TEXT = 4_000;

    private final ByteBuffer bytes;

    FlatTable(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns a number without a sign, of two or four bytes. */
    Optional<Long> number(int field, int width) {
        return place(field, width)
                .map(at -> width == Short.BYTES
                        ? Short.toUnsignedLong(bytes.getShort(at))
                        : Integer.toUnsignedLong(bytes.getInt(at)));
    }

    Optional<Float> fraction(int field) {
        return place(field, Float.BYTES).map(bytes::getFloat).filter(value -> Float.isFinite(value));
    }

    /** Returns a text; empty where it has no characters. */
    Optional<String> text(int field) {
        return place(field, Integer.BYTES).flatMap(at -> {
            long start = at + Integer.toUnsignedLong(bytes.getInt(at));
            if (start + Integer.BYTES > bytes.limit()) {
                return Optional.empty();
            }
            long length = Integer.toUnsignedLong(bytes.getInt((int) start));
            if (length == 0 || start + Integer.BYTES + length > bytes.limit()) {
                return Optional.empty();
            }
            String text = new String(
                    bytes.array(),
                    (int) start + Integer.BYTES,
                    (int) Math.min(length, MAX_TEXT),
                    StandardCharsets.UTF_8);
            return Optional.of(text);
        });
    }

    /** Returns where a field's bytes stand, where all of them are there. */
    private Optional<Integer> place(int field, int width) {
        int limit = bytes.limit();
        if (limit < Integer.BYTES) {
            return Optional.empty();
        }
        long table = Integer.toUnsignedLong(bytes.getInt(0));
        if (table + Integer.BYTES > limit) {
            return Optional.empty();
        }
        long vtable = table - bytes.getInt((int) table);
        long entry = vtable + VTABLE_HEAD + (long) Short.BYTES * field;
        if (vtable < 0 || entry + Short.BYTES > limit) {
            return Optional.empty();
        }
        boolean listed = entry + Short.BYTES <= vtable + Short.toUnsignedInt(bytes.getShort((int) vtable));
        int offset = Short.toUnsignedInt(bytes.getShort((int) entry));
        return listed && offset > 0 && table + offset + width <= limit
                ? Optional.of((int) table + offset)
                : Optional.empty();
    }
}
