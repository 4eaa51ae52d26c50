package org.latentprint.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.latentprint.container.Mp4Boxes.Box;
import org.latentprint.container.c2pa.ByteRange;

/** Finds the manifest store in a content provenance box of films and pictures. Source: C2PA 2.1. */
final class C2paBox {
    /** User type of the uuid box. */
    static final String UUID = "d8fec3d61b0e483c92975828877ec481";

    private static final byte[] MANIFEST_PURPOSE = "manifest\0".getBytes(StandardCharsets.US_ASCII);

    private C2paBox() {}

    /**
     * Returns the store: behind version and flags, a purpose that ends with a zero, and for {@code manifest} eight bytes with
     * the place of a Merkle tree.
     *
     * @param content of the uuid box, behind its user type
     * @return empty where the box has another purpose
     */
    static Optional<ByteRange> store(Box content, ByteWindow window) throws IOException {
        long purpose = content.start() + 4;
        long store = purpose + MANIFEST_PURPOSE.length + 8;
        return store < content.end() && window.has(purpose, MANIFEST_PURPOSE)
                ? Optional.of(new ByteRange(store, content.end() - store))
                : Optional.empty();
    }
}
