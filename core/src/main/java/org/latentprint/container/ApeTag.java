package org.latentprint.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads an APE tag: items with a name and a value, between a header that may be left out and a footer. Sources: the APEv2
 * specification of wiki.hydrogenaudio.org; {@code mutagen/apev2.py}.
 */
final class ApeTag {
    private static final byte[] MARK = "APETAGEX".getBytes(StandardCharsets.US_ASCII);
    private static final int FRAME_LENGTH = 32;
    private static final int ITEM_HEADER = 8;

    /** A name has no more, and is plain ASCII. */
    private static final int MAX_NAME = 255;

    /** A tag is held in memory; it may have a cover picture. */
    private static final int MAX_TAG = 32 << 20;

    private static final long HAS_HEADER = 1L << 31;
    private static final int BINARY = 1;
    private static final int RESERVED = 3;

    private final ByteWindow window;
    private final String reader;
    private final BlockSink sink;

    /**
     * Makes a reader of one item's tags.
     *
     * @param reader id of the reader, for problems
     */
    ApeTag(ByteWindow window, String reader, BlockSink sink) {
        this.window = window;
        this.reader = reader;
        this.sink = sink;
    }

    /**
     * Reads the tag that ends at that offset.
     *
     * @param from no byte of it may stand before
     * @return where it begins; {@code end} where there is none
     */
    long readBefore(long from, long end) throws IOException {
        long footer = end - FRAME_LENGTH;
        if (footer < from || !window.has(footer, MARK)) {
            return end;
        }
        // The size counts the items and the footer.
        long size = window.u32LowFirst(footer + 12);
        long start = end - size;
        if (size < FRAME_LENGTH || start < from) {
            problem(Category.MALFORMED, "an APE tag states " + size + " bytes", footer);
            return end;
        }
        items(start, footer);
        boolean header = (window.u32LowFirst(footer + 20) & HAS_HEADER) != 0;
        return header && start - FRAME_LENGTH >= from && window.has(start - FRAME_LENGTH, MARK)
                ? start - FRAME_LENGTH
                : start;
    }

    private void items(long start, long end) throws IOException {
        if (end - start > MAX_TAG) {
            problem(Category.LIMIT, "an APE tag of " + (end - start) + " bytes; up to " + MAX_TAG + " are read", start);
            return;
        }
        PlacedBytes tag = PlacedBytes.at(window.bytes(start, (int) (end - start)), start);
        int position = 0;
        while (tag.length() - position > ITEM_HEADER) {
            long length = tag.u32LowFirst(position);
            int kind = tag.u8(position + 4) >> 1 & 3;
            int nameStart = position + ITEM_HEADER;
            int nameEnd = tag.indexOf(0, nameStart, Math.min(tag.length(), nameStart + MAX_NAME + 1));
            if (nameEnd <= nameStart || length > tag.length() - nameEnd - 1) {
                problem(Category.MALFORMED, "an item that does not fit its APE tag", tag.offset(position));
                return;
            }
            String name = new String(tag.bytes(nameStart, nameEnd), StandardCharsets.ISO_8859_1);
            int valueEnd = nameEnd + 1 + (int) length;
            if (kind == BINARY || kind == RESERVED) {
                block(tag, name, nameEnd + 1, valueEnd, false);
            } else {
                values(tag, name, nameEnd + 1, valueEnd);
            }
            position = valueEnd;
        }
    }

    /** Takes the values of an item, which have zeros between them. */
    private void values(PlacedBytes tag, String name, int start, int end) {
        int position = start;
        do {
            int zero = tag.indexOf(0, position, end);
            int valueEnd = zero < 0 ? end : zero;
            block(tag, name, position, valueEnd, true);
            position = valueEnd + 1;
        } while (position < end);
    }

    private void block(PlacedBytes tag, String name, int start, int end, boolean text) {
        sink.block(
                "ape/item",
                name,
                tag.offset(start),
                (long) end - start,
                Crc.NONE,
                text ? Optional.of(TextDecoder.utf8OrLatin1(tag.bytes(start, end))) : Optional.empty());
    }

    private void problem(Category category, String message, long offset) {
        sink.problem(Problem.at(category, reader, message, offset));
    }
}
