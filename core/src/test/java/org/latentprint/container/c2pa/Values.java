package org.latentprint.container.c2pa;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the values of assertions for tests. */
final class Values {
    private Values() {}

    /** Turns Java's maps, lists, texts, whole numbers, truth values and bytes into values. */
    static CborValue of(Object value) {
        return switch (value) {
            case String text -> new CborValue.Text(text);
            case Integer number -> new CborValue.Whole(number);
            case Boolean flag -> new CborValue.Flag(flag);
            case byte[] bytes -> new CborValue.Bytes(bytes);
            case List<?> items ->
                new CborValue.Items(items.stream().map(Values::of).toList());
            case Map<?, ?> entries -> {
                Map<String, CborValue> values = new LinkedHashMap<>();
                entries.forEach((key, entry) -> values.put((String) key, of(entry)));
                yield new CborValue.Entries(values);
            }
            default -> throw new IllegalArgumentException("no value for " + value.getClass());
        };
    }
}
