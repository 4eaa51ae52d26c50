package org.latentprint.modelfile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tensor table of a safetensors header in the form in which writers write it: plain names, fields of the three kinds that
 * the format has, and ranges that follow one another without a gap. It is read straight from the bytes. Whatever departs from
 * that form is left to the general reader, which says what is wrong.
 *
 * @param tensors in the order of the file
 * @param end how many bytes of data the ranges fill
 */
record SafetensorsTable(List<TensorInfo> tensors, long end) {
    /** The format's types and their bits (huggingface/safetensors: safetensors/src/tensor.rs). */
    static final Map<String, Integer> BITS = Map.ofEntries(
            Map.entry("BOOL", 8),
            Map.entry("U8", 8),
            Map.entry("I8", 8),
            Map.entry("F8_E5M2", 8),
            Map.entry("F8_E4M3", 8),
            Map.entry("F8_E8M0", 8),
            Map.entry("F8_E4M3FNUZ", 8),
            Map.entry("F8_E5M2FNUZ", 8),
            Map.entry("I16", 16),
            Map.entry("U16", 16),
            Map.entry("F16", 16),
            Map.entry("BF16", 16),
            Map.entry("I32", 32),
            Map.entry("U32", 32),
            Map.entry("F32", 32),
            Map.entry("I64", 64),
            Map.entry("U64", 64),
            Map.entry("F64", 64),
            Map.entry("C64", 64),
            Map.entry("F4", 4),
            Map.entry("F6_E2M3", 6),
            Map.entry("F6_E3M2", 6));

    /** More digits could exceed what a long holds. */
    private static final int MAX_DIGITS = 18;

    /** Of a name in the ordinary form; real ones have two hundred at most. */
    private static final int MAX_NAME = 500;

    /** Real tensors have five at most. */
    private static final int MAX_DIMENSIONS = 8;

    private static final byte[] TYPE = quoted("dtype");
    private static final byte[] SHAPE = quoted("shape");
    private static final byte[] OFFSETS = quoted("data_offsets");

    /** The types as they stand in headers, the usual ones first. */
    private static final List<Map.Entry<String, byte[]>> QUOTED = BITS.keySet().stream()
            .sorted(Comparator.comparing(
                            (String type) -> !List.of("F16", "BF16", "F32").contains(type))
                    .thenComparing(Comparator.naturalOrder()))
            .map(type -> Map.entry(type, quoted(type)))
            .toList();

    /** A tensor takes at least this in practice; only to know beforehand about how many there are. */
    private static final int LEAST_BYTES = 90;

    private static final String METADATA = "__metadata__";

    private static byte[] quoted(String word) {
        return ('"' + word + '"').getBytes(StandardCharsets.US_ASCII);
    }

    SafetensorsTable {
        tensors = List.copyOf(tensors);
    }

    /**
     * Where the parts of a header lie.
     *
     * @param metadataFrom offset of the brace that opens the metadata; -1 where there are none
     * @param metadataTo offset behind the brace that closes them
     * @param tableFrom offset of what follows
     */
    record Parts(int metadataFrom, int metadataTo, int tableFrom) {}

    /**
     * Returns where metadata and table lie, where the metadata stand first or not at all, as writers have it.
     *
     * @param from where the header's first brace must stand
     */
    static Optional<Parts> parts(byte[] header, int from) {
        Cursor cursor = new Cursor(header, from);
        if (!cursor.take('{')) {
            return Optional.empty();
        }
        int start = cursor.at;
        Optional<String> name = cursor.text();
        if (name.isEmpty() || !name.get().equals(METADATA)) {
            return Optional.of(new Parts(-1, -1, start));
        }
        if (!cursor.take(':') || !cursor.stands('{')) {
            return Optional.empty();
        }
        int opening = cursor.at;
        int to = cursor.closing();
        return to < 0 ? Optional.empty() : Optional.of(new Parts(opening, to, to));
    }

    /**
     * Reads the table.
     *
     * @param parts where {@link #parts} says that it begins
     * @param most how many tensors are read
     * @return empty where anything in it departs from the ordinary form
     */
    static Optional<SafetensorsTable> read(byte[] header, Parts parts, int most) {
        Cursor cursor = new Cursor(header, parts.tableFrom());
        int likely = Math.min(most, (header.length - parts.tableFrom()) / LEAST_BYTES);
        List<TensorInfo> tensors = new ArrayList<>(likely);
        Set<String> names = HashSet.newHashSet(likely);
        long next = 0;
        boolean first = parts.metadataFrom() < 0;
        while (!cursor.take('}')) {
            if ((!first && !cursor.take(',')) || tensors.size() >= most) {
                return Optional.empty();
            }
            first = false;
            Optional<String> name = cursor.text();
            if (name.isEmpty() || name.get().equals(METADATA) || !names.add(name.get()) || !cursor.take(':')) {
                return Optional.empty();
            }
            Optional<TensorInfo> tensor = cursor.tensor(name.get(), next);
            if (tensor.isEmpty()) {
                return Optional.empty();
            }
            next += tensor.get().bytes();
            tensors.add(tensor.get());
        }
        return cursor.onlyBlanksLeft() ? Optional.of(new SafetensorsTable(tensors, next)) : Optional.empty();
    }

    /** A place in the header; each step says whether what it wants stood there. */
    private static final class Cursor {
        private final byte[] bytes;
        private int at;

        Cursor(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        private void blanks() {
            while (at < bytes.length
                    && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
                at++;
            }
        }

        boolean onlyBlanksLeft() {
            blanks();
            return at == bytes.length;
        }

        boolean stands(char wanted) {
            blanks();
            return at < bytes.length && bytes[at] == wanted;
        }

        boolean take(char wanted) {
            if (!stands(wanted)) {
                return false;
            }
            at++;
            return true;
        }

        /** Takes a text of printable ASCII without escapes. */
        Optional<String> text() {
            if (!take('"')) {
                return Optional.empty();
            }
            int from = at;
            while (at < bytes.length && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
                at++;
            }
            if (at == bytes.length || bytes[at] != '"' || at - from > MAX_NAME) {
                return Optional.empty();
            }
            return Optional.of(new String(bytes, from, at++ - from, StandardCharsets.ISO_8859_1));
        }

        /** Takes a key with its colon, or nothing. */
        boolean key(byte[] quoted) {
            blanks();
            int end = at + quoted.length;
            if (end > bytes.length || !Arrays.equals(bytes, at, end, quoted, 0, quoted.length)) {
                return false;
            }
            at = end;
            return take(':');
        }

        /** Takes a known type. */
        Optional<String> type() {
            blanks();
            for (Map.Entry<String, byte[]> type : QUOTED) {
                int end = at + type.getValue().length;
                if (end <= bytes.length && Arrays.equals(bytes, at, end, type.getValue(), 0, type.getValue().length)) {
                    at = end;
                    return Optional.of(type.getKey());
                }
            }
            return Optional.empty();
        }

        /** Returns where the object that opens here is closed; -1 where it is not. */
        int closing() {
            int depth = 0;
            boolean inText = false;
            for (int i = at; i < bytes.length; i++) {
                byte b = bytes[i];
                if (inText) {
                    if (b == '\\') {
                        i++;
                    } else if (b == '"') {
                        inText = false;
                    }
                } else if (b == '"') {
                    inText = true;
                } else if (b == '{') {
                    depth++;
                } else if (b == '}' && --depth == 0) {
                    return i + 1;
                }
            }
            return -1;
        }

        /** Takes a number that fits the bounds; -1 where none stands here. */
        long number() {
            blanks();
            int from = at;
            long value = 0;
            while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9' && at - from < MAX_DIGITS) {
                value = value * 10 + (bytes[at++] - '0');
            }
            boolean leadingZero = at - from > 1 && bytes[from] == '0';
            return at == from || leadingZero ? -1 : value;
        }

        /** Takes a list of numbers; empty where anything else stands here. */
        Optional<List<Long>> numbers() {
            if (!take('[')) {
                return Optional.empty();
            }
            List<Long> numbers = new ArrayList<>(4);
            while (!take(']')) {
                if (numbers.size() >= MAX_DIMENSIONS || (!numbers.isEmpty() && !take(','))) {
                    return Optional.empty();
                }
                long number = number();
                if (number < 0) {
                    return Optional.empty();
                }
                numbers.add(number);
            }
            return Optional.of(numbers);
        }

        /** Takes what is said of a tensor whose range must begin at the offset given. */
        Optional<TensorInfo> tensor(String name, long begin) {
            Optional<String> type = Optional.empty();
            Optional<List<Long>> shape = Optional.empty();
            Optional<List<Long>> offsets = Optional.empty();
            if (!take('{')) {
                return Optional.empty();
            }
            for (int field = 0; field < 3; field++) {
                if (field > 0 && !take(',')) {
                    return Optional.empty();
                }
                if (key(TYPE)) {
                    type = type();
                } else if (key(SHAPE)) {
                    shape = numbers();
                } else if (key(OFFSETS)) {
                    offsets = numbers();
                } else {
                    return Optional.empty();
                }
            }
            boolean whole = take('}') && type.isPresent() && shape.isPresent() && offsets.isPresent();
            if (!whole || offsets.get().size() != 2 || offsets.get().getFirst() != begin) {
                return Optional.empty();
            }
            long stored = offsets.get().getLast() - begin;
            TensorInfo tensor = new TensorInfo(name, type.get(), shape.get(), stored);
            Integer bits = BITS.get(tensor.type());
            boolean fits = bits != null
                    && stored >= 0
                    && Math.multiplyHigh(tensor.elements(), (long) bits) == 0
                    && tensor.elements() * bits / 8 == stored;
            return fits ? Optional.of(tensor) : Optional.empty();
        }
    }
}
