package org.latentprint.container.c2pa;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Data that a manifest holds for an ingredient: a picture, or the text that was given to a generator. Source: C2PA
 * Technical Specification 2.x, "Embedded Data" and "Ingredient Data"; before, data boxes.
 */
final class EmbeddedData {
    /** The longest prompts of services have some thousand characters. */
    private static final int MAX_TEXT = 1 << 18;

    private final Optional<String> format;
    private final List<String> types;
    private final byte[] bytes;

    EmbeddedData(Optional<String> format, List<String> types, byte[] bytes) {
        this.format = format;
        this.types = types;
        this.bytes = bytes;
    }

    /** Reads a data box's content. */
    static Optional<EmbeddedData> dataBox(CborValue box) {
        return box.get("data")
                .bytes()
                .map(bytes -> new EmbeddedData(box.get("dc:format").text(), DataTypes.of(box), bytes));
    }

    List<String> types() {
        return types;
    }

    String sha256() {
        return Hashes.sha256(bytes);
    }

    /** Returns the text, where the data are one; the ingredient may name the format where the data do not. */
    Optional<String> text(Optional<String> formatOfIngredient) {
        boolean plain = format.or(() -> formatOfIngredient)
                .filter(name -> name.startsWith("text/plain"))
                .isPresent();
        return plain && bytes.length <= MAX_TEXT
                ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
                : Optional.empty();
    }
}
