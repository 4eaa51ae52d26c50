package org.latentprint.container;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.container.Mp4Boxes.Box;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.container.c2pa.StoreForm;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads JPEG XL: a bare codestream, which has a size only, or boxes with EXIF, XMP and JUMBF, plain or compressed with
 * Brotli, and a list of others. Source: libjxl ({@code doc/format_overview.md}, {@code lib/jxl/headers.cc}), ExifTool
 * ({@code Jpeg2000.pm}); ISO/IEC 18181-2 was not at hand, and no file of an encoder was read with it.
 */
public final class JxlReader implements ContainerReader {
    private static final String ID = "jxl/2";

    private static final byte[] SIGNATURE_BOX = {0, 0, 0, 12, 'J', 'X', 'L', ' ', '\r', '\n', (byte) 0x87, '\n'};

    /** A bare codestream is of level 5; what states a larger picture begins with its two bytes by chance. */
    private static final int BARE_MAX_SIDE = 1 << 18;

    /** As many pixels does level 5 allow. */
    private static final long BARE_MAX_PIXELS = 1L << 28;

    /** No text is longer than what an item's texts may have together. */
    private static final long MAX_READ = MetadataExtractor.MAX_TEXT;

    /** Place of the TIFF header, before an EXIF box's content. */
    private static final int EXIF_PLACE = 4;

    /** Number of a part, before a partial codestream. */
    private static final int PART_NUMBER = 4;

    /** Type of the box that was compressed. */
    private static final int PACKED_TYPE = 4;

    /** A file has one of each kind; to unpack one may take a buffer of 16 MiB, however short it is. */
    private static final int MAX_PACKED = 64;

    /** Boxes of the standard that hold no metadata of programs. */
    private static final Set<String> STRUCTURE = Set.of("JXL ", "ftyp", "jxll", "jxli", "free", "skip");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        boolean boxes = head.length >= SIGNATURE_BOX.length
                && Arrays.equals(head, 0, SIGNATURE_BOX.length, SIGNATURE_BOX, 0, SIGNATURE_BOX.length);
        return boxes || isBare(head) ? Optional.of("image/jxl") : Optional.empty();
    }

    /** Two bytes are a weak sign, so the size behind them must be one that such a file can have. */
    private static boolean isBare(byte[] head) {
        return head.length >= JxlSize.LENGTH
                && JxlSize.read(head)
                        .filter(size -> size.width() <= BARE_MAX_SIDE
                                && size.height() <= BARE_MAX_SIDE
                                && (long) size.width() * size.height() <= BARE_MAX_PIXELS)
                        .isPresent();
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        Walk walk = new Walk(bytes, sink);
        if (walk.window.u8(0) == 0xFF) {
            walk.codestream(0, bytes.size());
        } else {
            walk.boxes.forEach(0, bytes.size(), walk::box);
        }
    }

    /** One walk over one item's boxes. */
    private static final class Walk {
        private final EvidenceBytes bytes;
        private final BlockSink sink;
        private final ByteWindow window;
        private final Mp4Boxes boxes;
        private final BoundedBrotli brotli = new BoundedBrotli();
        private boolean sized;
        private int packed;

        Walk(EvidenceBytes bytes, BlockSink sink) {
            this.bytes = bytes;
            this.sink = sink;
            this.window = new ByteWindow(bytes);
            this.boxes = new Mp4Boxes(window, ID, sink);
        }

        void box(Box box) throws IOException {
            switch (box.type()) {
                case "jxlc" -> codestream(box.start(), box.end());
                case "jxlp" -> codestream(Math.min(box.end(), box.start() + PART_NUMBER), box.end());
                case "Exif", "xml " -> {
                    if (box.isWhole() && isReadable(box)) {
                        metadata(box.type(), bytes.readExactly(box.start(), (int) box.length()), box.start(), sink);
                    }
                }
                case "brob" -> {
                    if (box.isWhole() && isReadable(box)) {
                        packed(box);
                    }
                }
                case "jumb" -> {
                    if (box.isWhole()) {
                        jumbf(box);
                    }
                }
                default -> {
                    if (!STRUCTURE.contains(box.type()) && box.isWhole()) {
                        listed("jxl/" + box.type().strip(), "", box);
                    }
                }
            }
        }

        /** Takes the size of the codestream, which stands in its first part. */
        void codestream(long start, long end) throws IOException {
            if (sized) {
                return;
            }
            sized = true;
            Optional<JxlSize> size =
                    JxlSize.read(bytes.readExactly(start, (int) Math.min(JxlSize.LENGTH, end - start)));
            if (size.isPresent()) {
                sink.pixels(size.get().width(), size.get().height());
            } else {
                problem(Category.MALFORMED, "a codestream without a size", start);
            }
        }

        private void metadata(String type, byte[] content, long offset, BlockSink target) {
            if (type.equals("xml ")) {
                DecodedText text = TextDecoder.byMark(TextDecoder.withoutTrailingZeros(content));
                target.block("jxl/xmp", "", offset, content.length, Crc.NONE, Optional.of(text));
                return;
            }
            int header = tiffHeader(content, offset, target);
            new ExifReader("jxl/exif", ID, Crc.NONE, target)
                    .read(Arrays.copyOfRange(content, header, content.length), offset + header);
        }

        /** Returns where the TIFF header stands by the four bytes that say so; where they are wrong, 0: it is looked for. */
        private static int tiffHeader(byte[] content, long offset, BlockSink target) {
            if (content.length >= EXIF_PLACE + 4) {
                long header = EXIF_PLACE + u32(content, 0);
                if (header <= content.length - 4
                        && (u32(content, (int) header) == 0x49492A00L || u32(content, (int) header) == 0x4D4D002AL)) {
                    return (int) header;
                }
            }
            target.problem(Problem.at(Category.MALFORMED, ID, "EXIF does not stand where its box says", offset));
            return 0;
        }

        private void packed(Box box) throws IOException {
            if (box.length() < PACKED_TYPE) {
                problem(Category.MALFORMED, "a compressed box without its type", box.start());
                return;
            }
            String type = window.code(box.start());
            Box content = box.from(PACKED_TYPE);
            if (!type.equals("Exif") && !type.equals("xml ")) {
                listed("jxl/brob", readable(type), content);
                if (type.equals("jumb")) {
                    // Only unpacking shows whether it is a store, which the reader of stores bounds.
                    sink.manifestStore(List.of(new ByteRange(content.start(), content.length())), StoreForm.BROTLI_BOX);
                }
                return;
            }
            if (packed++ >= MAX_PACKED) {
                if (packed == MAX_PACKED + 1) {
                    problem(
                            Category.LIMIT,
                            "more than " + MAX_PACKED + " compressed boxes; the rest was not read",
                            content.start());
                }
                listed("jxl/brob", type.strip(), content);
                return;
            }
            BlockSink unpacked = new PackedSink(sink, new ByteRange(content.start(), content.length()), Crc.NONE);
            switch (brotli.unpack(bytes.readExactly(content.start(), (int) content.length()))) {
                case BoundedInflater.Inflated whole -> metadata(type, whole.bytes(), 0, unpacked);
                case BoundedInflater.TooLarge tooLarge -> {
                    problem(Category.LIMIT, tooLarge.reason() + "; it was not read", content.start());
                    listed("jxl/brob", type.strip(), content);
                }
                case BoundedInflater.Broken broken -> {
                    problem(Category.MALFORMED, broken.reason(), content.start());
                    listed("jxl/brob", type.strip(), content);
                }
            }
        }

        private void jumbf(Box box) throws IOException {
            boolean wide = !window.code(box.start() - 4).equals("jumb");
            long start = box.start() - (wide ? 16 : 8);
            Optional<JumbfDescription> description = JumbfDescription.read(window, start, box.end());
            sink.block(
                    "jxl/jumb",
                    description.map(JumbfDescription::key).orElse(""),
                    start,
                    box.end() - start,
                    Crc.NONE,
                    Optional.empty());
            if (description.isEmpty() || description.get().isCredentials()) {
                sink.manifestStore(List.of(new ByteRange(start, box.end() - start)));
            }
        }

        private boolean isReadable(Box box) {
            if (box.length() <= MAX_READ) {
                return true;
            }
            problem(
                    Category.LIMIT,
                    "a box of " + box.length() + " bytes; up to " + MAX_READ + " are read",
                    box.start());
            listed("jxl/" + box.type().strip(), "", box);
            return false;
        }

        private void listed(String container, String key, Box box) {
            sink.block(container, key, box.start(), box.length(), Crc.NONE, Optional.empty());
        }

        private static String readable(String type) {
            return type.chars().allMatch(each -> each >= ' ' && each < 0x7F) ? type.strip() : "";
        }

        private static long u32(byte[] data, int at) {
            return (data[at] & 0xFFL) << 24
                    | (data[at + 1] & 0xFFL) << 16
                    | (data[at + 2] & 0xFFL) << 8
                    | (data[at + 3] & 0xFFL);
        }

        private void problem(Category category, String message, long offset) {
            sink.problem(Problem.at(category, ID, message, offset));
        }
    }
}
