package org.latentprint.evidence.carve;

import java.io.IOException;
import java.util.Optional;

/** Follows a GIF's blocks to its trailer (GIF89a specification, section 12 onwards). */
final class GifCarver {
    /** Bytes of a file; long animations have some 100 MB. */
    private static final long MAX_FILE = 512L << 20;

    private static final int EXTENSION = 0x21;
    private static final int PICTURE = 0x2C;
    private static final int TRAILER = 0x3B;
    private static final int HEADER = 13;

    private final SpaceReader in;
    private final long start;
    private long good;
    private long last;
    private int pictures;

    private GifCarver(SpaceReader in, long start) {
        this.in = in;
        this.start = start;
        this.good = start;
    }

    /**
     * Says what begins at that place.
     *
     * @throws IOException where its header cannot be read
     */
    static Optional<Claim> claim(SpaceReader in, long start) throws IOException {
        return new GifCarver(in, start).claim();
    }

    private Optional<Claim> claim() throws IOException {
        String signature = in.code(start, 6);
        boolean header = (signature.equals("GIF89a") || signature.equals("GIF87a"))
                && in.u16(start + 6) != 0
                && in.u16(start + 8) != 0;
        if (!header) {
            return Optional.empty();
        }
        good = start + HEADER + table(in.u8(start + 10));
        String fault;
        try {
            fault = blocks();
        } catch (IOException end) {
            fault = String.valueOf(end.getMessage());
        }
        if (pictures == 0) {
            return Optional.empty();
        }
        FreeSpace space = in.space();
        return Optional.of(
                fault.isEmpty()
                        ? Claim.whole(
                                        CarvedKind.GIF,
                                        "gif",
                                        start,
                                        good,
                                        "all blocks hold up to the trailer; the format has no checksums")
                                .sureUpTo(good, space)
                        : Claim.cut(
                                CarvedKind.GIF,
                                "gif",
                                start,
                                good,
                                "the blocks hold up to image offset " + (space.offset(good - 1) + 1) + "; then: "
                                        + fault));
    }

    /** Returns what broke; empty where the trailer came. */
    private String blocks() throws IOException {
        while (good - start < MAX_FILE) {
            switch (in.u8(good)) {
                case TRAILER -> {
                    good++;
                    return pictures > 0 ? "" : "the trailer before any picture";
                }
                case EXTENSION -> {
                    long end = subBlocks(good + 2);
                    last = good;
                    good = end;
                }
                case PICTURE -> {
                    int codeSize = in.u8(good + 10 + table(in.u8(good + 9)));
                    if (in.u16(good + 5) == 0 || in.u16(good + 7) == 0 || codeSize < 2 || codeSize > 8) {
                        return unconfirmed("a picture whose numbers do not agree");
                    }
                    long end = subBlocks(good + 11 + table(in.u8(good + 9)));
                    last = good;
                    good = end;
                    pictures++;
                }
                default -> {
                    return unconfirmed("no block");
                }
            }
        }
        return "longer than pictures are";
    }

    /** Cuts before the last block: what stands behind it shows that its end is not where it says. */
    private String unconfirmed(String fault) {
        good = Math.max(last, start + HEADER);
        return fault;
    }

    private long subBlocks(long from) throws IOException {
        long place = from;
        int length = in.u8(place);
        while (length != 0) {
            place += 1 + length;
            length = in.u8(place);
        }
        return place + 1;
    }

    private static int table(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }
}
