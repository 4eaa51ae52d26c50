package org.latentprint.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads an ID3v2 tag: its header, then its frames one by one. Sources: the ID3v2.2.0, 2.3.0 and 2.4.0 informal standards of
 * id3.org; what FFmpeg writes in {@code libavformat/id3v2enc.c}; and, for writers that break the rules, what mutagen reads in
 * {@code mutagen/id3/_tags.py}.
 */
final class Id3Tag {
    static final int HEADER_LENGTH = 10;

    private static final int UNSYNCHRONISED = 0x80;
    /** In 2.2 the same bit says that the whole tag is compressed, for which no scheme was ever set. */
    private static final int EXTENDED_HEADER = 0x40;

    private static final int FOOTER = 0x10;

    /** A tag is held in memory; a cover picture has a few MiB, a manifest store no more. */
    private static final int MAX_TAG = 32 << 20;

    /** Chapters hold frames, and nothing else does. */
    private static final int MAX_DEPTH = 3;

    private final EvidenceBytes bytes;
    private final ByteWindow window;
    private final String reader;
    private final BlockSink sink;
    private final BoundedInflater inflater = new BoundedInflater();

    /**
     * Makes a reader of one item's tags.
     *
     * @param reader id of the reader, for problems
     */
    Id3Tag(EvidenceBytes bytes, ByteWindow window, String reader, BlockSink sink) {
        this.bytes = bytes;
        this.window = window;
        this.reader = reader;
        this.sink = sink;
    }

    /** Says whether a tag of a version that is known here begins like these ten bytes. */
    static boolean begins(byte[] head) {
        return head.length >= HEADER_LENGTH
                && head[0] == 'I'
                && head[1] == 'D'
                && head[2] == '3'
                && head[3] >= 2
                && head[3] <= 4
                && head[4] != (byte) 0xFF
                && (head[6] | head[7] | head[8] | head[9]) >= 0;
    }

    /** Returns how long the tag is that begins like these ten bytes, with its header and footer. */
    static long length(byte[] head) {
        int footer = head[3] == 4 && (head[5] & FOOTER) != 0 ? HEADER_LENGTH : 0;
        return HEADER_LENGTH + synchsafe(head, 6) + footer;
    }

    private static long synchsafe(byte[] head, int at) {
        return (long) head[at] << 21 | head[at + 1] << 14 | head[at + 2] << 7 | head[at + 3];
    }

    /**
     * Reads the tag that begins at that offset.
     *
     * @param end of what may belong to it, such as the end of a chunk
     * @return the place behind it; the same offset where no tag begins there
     */
    long read(long offset, long end) throws IOException {
        if (end - offset < HEADER_LENGTH) {
            return offset;
        }
        byte[] head = window.bytes(offset, HEADER_LENGTH);
        if (!begins(head)) {
            return offset;
        }
        int version = head[3];
        int flags = head[5] & 0xFF;
        long stated = synchsafe(head, 6);
        long start = offset + HEADER_LENGTH;
        long there = Math.min(stated, end - start);
        if (there < stated) {
            problem(Category.MALFORMED, "an ID3 tag states " + stated + " bytes, there are " + there, offset);
        }
        if (there > MAX_TAG) {
            problem(Category.LIMIT, "an ID3 tag of " + stated + " bytes; up to " + MAX_TAG + " are read", offset);
            there = MAX_TAG;
        }
        if (version == 2 && (flags & EXTENDED_HEADER) != 0) {
            problem(Category.UNSUPPORTED, "a compressed ID3v2.2 tag, whose scheme is nowhere described", offset);
        } else {
            frames(PlacedBytes.at(bytes.readExactly(start, (int) there), start), version, flags);
        }
        return Math.min(end, offset + length(head));
    }

    private void frames(PlacedBytes raw, int version, int flags) {
        boolean unsynchronised = (flags & UNSYNCHRONISED) != 0;
        // From 2.4 on each frame is, and not the tag.
        Optional<PlacedBytes> whole = unsynchronised && version < 4 ? raw.withoutUnsynchronisation() : Optional.of(raw);
        if (whole.isEmpty()) {
            String bound = "an unsynchronised ID3 tag with more than " + PlacedBytes.MAX_RUNS + " fillers was not read";
            problem(Category.LIMIT, bound, raw.offset(0));
            return;
        }
        PlacedBytes tag = whole.get();
        int first = version > 2 && (flags & EXTENDED_HEADER) != 0 ? afterExtendedHeader(tag, version) : 0;
        frames(tag, first, new Form(version, unsynchronised && version == 4), 1);
    }

    /** How a tag's frames are written. */
    private record Form(int version, boolean unsynchronised) {
        int idLength() {
            return version == 2 ? 3 : 4;
        }

        int headerLength() {
            return version == 2 ? 6 : 10;
        }
    }

    private int afterExtendedHeader(PlacedBytes tag, int version) {
        if (tag.length() < 4) {
            return 0;
        }
        if (Id3Frame.isId(tag, 0, 4)) {
            // Some writers set the flag and write no such header.
            return 0;
        }
        long length = version == 3 ? tag.u32(0) + 4 : synchsafe(tag, 0).orElse(0L);
        if (length < 4 || length > tag.length()) {
            problem(Category.MALFORMED, "an extended header of " + length + " bytes", tag.offset(0));
            return tag.length();
        }
        return (int) length;
    }

    private void frames(PlacedBytes tag, int from, Form form, int depth) {
        int position = from;
        while (tag.length() - position > form.headerLength() && tag.u8(position) != 0) {
            if (!Id3Frame.isId(tag, position, form.idLength())) {
                problem(Category.MALFORMED, "bytes that are no frame of an ID3 tag", tag.offset(position));
                return;
            }
            String id = new String(tag.bytes(position, position + form.idLength()), StandardCharsets.US_ASCII);
            int start = position + form.headerLength();
            Size size = size(tag, position + form.idLength(), start, form);
            if (size.bytes() > tag.length() - start) {
                problem(
                        Category.MALFORMED,
                        "frame " + id + " states " + size.bytes() + " bytes, there are " + (tag.length() - start),
                        tag.offset(position));
                return;
            }
            int end = start + (int) size.bytes();
            int format = form.version() == 2 ? 0 : tag.u8(start - 1);
            Id3Frame frame = new Id3Frame(id, tag, start, end, size.repaired(), reader, sink);
            Optional<PlacedBytes> content = frame.content(form.version(), format, form.unsynchronised(), inflater);
            if (content.isPresent()) {
                frame.read(content.get());
                int inner = frame.chapterFrames(content.get());
                if (inner >= 0 && depth < MAX_DEPTH) {
                    frames(content.get(), inner, new Form(form.version(), false), depth + 1);
                }
            }
            position = end;
        }
    }

    /** A frame's size, and what was wrong with how it is written. */
    private record Size(long bytes, Optional<String> repaired) {}

    private Size size(PlacedBytes tag, int at, int start, Form form) {
        if (form.version() == 2) {
            return new Size(tag.u8(at) << 16 | tag.u8(at + 1) << 8 | tag.u8(at + 2), Optional.empty());
        }
        long plain = tag.u32(at);
        if (form.version() == 3) {
            return new Size(plain, Optional.empty());
        }
        Optional<Long> synchsafe = synchsafe(tag, at);
        boolean rightful = synchsafe.isPresent() && (plain < 0x80 || isFrameEnd(tag, start + synchsafe.get(), form));
        if (rightful || (synchsafe.isPresent() && !isFrameEnd(tag, start + plain, form))) {
            return new Size(synchsafe.get(), Optional.empty());
        }
        // iTunes wrote sizes of eight bits a byte where 2.4 has seven.
        return new Size(plain, Optional.of("the frame's size is written with eight bits a byte, not seven"));
    }

    private static boolean isFrameEnd(PlacedBytes tag, long end, Form form) {
        if (end > tag.length()) {
            return false;
        }
        int at = (int) end;
        return tag.length() - at < form.headerLength() || tag.u8(at) == 0 || Id3Frame.isId(tag, at, form.idLength());
    }

    private static Optional<Long> synchsafe(PlacedBytes tag, int at) {
        long plain = tag.u32(at);
        return (plain & 0x8080_8080L) != 0
                ? Optional.empty()
                : Optional.of((plain >> 24 & 0x7F) << 21
                        | (plain >> 16 & 0x7F) << 14
                        | (plain >> 8 & 0x7F) << 7
                        | (plain & 0x7F));
    }

    private void problem(Category category, String message, long offset) {
        sink.problem(Problem.at(category, reader, message, offset));
    }
}
