package org.latentprint.evidence.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latentprint.evidence.ByteRun;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.carve.ByteRange;
import org.latentprint.evidence.carve.CarvedItem;
import org.latentprint.evidence.carve.CarvedSink;
import org.latentprint.evidence.carve.Carver;

/**
 * The space of an image that no live file holds, and what is found in it by its structure. A deleted file that is an item
 * already, with its name, is not given a second time.
 */
final class FreeSpaceItems implements CarvedSink {
    /** Where items without a name stand. */
    static final String FOLDER = "unallocated";

    /** Of more than this, the beginnings of the space's items are enough to show what it holds. */
    static final int MAX_ITEMS = 1_000_000;

    private final List<ByteRange> space = new ArrayList<>();
    private final Map<Long, Long> deleted = new HashMap<>();
    private final List<ItemRef> items = new ArrayList<>();
    private boolean cut;

    /** Adds a range that no live file holds. */
    void add(long offset, long length) {
        space.add(new ByteRange(offset, length));
    }

    /** Notes a deleted file that is an item by its name: where it begins, and how far it lies there in one piece. */
    void addDeleted(List<ByteRun> runs) {
        if (!runs.isEmpty() && runs.getFirst().content() == ByteRun.Content.STORED) {
            deleted.merge(runs.getFirst().imageOffset(), runs.getFirst().length(), Math::max);
        }
    }

    /**
     * Searches the space.
     *
     * @param beat is run at each read
     * @return the items in the order of their offsets
     */
    List<ItemRef> carve(EvidenceBytes image, Runnable beat) throws InterruptedException {
        space.sort(Comparator.comparingLong(ByteRange::offset));
        Carver.carve(new Beating(image, beat), space, this);
        if (cut) {
            items.add(nameless(
                    FOLDER,
                    ItemRef.Kind.UNREADABLE_RANGE,
                    "more than " + MAX_ITEMS + " items in unallocated space; those behind are left out"));
        }
        return items;
    }

    @Override
    public void item(CarvedItem item) {
        ByteRange first = item.runs().getFirst();
        boolean known = item.runs().size() == 1 && deleted.getOrDefault(first.offset(), -1L) >= first.length();
        if (known) {
            return;
        }
        if (items.size() >= MAX_ITEMS) {
            cut = true;
            return;
        }
        List<ByteRun> runs = new ArrayList<>();
        long end = 0;
        for (ByteRange range : item.runs()) {
            runs.add(new ByteRun(end, range.offset(), range.length(), ByteRun.Content.STORED));
            end += range.length();
        }
        items.add(new ItemRef(
                path(first.offset(), item.extension()),
                ItemRef.Kind.FILE,
                end,
                ItemRef.Allocation.CARVED,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new ItemAddress.InImage(runs).text()),
                Optional.of("found by its structure, "
                        + item.completeness().name().toLowerCase(Locale.ROOT) + ": " + item.reason())));
    }

    @Override
    public void unreadable(long offset, long length, String message) {
        items.add(nameless(
                path(offset, "unreadable"),
                ItemRef.Kind.UNREADABLE_RANGE,
                "bytes " + offset + " + " + length + " of the image could not be searched: " + message));
    }

    private static String path(long offset, String extension) {
        return String.format(Locale.ROOT, "%s/%015d.%s", FOLDER, offset, extension);
    }

    private static ItemRef nameless(String path, ItemRef.Kind kind, String note) {
        return new ItemRef(
                path,
                kind,
                0,
                ItemRef.Allocation.CARVED,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(note));
    }

    private record Beating(EvidenceBytes image, Runnable beat) implements EvidenceBytes {
        @Override
        public long size() {
            return image.size();
        }

        @Override
        public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
            beat.run();
            return image.read(offset, target, targetOffset, length);
        }

        @Override
        public void close() {
            // The image stays with whoever opened it.
        }
    }
}
