package org.latentprint.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads PNG: text chunks wherever they stand, also behind the pixels, with XMP and ImageMagick's profiles in them, EXIF, the
 * time of the last change, C2PA, and what no standard knows. Pixel data are
 * stepped over. A chunk whose checksum is wrong is read all the same; editors leave such. Source: PNG, third edition (W3C).
 */
public final class PngReader implements ContainerReader {
    private static final String ID = "png/2";
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    /** Length and type before a chunk's data. */
    private static final int BEFORE_DATA = 8;

    private static final int CRC_LENGTH = 4;
    private static final int TIME_LENGTH = 7;

    /** Millions of empty chunks fit into a file; a real one of 1 GB with small pixel chunks has some ten thousands. */
    private static final int MAX_CHUNKS = 200_000;

    /** No text is longer than what an item's texts may have together. */
    private static final long MAX_READ = MetadataExtractor.MAX_TEXT;

    /** Where the chunks hold this much text, they hold what the pixels could repeat, and the pixels are left alone. */
    private static final int TEXT_ENOUGH = 64;

    private static final Set<String> PIXEL_CHUNKS = Set.of(
            "PLTE", "IDAT", "tRNS", "cHRM", "gAMA", "sBIT", "sRGB", "cICP", "mDCV", "cLLI", "bKGD", "hIST", "pHYs",
            "sPLT", "acTL", "fcTL", "fdAT", "oFFs", "pCAL", "sCAL", "sTER", "vpAg", "CgBI");
    private static final Set<String> READ_BEHIND_END = Set.of("tEXt", "zTXt", "iTXt", "eXIf", "caBX");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        return head.length >= SIGNATURE.length
                        && Arrays.equals(head, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)
                ? Optional.of("image/png")
                : Optional.empty();
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
        private final PngText texts;
        private final List<ByteRange> pixelData = new ArrayList<>();
        private long textLength;
        private int width;
        private int height;
        private int channels;

        Walk(EvidenceBytes bytes, BlockSink sink) {
            this.bytes = bytes;
            this.window = new ByteWindow(bytes);
            this.sink = sink;
            this.texts = new PngText(ID, sink);
        }

        void run() throws IOException {
            long position = SIGNATURE.length;
            boolean ended = false;
            for (int count = 0; ; count++) {
                if (count == MAX_CHUNKS) {
                    problem(Category.LIMIT, "more than " + MAX_CHUNKS + " chunks; the rest was not read", position);
                    return;
                }
                long left = bytes.size() - position;
                if (ended && !isReadBehindEnd(position, left)) {
                    if (left > 0) {
                        sink.trailing(position, left);
                    }
                    if (channels > 0 && textLength < TEXT_ENOUGH) {
                        new StealthText(bytes, pixelData, width, height, channels).read(ID, sink);
                    }
                    return;
                }
                if (left < BEFORE_DATA) {
                    problem(Category.MALFORMED, "the file ends without its end chunk (IEND)", position);
                    return;
                }
                long length = window.u32(position);
                String type = window.code(position + 4);
                if (!isType(type)) {
                    problem(Category.MALFORMED, "bytes that are no chunk; the rest was not read", position);
                    return;
                }
                if (length > left - BEFORE_DATA) {
                    problem(
                            Category.MALFORMED,
                            "chunk " + type + " states " + length + " bytes, the file has " + (left - BEFORE_DATA)
                                    + " more",
                            position);
                    return;
                }
                if (count == 0 && !type.equals("IHDR")) {
                    problem(Category.MALFORMED, "the first chunk is " + type + ", not IHDR", position);
                }
                if (ended) {
                    problem(Category.MALFORMED, "chunk " + type + " stands behind the end chunk", position);
                }
                chunk(type, position + BEFORE_DATA, length);
                ended |= type.equals("IEND");
                position = Math.min(bytes.size(), position + BEFORE_DATA + length + CRC_LENGTH);
            }
        }

        private boolean isReadBehindEnd(long position, long left) throws IOException {
            return left >= BEFORE_DATA + CRC_LENGTH
                    && READ_BEHIND_END.contains(window.code(position + 4))
                    && window.u32(position) <= left - BEFORE_DATA - CRC_LENGTH;
        }

        private void chunk(String type, long offset, long length) throws IOException {
            switch (type) {
                case "IHDR" -> header(offset, length);
                case "IEND" -> {}
                case "IDAT" -> pixelData.add(new ByteRange(offset, length));
                case "tIME" -> time(offset, length);
                case "tEXt", "zTXt", "iTXt", "eXIf" -> {
                    textLength += length;
                    if (length > MAX_READ) {
                        problem(
                                Category.LIMIT,
                                "chunk " + type + " of " + length + " bytes; up to " + MAX_READ + " are read",
                                offset);
                        unread(type, offset, length);
                    } else {
                        byte[] data = bytes.readExactly(offset, (int) length);
                        Crc crc = crc(type, data, offset);
                        if (type.equals("eXIf")) {
                            new ExifReader("png/exif", ID, crc, sink).read(data, offset);
                        } else {
                            texts.read(type, data, offset, crc);
                        }
                    }
                }
                default -> {
                    if (!PIXEL_CHUNKS.contains(type)) {
                        unread(type, offset, length);
                    }
                    if (type.equals("caBX")) {
                        sink.manifestStore(List.of(new ByteRange(offset, length)));
                    }
                }
            }
        }

        /** Takes the time of the last change, which the standard has in UTC. */
        private void time(long offset, long length) throws IOException {
            Optional<DecodedText> text = Optional.empty();
            if (length == TIME_LENGTH) {
                text = time(window.u16(offset), bytes.readExactly(offset + 2, TIME_LENGTH - 2));
            }
            if (text.isEmpty()) {
                problem(Category.MALFORMED, "chunk tIME holds no time", offset);
            }
            sink.block("png/tIME", "", offset, length, storedCrc("tIME", offset, length), text);
        }

        private static Optional<DecodedText> time(int year, byte[] rest) {
            boolean valid = rest[0] >= 1
                    && rest[0] <= 12
                    && rest[1] >= 1
                    && rest[1] <= 31
                    && rest[2] >= 0
                    && rest[2] <= 23
                    && rest[3] >= 0
                    && rest[3] <= 59
                    && rest[4] >= 0
                    && rest[4] <= 60;
            String text = String.format(
                    Locale.ROOT, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, rest[0], rest[1], rest[2], rest[3], rest[4]);
            return valid ? Optional.of(DecodedText.of(text, "numbers")) : Optional.empty();
        }

        private void header(long offset, long length) throws IOException {
            if (length < 8) {
                problem(Category.MALFORMED, "the header chunk (IHDR) has " + length + " bytes, not 13", offset);
                return;
            }
            long statedWidth = window.u32(offset);
            long statedHeight = window.u32(offset + 4);
            if (statedWidth == 0
                    || statedHeight == 0
                    || statedWidth > Integer.MAX_VALUE
                    || statedHeight > Integer.MAX_VALUE) {
                problem(Category.MALFORMED, "a size of " + statedWidth + " x " + statedHeight + " pixels", offset);
                return;
            }
            sink.pixels((int) statedWidth, (int) statedHeight);
            width = (int) statedWidth;
            height = (int) statedHeight;
            channels = length < 13 ? 0 : plainChannels(bytes.readExactly(offset + 8, 5));
        }

        /** Returns the samples of a pixel; 0 for forms in which nothing is known to hide: palettes, 16 bits, interlaced. */
        private static int plainChannels(byte[] form) {
            boolean plain = form[0] == 8 && form[4] == 0;
            return plain && form[1] == 6 ? 4 : plain && form[1] == 2 ? 3 : 0;
        }

        private void unread(String type, long offset, long length) throws IOException {
            sink.block("png/" + type, "", offset, length, storedCrc(type, offset, length), Optional.empty());
        }

        private Crc storedCrc(String type, long offset, long length) throws IOException {
            CRC32 crc = new CRC32();
            crc.update(type.getBytes(StandardCharsets.ISO_8859_1));
            byte[] buffer = new byte[Math.clamp(length, 1, 1 << 16)];
            for (long done = 0; done < length; ) {
                int count = bytes.read(offset + done, buffer, 0, (int) Math.min(buffer.length, length - done));
                if (count <= 0) {
                    return Crc.NONE;
                }
                crc.update(buffer, 0, count);
                done += count;
            }
            return compare(crc, offset + length);
        }

        private Crc crc(String type, byte[] data, long offset) throws IOException {
            CRC32 crc = new CRC32();
            crc.update(type.getBytes(StandardCharsets.ISO_8859_1));
            crc.update(data);
            return compare(crc, offset + data.length);
        }

        /** Returns {@link Crc#NONE} where the item ends within the checksum: then it keeps none for this chunk. */
        private Crc compare(CRC32 crc, long offset) throws IOException {
            if (offset + CRC_LENGTH > bytes.size()) {
                return Crc.NONE;
            }
            return window.u32(offset) == crc.getValue() ? Crc.OK : Crc.WRONG;
        }

        private void problem(Category category, String message, long offset) {
            sink.problem(Problem.at(category, ID, message, offset));
        }

        private static boolean isType(String type) {
            return type.chars()
                    .allMatch(letter -> (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z'));
        }
    }
}
