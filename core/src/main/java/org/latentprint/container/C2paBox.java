package org.latentprint.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.latentprint.container.Mp4Boxes.Box;
import org.latentprint.container.c2pa.ByteRange;

/**
 * Finds the manifest store in a content provenance box of films and pictures. Source: C2PA Technical Specification 2.x,
 * "Embedding manifests into BMFF-based assets": a file's own store has the purpose {@code manifest}; where an update was put
 * at the file's end, there are two, {@code original} and {@code update}.
 */
final class C2paBox {
    /** User type of the uuid box. */
    static final String UUID = "d8fec3d61b0e483c92975828877ec481";

    private static final List<String> PURPOSES = List.of("manifest\0", "original\0", "update\0");

    /** Behind the purpose: the place of the first part of a tree of hashes. */
    private static final int PLACE_LENGTH = 8;

    private C2paBox() {}

    /**
     * Returns the store: behind version and flags, a purpose that ends with a zero, and eight bytes with the place of a
     * tree of hashes.
     *
     * @param content of the uuid box, behind its user type
     * @return empty where the box has another purpose
     */
    static Optional<ByteRange> store(Box content, ByteWindow window) throws IOException {
        long at = content.start() + 4;
        for (String purpose : PURPOSES) {
            long store = at + purpose.length() + PLACE_LENGTH;
            if (store < content.end() && window.has(at, purpose.getBytes(StandardCharsets.US_ASCII))) {
                return Optional.of(new ByteRange(store, content.end() - store));
            }
        }
        return Optional.empty();
    }
}
