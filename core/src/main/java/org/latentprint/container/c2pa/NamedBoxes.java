package org.latentprint.container.c2pa;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Lists the segments, chunks or blocks of a file, by the names that a general box hash gives them. Sources: C2PA Technical
 * Specification 2.x, "Handling for specific formats" of the general box hash; c2pa-rs, {@code get_box_map} of its format readers.
 */
final class NamedBoxes {
    /** An animation has some hundred thousand blocks. */
    private static final int MAX_BOXES = 400_000;

    /** Gathers the boxes, and knows which of them hold the store. */
    static final class Found {
        private final List<NamedBox> boxes = new ArrayList<>();
        private final NavigableMap<Long, ByteRange> store = new TreeMap<>();

        Found(List<ByteRange> ranges) {
            ranges.forEach(range -> store.put(range.offset(), range));
        }

        /** Adds a box; one that holds a part of the store has the store's name, and all that follow one another are one. */
        void add(String name, long start, long end) throws IOException {
            if (boxes.size() == MAX_BOXES) {
                throw new IOException("the item has more than " + MAX_BOXES + " boxes");
            }
            Map.Entry<Long, ByteRange> part = store.ceilingEntry(start);
            boolean holds = part != null && part.getValue().end() <= end;
            boolean goesOn = holds
                    && !boxes.isEmpty()
                    && boxes.getLast().name().equals(NamedBox.STORE)
                    && boxes.getLast().end() == start;
            if (goesOn) {
                boxes.add(new NamedBox(NamedBox.STORE, boxes.removeLast().start(), end));
            } else {
                boxes.add(new NamedBox(holds ? NamedBox.STORE : name, start, end));
            }
        }

        List<NamedBox> boxes() {
            return boxes;
        }
    }

    private NamedBoxes() {}

    /**
     * Returns the boxes of an item.
     *
     * @param store where the manifest store lies
     * @return empty where the format's boxes are not known here
     * @throws IOException where the item cannot be read, ends within a box, or has more boxes than are read
     */
    static Optional<List<NamedBox>> of(ItemBytes item, List<ByteRange> store) throws IOException {
        Found found = new Found(store);
        if (item.has(0, "ffd8ff")) {
            JpegBoxes.read(item, found);
        } else if (item.has(0, "89504e470d0a1a0a")) {
            PngBoxes.read(item, found);
        } else if (item.has(0, "474946383761") || item.has(0, "474946383961")) {
            GifBoxes.read(item, found);
        } else if (item.has(0, "52494646")) {
            RiffBoxes.read(item, found);
        } else {
            return Optional.empty();
        }
        return Optional.of(found.boxes());
    }
}
