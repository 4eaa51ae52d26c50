package org.latentprint.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads text chunks of a PNG that stand without their picture, as they are found in unallocated space: one or more, one behind
 * the other, each with a checksum that holds. Nothing else is taken for such: no byte marks them, so the first must begin
 * the item, and where its checksum is wrong nothing is read. Source: PNG, third edition (W3C), sections 5.3 and 11.3.3.
 */
final class PngTextReader implements ContainerReader {
    private static final String ID = "png-text/1";

    /** Length and type before a chunk's data. */
    private static final int BEFORE_DATA = 8;

    private static final int CRC_LENGTH = 4;

    /** The standard's limit. */
    private static final int MAX_KEYWORD = 79;

    /** A picture has some dozen. */
    private static final int MAX_CHUNKS = 1_000;

    /** No text is longer than what an item's texts may have together. */
    private static final long MAX_READ = MetadataExtractor.MAX_TEXT;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        if (head.length < BEFORE_DATA + 2 || !isText(type(head, 4)) || !hasKeyword(head)) {
            return Optional.empty();
        }
        long length = u32(head, 0);
        if (length > MAX_READ) {
            return Optional.empty();
        }
        int end = (int) Math.min(head.length, BEFORE_DATA + length + CRC_LENGTH);
        boolean whole = end == BEFORE_DATA + length + CRC_LENGTH;
        // A longer chunk's checksum is compared when it is read; a head that is all of the item holds all of it.
        boolean holds = whole
                ? crc(head, 4, end - CRC_LENGTH - 4) == u32(head, end - CRC_LENGTH)
                : head.length == ContainerReaders.HEAD_LENGTH;
        return holds ? Optional.of("application/x-png-text") : Optional.empty();
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        PngText texts = new PngText(ID, sink);
        ByteWindow window = new ByteWindow(bytes);
        long place = 0;
        for (int count = 0; count < MAX_CHUNKS; count++) {
            long left = bytes.size() - place;
            if (left == 0) {
                return;
            }
            long length = left < BEFORE_DATA + CRC_LENGTH ? Long.MAX_VALUE : window.u32(place);
            if (length > MAX_READ || length > left - BEFORE_DATA - CRC_LENGTH || !isText(window.code(place + 4))) {
                noChunk(sink, "bytes that are no text chunk; the rest was not read", place);
                return;
            }
            byte[] typeAndData = bytes.readExactly(place + 4, (int) length + 4);
            if (crc(typeAndData, 0, typeAndData.length) != window.u32(place + BEFORE_DATA + length)) {
                noChunk(sink, "a text chunk whose checksum is wrong; nothing else shows that it is one", place);
                return;
            }
            byte[] data = new byte[(int) length];
            System.arraycopy(typeAndData, 4, data, 0, data.length);
            texts.read(type(typeAndData, 0), data, place + BEFORE_DATA, Crc.OK);
            place += BEFORE_DATA + length + CRC_LENGTH;
        }
        sink.problem(Problem.at(
                Category.LIMIT, ID, "more than " + MAX_CHUNKS + " text chunks; the rest was not read", place));
    }

    private static void noChunk(BlockSink sink, String message, long place) {
        sink.problem(Problem.at(Category.MALFORMED, ID, message, place));
    }

    private static boolean isText(String type) {
        return type.equals("tEXt") || type.equals("zTXt") || type.equals("iTXt");
    }

    /** Says whether 1 to 79 characters of Latin-1 that print, and a zero, begin the data. */
    private static boolean hasKeyword(byte[] head) {
        for (int i = 0; i <= MAX_KEYWORD && BEFORE_DATA + i < head.length; i++) {
            int each = head[BEFORE_DATA + i] & 0xFF;
            if (each == 0) {
                return i > 0;
            }
            if (each < 0x20 || (each >= 0x7F && each < 0xA1)) {
                return false;
            }
        }
        return false;
    }

    private static long crc(byte[] bytes, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, length);
        return crc.getValue();
    }

    private static long u32(byte[] bytes, int at) {
        return (bytes[at] & 0xFFL) << 24
                | (bytes[at + 1] & 0xFFL) << 16
                | (bytes[at + 2] & 0xFFL) << 8
                | (bytes[at + 3] & 0xFFL);
    }

    private static String type(byte[] bytes, int at) {
        return new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
    }
}
