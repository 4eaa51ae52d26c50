package org.latentprint.container;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads TIFF and the raw pictures built like it: the tags of the first two directories, EXIF and GPS, XMP, and Content
 * Credentials. Sources: TIFF 6.0; XMP part 3, section 1.1.3; c2pa-rs, {@code sdk/src/asset_handlers/tiff_io.rs}. BigTIFF is recognised and not read.
 */
public final class TiffReader implements ContainerReader {
    private static final String ID = "tiff/1";

    private static final int HEADER_LENGTH = 8;
    private static final int ENTRY_LENGTH = 12;
    private static final long CLASSIC_LOW_FIRST = 0x49492A00L;
    private static final long CLASSIC_HIGH_FIRST = 0x4D4D002AL;
    private static final long BIG_LOW_FIRST = 0x49492B00L;
    private static final long BIG_HIGH_FIRST = 0x4D4D002BL;

    private static final int IMAGE_WIDTH = 0x0100;
    private static final int IMAGE_LENGTH = 0x0101;

    /** Tag of the C2PA manifest store. */
    private static final int C2PA = 0xCD41;

    private static final int BYTE = 1;
    private static final int UNDEFINED = 7;
    private static final int SHORT = 3;
    private static final int LONG = 4;

    /** A directory may stand anywhere, so the file is read whole; what an item's texts may have together is enough. */
    private static final long MAX_READ = MetadataExtractor.MAX_TEXT;

    /** Directories whose tags are read: the picture's, and the one behind it. */
    private static final int READ_DIRECTORIES = 2;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        if (head.length < HEADER_LENGTH) {
            return Optional.empty();
        }
        long mark = (head[0] & 0xFFL) << 24 | (head[1] & 0xFFL) << 16 | (head[2] & 0xFFL) << 8 | (head[3] & 0xFFL);
        Set<Long> marks = Set.of(CLASSIC_LOW_FIRST, CLASSIC_HIGH_FIRST, BIG_LOW_FIRST, BIG_HIGH_FIRST);
        return marks.contains(mark) ? Optional.of("image/tiff") : Optional.empty();
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        ByteWindow window = new ByteWindow(bytes);
        long mark = window.u32(0);
        if (mark == BIG_LOW_FIRST || mark == BIG_HIGH_FIRST) {
            sink.problem(Problem.at(Category.UNSUPPORTED, ID, "BigTIFF is not read", 0));
            return;
        }
        new Directories(window, mark == CLASSIC_LOW_FIRST, sink).read();
        if (bytes.size() > MAX_READ) {
            sink.problem(Problem.of(
                    Category.LIMIT,
                    ID,
                    "a TIFF of " + bytes.size() + " bytes; the tags of up to " + MAX_READ + " are read"));
            return;
        }
        new ExifReader("tiff/exif", ID, Crc.NONE, new NamingXmp(sink))
                .readAsStated(bytes.readExactly(0, (int) bytes.size()), 0);
    }

    /** Follows the chain of directories: the first has the picture's size, and a third one is not read. */
    private record Directories(ByteWindow window, boolean lowFirst, BlockSink sink) {

        void read() throws IOException {
            long next = u32(4);
            Set<Long> seen = new HashSet<>();
            while (next >= HEADER_LENGTH && next + 2 <= window.size() && seen.add(next)) {
                if (seen.size() > READ_DIRECTORIES) {
                    sink.problem(Problem.at(
                            Category.LIMIT,
                            ID,
                            "more than " + READ_DIRECTORIES + " directories; the tags of the others were not read",
                            next));
                    return;
                }
                int count = u16(next);
                if (seen.size() == 1) {
                    size(next + 2, count);
                }
                long link = next + 2 + (long) count * ENTRY_LENGTH;
                next = link + 4 <= window.size() ? u32(link) : 0;
            }
        }

        private void size(long entries, int count) throws IOException {
            long width = 0;
            long height = 0;
            for (int i = 0; i < count && entries + (i + 1L) * ENTRY_LENGTH <= window.size(); i++) {
                long entry = entries + (long) i * ENTRY_LENGTH;
                switch (u16(entry)) {
                    case IMAGE_WIDTH -> width = number(entry);
                    case IMAGE_LENGTH -> height = number(entry);
                    case C2PA -> store(entry);
                    default -> {}
                }
            }
            if (width > 0 && height > 0 && width <= Integer.MAX_VALUE && height <= Integer.MAX_VALUE) {
                sink.pixels((int) width, (int) height);
            }
        }

        /** Takes a manifest store: an entry of single bytes, which stand elsewhere in the file. */
        private void store(long entry) throws IOException {
            int type = u16(entry + 2);
            long length = u32(entry + 4);
            long offset = u32(entry + 8);
            if ((type != BYTE && type != UNDEFINED) || length <= 4) {
                return;
            }
            if (offset > window.size() || length > window.size() - offset) {
                sink.problem(Problem.at(
                        Category.MALFORMED,
                        ID,
                        "a manifest store of " + length + " bytes at " + offset + " lies outside the file",
                        entry));
                return;
            }
            sink.block("tiff/c2pa", "", offset, length, Crc.NONE, Optional.empty());
            sink.manifestStore(List.of(new ByteRange(offset, length)));
        }

        /** Returns an entry's single number; 0 where it holds something else. */
        private long number(long entry) throws IOException {
            if (u32(entry + 4) != 1) {
                return 0;
            }
            return switch (u16(entry + 2)) {
                case SHORT -> u16(entry + 8);
                case LONG -> u32(entry + 8);
                default -> 0;
            };
        }

        private int u16(long offset) throws IOException {
            int number = window.u16(offset);
            return lowFirst ? Short.toUnsignedInt(Short.reverseBytes((short) number)) : number;
        }

        private long u32(long offset) throws IOException {
            return lowFirst ? window.u32LowFirst(offset) : window.u32(offset);
        }
    }

    /** Gives the XMP packet, which is a tag here, the name that it has in other formats; passes everything else on. */
    private record NamingXmp(BlockSink sink) implements BlockSink {

        @Override
        public void block(
                String container,
                String key,
                long offset,
                long length,
                MetadataBlock.Crc crc,
                Optional<DecodedText> text) {
            boolean xmp = container.equals("tiff/exif") && key.equals("XMLPacket");
            sink.block(xmp ? "tiff/xmp" : container, xmp ? "" : key, offset, length, crc, text);
        }

        @Override
        public void manifestStore(List<ByteRange> ranges) {
            sink.manifestStore(ranges);
        }

        @Override
        public void pixels(int width, int height) {
            sink.pixels(width, height);
        }

        @Override
        public void trailing(long offset, long length) {
            sink.trailing(offset, length);
        }

        @Override
        public void problem(Problem problem) {
            sink.problem(problem);
        }
    }
}
