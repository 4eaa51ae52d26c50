package org.latentprint.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.carve.ByteRange;
import org.latentprint.evidence.carve.CarvedItem;
import org.latentprint.evidence.carve.CarvedSink;
import org.latentprint.evidence.carve.Carver;

/** What must hold for the carver and any bytes. */
final class CarveCheck {
    /** The bytes stand in a space with a gap every so often. */
    private static final int PIECE = 4_096;

    private CarveCheck() {}

    /** Carves the bytes as one range, and with gaps. Returns how much was found. */
    static int check(byte[] bytes) {
        List<ByteRange> whole = List.of(new ByteRange(0, bytes.length));
        List<ByteRange> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += 2 * PIECE) {
            pieces.add(new ByteRange(at, PIECE));
        }
        return check(bytes, whole) + check(bytes, pieces);
    }

    private static int check(byte[] bytes, List<ByteRange> ranges) {
        List<CarvedItem> items = carve(bytes, ranges);
        Checks.require(items.equals(carve(bytes, ranges)), "the same bytes gave another result", items);
        long before = -1;
        for (CarvedItem item : items) {
            Checks.require(item.size() > 0 && !item.reason().isBlank(), "an item of nothing", item);
            Checks.require(item.runs().getFirst().offset() > before, "items out of order", item);
            before = item.runs().getFirst().offset();
            for (ByteRange run : item.runs()) {
                Checks.require(
                        ranges.stream().anyMatch(range -> range.offset() <= run.offset() && run.end() <= range.end())
                                && run.end() <= bytes.length,
                        "a run outside of what is unallocated",
                        item);
            }
        }
        return items.size();
    }

    private static List<CarvedItem> carve(byte[] bytes, List<ByteRange> ranges) {
        List<CarvedItem> items = new ArrayList<>();
        CarvedSink sink = new CarvedSink() {
            @Override
            public void item(CarvedItem item) {
                items.add(item);
            }

            @Override
            public void unreadable(long offset, long length, String message) {
                throw new AssertionError("bytes in memory could not be read: " + message);
            }
        };
        try {
            Carver.carve(HeapBytes.wrap(bytes), ranges, sink);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return items;
    }
}
