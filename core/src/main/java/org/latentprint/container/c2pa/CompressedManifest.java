package org.latentprint.container.c2pa;

/**
 * Opens manifests that are compressed whole, by Brotli (C2PA Technical Specification 2.x, "Compressed boxes"): the content of a
 * {@code brob} box is one manifest's superbox, with the label that the outer one has. Held against stores that tests wrote.
 * Used by one thread, for one store.
 */
final class CompressedManifest {
    private static final String KIND = "6332636d";
    private static final String CONTENT = "brob";

    private final byte[] store;

    /** What all of a store's manifests may have together, as if the store were not compressed. */
    private long left = ManifestStoreReader.MAX_STORE;

    CompressedManifest(byte[] store) {
        this.store = store;
    }

    static boolean is(JumbfBox box) {
        return box.kind().equals(KIND)
                || box.children().stream().anyMatch(child -> child.type().equals(CONTENT));
    }

    /**
     * Opens a manifest.
     *
     * @throws MalformedStoreException where the bytes are not Brotli, too many, or no manifest of that label
     */
    StoredManifest open(JumbfBox box) throws MalformedStoreException {
        byte[] compressed = box.content(CONTENT, store)
                .orElseThrow(() -> new MalformedStoreException("a compressed manifest without its content"));
        byte[] bytes = decompress(compressed);
        JumbfBox.Reader boxes = new JumbfBox.Reader(bytes);
        JumbfBox manifest = boxes.read().stream()
                .filter(inner -> inner.label().equals(box.label()))
                .findFirst()
                .orElseThrow(() -> new MalformedStoreException("a compressed manifest of another label"));
        if (boxes.damage().isPresent()) {
            throw new MalformedStoreException(boxes.damage().get());
        }
        return new StoredManifest(bytes, manifest);
    }

    private byte[] decompress(byte[] compressed) throws MalformedStoreException {
        byte[] bytes = StoreForm.unpacked(compressed, left);
        left -= bytes.length;
        return bytes;
    }
}
