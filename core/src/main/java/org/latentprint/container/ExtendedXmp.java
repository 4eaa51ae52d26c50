package org.latentprint.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Puts together XMP packets that are too long for one JPEG segment. Each part names its packet by 32 characters, the
 * packet's whole length and its own place in it. Source: XMP part 3, section 1.1.3.1.
 */
final class ExtendedXmp {
    private static final int NAME_LENGTH = 32;
    /** Name, whole length and place. */
    private static final int HEADER_LENGTH = NAME_LENGTH + 8;
    /** A file has one. */
    private static final int MAX_PACKETS = 16;

    private record Part(long fileOffset, int length, long place) {}

    private static final class Packet {
        private final long total;
        private final List<Part> parts = new ArrayList<>();
        private long have;
        private boolean done;

        Packet(long total) {
            this.total = total;
        }
    }

    private final EvidenceBytes bytes;
    private final BlockSink sink;
    private final Map<String, Packet> packets = new LinkedHashMap<>();

    ExtendedXmp(EvidenceBytes bytes, BlockSink sink) {
        this.bytes = bytes;
        this.sink = sink;
    }

    /**
     * Takes a segment; with the last one that was missing, the packet becomes a block.
     *
     * @param offset of the segment's data in the item
     * @param prefix length of the identifier the data begin with
     * @param data of the segment
     */
    void part(long offset, int prefix, byte[] data) throws IOException {
        int length = data.length - prefix - HEADER_LENGTH;
        if (length < 0) {
            problem(Category.MALFORMED, "an extended XMP segment ends within its header", offset);
            return;
        }
        String name = new String(data, prefix, NAME_LENGTH, StandardCharsets.ISO_8859_1);
        ByteBuffer numbers = ByteBuffer.wrap(data, prefix + NAME_LENGTH, 8);
        long total = Integer.toUnsignedLong(numbers.getInt());
        long place = Integer.toUnsignedLong(numbers.getInt());
        if (total > MetadataExtractor.MAX_TEXT) {
            problem(
                    Category.LIMIT,
                    "extended XMP of " + total + " bytes; up to " + MetadataExtractor.MAX_TEXT + " are read",
                    offset);
            return;
        }
        if (!packets.containsKey(name) && packets.size() == MAX_PACKETS) {
            problem(Category.LIMIT, "more than " + MAX_PACKETS + " extended XMP packets", offset);
            return;
        }
        Packet packet = packets.computeIfAbsent(name, any -> new Packet(total));
        if (packet.done || packet.parts.stream().anyMatch(known -> known.place() == place)) {
            problem(Category.MALFORMED, "a part of extended XMP comes twice", offset);
            return;
        }
        packet.parts.add(new Part(offset + prefix + HEADER_LENGTH, length, place));
        packet.have += length;
        if (packet.have >= packet.total) {
            packet.done = true;
            emit(packet);
        }
    }

    /** Tells which packets lack parts; called when the file was read. */
    void reportIncomplete() {
        for (Packet packet : packets.values()) {
            if (!packet.done) {
                problem(
                        Category.MALFORMED,
                        "extended XMP of " + packet.total + " bytes; only " + packet.have + " are there",
                        packet.parts.getFirst().fileOffset());
            }
        }
    }

    private void emit(Packet packet) throws IOException {
        List<Part> inOrder = packet.parts.stream()
                .sorted(Comparator.comparingLong(Part::place))
                .toList();
        byte[] text = new byte[(int) packet.total];
        long expected = 0;
        for (Part part : inOrder) {
            if (part.place() != expected || part.length() > packet.total - expected) {
                problem(Category.MALFORMED, "the parts of extended XMP do not fit together", part.fileOffset());
                return;
            }
            byte[] piece = bytes.readExactly(part.fileOffset(), part.length());
            System.arraycopy(piece, 0, text, (int) expected, piece.length);
            expected += part.length();
        }
        long start = packet.parts.stream().mapToLong(Part::fileOffset).min().orElse(0);
        long end = packet.parts.stream()
                .mapToLong(part -> part.fileOffset() + part.length())
                .max()
                .orElse(start);
        sink.block("jpeg/xmp-extended", "", start, end - start, Crc.NONE, Optional.of(TextDecoder.byMark(text)));
    }

    private void problem(Category category, String message, long offset) {
        sink.problem(Problem.at(category, JpegReader.ID, message, offset));
    }
}
