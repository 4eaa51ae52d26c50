package org.latentprint.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * The tags of one EXIF block that hold numbers: exposure, orientation, resolution and the like. They are listed together, one
 * line a tag, since a photograph has dozens of them and they mean little apart. Field types: TIFF 6.0, page 15.
 */
final class ExifFigures {
    /** Key of the one block that lists them. */
    static final String KEY = "numeric tags";

    /** A curve or a table of strips has thousands of values; the first show what it is. */
    private static final int MAX_VALUES = 16;

    /** EXIF defines some hundred tags of numbers. */
    private static final int MAX_LINES = 500;

    private final Set<String> lines = new LinkedHashSet<>();
    private int left;

    /** So many bytes of a value are enough to list it. */
    static final int HEAD = MAX_VALUES * 8;

    /**
     * Notes a tag with its value.
     *
     * @param value its bytes, of which the first {@link #HEAD} suffice
     */
    void add(ExifEntry entry, byte[] value, ByteOrder order) {
        if (lines.size() >= MAX_LINES) {
            left++;
            return;
        }
        String directory = switch (entry.directory()) {
            case IMAGE, EXIF -> "";
            case GPS -> "gps ";
            case THUMBNAIL -> "thumbnail ";
        };
        lines.add(directory + String.format(Locale.ROOT, "0x%04X", entry.tag()) + name(entry) + " = "
                + values(entry, ByteBuffer.wrap(value).order(order)));
    }

    /** Returns the list; empty where no tag was noted. */
    Optional<DecodedText> text() {
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String more = left > 0 ? "\nand " + left + " more" : "";
        return Optional.of(DecodedText.of(String.join("\n", lines) + more, "numbers"));
    }

    private static String name(ExifEntry entry) {
        String name = entry.name();
        return name.startsWith("0x") ? "" : " " + name;
    }

    private static String values(ExifEntry entry, ByteBuffer value) {
        int size = ExifEntry.sizeOf(entry.type());
        long count = entry.length() / size;
        if (size == 1) {
            return bytes(value, count);
        }
        StringJoiner values = new StringJoiner(" ");
        for (int i = 0; i < Math.min(value.remaining() / size, MAX_VALUES); i++) {
            values.add(one(entry.type(), value.slice(i * size, size).order(value.order())));
        }
        return count > MAX_VALUES ? values + " ... (" + count + " values)" : values.toString();
    }

    private static String one(int type, ByteBuffer value) {
        return switch (type) {
            case 3 -> Integer.toString(Short.toUnsignedInt(value.getShort()));
            case 8 -> Short.toString(value.getShort());
            case 4, 13 -> Integer.toUnsignedString(value.getInt());
            case 9 -> Integer.toString(value.getInt());
            case 5 -> Integer.toUnsignedString(value.getInt()) + "/" + Integer.toUnsignedString(value.getInt());
            case 10 -> value.getInt() + "/" + value.getInt();
            case 11 -> Float.toString(value.getFloat());
            case 12 -> Double.toString(value.getDouble());
            default -> throw new IllegalArgumentException("no type of numbers: " + type);
        };
    }

    /** A few bytes may be digits, such as the standard's version, or numbers. */
    private static String bytes(ByteBuffer value, long count) {
        byte[] shown = new byte[Math.min(value.remaining(), MAX_VALUES)];
        value.get(shown);
        boolean digits = true;
        for (byte each : shown) {
            digits &= each >= '0' && each <= '9';
        }
        String text = digits
                ? new String(shown, StandardCharsets.US_ASCII)
                : "hex " + HexFormat.of().formatHex(shown);
        return count > MAX_VALUES ? text + " ... (" + count + " bytes)" : text;
    }
}
