package org.latentprint.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Joins the APP11 segments of a JPEG in which a box is cut to pieces. Each begins with {@code JP}, the number of the box, the
 * number of the piece, and a copy of the box's header. A box of Content Credentials is told as a store, any other (JPEG Trust,
 * JPEG 360, JPEG Snack and what else uses JUMBF) is listed by its type and label. Source: ISO 19566-5, annex D; C2PA 2.1.
 */
final class JumbfSegments {
    private static final int BEFORE_BOX = 8;
    private static final int BOX_HEADER = 8;
    private static final int LONG_BOX_HEADER = 16;

    /** JPEG has one box for each purpose; a store of 64 MiB has a thousand pieces. */
    private static final int MAX_BOXES = 64;

    private static final long FIRST = 1;

    /** Twice as many as a store of 64 MiB has. */
    private static final int MAX_PIECES = 2_000;

    /** Box number to its pieces by their number. */
    private final SortedMap<Integer, SortedMap<Long, ByteRange>> boxes = new TreeMap<>();

    private final ByteWindow window;
    private final BlockSink sink;

    JumbfSegments(ByteWindow window, BlockSink sink) {
        this.window = window;
        this.sink = sink;
    }

    /** Takes a segment's data. */
    void segment(long offset, int length) throws IOException {
        if (length < BEFORE_BOX + BOX_HEADER) {
            return;
        }
        int box = window.u16(offset + 2);
        long piece = window.u32(offset + 4);
        boolean isLong = window.u32(offset + BEFORE_BOX) == 1;
        int header = isLong ? LONG_BOX_HEADER : BOX_HEADER;
        SortedMap<Long, ByteRange> pieces = boxes.computeIfAbsent(box, number -> new TreeMap<>());
        if (boxes.size() > MAX_BOXES || pieces.size() >= MAX_PIECES) {
            return;
        }
        // The first piece keeps the header as part of the box.
        long skipped = piece == FIRST ? BEFORE_BOX : BEFORE_BOX + header;
        if (skipped > length || pieces.putIfAbsent(piece, new ByteRange(offset + skipped, length - skipped)) != null) {
            problem("a piece of a JUMBF box stands twice or is too short", offset);
        }
    }

    /** Reports the boxes that can be joined. */
    void report() throws IOException {
        for (SortedMap<Long, ByteRange> pieces : boxes.values()) {
            List<ByteRange> ranges = new ArrayList<>();
            long expected = FIRST;
            for (Map.Entry<Long, ByteRange> piece : pieces.entrySet()) {
                if (piece.getKey() != expected) {
                    problem(
                            "piece " + expected + " of a JUMBF box is missing",
                            piece.getValue().offset());
                    break;
                }
                ranges.add(piece.getValue());
                expected++;
            }
            if (!ranges.isEmpty()) {
                box(ranges);
            }
        }
    }

    private void box(List<ByteRange> ranges) throws IOException {
        ByteRange first = ranges.getFirst();
        Optional<JumbfDescription> description = JumbfDescription.read(window, first.offset(), first.end());
        if (description.isPresent() && !description.get().isCredentials()) {
            long end = ranges.stream().mapToLong(ByteRange::end).max().orElse(first.end());
            String key = description.get().key();
            sink.block("jpeg/jumbf", key, first.offset(), end - first.offset(), Crc.NONE, Optional.empty());
        } else {
            // Without a description the reader of stores says what is wrong.
            sink.manifestStore(ranges);
        }
    }

    private void problem(String message, long offset) {
        sink.problem(Problem.at(Category.MALFORMED, JpegReader.ID, message, offset));
    }
}
