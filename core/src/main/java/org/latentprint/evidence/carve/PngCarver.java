package org.latentprint.evidence.carve;

import java.io.IOException;
import java.util.Optional;

/**
 * Follows a PNG's chunks (PNG, third edition, W3C, section 5). Each chunk has a checksum, so a file that goes on behind allocated
 * clusters is followed there, and one that was overwritten ends at its last good chunk. One exception: some programs leave
 * text chunks with a wrong checksum, so such a one is passed where the next chunk holds.
 */
final class PngCarver {
    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    /** Signature and header chunk, behind which text chunks mostly stand. */
    static final int BEFORE_TEXT = 33;

    /** A real picture of 1 GB with small pixel chunks has some ten thousand chunks. */
    private static final int MAX_CHUNKS = 200_000;

    /** Bytes of one chunk; programs that write all pixels into one chunk reach some 100 MB. */
    private static final long MAX_CHUNK = 1L << 30;

    private static final int HEADER_LENGTH = 13;

    private PngCarver() {}

    /**
     * Says what begins at that place.
     *
     * @throws IOException where it cannot be read as far as its header chunk
     */
    static Optional<Claim> claim(SpaceReader in, long start) throws IOException {
        if (!in.has(start, SIGNATURE) || !isHeader(in, start + SIGNATURE.length)) {
            return Optional.empty();
        }
        FreeSpace space = in.space();
        String wrong = "";
        long place = start + BEFORE_TEXT;
        for (int count = 0; count < MAX_CHUNKS; count++) {
            PngChunk chunk;
            boolean passed = false;
            try {
                chunk = PngChunk.read(in, place, MAX_CHUNK);
                if (chunk.state() == PngChunk.State.WRONG_CRC && chunk.isText()) {
                    passed = PngChunk.read(in, chunk.end(), MAX_CHUNK).isGood();
                }
            } catch (IOException end) {
                return Optional.of(cut(space, start, place, String.valueOf(end.getMessage())));
            }
            if (passed) {
                wrong = "; the checksum of chunk " + chunk.type() + " at image offset " + space.offset(place)
                        + " is wrong, those behind it hold";
            } else if (!chunk.isGood()) {
                return Optional.of(cut(space, start, place, chunk.fault()));
            }
            place = chunk.end();
            if (chunk.type().equals("IEND")) {
                return Optional.of(Claim.whole(
                        CarvedKind.PNG, "png", start, place, "all chunks and their checksums hold" + wrong));
            }
        }
        return Optional.of(cut(space, start, place, "more than " + MAX_CHUNKS + " chunks"));
    }

    private static Claim cut(FreeSpace space, long start, long end, String fault) {
        return Claim.cut(
                CarvedKind.PNG,
                "png",
                start,
                end,
                "the chunks and their checksums hold up to image offset " + (space.offset(end - 1) + 1) + "; then: "
                        + fault);
    }

    /** Says whether a header chunk with a possible size and form of pixels stands there, and its checksum holds. */
    private static boolean isHeader(SpaceReader in, long place) throws IOException {
        PngChunk chunk = PngChunk.read(in, place, HEADER_LENGTH);
        if (!chunk.isGood() || !chunk.type().equals("IHDR") || chunk.length() != HEADER_LENGTH) {
            return false;
        }
        long data = chunk.data();
        int colours = in.u8(data + 9);
        return in.u32(data) > 0 && in.u32(data + 4) > 0 && Integer.bitCount(in.u8(data + 8)) == 1 && colours <= 6;
    }
}
