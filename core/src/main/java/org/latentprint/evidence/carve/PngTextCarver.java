package org.latentprint.evidence.carve;

import java.io.IOException;
import java.util.Optional;

/**
 * Takes text chunks of a PNG that stand without their picture, one behind the other. Length, type, keyword (1 to 79 characters of
 * Latin-1 that print, then a zero) and the checksum must hold.
 */
final class PngTextCarver {
    /** As much text as one item may have. */
    private static final long MAX_TEXT = 64L << 20;

    /** A picture has some dozen. */
    private static final int MAX_CHUNKS = 1_000;

    /** The standard's limit. */
    private static final int MAX_KEYWORD = 79;

    private PngTextCarver() {}

    /** Says what begins with the chunk at that place. */
    static Optional<Claim> claim(SpaceReader in, long start) throws IOException {
        long end = start;
        int count = 0;
        while (count < MAX_CHUNKS) {
            Optional<PngChunk> chunk = textChunk(in, end, count > 0);
            if (chunk.isEmpty()) {
                break;
            }
            end = chunk.get().end();
            count++;
        }
        return end == start
                ? Optional.empty()
                : Optional.of(Claim.fragment(
                        CarvedKind.PNG_TEXT,
                        "pngtext",
                        start,
                        end,
                        "text of a PNG without the picture: " + count + (count == 1 ? " chunk" : " chunks")
                                + ", whose checksums hold"));
    }

    private static Optional<PngChunk> textChunk(SpaceReader in, long place, boolean mayEnd) throws IOException {
        try {
            if (in.u32(place) > MAX_TEXT || !hasKeyword(in, place)) {
                return Optional.empty();
            }
            return Optional.of(PngChunk.read(in, place, MAX_TEXT)).filter(chunk -> chunk.isGood() && chunk.isText());
        } catch (IOException end) {
            if (mayEnd) {
                return Optional.empty();
            }
            throw end;
        }
    }

    private static boolean hasKeyword(SpaceReader in, long place) throws IOException {
        long data = place + 8;
        for (int i = 0; i <= MAX_KEYWORD; i++) {
            int each = in.u8(data + i);
            if (each == 0) {
                return i > 0;
            }
            if (each < 0x20 || (each >= 0x7F && each < 0xA1)) {
                return false;
            }
        }
        return false;
    }
}
