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
 * Reads JPEG: EXIF, XMP and extended XMP, IPTC and Photoshop's other resources, JUMBF, comments, a list of all application
 * segments by their identifier, and what Samsung's phones put behind the picture. Source: ITU-T T.81 annex B; XMP part 3, section 1.1.3.
 */
public final class JpegReader implements ContainerReader {
    static final String ID = "jpeg/3";

    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP11 = 0xEB;
    private static final int APP13 = 0xED;
    private static final int APP15 = 0xEF;
    private static final int COMMENT = 0xFE;
    private static final int START = 0xD8;
    private static final int END = 0xD9;
    private static final int SCAN = 0xDA;

    /** A large file has some hundreds; C2PA and extended XMP cut their data into segments of 64 KiB. */
    private static final int MAX_SEGMENTS = 100_000;

    /** Longest identifier of an application segment that is shown. */
    private static final int MAX_IDENTIFIER = 64;

    private static final byte[] EXIF = latin1("Exif\0");
    private static final byte[] XMP = latin1("http://ns.adobe.com/xap/1.0/\0");
    private static final byte[] PHOTOSHOP = latin1("Photoshop 3.0\0");
    private static final byte[] EXTENDED_XMP = latin1("http://ns.adobe.com/xmp/extension/\0");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        return head.length >= 4
                        && (head[0] & 0xFF) == 0xFF
                        && (head[1] & 0xFF) == START
                        && (head[2] & 0xFF) == 0xFF
                        && (head[3] & 0xFF) >= 0xC0
                ? Optional.of("image/jpeg")
                : Optional.empty();
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        new Walk(bytes, sink).run();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** One walk over one item's segments. */
    private static final class Walk {
        private final EvidenceBytes bytes;
        private final ByteWindow window;
        private final BlockSink sink;
        private final JpegMarkers markers;
        private final ExtendedXmp extendedXmp;
        private final JumbfSegments jumbf;
        private final PhotoshopSegments photoshop;

        Walk(EvidenceBytes bytes, BlockSink sink) {
            this.bytes = bytes;
            this.window = new ByteWindow(bytes);
            this.sink = sink;
            this.markers = new JpegMarkers(bytes);
            this.extendedXmp = new ExtendedXmp(bytes, sink);
            this.jumbf = new JumbfSegments(window, sink);
            this.photoshop = new PhotoshopSegments(bytes, sink);
        }

        void run() throws IOException {
            try {
                walk();
            } finally {
                extendedXmp.reportIncomplete();
                try {
                    photoshop.read();
                } finally {
                    jumbf.report();
                }
            }
        }

        private void walk() throws IOException {
            long position = 2;
            for (int count = 0; count < MAX_SEGMENTS; count++) {
                long found = markers.next(position);
                if (found < 0) {
                    problem(Category.MALFORMED, "the file ends without its end marker (EOI)", bytes.size());
                    return;
                }
                if (found > position && !isFill(position, found)) {
                    problem(Category.MALFORMED, (found - position) + " bytes that are no segment", position);
                }
                int marker = window.u8(found + 1);
                position = found + 2;
                if (marker == END) {
                    if (position < bytes.size()) {
                        sink.trailing(position, bytes.size() - position);
                        new SamsungTrailer(bytes, window, ID, sink).read(position, bytes.size());
                    }
                    return;
                }
                if (marker == START || marker == 0x01 || marker < 0xC0) {
                    continue;
                }
                if (bytes.size() - position < 2) {
                    problem(Category.MALFORMED, "the file ends within a segment's length", found);
                    return;
                }
                int length = window.u16(position);
                if (length < 2 || length > bytes.size() - position) {
                    problem(
                            Category.MALFORMED,
                            "segment " + name(marker) + " states " + length + " bytes, the file has "
                                    + (bytes.size() - position) + " more",
                            found);
                    return;
                }
                segment(marker, position + 2, length - 2);
                position += length;
                if (marker == SCAN) {
                    position = Math.max(position, markers.endOfScan(position));
                }
            }
            problem(Category.LIMIT, "more than " + MAX_SEGMENTS + " segments; the rest was not read", position);
        }

        private boolean isFill(long from, long to) throws IOException {
            for (long at = from; at < to; at++) {
                if (window.u8(at) != 0xFF) {
                    return false;
                }
            }
            return true;
        }

        private void segment(int marker, long offset, int length) throws IOException {
            if (marker == COMMENT) {
                text("jpeg/COM", offset, bytes.readExactly(offset, length));
            } else if (marker == APP1) {
                first(offset, length);
            } else if (marker >= APP0 && marker <= APP15) {
                listed(marker, offset, length);
            } else if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
                if (length >= 5) {
                    // A height of 0 stands for one that is told behind the first scan; rare, and no size then.
                    int height = window.u16(offset + 1);
                    int width = window.u16(offset + 3);
                    if (width > 0 && height > 0) {
                        sink.pixels(width, height);
                    }
                } else {
                    problem(Category.MALFORMED, "a frame header of " + length + " bytes", offset);
                }
            }
        }

        private void first(long offset, int length) throws IOException {
            byte[] data = bytes.readExactly(offset, length);
            if (startsWith(data, EXIF)) {
                // The fifth letter is followed by one more byte, a zero or a filler.
                int header = Math.min(length, EXIF.length + 1);
                new ExifReader("jpeg/exif", ID, Crc.NONE, sink)
                        .read(Arrays.copyOfRange(data, header, length), offset + header);
            } else if (startsWith(data, XMP)) {
                text("jpeg/xmp", offset + XMP.length, Arrays.copyOfRange(data, XMP.length, length));
            } else if (startsWith(data, EXTENDED_XMP)) {
                extendedXmp.part(offset, EXTENDED_XMP.length, data);
            } else {
                listed(APP1, offset, length);
            }
        }

        private void listed(int marker, long offset, int length) throws IOException {
            byte[] start = bytes.readExactly(offset, Math.min(length, MAX_IDENTIFIER + 1));
            int end = 0;
            while (end < start.length && start[end] >= ' ' && start[end] < 0x7F) {
                end++;
            }
            // JUMBF (C2PA) has a number directly behind its two letters; others end their name with a zero.
            boolean jumbf = marker == APP11 && end >= 2 && start[0] == 'J' && start[1] == 'P';
            end = jumbf ? 2 : end;
            boolean named = jumbf || (end > 0 && end < start.length && start[end] == 0);
            String identifier = named ? new String(start, 0, end, StandardCharsets.US_ASCII) : "";
            if (jumbf) {
                this.jumbf.segment(offset, length);
            } else if (marker == APP13 && startsWith(start, PHOTOSHOP)) {
                photoshop.segment(offset + PHOTOSHOP.length, length - PHOTOSHOP.length);
            }
            sink.block("jpeg/" + name(marker), identifier, offset, length, Crc.NONE, Optional.empty());
        }

        private void text(String container, long offset, byte[] data) {
            byte[] trimmed = TextDecoder.withoutTrailingZeros(data);
            sink.block(container, "", offset, data.length, Crc.NONE, Optional.of(TextDecoder.byMark(trimmed)));
        }

        private static boolean startsWith(byte[] data, byte[] start) {
            return data.length >= start.length && Arrays.equals(data, 0, start.length, start, 0, start.length);
        }

        private static String name(int marker) {
            return marker >= APP0 && marker <= APP15
                    ? "APP" + (marker - APP0)
                    : marker == COMMENT ? "COM" : "FF" + Integer.toHexString(marker);
        }

        private void problem(Category category, String message, long offset) {
            sink.problem(Problem.at(category, ID, message, offset));
        }
    }
}
