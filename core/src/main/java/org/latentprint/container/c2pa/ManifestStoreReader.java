package org.latentprint.container.c2pa;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Origin;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads a C2PA manifest store out of the ranges in which a container holds it. Source: C2PA Technical Specification 2.1,
 * sections 11 and 15, and its earlier versions. Stateless; keeps nothing of an item.
 */
public final class ManifestStoreReader {
    /** Name and version of this reader. */
    public static final String ID = "c2pa/1";

    /** Real stores have some hundred kilobytes, mostly thumbnails; those of long chains some megabytes. */
    public static final long MAX_STORE = 64L << 20;

    private static final String STORE = "63327061";
    private static final String COMPRESSED = "6332636d";

    private ManifestStoreReader() {}

    /**
     * Reads a store.
     *
     * @param ranges in the order in which they make the store
     * @param item the bytes of the item
     * @param origin the bytes from the first to the last range
     * @param problems takes what is wrong
     * @return the store; empty where the bytes are no C2PA store, such as other data in JUMBF
     * @throws IOException where the ranges cannot be read
     */
    public static Optional<ContentCredentials> read(
            List<ByteRange> ranges, EvidenceBytes item, Origin origin, Consumer<Problem> problems) throws IOException {
        byte[] store = join(ranges, item);
        JumbfBox.Reader boxes = new JumbfBox.Reader(store);
        Optional<JumbfBox> root = boxes.read().stream()
                .filter(box -> box.kind().equals(STORE) || box.label().equals("c2pa"))
                .findFirst();
        if (root.isEmpty()) {
            return Optional.empty();
        }
        boxes.damage()
                .ifPresent(damage -> problems.accept(Problem.at(Category.MALFORMED, ID, damage, origin.offset())));
        ManifestReader reader = new ManifestReader(store, item);
        List<Manifest> manifests = new ArrayList<>();
        List<JumbfBox> candidates = root.get().children().stream()
                .filter(box -> box.type().equals("jumb"))
                .toList();
        Optional<JumbfBox> last = active(root.get(), candidates, boxes.damage().isPresent());
        Optional<Manifest> active = Optional.empty();
        for (JumbfBox box : candidates) {
            boolean isActive = last.filter(box::equals).isPresent();
            boolean compressed = box.kind().equals(COMPRESSED)
                    || box.children().stream().anyMatch(child -> child.type().equals("brob"));
            if (compressed) {
                problems.accept(Problem.at(
                        Category.UNSUPPORTED,
                        ID,
                        "the manifest " + box.label() + " is compressed (Brotli); it is not read",
                        origin.offset()));
                continue;
            }
            try {
                Manifest manifest = reader.read(box, isActive);
                manifests.add(manifest);
                active = isActive ? Optional.of(manifest) : active;
            } catch (MalformedStoreException unreadable) {
                problems.accept(Problem.at(
                        Category.MALFORMED,
                        ID,
                        "the manifest " + box.label() + " cannot be read: " + unreadable.getMessage(),
                        origin.offset()));
            }
        }
        return Optional.of(new ContentCredentials(origin, manifests, active));
    }

    /** Returns the store's last manifest; empty where damage may have hidden it, so that the last one found may not be it. */
    private static Optional<JumbfBox> active(JumbfBox store, List<JumbfBox> manifests, boolean damaged) {
        return manifests.isEmpty() || (damaged && manifests.getLast().end() != store.end())
                ? Optional.empty()
                : Optional.of(manifests.getLast());
    }

    private static byte[] join(List<ByteRange> ranges, EvidenceBytes item) throws IOException {
        long length = ranges.stream().mapToLong(ByteRange::length).sum();
        if (length > MAX_STORE) {
            throw new IOException("a store of " + length + " bytes; the caller bounds it by " + MAX_STORE);
        }
        byte[] store = new byte[(int) length];
        int at = 0;
        for (ByteRange range : ranges) {
            byte[] piece = item.readExactly(range.offset(), (int) range.length());
            System.arraycopy(piece, 0, store, at, piece.length);
            at += piece.length;
        }
        return store;
    }
}
