package org.latentprint.container;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/** Reads the content of FLAC's metadata blocks, which stand in a FLAC file or in packets of Ogg. Source: RFC 9639. */
final class FlacBlocks {
    /** Before each block: whether it is the last and its kind in one byte, its length in three. */
    static final int HEADER_LENGTH = 4;

    private static final int STREAM_INFORMATION = 0;
    private static final int PADDING = 1;
    private static final int APPLICATION = 2;
    private static final int SEEK_TABLE = 3;
    static final int COMMENTS = 4;
    private static final int CUE_SHEET = 5;
    private static final int PICTURE = 6;

    /** Descriptions of pictures are a few words. */
    private static final int MAX_NAME = 4096;

    private final String format;
    private final String reader;
    private final BlockSink sink;

    /**
     * Makes a reader of blocks.
     *
     * @param format {@code flac} or {@code ogg}
     * @param reader id of the reader, for problems
     */
    FlacBlocks(String format, String reader, BlockSink sink) {
        this.format = format;
        this.reader = reader;
        this.sink = sink;
    }

    /**
     * Takes one block.
     *
     * @param kind the low seven bits of its first byte
     * @param bytes holds its content from that index to its end
     * @param crc state of the checksum around it
     */
    void block(int kind, PlacedBytes bytes, int from, Crc crc) {
        switch (kind) {
            case PADDING, SEEK_TABLE -> {}
            case STREAM_INFORMATION -> listed("STREAMINFO", "", bytes, from, crc);
            case COMMENTS -> new VorbisComments(format, reader, crc, sink).read(bytes, from);
            case APPLICATION -> listed("APPLICATION", application(bytes, from), bytes, from, crc);
            case CUE_SHEET -> listed("CUESHEET", "", bytes, from, crc);
            case PICTURE -> listed("PICTURE", description(bytes, from), bytes, from, crc);
            default -> listed("block-" + kind, "", bytes, from, crc);
        }
    }

    private void listed(String kind, String key, PlacedBytes bytes, int from, Crc crc) {
        int end = bytes.length();
        sink.block(format + "/" + kind, key, bytes.offset(from), bytes.span(from, end), crc, Optional.empty());
    }

    private static String application(PlacedBytes bytes, int from) {
        if (bytes.length() - from < 4) {
            return "";
        }
        byte[] id = bytes.bytes(from, from + 4);
        String text = new String(id, StandardCharsets.ISO_8859_1);
        return text.chars().allMatch(each -> each >= ' ' && each < 0x7F) ? text : "";
    }

    /** Returns a picture's description: behind its use and its media type. */
    private String description(PlacedBytes bytes, int from) {
        long left = (long) bytes.length() - from;
        long type = left < 8 ? -1 : bytes.u32(from + 4);
        if (type < 0 || type > left - 12) {
            problem("a picture's media type does not fit its block", bytes.offset(from));
            return "";
        }
        int at = from + 8 + (int) type;
        long length = bytes.u32(at);
        if (length > left - 12 - type || length > MAX_NAME) {
            problem("a picture's description of " + length + " bytes was not read", bytes.offset(at));
            return "";
        }
        return TextDecoder.utf8OrLatin1(bytes.bytes(at + 4, at + 4 + (int) length))
                .text();
    }

    private void problem(String message, long offset) {
        sink.problem(Problem.at(Category.MALFORMED, reader, message, offset));
    }
}
