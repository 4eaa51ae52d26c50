package org.latentprint.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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
 * Reads GIF, still or animated: comments, XMP, Content Credentials, and a list of other application extensions. Sources:
 * GIF89a Specification; XMP part 3, section 1.1.2; c2pa-rs, {@code sdk/src/asset_handlers/gif_io.rs}.
 */
public final class GifReader implements ContainerReader {
    private static final String ID = "gif/1";

    private static final int HEADER_LENGTH = 13;
    private static final int DESCRIPTOR_LENGTH = 10;
    private static final int APPLICATION_LENGTH = 11;

    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;
    private static final int TRAILER = 0x3B;
    private static final int PLAIN_TEXT = 0x01;
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int COMMENT = 0xFE;
    private static final int APPLICATION = 0xFF;

    private static final int COLOURS_FLAG = 0x80;
    private static final int COLOURS_MASK = 0x07;

    /** An animation has two blocks for each frame. */
    private static final int MAX_BLOCKS = 400_000;

    /** No text is longer than what an item's texts may have together. */
    private static final long MAX_READ = MetadataExtractor.MAX_TEXT;

    private static final String XMP = "XMP DataXMP";

    /** Identifier and authentication code of the extension that holds a C2PA manifest store. */
    private static final String C2PA = "C2PA_GIF\1\0\0";

    /** A store of 64 MiB, the largest that is read, in sub-blocks of full length. */
    private static final int MAX_PIECES = 264_000;

    /** Bytes that lead any reader of sub-blocks from within the packet to its end: 1, FF, FE, ... 1, 0, and the last zero. */
    private static final int MAGIC_TRAILER = 258;

    /** Applications whose extension holds how an animation repeats. */
    private static final Set<String> REPEATS = Set.of("NETSCAPE2.0", "ANIMEXTS1.0");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        if (head.length < HEADER_LENGTH) {
            return Optional.empty();
        }
        String signature = new String(head, 0, 6, StandardCharsets.ISO_8859_1);
        return signature.equals("GIF87a") || signature.equals("GIF89a") ? Optional.of("image/gif") : Optional.empty();
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        new Walk(bytes, sink).run();
    }

    /** Where sub-blocks end: behind the empty one that ends them, or where the file does. */
    private record SubBlocks(long end, boolean isWhole) {}

    /** One walk over one item's blocks. */
    private static final class Walk {
        private final EvidenceBytes bytes;
        private final ByteWindow window;
        private final BlockSink sink;

        Walk(EvidenceBytes bytes, BlockSink sink) {
            this.bytes = bytes;
            this.window = new ByteWindow(bytes);
            this.sink = sink;
        }

        void run() throws IOException {
            int width = low16(6);
            int height = low16(8);
            if (width > 0 && height > 0) {
                sink.pixels(width, height);
            }
            long position = HEADER_LENGTH + colours(window.u8(10));
            for (int count = 0; position < bytes.size(); count++) {
                if (count == MAX_BLOCKS) {
                    problem(Category.LIMIT, "more than " + MAX_BLOCKS + " blocks; the rest was not read", position);
                    return;
                }
                int introducer = window.u8(position);
                if (introducer == TRAILER) {
                    if (position + 1 < bytes.size()) {
                        sink.trailing(position + 1, bytes.size() - position - 1);
                    }
                    return;
                }
                if (introducer != EXTENSION && introducer != IMAGE) {
                    problem(Category.MALFORMED, "bytes that are no block", position);
                    sink.trailing(position, bytes.size() - position);
                    return;
                }
                Optional<SubBlocks> data = introducer == IMAGE ? image(position) : extension(position);
                if (data.filter(SubBlocks::isWhole).isEmpty()) {
                    problem(Category.MALFORMED, "the file ends within a block", position);
                    return;
                }
                position = data.map(SubBlocks::end).orElse(bytes.size());
            }
            problem(Category.MALFORMED, "the file ends without its trailer", bytes.size());
        }

        /** Steps over a frame: its descriptor, its colours, the code size, its data. */
        private Optional<SubBlocks> image(long position) throws IOException {
            if (bytes.size() - position < DESCRIPTOR_LENGTH) {
                return Optional.empty();
            }
            long data = position + DESCRIPTOR_LENGTH + colours(window.u8(position + 9)) + 1;
            return Optional.of(subBlocks(data));
        }

        private Optional<SubBlocks> extension(long position) throws IOException {
            if (bytes.size() - position < 3) {
                return Optional.empty();
            }
            long start = position + 2;
            SubBlocks data = subBlocks(start);
            if (data.isWhole()) {
                switch (window.u8(position + 1)) {
                    case COMMENT -> comment(start, data);
                    case APPLICATION -> application(start, data);
                    case PLAIN_TEXT -> listed("gif/text", "", start, data.end() - start);
                    case GRAPHIC_CONTROL -> {}
                    default ->
                        listed(
                                String.format(Locale.ROOT, "gif/0x%02X", window.u8(position + 1)),
                                "",
                                start,
                                data.end() - start);
                }
            }
            return Optional.of(data);
        }

        /** Takes a comment; its place spans the sub-blocks with their lengths, so that it is one run of bytes. */
        private void comment(long start, SubBlocks data) throws IOException {
            if (data.end() - start == 1) {
                return;
            }
            long length = data.end() - start;
            if (!isReadable("a comment", start, length)) {
                listed("gif/comment", "", start, length);
                return;
            }
            DecodedText text = TextDecoder.utf8OrLatin1(TextDecoder.withoutTrailingZeros(joined(start, length)));
            sink.block("gif/comment", "", start, length, Crc.NONE, Optional.of(text));
        }

        private void application(long start, SubBlocks data) throws IOException {
            long length = data.end() - start;
            if (window.u8(start) != APPLICATION_LENGTH) {
                problem(Category.MALFORMED, "an application extension without its name", start);
                listed("gif/application", "", start, length);
                return;
            }
            String name = new String(window.bytes(start + 1, APPLICATION_LENGTH), StandardCharsets.ISO_8859_1);
            if (name.equals(XMP)) {
                xmp(start + 1 + APPLICATION_LENGTH, data);
            } else if (name.equals(C2PA)) {
                listed("gif/c2pa", "", start, length);
                store(start + 1 + APPLICATION_LENGTH);
            } else if (!REPEATS.contains(name)) {
                boolean readable = name.chars().allMatch(each -> each >= ' ' && each < 0x7F);
                listed("gif/application", readable ? name.strip() : "", start, length);
            }
        }

        /** Takes a manifest store out of its sub-blocks. */
        private void store(long start) throws IOException {
            List<ByteRange> pieces = new ArrayList<>();
            long at = start;
            for (int length = window.u8(at); length > 0; length = window.u8(at)) {
                if (pieces.size() == MAX_PIECES) {
                    problem(Category.LIMIT, "a manifest store in more than " + MAX_PIECES + " sub-blocks", start);
                    return;
                }
                pieces.add(new ByteRange(at + 1, length));
                at += 1 + length;
            }
            if (!pieces.isEmpty()) {
                sink.manifestStore(pieces);
            }
        }

        /**
         * Takes a packet, which stands as it is, in no sub-blocks of its own, before the bytes that lead to its end. Some
         * writers put it into sub-blocks all the same; its first character then stands behind a length.
         */
        private void xmp(long start, SubBlocks data) throws IOException {
            boolean trailed = data.end() - start > MAGIC_TRAILER && hasMagicTrailer(data.end() - MAGIC_TRAILER);
            long length = data.end() - start - (trailed ? MAGIC_TRAILER : 0);
            boolean split = !trailed && length > 2 && window.u8(start + 1) == '<';
            if (!trailed && !split) {
                problem(Category.MALFORMED, "XMP without the bytes that end it; it was not read", start);
                listed("gif/xmp", "", start, length);
            } else if (!isReadable("XMP", start, length)) {
                listed("gif/xmp", "", start, length);
            } else {
                byte[] packet = split ? joined(start, length) : bytes.readExactly(start, (int) length);
                DecodedText text = TextDecoder.byMark(TextDecoder.withoutTrailingZeros(packet));
                sink.block("gif/xmp", "", start, length, Crc.NONE, Optional.of(text));
            }
        }

        private boolean hasMagicTrailer(long at) throws IOException {
            byte[] trailer = bytes.readExactly(at, MAGIC_TRAILER);
            byte[] expected = new byte[MAGIC_TRAILER];
            expected[0] = 1;
            for (int i = 1; i < MAGIC_TRAILER - 1; i++) {
                expected[i] = (byte) (MAGIC_TRAILER - 2 - i);
            }
            return Arrays.equals(trailer, expected);
        }

        /** Returns the content of whole sub-blocks without their lengths. */
        private byte[] joined(long start, long length) throws IOException {
            byte[] raw = bytes.readExactly(start, (int) length);
            ByteArrayOutputStream content = new ByteArrayOutputStream(raw.length);
            for (int at = 0; raw[at] != 0; at += 1 + (raw[at] & 0xFF)) {
                content.write(raw, at + 1, raw[at] & 0xFF);
            }
            return content.toByteArray();
        }

        private SubBlocks subBlocks(long start) throws IOException {
            long position = start;
            while (position < bytes.size()) {
                int length = window.u8(position);
                position += 1 + length;
                if (length == 0) {
                    return new SubBlocks(position, true);
                }
            }
            return new SubBlocks(bytes.size(), false);
        }

        private static long colours(int flags) {
            return (flags & COLOURS_FLAG) == 0 ? 0 : 3L << ((flags & COLOURS_MASK) + 1);
        }

        private boolean isReadable(String what, long offset, long length) {
            if (length > MAX_READ) {
                problem(Category.LIMIT, what + " of " + length + " bytes; up to " + MAX_READ + " are read", offset);
            }
            return length <= MAX_READ;
        }

        private void listed(String container, String key, long offset, long length) {
            sink.block(container, key, offset, length, Crc.NONE, Optional.empty());
        }

        private int low16(long offset) throws IOException {
            return window.u8(offset) | window.u8(offset + 1) << 8;
        }

        private void problem(Category category, String message, long offset) {
            sink.problem(Problem.at(category, ID, message, offset));
        }
    }
}
