package org.latentprint.container.c2pa;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Origin;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads a C2PA manifest store out of the ranges in which a container holds it, compressed manifests too. Source: C2PA
 * Technical Specification 2.1, sections 11 and 15, and its earlier versions. Stateless; keeps nothing of an item.
 */
public final class ManifestStoreReader {
    /** Name and version of this reader. */
    public static final String ID = "c2pa/1";

    /** Real stores have some hundred kilobytes, mostly thumbnails; those of long chains some megabytes. */
    public static final long MAX_STORE = 64L << 20;

    private static final String STORE = "63327061";

    /** Takes what is wrong with a store that begins there. */
    private record Report(Consumer<Problem> problems, long offset) {

        void malformed(String message) {
            problems.accept(Problem.at(Category.MALFORMED, ID, message, offset));
        }

        void unreadable(JumbfBox box, MalformedStoreException why) {
            Category category = why.isBeyondBound() ? Category.LIMIT : Category.MALFORMED;
            problems.accept(Problem.at(
                    category, ID, "the manifest " + box.label() + " cannot be read: " + why.getMessage(), offset));
        }
    }

    private ManifestStoreReader() {}

    /**
     * Reads a store.
     *
     * @param ranges in the order in which they make the store
     * @param form how the ranges write it
     * @param item the bytes of the item
     * @param origin the bytes from the first to the last range
     * @param problems takes what is wrong
     * @return the store; empty where the bytes are no C2PA store, such as other data in JUMBF
     * @throws IOException where the ranges cannot be read
     */
    public static Optional<ContentCredentials> read(
            List<ByteRange> ranges, StoreForm form, EvidenceBytes item, Origin origin, Consumer<Problem> problems)
            throws IOException {
        byte[] store;
        try {
            store = form.open(join(ranges, item));
        } catch (MalformedStoreException unreadable) {
            Category category = unreadable.isBeyondBound() ? Category.LIMIT : Category.MALFORMED;
            problems.accept(Problem.at(
                    category, ID, "the manifest store cannot be read: " + unreadable.getMessage(), origin.offset()));
            return Optional.empty();
        }
        JumbfBox.Reader boxes = new JumbfBox.Reader(store);
        Optional<JumbfBox> root = boxes.read().stream()
                .filter(box -> box.kind().equals(STORE) || box.label().equals("c2pa"))
                .findFirst();
        if (root.isEmpty()) {
            return Optional.empty();
        }
        boxes.damage()
                .ifPresent(damage -> problems.accept(Problem.at(Category.MALFORMED, ID, damage, origin.offset())));
        Report report = new Report(problems, origin.offset());
        List<JumbfBox> candidates = root.get().children().stream()
                .filter(box -> box.type().equals("jumb"))
                .toList();
        Optional<JumbfBox> last = active(root.get(), candidates, boxes.damage().isPresent());
        StoredManifests stored = new StoredManifests();
        Map<JumbfBox, StoredManifest> opened = open(store, candidates, report);
        opened.values().forEach(stored::add);
        HardBinding binding = new HardBinding(stored, new StorePlace(ranges, item));
        ManifestReader reader = new ManifestReader(stored, binding, report::malformed);
        List<Manifest> manifests = new ArrayList<>();
        Optional<Manifest> active = Optional.empty();
        for (Map.Entry<JumbfBox, StoredManifest> entry : opened.entrySet()) {
            boolean isActive = last.filter(entry.getKey()::equals).isPresent();
            try {
                Manifest manifest = reader.read(entry.getValue(), isActive);
                manifests.add(manifest);
                active = isActive ? Optional.of(manifest) : active;
            } catch (MalformedStoreException unreadable) {
                report.unreadable(entry.getKey(), unreadable);
            }
        }
        return Optional.of(new ContentCredentials(origin, manifests, active));
    }

    /** Returns the manifests in their order, those that are compressed opened. */
    private static Map<JumbfBox, StoredManifest> open(byte[] store, List<JumbfBox> candidates, Report report) {
        Map<JumbfBox, StoredManifest> inOrder = new LinkedHashMap<>();
        CompressedManifest compressed = new CompressedManifest(store);
        for (JumbfBox box : candidates) {
            try {
                inOrder.put(box, CompressedManifest.is(box) ? compressed.open(box) : new StoredManifest(store, box));
            } catch (MalformedStoreException unreadable) {
                report.unreadable(box, unreadable);
            }
        }
        return inOrder;
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
