package org.latentprint.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads the tags that stand at the end of sound files, from the last to the first: ID3v1, Lyrics3v2, APE, ID3v2.4 with a
 * footer. Sources: the ID3v1 and Lyrics3v2.00 descriptions of id3.org; the order in which mutagen looks for them in
 * {@code mutagen/apev2.py}. The footer of ID3v2.4 was held against no file.
 */
final class AudioTail {
    private static final int OLD_TAG_LENGTH = 128;
    private static final byte[] OLD_TAG = "TAG".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] LYRICS_BEGIN = "LYRICSBEGIN".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LYRICS_END = "LYRICS200".getBytes(StandardCharsets.US_ASCII);
    /** Digits of the length that stands before the end's mark. */
    private static final int LYRICS_SIZE_LENGTH = 6;
    /** Of a field: three letters of name and five digits of length. */
    private static final int FIELD_HEADER = 8;

    private static final int FIELD_NAME = 3;

    private static final byte[] FOOTER = "3DI".getBytes(StandardCharsets.US_ASCII);

    private final EvidenceBytes bytes;
    private final ByteWindow window;
    private final String reader;
    private final BlockSink sink;

    /**
     * Makes a reader of one item's tail.
     *
     * @param reader id of the reader, for problems
     */
    AudioTail(EvidenceBytes bytes, ByteWindow window, String reader, BlockSink sink) {
        this.bytes = bytes;
        this.window = window;
        this.reader = reader;
        this.sink = sink;
    }

    /** Reads the tags of which no byte stands before that offset. */
    void read(long from) throws IOException {
        long end = window.size();
        if (end - from >= OLD_TAG_LENGTH && window.has(end - OLD_TAG_LENGTH, OLD_TAG)) {
            end -= OLD_TAG_LENGTH;
            oldTag(end);
        }
        end = lyrics(from, end);
        end = new ApeTag(window, reader, sink).readBefore(from, end);
        appended(from, end);
    }

    private void oldTag(long offset) throws IOException {
        oldText("title", offset + 3, 30);
        oldText("artist", offset + 33, 30);
        oldText("album", offset + 63, 30);
        oldText("year", offset + 93, 4);
        // The last two bytes of the comment may be a zero and the track's number.
        oldText("comment", offset + 97, window.u8(offset + 125) == 0 ? 28 : 30);
    }

    private void oldText(String key, long offset, int room) throws IOException {
        byte[] field = window.bytes(offset, room);
        int length = 0;
        while (length < room && field[length] != 0) {
            length++;
        }
        DecodedText text = TextDecoder.utf8OrLatin1(Arrays.copyOf(field, length));
        if (!text.text().isBlank()) {
            DecodedText stripped = DecodedText.of(text.text().stripTrailing(), text.encoding());
            sink.block("id3v1", key, offset, room, Crc.NONE, Optional.of(stripped));
        }
    }

    /** Reads Lyrics3 that ends at that offset, and returns where it begins; the same offset where there is none. */
    private long lyrics(long from, long end) throws IOException {
        long mark = end - LYRICS_END.length;
        if (mark - LYRICS_SIZE_LENGTH < from || !window.has(mark, LYRICS_END)) {
            return end;
        }
        long size = number(mark - LYRICS_SIZE_LENGTH, LYRICS_SIZE_LENGTH);
        long start = mark - LYRICS_SIZE_LENGTH - size;
        if (size < LYRICS_BEGIN.length || start < from || !window.has(start, LYRICS_BEGIN)) {
            problem("lyrics that state " + size + " bytes do not begin there", mark);
            return end;
        }
        long position = start + LYRICS_BEGIN.length;
        long last = mark - LYRICS_SIZE_LENGTH;
        while (last - position >= FIELD_HEADER) {
            String name = new String(window.bytes(position, FIELD_NAME), StandardCharsets.ISO_8859_1);
            long length = number(position + FIELD_NAME, FIELD_HEADER - FIELD_NAME);
            position += FIELD_HEADER;
            if (length < 0 || length > last - position) {
                problem("a field of lyrics states a length that does not fit", position);
                break;
            }
            DecodedText text = TextDecoder.utf8OrLatin1(window.bytes(position, (int) length));
            sink.block("lyrics3", name, position, length, Crc.NONE, Optional.of(text));
            position += length;
        }
        return start;
    }

    /** Reads a tag of ID3v2.4 that a footer closes. */
    private void appended(long from, long end) throws IOException {
        long footer = end - Id3Tag.HEADER_LENGTH;
        if (footer < from || !window.has(footer, FOOTER)) {
            return;
        }
        byte[] head = window.bytes(footer, Id3Tag.HEADER_LENGTH);
        head[0] = 'I';
        head[2] = '3';
        long start = Id3Tag.begins(head) ? end - Id3Tag.length(head) : -1;
        if (start < from || new Id3Tag(bytes, window, reader, sink).read(start, end) == start) {
            problem("an ID3 tag's footer without its tag", footer);
        }
    }

    /** Returns the number whose decimal digits stand there, or -1. */
    private long number(long offset, int digits) throws IOException {
        long number = 0;
        for (int i = 0; i < digits; i++) {
            int digit = window.u8(offset + i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private void problem(String message, long offset) {
        sink.problem(Problem.at(Category.MALFORMED, reader, message, offset));
    }
}
