package org.latentprint.container.c2pa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value of CBOR (RFC 8949). Asking a value for what it is not gives nothing, so that a path through a hostile structure
 * needs no test at each step. Tags are dropped: no tag changes the meaning of what Content Credentials hold.
 */
sealed interface CborValue {
    /** Returns what stands for a value that is absent, null, or of a kind that nothing here asks for. */
    static CborValue nothing() {
        return new Other();
    }

    /** A whole number within 63 bits. */
    record Whole(long value) implements CborValue {}

    /** A text. */
    record Text(String value) implements CborValue {}

    /** A truth value. */
    record Flag(boolean value) implements CborValue {}

    /** A floating number. */
    record Real(double value) implements CborValue {}

    /** A list. */
    record Items(List<CborValue> values) implements CborValue {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** A map; a number as key stands as its decimal text. */
    record Entries(Map<String, CborValue> values) implements CborValue {
        public Entries {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /** Null, undefined, or a number beyond 63 bits. */
    record Other() implements CborValue {}

    /** A byte string. */
    final class Bytes implements CborValue {
        private final byte[] value;

        Bytes(byte[] value) {
            this.value = value;
        }
    }

    /** Returns the value at that key of a map. */
    default CborValue get(String key) {
        return this instanceof Entries entries ? entries.values().getOrDefault(key, nothing()) : nothing();
    }

    /** Returns the value of the first key that the map has. */
    default CborValue get(String key, String otherKey) {
        CborValue value = get(key);
        return value.isPresent() ? value : get(otherKey);
    }

    default boolean isPresent() {
        return !(this instanceof Other);
    }

    default Optional<String> text() {
        return this instanceof Text text ? Optional.of(text.value()) : Optional.empty();
    }

    default Optional<Long> whole() {
        return this instanceof Whole whole ? Optional.of(whole.value()) : Optional.empty();
    }

    /** Returns the values of a list; none for anything else. */
    default List<CborValue> items() {
        return this instanceof Items items ? items.values() : List.of();
    }

    default Map<String, CborValue> entries() {
        return this instanceof Entries entries ? entries.values() : Map.of();
    }

    /** Returns a byte string. Early c2pa-rs wrote hashes as lists of numbers; these are taken, too. */
    default Optional<byte[]> bytes() {
        if (this instanceof Bytes bytes) {
            return Optional.of(bytes.value.clone());
        }
        if (!(this instanceof Items items) || items.values().isEmpty()) {
            return Optional.empty();
        }
        byte[] numbers = new byte[items.values().size()];
        for (int i = 0; i < numbers.length; i++) {
            long number = items.values().get(i).whole().orElse(-1L);
            if (number < 0 || number > 255) {
                return Optional.empty();
            }
            numbers[i] = (byte) number;
        }
        return Optional.of(numbers);
    }

    /** Returns a text, number or truth value in words; empty for lists, maps and bytes. */
    default Optional<String> scalar() {
        return switch (this) {
            case Text text -> Optional.of(text.value());
            case Whole whole -> Optional.of(Long.toString(whole.value()));
            case Flag flag -> Optional.of(Boolean.toString(flag.value()));
            case Real real -> Optional.of(Double.toString(real.value()));
            case Items items -> Optional.empty();
            case Entries entries -> Optional.empty();
            case Bytes bytes -> Optional.empty();
            case Other other -> Optional.empty();
        };
    }

    /** Returns the texts of a list of texts. */
    default List<String> texts() {
        List<String> texts = new ArrayList<>();
        items().forEach(item -> item.text().ifPresent(texts::add));
        return texts;
    }

    /** Says whether a byte string is there and equal. */
    default boolean isBytes(byte[] expected) {
        return bytes().filter(bytes -> Arrays.equals(bytes, expected)).isPresent();
    }
}
