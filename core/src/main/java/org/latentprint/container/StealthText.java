package org.latentprint.container;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;

/**
 * Reads text that hides in the lowest bits of a picture's samples, as the extension sd-webui-stealth-pnginfo
 * ({@code scripts/stealth_pnginfo.py}) and NovelAI write it. Bits run down the columns, from the left:
 *
 * <pre>
 * text      = signature length payload
 * signature = "stealth_pnginfo" | "stealth_pngcomp"    one bit a pixel, of the alpha sample
 *           | "stealth_rgbinfo" | "stealth_rgbcomp"    three bits a pixel, of red, green and blue
 * length    = 32 bits, high bit first: bits of the payload
 * payload   = UTF-8; "comp": packed with gzip
 * </pre>
 *
 * Only PNG with eight bits a sample, without palette and interlacing. The same in lossless WebP is not read: the decoder at
 * hand (TwelveMonkeys imageio-webp 3.14.0) unpacks a picture whole before its first column can be looked at, and builds
 * up to 65,536 groups of five tables of a kilobyte each where a small file asks for them.
 */
final class StealthText {
    /** Larger pictures are not searched: unpacking one takes seconds, and generators make none. */
    static final long MAX_PIXELS = 1L << 26;

    /** One row is held in memory; browsers refuse wider pictures, too. */
    private static final int MAX_WIDTH = 1 << 16;

    private static final int SIGNATURE_BITS = 15 * 8;
    private static final int LENGTH_BITS = 32;

    /** Unpacked payload, in bytes; the records seen have some thousands. */
    private static final int MAX_TEXT = 8 << 20;

    private final EvidenceBytes bytes;
    private final List<ByteRange> pixelData;
    private final int width;
    private final int height;
    private final int channels;

    /**
     * Looks at one picture.
     *
     * @param pixelData the data of its IDAT chunks
     * @param channels 3 for red, green, blue; 4 with alpha
     */
    StealthText(EvidenceBytes bytes, List<ByteRange> pixelData, int width, int height, int channels) {
        this.bytes = bytes;
        this.pixelData = pixelData;
        this.width = width;
        this.height = height;
        this.channels = channels;
    }

    /** Gives the text as a block {@code png/stealth} over all pixel data, where the first pixels hold a signature. */
    void read(String reader, BlockSink sink) throws IOException {
        if (pixelData.isEmpty() || width > MAX_WIDTH || (long) width * height > MAX_PIXELS) {
            return;
        }
        for (boolean alpha : channels == 4 ? new boolean[] {true, false} : new boolean[] {false}) {
            int perPixel = alpha ? 1 : 3;
            String signature = signature(perPixel);
            boolean packed = signature.equals(alpha ? "stealth_pngcomp" : "stealth_rgbcomp");
            if (!packed && !signature.equals(alpha ? "stealth_pnginfo" : "stealth_rgbinfo")) {
                continue;
            }
            long start = pixelData.getFirst().offset();
            long end = pixelData.getLast().offset() + pixelData.getLast().length();
            Optional<String> text = text(perPixel, packed);
            if (text.isEmpty()) {
                sink.problem(Problem.at(
                        Problem.Category.MALFORMED,
                        reader,
                        "the pixels begin with " + signature + ", and no text can be read behind it",
                        start));
            }
            sink.block(
                    "png/stealth",
                    signature,
                    start,
                    end - start,
                    MetadataBlock.Crc.NONE,
                    text.map(found -> DecodedText.of(found, "utf-8")));
            return;
        }
    }

    /** Returns the first characters that the lowest bits spell; only the rows that hold them are unpacked. */
    private String signature(int perPixel) throws IOException {
        int pixels = SIGNATURE_BITS / perPixel;
        int rows = Math.min(height, pixels);
        int columns = Math.min(width, (pixels + rows - 1) / rows);
        BitSet bits = new BitSet(SIGNATURE_BITS);
        if ((long) columns * rows < pixels || !collect(bits, perPixel, rows, columns)) {
            return "";
        }
        return new String(octets(bits, 0, SIGNATURE_BITS), StandardCharsets.ISO_8859_1);
    }

    private Optional<String> text(int perPixel, boolean packed) throws IOException {
        BitSet bits = new BitSet();
        if (!collect(bits, perPixel, height, width)) {
            return Optional.empty();
        }
        long all = (long) width * height * perPixel;
        long length = 0;
        for (int index = 0; index < LENGTH_BITS; index++) {
            length = length << 1 | (bits.get(SIGNATURE_BITS + index) ? 1 : 0);
        }
        int from = SIGNATURE_BITS + LENGTH_BITS;
        if (length == 0 || length % 8 != 0 || length > all - from || length / 8 > MAX_TEXT) {
            return Optional.empty();
        }
        byte[] payload = octets(bits, from, (int) length);
        return packed ? unpacked(payload) : TextDecoder.strictly(payload, StandardCharsets.UTF_8);
    }

    /** Sets the lowest bits in their order: down the columns; false where the rows end before. */
    private boolean collect(BitSet bits, int perPixel, int rows, int columns) throws IOException {
        int first = perPixel == 1 ? channels - 1 : 0;
        try (PngRows picture = new PngRows(bytes, pixelData, width * channels, channels)) {
            for (int y = 0; y < rows; y++) {
                Optional<byte[]> row = picture.next();
                if (row.isEmpty()) {
                    return false;
                }
                for (int x = 0; x < columns; x++) {
                    for (int sample = 0; sample < perPixel; sample++) {
                        if ((row.get()[x * channels + first + sample] & 1) != 0) {
                            bits.set((x * height + y) * perPixel + sample);
                        }
                    }
                }
            }
        }
        return true;
    }

    private static byte[] octets(BitSet bits, int from, int count) {
        byte[] octets = new byte[count / 8];
        for (int index = 0; index < count; index++) {
            if (bits.get(from + index)) {
                octets[index / 8] |= (byte) (0x80 >> index % 8);
            }
        }
        return octets;
    }

    private static Optional<String> unpacked(byte[] payload) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(payload))) {
            byte[] text = in.readNBytes(MAX_TEXT + 1);
            return text.length > MAX_TEXT ? Optional.empty() : TextDecoder.strictly(text, StandardCharsets.UTF_8);
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }
}
