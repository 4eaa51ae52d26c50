package org.latentprint.container.c2pa;

import java.util.ArrayList;
import java.util.List;

/** Reads the types of data of an ingredient, such as {@code c2pa.types.generator.prompt} (C2PA Technical
 * Specification 2.x, "Ingredient Data"). */
final class DataTypes {
    /** A real ingredient has three at most. */
    private static final int MAX_TYPES = 32;

    private DataTypes() {}

    static List<String> of(CborValue map) {
        List<String> types = new ArrayList<>();
        for (String key : List.of("dataTypes", "data_types")) {
            for (CborValue type : map.get(key).items()) {
                type.get("type").text().filter(text -> types.size() < MAX_TYPES).ifPresent(types::add);
            }
        }
        return types;
    }
}
