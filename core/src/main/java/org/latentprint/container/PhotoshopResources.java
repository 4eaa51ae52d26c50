package org.latentprint.container;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads Photoshop's image resources: IPTC datasets and XMP, a web address, and a list of the others by their number. Each has
 * a signature, a number, a name padded to an even length, a length, and data padded likewise. Source: Adobe, Photoshop File
 * Formats Specification, section Image Resource Blocks; further signatures from ExifTool ({@code Photoshop.pm}).
 */
final class PhotoshopResources {
    private static final Set<String> SIGNATURES = Set.of("8BIM", "PHUT", "DCSR", "AgHg", "MeSa");
    private static final String PHOTOSHOP = "8BIM";

    private static final int IPTC = 0x0404;
    private static final int URL = 0x040B;
    private static final int XMP = 0x0424;

    /** Signature, number, length of the name. */
    private static final int BEFORE_NAME = 7;

    private static final int LENGTH_BYTES = 4;

    /** Photoshop writes some thirty. */
    private static final int MAX_RESOURCES = 1_000;

    private final String format;
    private final String reader;
    private final Crc crc;
    private final BlockSink sink;

    /**
     * Makes a reader for one run of resources.
     *
     * @param format first part of the blocks' containers, such as {@code jpeg}
     * @param reader id of the container reader
     * @param crc of the chunk that holds them, if its format keeps one
     */
    PhotoshopResources(String format, String reader, Crc crc, BlockSink sink) {
        this.format = format;
        this.reader = reader;
        this.crc = crc;
        this.sink = sink;
    }

    /**
     * Reads the resources.
     *
     * @param data their bytes
     * @param offset where these stand in the item
     */
    void read(byte[] data, long offset) {
        int at = 0;
        for (int count = 0; data.length - at > BEFORE_NAME; count++) {
            String signature = new String(data, at, 4, StandardCharsets.ISO_8859_1);
            if (!SIGNATURES.contains(signature)) {
                if (count == 0 || data[at] != 0) {
                    problem(Category.MALFORMED, "bytes that are no Photoshop resource", offset + at);
                }
                return;
            }
            if (count == MAX_RESOURCES) {
                problem(
                        Category.LIMIT,
                        "more than " + MAX_RESOURCES + " Photoshop resources; the rest was not read",
                        offset + at);
                return;
            }
            int number = (data[at + 4] & 0xFF) << 8 | (data[at + 5] & 0xFF);
            // With the byte that has its length, the name takes an even number.
            int lengthAt = at + BEFORE_NAME + ((data[at + 6] & 0xFF) | 1);
            int start = lengthAt + LENGTH_BYTES;
            long length = start > data.length ? 0 : u32(data, lengthAt);
            if (start > data.length || length > data.length - start) {
                problem(
                        Category.MALFORMED,
                        "Photoshop resource " + key(number) + " states " + length + " bytes, there are "
                                + Math.max(0, data.length - start),
                        offset + at);
                return;
            }
            int end = start + (int) length;
            resource(signature, number, Arrays.copyOfRange(data, start, end), offset + start);
            at = end + (int) (length & 1);
        }
    }

    private void resource(String signature, int number, byte[] value, long offset) {
        boolean own = signature.equals(PHOTOSHOP);
        if (own && number == IPTC) {
            new IptcReader(format + "/iptc", reader, crc, sink).read(value, offset);
        } else if (own && number == XMP) {
            DecodedText text = TextDecoder.byMark(TextDecoder.withoutTrailingZeros(value));
            sink.block(format + "/xmp", "", offset, value.length, crc, Optional.of(text));
        } else {
            Optional<DecodedText> text = own && number == URL ? TextDecoder.plainText(value) : Optional.empty();
            sink.block(format + "/photoshop", key(number), offset, value.length, crc, text);
        }
    }

    private static String key(int number) {
        return String.format(Locale.ROOT, "0x%04X", number);
    }

    private static long u32(byte[] data, int at) {
        return (data[at] & 0xFFL) << 24
                | (data[at + 1] & 0xFFL) << 16
                | (data[at + 2] & 0xFFL) << 8
                | (data[at + 3] & 0xFFL);
    }

    private void problem(Category category, String message, long offset) {
        sink.problem(Problem.at(category, reader, message, offset));
    }
}
