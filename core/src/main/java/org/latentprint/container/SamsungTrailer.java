package org.latentprint.container;

import java.io.IOException;
import java.util.Optional;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * What Samsung's phones put behind a JPEG: named pieces, then a directory ({@code SEFH}) with type, distance back and length
 * of each, its length, and {@code SEFT}; numbers have their low byte first. Among the pieces is the record that the gallery's
 * editor keeps of what it did, in JSON. Source: ExifTool, {@code ProcessSamsung} in {@code Samsung.pm}.
 */
final class SamsungTrailer {
    private static final String DIRECTORY = "SEFH";
    private static final String END = "SEFT";
    private static final int END_LENGTH = 8;
    private static final int DIRECTORY_HEADER = 12;
    private static final int ENTRY = 12;
    private static final int PIECE_HEADER = 8;

    /** Real ones have a dozen; ExifTool takes directories of less than 64 KiB, which is some five thousand. */
    private static final int MAX_PIECES = 1_000;

    /** Names are words such as {@code Image_UTC_Data}. */
    private static final int MAX_NAME = 200;

    /** The editor's record has some thousand characters; depth maps, sound and whole pictures are no text. */
    private static final int MAX_TEXT = 1 << 20;

    private final EvidenceBytes bytes;
    private final ByteWindow window;
    private final String reader;
    private final BlockSink sink;

    SamsungTrailer(EvidenceBytes bytes, ByteWindow window, String reader, BlockSink sink) {
        this.bytes = bytes;
        this.window = window;
        this.reader = reader;
        this.sink = sink;
    }

    /**
     * Lists the pieces, where the bytes end as such a trailer does.
     *
     * @param start behind the picture
     * @param end of the item
     */
    void read(long start, long end) throws IOException {
        if (end - start < END_LENGTH + DIRECTORY_HEADER || !window.code(end - 4).equals(END)) {
            return;
        }
        long length = window.u32LowFirst(end - END_LENGTH);
        long directory = end - END_LENGTH - length;
        if (length < DIRECTORY_HEADER
                || directory < start
                || !window.code(directory).equals(DIRECTORY)) {
            problem("a trailer of Samsung's whose directory does not stand where its end says", end - END_LENGTH);
            return;
        }
        long stated = window.u32LowFirst(directory + 8);
        long room = (length - DIRECTORY_HEADER) / ENTRY;
        if (stated > room) {
            problem("a trailer of Samsung's states " + stated + " pieces and has room for " + room, directory);
        }
        if (stated > MAX_PIECES) {
            sink.problem(Problem.at(
                    Category.LIMIT,
                    reader,
                    stated + " pieces in a trailer of Samsung's; the first " + MAX_PIECES + " are listed",
                    directory));
        }
        long count = Math.min(Math.min(stated, room), MAX_PIECES);
        for (int i = 0; i < count; i++) {
            long entry = directory + DIRECTORY_HEADER + (long) i * ENTRY;
            long back = window.u32LowFirst(entry + 4);
            long size = window.u32LowFirst(entry + 8);
            if (back > directory - start || size > back || size < PIECE_HEADER) {
                problem("a piece of Samsung's trailer lies outside it", entry);
            } else {
                piece(directory - back, size);
            }
        }
    }

    private void piece(long at, long size) throws IOException {
        long nameLength = window.u32LowFirst(at + 4);
        if (nameLength > MAX_NAME || nameLength > size - PIECE_HEADER) {
            problem("a piece of Samsung's trailer whose name has " + nameLength + " bytes", at);
            return;
        }
        byte[] name = bytes.readExactly(at + PIECE_HEADER, (int) nameLength);
        long start = at + PIECE_HEADER + nameLength;
        long length = size - PIECE_HEADER - nameLength;
        Optional<DecodedText> text = length > 0 && length <= MAX_TEXT
                ? TextDecoder.plainText(bytes.readExactly(start, (int) length))
                : Optional.empty();
        String key = TextDecoder.utf8OrLatin1(name).text();
        sink.block("jpeg/samsung", key, start, length, Crc.NONE, text);
    }

    private void problem(String message, long offset) {
        sink.problem(Problem.at(Category.MALFORMED, reader, message, offset));
    }
}
