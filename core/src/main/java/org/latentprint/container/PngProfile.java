package org.latentprint.container;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads the profiles that ImageMagick writes into text chunks named {@code Raw profile type ...}: a line with the kind, a
 * line with the length, the bytes in hex. EXIF, XMP, IPTC and Photoshop's resources are told by their bytes, for the names
 * are not kept to: {@code APP1} holds EXIF or XMP, {@code iptc} datasets or resources. Source: ExifTool ({@code PNG.pm}).
 */
final class PngProfile {
    private static final String KEYWORD = "Raw profile type ";
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] XMP = "http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.US_ASCII);

    /** The name of a kind is a word or two; the length has up to eight digits, padded with spaces. */
    private static final int MAX_LINE = 80;

    private static final int DATASET = 0x1C;

    private final String reader;
    private final BlockSink sink;

    PngProfile(String reader, BlockSink sink) {
        this.reader = reader;
        this.sink = sink;
    }

    /** Says whether a text of that keyword is a profile. */
    static boolean isNamed(String keyword) {
        return keyword.startsWith(KEYWORD);
    }

    /**
     * Reads a profile into blocks; their place is that of the chunk's data.
     *
     * @param keyword of the chunk
     * @param text of the chunk
     * @param chunk place of the chunk's data
     * @param crc state of its checksum
     * @return whether the text is such a profile, so that its hex digits say nothing more
     */
    boolean read(String keyword, String text, ByteRange chunk, Crc crc) {
        Optional<byte[]> decoded = decode(text, chunk.offset());
        if (decoded.isEmpty()) {
            problem(Category.MALFORMED, keyword + " holds no profile in hex", chunk.offset());
            return false;
        }
        byte[] profile = decoded.get();
        BlockSink packed = new PackedSink(sink, chunk, crc);
        String kind = keyword.substring(KEYWORD.length()).toLowerCase(Locale.ROOT);
        if (startsWith(profile, EXIF) || isTiff(profile)) {
            new ExifReader("png/exif", reader, crc, packed).read(profile, chunk.offset());
        } else if (startsWith(profile, XMP)) {
            xmp(Arrays.copyOfRange(profile, XMP.length, profile.length), packed);
        } else if (kind.equals("xmp")) {
            xmp(profile, packed);
        } else if (profile.length > 0 && profile[0] == DATASET) {
            new IptcReader("png/iptc", reader, crc, packed).read(profile, chunk.offset());
        } else if (kind.equals("8bim") || kind.equals("iptc")) {
            new PhotoshopResources("png", reader, crc, packed).read(profile, chunk.offset());
        }
        return true;
    }

    private static void xmp(byte[] packet, BlockSink packed) {
        DecodedText text = TextDecoder.byMark(TextDecoder.withoutTrailingZeros(packet));
        packed.block("png/xmp", "", 0, 0, Crc.NONE, Optional.of(text));
    }

    private Optional<byte[]> decode(String text, long offset) {
        int kindEnd = text.indexOf('\n', 1);
        int lengthEnd = kindEnd < 0 ? -1 : text.indexOf('\n', kindEnd + 1);
        if (text.isEmpty() || text.charAt(0) != '\n' || lengthEnd < 0 || lengthEnd > 2 * MAX_LINE) {
            return Optional.empty();
        }
        byte[] profile = new byte[(text.length() - lengthEnd) / 2];
        int digits = 0;
        for (int i = lengthEnd + 1; i < text.length(); i++) {
            char each = text.charAt(i);
            int digit = each < 0x80 ? Character.digit(each, 16) : -1;
            if (digit >= 0) {
                profile[digits / 2] |= (byte) (digits % 2 == 0 ? digit << 4 : digit);
                digits++;
            } else if (each != '\n' && each != ' ' && each != '\r' && each != 0) {
                return Optional.empty();
            }
        }
        String stated = text.substring(kindEnd + 1, lengthEnd).strip();
        if (digits % 2 != 0 || !stated.equals(Integer.toString(digits / 2))) {
            boolean number = !stated.isEmpty() && stated.chars().allMatch(each -> each >= '0' && each <= '9');
            problem(
                    Category.MALFORMED,
                    "a profile states " + (number ? stated + " bytes" : "no length") + " and has " + digits / 2
                            + " bytes",
                    offset);
        }
        return Optional.of(Arrays.copyOf(profile, digits / 2));
    }

    private static boolean isTiff(byte[] profile) {
        return startsWith(profile, new byte[] {'I', 'I', 42, 0}) || startsWith(profile, new byte[] {'M', 'M', 0, 42});
    }

    private static boolean startsWith(byte[] data, byte[] start) {
        return data.length >= start.length && Arrays.equals(data, 0, start.length, start, 0, start.length);
    }

    private void problem(Category category, String message, long offset) {
        sink.problem(Problem.at(category, reader, message, offset));
    }
}
