package org.latentprint.container;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads IPTC datasets, each into one block: a tag marker (28), the number of the record and of the dataset, a length, the
 * value. Texts are UTF-8 or Latin-1 as the envelope says; where it says nothing, UTF-8 if they are valid. Source: IPTC
 * Information Interchange Model 4.2, part 1; the order of reading and the repair of swapped bytes as ExifTool ({@code
 * IPTC.pm}) does it. Not verified against the files of a camera or picture agency.
 */
final class IptcReader {
    private static final int MARKER = 0x1C;
    private static final int HEADER_LENGTH = 5;

    /** From this bit on, the length says how many bytes the true length has. */
    private static final int EXTENDED = 0x8000;

    /** Bytes of an extended length; four reach beyond what is read. */
    private static final int MAX_LENGTH_BYTES = 4;

    /** Keywords make some dozens; a block of empty datasets could have thousands. */
    private static final int MAX_DATASETS = 2_000;

    /** What {@link IptcTags#CHARACTER_SET} holds for UTF-8, alone or with a level. */
    private static final Set<String> UTF8 = Set.of("\u001B%G", "\u001B%/G", "\u001B%/H", "\u001B%/I");

    /** The same for Latin-1, as the second half of the character table. */
    private static final Set<String> LATIN1 = Set.of("\u001B-A", "\u001B.A");

    private enum Characters {
        UNSAID,
        UTF8,
        LATIN1,
        OTHER
    }

    private final String container;
    private final String reader;
    private final Crc crc;
    private final BlockSink sink;
    private Characters characters = Characters.UNSAID;

    /**
     * Makes a reader for one run of datasets.
     *
     * @param container such as {@code jpeg/iptc}
     * @param reader id of the container reader
     * @param crc of the chunk that holds them, if its format keeps one
     */
    IptcReader(String container, String reader, Crc crc, BlockSink sink) {
        this.container = container;
        this.reader = reader;
        this.crc = crc;
        this.sink = sink;
    }

    /**
     * Reads the datasets.
     *
     * @param data their bytes
     * @param offset where these stand in the item
     */
    void read(byte[] data, long offset) {
        if (data.length >= 4 && data[0] != MARKER && data[3] == MARKER) {
            // Written as numbers of four bytes into a TIFF of the other byte order.
            PackedSink swapped = new PackedSink(
                    sink,
                    new ByteRange(offset, data.length),
                    crc,
                    Optional.of("every four bytes of the IPTC datasets stand in reverse order"));
            new IptcReader(container, reader, crc, swapped).datasets(swapped(data), offset);
        } else {
            datasets(data, offset);
        }
    }

    private void datasets(byte[] data, long offset) {
        int at = 0;
        for (int count = 0; data.length - at >= HEADER_LENGTH; count++) {
            if (data[at] != MARKER) {
                break;
            }
            if (count == MAX_DATASETS) {
                problem(
                        Category.LIMIT,
                        "more than " + MAX_DATASETS + " IPTC datasets; the rest was not read",
                        offset + at);
                return;
            }
            int start = at + HEADER_LENGTH;
            long length = u16(data, at + 3);
            if (length >= EXTENDED) {
                int bytes = (int) length - EXTENDED;
                if (bytes > MAX_LENGTH_BYTES || bytes > data.length - start) {
                    problem(Category.MALFORMED, "an IPTC dataset with a length of " + bytes + " bytes", offset + at);
                    return;
                }
                length = number(data, start, bytes);
                start += bytes;
            }
            int record = data[at + 1] & 0xFF;
            int dataset = data[at + 2] & 0xFF;
            if (length > data.length - start) {
                problem(
                        Category.MALFORMED,
                        "IPTC dataset " + record + ":" + dataset + " states " + length + " bytes, there are "
                                + (data.length - start),
                        offset + at);
                return;
            }
            int end = start + (int) length;
            dataset(record, dataset, Arrays.copyOfRange(data, start, end), offset + start);
            at = end;
        }
        if (!isPadding(data, at)) {
            problem(Category.MALFORMED, "bytes that are no IPTC dataset; the rest was not read", offset + at);
        }
    }

    private void dataset(int record, int dataset, byte[] value, long offset) {
        if (record == IptcTags.ENVELOPE && dataset == IptcTags.CHARACTER_SET) {
            characters = characters(new String(value, StandardCharsets.ISO_8859_1));
        }
        Optional<DecodedText> text =
                IptcTags.isText(record, dataset) ? text(record, value) : TextDecoder.plainText(value);
        sink.block(container, IptcTags.nameOf(record, dataset), offset, value.length, crc, text);
    }

    /** Decodes a text; one in characters that this version has no table for has none. */
    private Optional<DecodedText> text(int record, byte[] value) {
        byte[] bytes = TextDecoder.withoutTrailingZeros(value);
        if (record == IptcTags.ENVELOPE) {
            return TextDecoder.plainText(bytes);
        }
        return switch (characters) {
            case UNSAID, UTF8 -> Optional.of(TextDecoder.utf8OrLatin1(bytes));
            case LATIN1 -> Optional.of(DecodedText.of(new String(bytes, StandardCharsets.ISO_8859_1), "latin-1"));
            case OTHER ->
                TextDecoder.plainText(bytes)
                        .filter(decoded -> decoded.text().chars().allMatch(c -> c < 0x80));
        };
    }

    private static Characters characters(String escapes) {
        if (UTF8.contains(escapes)) {
            return Characters.UTF8;
        }
        if (LATIN1.contains(escapes)) {
            return Characters.LATIN1;
        }
        return escapes.isEmpty() ? Characters.UNSAID : Characters.OTHER;
    }

    private static boolean isPadding(byte[] data, int from) {
        for (int i = from; i < data.length; i++) {
            if (data[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] swapped(byte[] data) {
        byte[] swapped = new byte[data.length];
        int whole = data.length & ~3;
        for (int i = 0; i < whole; i++) {
            swapped[i] = data[i ^ 3];
        }
        System.arraycopy(data, whole, swapped, whole, data.length - whole);
        return swapped;
    }

    private static int u16(byte[] data, int at) {
        return (data[at] & 0xFF) << 8 | (data[at + 1] & 0xFF);
    }

    private static long number(byte[] data, int at, int length) {
        long number = 0;
        for (int i = 0; i < length; i++) {
            number = number << 8 | (data[at + i] & 0xFF);
        }
        return number;
    }

    private void problem(Category category, String message, long offset) {
        sink.problem(Problem.at(category, reader, message, offset));
    }
}
