package org.latentprint.container;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads WebP, still or animated: EXIF with or without the prefix it should not have, XMP, C2PA, and a list of unknown
 * chunks. Source: RFC 9649.
 */
public final class WebpReader implements ContainerReader {
    private static final String ID = "webp/2";
    private static final int FIRST_CHUNK = 12;
    private static final int HEADER_LENGTH = 8;

    /** An animation has a chunk for each frame. */
    private static final int MAX_CHUNKS = 200_000;

    /** No text is longer than what an item's texts may have together. */
    private static final long MAX_READ = MetadataExtractor.MAX_TEXT;

    private static final Set<String> PICTURE_CHUNKS = Set.of("VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF");
    private static final Set<String> METADATA_CHUNKS = Set.of("EXIF", "XMP ", "XMP\0", "C2PA");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        return matches(head, 0, "RIFF") && matches(head, 8, "WEBP") ? Optional.of("image/webp") : Optional.empty();
    }

    private static boolean matches(byte[] head, int at, String code) {
        return head.length >= at + 4
                && head[at] == code.charAt(0)
                && head[at + 1] == code.charAt(1)
                && head[at + 2] == code.charAt(2)
                && head[at + 3] == code.charAt(3);
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        new Walk(bytes, sink).run();
    }

    /** One walk over one item's chunks. */
    private static final class Walk {
        private final EvidenceBytes bytes;
        private final ByteWindow window;
        private final BlockSink sink;
        private boolean sized;

        Walk(EvidenceBytes bytes, BlockSink sink) {
            this.bytes = bytes;
            this.window = new ByteWindow(bytes);
            this.sink = sink;
        }

        void run() throws IOException {
            long end = HEADER_LENGTH + window.u32LowFirst(4);
            if (end > bytes.size()) {
                problem(Category.MALFORMED, "the file states " + end + " bytes and has " + bytes.size(), 4);
            }
            long position = FIRST_CHUNK;
            for (int count = 0; ; count++) {
                if (count == MAX_CHUNKS) {
                    problem(Category.LIMIT, "more than " + MAX_CHUNKS + " chunks; the rest was not read", position);
                    return;
                }
                long left = bytes.size() - position;
                if (left < HEADER_LENGTH) {
                    if (position < end && left > 0) {
                        problem(Category.MALFORMED, "the file ends within a chunk's header", position);
                    } else if (left > 0) {
                        sink.trailing(position, left);
                    }
                    return;
                }
                String type = window.code(position);
                long length = window.u32LowFirst(position + 4);
                if (position >= end) {
                    if (!METADATA_CHUNKS.contains(type) || length > left - HEADER_LENGTH) {
                        sink.trailing(position, left);
                        return;
                    }
                    problem(Category.MALFORMED, "chunk " + type + " stands behind the stated end", position);
                }
                if (length > left - HEADER_LENGTH) {
                    problem(
                            Category.MALFORMED,
                            "chunk " + shown(type) + " states " + length + " bytes, the file has "
                                    + (left - HEADER_LENGTH) + " more",
                            position);
                    return;
                }
                chunk(type, position + HEADER_LENGTH, length);
                position = next(position + HEADER_LENGTH + length);
            }
        }

        /** Steps over the byte that makes a length even, which some writers leave out. */
        private long next(long end) throws IOException {
            if (end % 2 == 0 || end >= bytes.size()) {
                return end;
            }
            boolean padded = window.u8(end) == 0 || end + HEADER_LENGTH > bytes.size() || !isKnown(window.code(end));
            if (!padded) {
                problem(Category.MALFORMED, "a chunk of odd length without its padding byte", end);
            }
            return padded ? end + 1 : end;
        }

        private void chunk(String type, long offset, long length) throws IOException {
            switch (type) {
                case "EXIF" -> {
                    if (isReadable(type, offset, length)) {
                        new ExifReader("webp/exif", ID, Crc.NONE, sink)
                                .read(bytes.readExactly(offset, (int) length), offset);
                    }
                }
                case "XMP ", "XMP\0" -> {
                    if (isReadable(type, offset, length)) {
                        DecodedText text = TextDecoder.byMark(
                                TextDecoder.withoutTrailingZeros(bytes.readExactly(offset, (int) length)));
                        sink.block("webp/xmp", "", offset, length, Crc.NONE, Optional.of(text));
                    }
                }
                case "VP8X" -> {
                    if (length >= 10) {
                        size(1 + low24(offset + 4), 1 + low24(offset + 7));
                    }
                }
                case "VP8L" -> {
                    if (length >= 5 && window.u8(offset) == 0x2F) {
                        long bits = window.u32LowFirst(offset + 1);
                        size(1 + (int) (bits & 0x3FFF), 1 + (int) (bits >> 14 & 0x3FFF));
                    }
                }
                case "VP8 " -> {
                    if (length >= 10 && window.u16(offset + 3) == 0x9D01 && window.u8(offset + 5) == 0x2A) {
                        long both = window.u32LowFirst(offset + 6);
                        size((int) (both & 0x3FFF), (int) (both >> 16 & 0x3FFF));
                    }
                }
                default -> {
                    if (!PICTURE_CHUNKS.contains(type)) {
                        listed(type, offset, length);
                    }
                    if (type.equals("C2PA")) {
                        sink.manifestStore(List.of(new ByteRange(offset, length)));
                    }
                }
            }
        }

        private boolean isReadable(String type, long offset, long length) {
            if (length <= MAX_READ) {
                return true;
            }
            problem(
                    Category.LIMIT,
                    "chunk " + shown(type) + " of " + length + " bytes; up to " + MAX_READ + " are read",
                    offset);
            listed(type, offset, length);
            return false;
        }

        private void listed(String type, long offset, long length) {
            sink.block("webp/" + shown(type), "", offset, length, Crc.NONE, Optional.empty());
        }

        /** Takes the size of the first chunk that states one: the canvas, or the only picture. */
        private void size(int width, int height) {
            if (!sized && width > 0 && height > 0) {
                sink.pixels(width, height);
                sized = true;
            }
        }

        private int low24(long offset) throws IOException {
            return (int) (window.u32LowFirst(offset - 1) >>> 8);
        }

        private static boolean isKnown(String type) {
            return PICTURE_CHUNKS.contains(type) || METADATA_CHUNKS.contains(type);
        }

        /** Returns a chunk's type as it can be shown: its characters, or their numbers. */
        private static String shown(String type) {
            if (type.chars().allMatch(each -> each >= ' ' && each < 0x7F)) {
                return type.strip();
            }
            StringBuilder hex = new StringBuilder("0x");
            type.chars().forEach(each -> hex.append(String.format(Locale.ROOT, "%02X", each)));
            return hex.toString();
        }

        private void problem(Category category, String message, long offset) {
            sink.problem(Problem.at(category, ID, message, offset));
        }
    }
}
