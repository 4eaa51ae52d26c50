package org.latentprint.modelfile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * How a tensor store keeps a tensor's values (liuliu/ccv: {@code lib/nnc/ccv_nnc_tfb.h}; liuliu/s4nnc:
 * {@code nnc/Store.swift}).
 *
 * @param name of the type, such as {@code F16}, or of the scheme that packs it, such as {@code Q6P}
 * @param palette whether the scheme is one of those with palettes
 * @param external whether the values lie elsewhere
 */
record StoredType(String name, boolean palette, boolean external) {
    /** In the upper half of a tensor's type; the rest of that half is the scheme. */
    private static final long EXTERNAL = 0x1000_0000L;

    private static final Map<Long, String> TYPES = Map.of(
            0x0_1000L, "U8",
            0x0_2000L, "I32",
            0x0_4000L, "F32",
            0x0_8000L, "I64",
            0x1_0000L, "F64",
            0x2_0000L, "F16",
            0x8_0000L, "BF16");

    private static final Map<Long, String> PALETTES = Map.of(
            0x8a_1e4bL, "Q4P",
            0x8a_1e5bL, "Q5P",
            0x8a_1e6bL, "Q6P",
            0x8a_1e7bL, "Q7P",
            0x8a_1e8bL, "Q8P");

    private static final Map<Long, String> ROWS = Map.ofEntries(
            Map.entry(0x8a_1e9bL, "I8X"),
            Map.entry(0x8a_1eabL, "I8X-Q4K"),
            Map.entry(0x8a_1eacL, "I8X-Q3K"),
            Map.entry(0x8a_1eadL, "I8X-Q2K"),
            Map.entry(0x8a_1eaeL, "I8X-IQ2S"),
            Map.entry(0x8a_1eafL, "I8X-IQ2XS"),
            Map.entry(0x8a_1eb0L, "I8X-IQ3S"),
            Map.entry(0x8a_1eb1L, "I8X-IQ3XXS"),
            Map.entry(0x8a_1eb2L, "I8X-IQ2XXS"),
            Map.entry(0x8a_1eb3L, "I8X-Q5K"),
            Map.entry(0x8a_1eb4L, "I8X-Q6K"));

    /**
     * Returns how values are kept.
     *
     * @param type the column of that name
     * @param datatype the column of that name; schemes that only shorten the values leave it what they are
     */
    static StoredType of(long type, long datatype) {
        long upper = type >>> 32;
        long scheme = upper & ~EXTERNAL;
        String palette = PALETTES.getOrDefault(scheme, "");
        String name = palette.isEmpty()
                ? ROWS.getOrDefault(scheme, TYPES.getOrDefault(datatype, "type-" + Long.toHexString(datatype)))
                : palette;
        return new StoredType(name, !palette.isEmpty(), (upper & EXTERNAL) != 0);
    }

    /** Says whether a type's name is that of a scheme that packs values. */
    static boolean packed(String name) {
        return PALETTES.containsValue(name) || ROWS.containsValue(name);
    }

    /** Returns how many bytes lie elsewhere, as the row states it; 0 where it does not. */
    long externalLength(byte[] row) {
        // With a palette, the size of its blocks stands in front of place and length.
        int at = (palette ? 2 : 1) * Long.BYTES;
        return row.length < at + Long.BYTES
                ? 0
                : Math.max(
                        0, ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN).getLong(at));
    }
}
