package org.latentprint.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;

/** Reads the pages of an Ogg file: their headers, the lengths of the packets in them, their checksum. Source: RFC 3533. */
final class OggPages {
    private static final byte[] MARK = "OggS".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_LENGTH = 27;
    private static final int CHECKSUM = 22;

    /** A full segment, which goes on in the next. */
    private static final int FULL = 255;

    private static final int POLYNOMIAL = 0x04C1_1DB7;

    private final EvidenceBytes bytes;
    private final ByteWindow window;

    OggPages(EvidenceBytes bytes, ByteWindow window) {
        this.bytes = bytes;
        this.window = window;
    }

    /**
     * A page.
     *
     * @param start of its header
     * @param content where its packets begin
     * @param end behind its last packet, or the end of the item where that comes earlier
     * @param continues whether its first packet began on an earlier page
     * @param begins whether its stream begins with it
     * @param stream number of the stream that it belongs to
     * @param packets lengths of its packets in their order
     * @param ends whether its last packet ends on it
     * @param isWhole whether the item has all of it
     */
    record Page(
            long start,
            long content,
            long end,
            boolean continues,
            boolean begins,
            long stream,
            List<Integer> packets,
            boolean ends,
            boolean isWhole) {}

    /** Says whether a page begins like these bytes. */
    static boolean begins(byte[] head) {
        boolean mark = head.length > MARK.length && head[MARK.length] == 0;
        for (int i = 0; mark && i < MARK.length; i++) {
            mark = head[i] == MARK[i];
        }
        return mark;
    }

    /** Reads the page at that offset; empty where none begins there or its header is cut. */
    Optional<Page> at(long offset) throws IOException {
        if (window.size() - offset < HEADER_LENGTH || !window.has(offset, MARK) || window.u8(offset + 4) != 0) {
            return Optional.empty();
        }
        int segments = window.u8(offset + 26);
        long content = offset + HEADER_LENGTH + segments;
        if (content > window.size()) {
            return Optional.empty();
        }
        List<Integer> packets = new ArrayList<>();
        int packet = 0;
        int whole = 0;
        boolean ends = true;
        for (int i = 0; i < segments; i++) {
            int length = window.u8(offset + HEADER_LENGTH + i);
            packet += length;
            whole += length;
            ends = length < FULL;
            if (ends) {
                packets.add(packet);
                packet = 0;
            }
        }
        if (!ends) {
            packets.add(packet);
        }
        int flags = window.u8(offset + 5);
        long end = content + whole;
        return Optional.of(new Page(
                offset,
                content,
                Math.min(end, window.size()),
                (flags & 1) != 0,
                (flags & 2) != 0,
                window.u32LowFirst(offset + 14),
                packets,
                ends,
                end <= window.size()));
    }

    /** Says whether the page's checksum fits; that of a page that is cut does not. */
    boolean checksumFits(Page page) throws IOException {
        if (!page.isWhole()) {
            return false;
        }
        byte[] all = bytes.readExactly(page.start(), (int) (page.end() - page.start()));
        int crc = 0;
        for (int i = 0; i < all.length; i++) {
            boolean ownField = i >= CHECKSUM && i < CHECKSUM + 4;
            crc ^= (ownField ? 0 : all[i] & 0xFF) << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
            }
        }
        return Integer.toUnsignedLong(crc) == window.u32LowFirst(page.start() + CHECKSUM);
    }
}
