package org.latentprint.container;

import java.util.Arrays;
import java.util.Optional;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/** Reads the three kinds of text chunks of one PNG, XMP and ImageMagick's profiles among them. */
final class PngText {
    /** Keyword of the chunk that holds XMP, an iTXt by the rule (XMP part 3). */
    private static final String XMP = "XML:com.adobe.xmp";

    private final String reader;
    private final BlockSink sink;
    private final PngProfile profiles;
    private final BoundedInflater inflater = new BoundedInflater();

    PngText(String reader, BlockSink sink) {
        this.reader = reader;
        this.sink = sink;
        this.profiles = new PngProfile(reader, sink);
    }

    /**
     * Reads one chunk.
     *
     * @param type {@code tEXt}, {@code zTXt} or {@code iTXt}
     * @param data the chunk's data
     * @param offset of the data in the item
     * @param crc state of the chunk's checksum
     */
    void read(String type, byte[] data, long offset, Crc crc) {
        int keywordEnd = zero(data, 0);
        String keyword = TextDecoder.utf8OrLatin1(Arrays.copyOf(data, Math.max(0, keywordEnd)))
                .text();
        Optional<DecodedText> text =
                keywordEnd < 0 ? withoutKeyword(type, offset) : text(type, data, keywordEnd + 1, keyword, offset);
        if (keyword.equals(XMP)) {
            sink.block("png/xmp", "", offset, data.length, crc, text);
            return;
        }
        boolean profile = text.isPresent()
                && PngProfile.isNamed(keyword)
                && profiles.read(keyword, text.get().text(), new ByteRange(offset, data.length), crc);
        sink.block("png/" + type, keyword, offset, data.length, crc, profile ? Optional.empty() : text);
    }

    private Optional<DecodedText> withoutKeyword(String type, long offset) {
        problem(Category.MALFORMED, "chunk " + type + " has no end of its keyword", offset);
        return Optional.empty();
    }

    private Optional<DecodedText> text(String type, byte[] data, int from, String keyword, long offset) {
        return switch (type) {
            case "tEXt" -> Optional.of(TextDecoder.utf8OrLatin1(rest(data, from)));
            // One byte names the compression method; there is only one.
            case "zTXt" -> inflated(data, from + 1, keyword, offset);
            default -> international(data, from, keyword, offset);
        };
    }

    private Optional<DecodedText> international(byte[] data, int from, String keyword, long offset) {
        int languageEnd = zero(data, from + 2);
        int translatedEnd = languageEnd < 0 ? -1 : zero(data, languageEnd + 1);
        if (translatedEnd < 0) {
            problem(Category.MALFORMED, "iTXt " + keyword + " ends within its header", offset);
            return Optional.empty();
        }
        return data[from] == 0
                ? Optional.of(TextDecoder.utf8OrLatin1(rest(data, translatedEnd + 1)))
                : inflated(data, translatedEnd + 1, keyword, offset);
    }

    private Optional<DecodedText> inflated(byte[] data, int from, String keyword, long offset) {
        if (from > data.length) {
            problem(Category.MALFORMED, "compressed text " + keyword + " ends within its header", offset);
            return Optional.empty();
        }
        return switch (inflater.inflate(data, from)) {
            case BoundedInflater.Inflated inflated -> Optional.of(TextDecoder.utf8OrLatin1(inflated.bytes()));
            case BoundedInflater.TooLarge tooLarge -> {
                problem(Category.LIMIT, keyword + ": " + tooLarge.reason() + "; it was not read", offset);
                yield Optional.empty();
            }
            case BoundedInflater.Broken broken -> {
                problem(Category.MALFORMED, keyword + ": " + broken.reason(), offset);
                yield Optional.empty();
            }
        };
    }

    private static byte[] rest(byte[] data, int from) {
        return Arrays.copyOfRange(data, from, data.length);
    }

    private static int zero(byte[] data, int from) {
        for (int i = from; i < data.length; i++) {
            if (data[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    private void problem(Category category, String message, long offset) {
        sink.problem(Problem.at(category, reader, message, offset));
    }
}
