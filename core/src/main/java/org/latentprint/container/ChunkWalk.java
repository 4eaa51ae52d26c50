package org.latentprint.container;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Walks the chunks of a RIFF or AIFF file, level by level, counts them, and takes their texts. Source: Microsoft and IBM,
 * Multimedia Programming Interface and Data Specifications 1.0 (RIFF).
 */
final class ChunkWalk {
    static final int HEADER_LENGTH = 8;

    /** A film's index is one chunk; its pictures are in a list that is stepped over. */
    private static final int MAX_CHUNKS = 100_000;

    /** No text is longer than what an item's texts may have together. */
    private static final long MAX_READ = MetadataExtractor.MAX_TEXT;

    /**
     * A chunk.
     *
     * @param type four characters
     * @param start of its content
     * @param end of its content, never behind the end of the chunk around it or of the item
     * @param isWhole whether it ends where it says
     */
    record Chunk(String type, long start, long end, boolean isWhole) {
        long length() {
            return end - start;
        }
    }

    /** Takes the chunks of a level in their order. */
    @FunctionalInterface
    interface Visitor {
        void visit(Chunk chunk) throws IOException;
    }

    /** Says how long a chunk is whose own field of 32 bits cannot; empty where that field is right. */
    @FunctionalInterface
    interface LongSizes {
        Optional<Long> of(String type);
    }

    private final ByteWindow window;
    private final boolean lowFirst;
    private final String format;
    private final String reader;
    private final BlockSink sink;
    private int count;

    /**
     * Makes a walk over one item.
     *
     * @param lowFirst whether numbers have their low byte first
     * @param format the first part of the blocks' container
     * @param reader id of the reader, for problems
     */
    ChunkWalk(ByteWindow window, boolean lowFirst, String format, String reader, BlockSink sink) {
        this.window = window;
        this.lowFirst = lowFirst;
        this.format = format;
        this.reader = reader;
        this.sink = sink;
    }

    /** Returns four bytes as a number in the byte order of the format. */
    long u32(long offset) throws IOException {
        return lowFirst ? window.u32LowFirst(offset) : window.u32(offset);
    }

    /**
     * Visits the chunks of that range.
     *
     * @return the place behind the last of them
     */
    long forEach(long start, long end, LongSizes sizes, Visitor visitor) throws IOException {
        long position = start;
        while (end - position >= HEADER_LENGTH) {
            if (++count > MAX_CHUNKS) {
                if (count == MAX_CHUNKS + 1) {
                    problem(Category.LIMIT, "more than " + MAX_CHUNKS + " chunks; the rest was not read", position);
                }
                return end;
            }
            String type = window.code(position);
            if (!isType(type)) {
                problem(Category.MALFORMED, "bytes that are no chunk", position);
                return position;
            }
            long length = u32(position + 4);
            if (length == 0xFFFF_FFFFL) {
                length = sizes.of(type).orElse(length);
            }
            long content = position + HEADER_LENGTH;
            boolean whole = length >= 0 && length <= end - content;
            if (!whole) {
                problem(
                        Category.MALFORMED,
                        "chunk " + type + " states " + length + " bytes, there are " + (end - content),
                        position);
            }
            Chunk chunk = new Chunk(type, content, whole ? content + length : end, whole);
            visitor.visit(chunk);
            // A byte makes an odd length even, which some writers leave out.
            boolean padded = chunk.length() % 2 != 0
                    && chunk.end() < end
                    && (window.u8(chunk.end()) == 0
                            || end - chunk.end() < HEADER_LENGTH
                            || !isType(window.code(chunk.end())));
            position = chunk.end() + (padded ? 1 : 0);
        }
        return position;
    }

    private static boolean isType(String type) {
        return type.chars().allMatch(each -> (each >= ' ' && each < 0x7F) || each == 0xA9);
    }

    /** Takes a chunk as text; of one that is cut, nothing. */
    void text(String kind, String key, Chunk chunk) throws IOException {
        if (chunk.isWhole()) {
            text(kind, key, chunk.start(), chunk.length());
        }
    }

    /** Takes a part of a chunk as text. */
    void text(String kind, String key, long start, long length) throws IOException {
        Optional<DecodedText> text = Optional.empty();
        if (length > MAX_READ) {
            problem(Category.LIMIT, "a text of " + length + " bytes; up to " + MAX_READ + " are read", start);
        } else {
            text = Optional.of(TextDecoder.byMark(TextDecoder.withoutTrailingZeros(window.bytes(start, (int) length))));
        }
        sink.block(format + "/" + kind, key, start, length, Crc.NONE, text);
    }

    /** Takes a part of a chunk as text up to its first zero, where it has any. */
    void field(String kind, String key, long start, int room) throws IOException {
        byte[] field = window.bytes(start, room);
        int length = 0;
        while (length < room && field[length] != 0) {
            length++;
        }
        if (length > 0) {
            DecodedText text = TextDecoder.utf8OrLatin1(Arrays.copyOf(field, length));
            sink.block(format + "/" + kind, key, start, room, Crc.NONE, Optional.of(text));
        }
    }

    /** Lists a chunk without reading it; one that is cut not at all. */
    void listed(Chunk chunk) {
        if (chunk.isWhole()) {
            String kind = chunk.type().strip().toLowerCase(Locale.ROOT);
            sink.block(format + "/" + kind, "", chunk.start(), chunk.length(), Crc.NONE, Optional.empty());
        }
    }

    void problem(Category category, String message, long offset) {
        sink.problem(Problem.at(category, reader, message, offset));
    }
}
