package org.latentprint.container;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads a list of comments as FLAC, Vorbis, Opus, Theora and Speex have it: the name of the encoder, then texts of the form
 * {@code NAME=text}. Names are given as written. Source: what FFmpeg writes in {@code libavformat/vorbiscomment.c}. Held
 * against no file of ComfyUI's.
 */
final class VorbisComments {
    /** Comments that hold pictures in base64. */
    private static final Set<String> PICTURES = Set.of("METADATA_BLOCK_PICTURE", "COVERART");

    /** A name is printable ASCII without the equals sign; the longest in use have some forty characters. */
    private static final int MAX_NAME = 4096;

    private final String format;
    private final String reader;
    private final Crc crc;
    private final BlockSink sink;

    /**
     * Makes a reader of one list.
     *
     * @param format such as {@code flac}, the first part of the blocks' container
     * @param reader id of the reader, for problems
     * @param crc state of the checksum over the list
     */
    VorbisComments(String format, String reader, Crc crc, BlockSink sink) {
        this.format = format;
        this.reader = reader;
        this.crc = crc;
        this.sink = sink;
    }

    /** Reads the list that begins at that index, as far as it is there. */
    void read(PlacedBytes bytes, int from) {
        int vendor = textAt(bytes, from, "the encoder's name");
        if (vendor < 0) {
            return;
        }
        block("vendor", "", bytes, from + 4, vendor, true);
        if (bytes.length() - vendor < 4) {
            problem("the list ends before its number of comments", bytes.offset(vendor));
            return;
        }
        long count = bytes.u32LowFirst(vendor);
        int position = vendor + 4;
        for (long i = 0; i < count; i++) {
            int end = textAt(bytes, position, "comment " + (i + 1) + " of " + count);
            if (end < 0) {
                return;
            }
            comment(bytes, position + 4, end);
            position = end;
        }
    }

    /** Returns the end of the text whose length stands at that index, or -1 where it is not all there. */
    private int textAt(PlacedBytes bytes, int at, String what) {
        int left = bytes.length() - at;
        if (left < 4) {
            problem("the list ends before " + what, bytes.offset(at));
            return -1;
        }
        long length = bytes.u32LowFirst(at);
        if (length > left - 4) {
            problem(what + " states " + length + " bytes, there are " + (left - 4), bytes.offset(at));
            return -1;
        }
        return at + 4 + (int) length;
    }

    private void comment(PlacedBytes bytes, int start, int end) {
        int equals = bytes.indexOf('=', start, (int) Math.min(end, (long) start + MAX_NAME));
        if (equals < 0) {
            problem("a comment without a name", bytes.offset(start));
            block("comment", "", bytes, start, end, true);
            return;
        }
        String name = new String(bytes.bytes(start, equals), StandardCharsets.ISO_8859_1);
        boolean picture = PICTURES.stream().anyMatch(name::equalsIgnoreCase);
        block("comment", name, bytes, equals + 1, end, !picture);
    }

    private void block(String kind, String key, PlacedBytes bytes, int start, int end, boolean text) {
        sink.block(
                format + "/" + kind,
                key,
                bytes.offset(start),
                bytes.span(start, end),
                crc,
                text ? Optional.of(TextDecoder.utf8OrLatin1(bytes.bytes(start, end))) : Optional.empty());
    }

    private void problem(String message, long offset) {
        sink.problem(Problem.at(Category.MALFORMED, reader, message, offset));
    }
}
