package org.latentprint.evidence.carve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Follows a RIFF file's chunks: WebP (RFC 9649), WAV and AVI (Multimedia Programming Interface and Data Specifications 1.0). The
 * sizes of the chunks must add up to that of the file, and the first chunk must be one that begins such a file.
 */
final class RiffCarver {
    /** An animation has a chunk for each frame, and a sound or film a dozen. */
    private static final int MAX_CHUNKS = 100_000;

    /** Bytes of a picture; the largest that the format allows, 16,383 pixels wide and high, seldom has as much. */
    private static final long MAX_WEBP = 256L << 20;

    private static final Set<String> WEBP_FIRST = Set.of("VP8 ", "VP8L", "VP8X");
    private static final Set<String> WAV_FIRST = Set.of("fmt ", "JUNK", "bext", "LIST", "id3 ", "ds64");

    /** Sound and pictures: long, and any bytes may stand there. */
    private static final Set<String> OPEN = Set.of("data", "movi");

    private static final int HEADER = 12;

    private RiffCarver() {}

    /** Says what begins at that place. */
    static Optional<Claim> claim(SpaceReader in, long start) throws IOException {
        String form = in.code(start + 8, 4);
        Optional<CarvedKind> kind = kind(form);
        long size = in.u32LowFirst(start + 4) + 8;
        if (kind.isEmpty()
                || size < HEADER + 12
                || (kind.get() == CarvedKind.WEBP && size > MAX_WEBP)
                || !isFirst(in, kind.get(), start + HEADER)) {
            return Optional.empty();
        }
        return walk(in, start, start + size, kind.get());
    }

    private static Optional<Claim> walk(SpaceReader in, long start, long end, CarvedKind kind) {
        String extension = kind == CarvedKind.WEBP ? "webp" : kind == CarvedKind.WAV ? "wav" : "avi";
        FreeSpace space = in.space();
        List<Claim.Span> open = new ArrayList<>();
        long place = start + HEADER;
        long header = place;
        long last = place;
        String fault = "more than " + MAX_CHUNKS + " chunks";
        try {
            for (int count = 0; count < MAX_CHUNKS; count++) {
                if (place == end) {
                    in.u8(end - 1);
                    return Optional.of(Claim.whole(
                                    kind,
                                    extension,
                                    start,
                                    end,
                                    "the sizes and names of all chunks hold; the format has no checksums")
                            .open(open)
                            .sureUpTo(header, space));
                }
                String id = in.code(place, 4);
                long length = in.u32LowFirst(place + 4);
                long next = place + 8 + length + (length & 1);
                // Some writers leave out the last byte that makes the length even.
                next = next == end + 1 ? end : next;
                if (!id.chars().allMatch(each -> each >= ' ' && each < 0x7F) || next > end) {
                    fault = "no chunk that fits";
                    // Nor does the one before end where it says.
                    place = last;
                    break;
                }
                in.u8(next - 1);
                header = place + 8;
                last = place;
                if (OPEN.contains(id) || (id.equals("LIST") && length > 4 && OPEN.contains(in.code(place + 8, 4)))) {
                    open.add(new Claim.Span(header, next));
                }
                place = next;
            }
        } catch (IOException failure) {
            fault = String.valueOf(failure.getMessage());
        }
        if (place == start + HEADER) {
            return Optional.empty();
        }
        return Optional.of(Claim.cut(
                        kind,
                        extension,
                        start,
                        place,
                        "the sizes and names of chunks hold up to image offset " + (space.offset(place - 1) + 1)
                                + "; then: " + fault)
                .open(open)
                .sureUpTo(header, space));
    }

    private static Optional<CarvedKind> kind(String form) {
        return switch (form) {
            case "WEBP" -> Optional.of(CarvedKind.WEBP);
            case "WAVE" -> Optional.of(CarvedKind.WAV);
            case "AVI " -> Optional.of(CarvedKind.AVI);
            default -> Optional.empty();
        };
    }

    private static boolean isFirst(SpaceReader in, CarvedKind kind, long place) throws IOException {
        String id = in.code(place, 4);
        return switch (kind) {
            case WAV -> WAV_FIRST.contains(id);
            case AVI -> id.equals("LIST") && in.code(place + 8, 4).equals("hdrl");
            default -> WEBP_FIRST.contains(id) && isPicture(in, id, place);
        };
    }

    /** Says whether the picture's own header begins as it must. */
    private static boolean isPicture(SpaceReader in, String id, long place) throws IOException {
        return switch (id) {
            case "VP8 " -> in.u8(place + 11) == 0x9D && in.u8(place + 12) == 0x01 && in.u8(place + 13) == 0x2A;
            case "VP8L" -> in.u8(place + 8) == 0x2F;
            default -> in.u32LowFirst(place + 4) == 10;
        };
    }
}
