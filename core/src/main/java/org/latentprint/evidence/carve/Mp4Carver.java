package org.latentprint.evidence.carve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Follows the boxes of an MP4 or QuickTime film, or of an AVIF or HEIC picture (ISO/IEC 14496-12, section 4.2). The first box
 * names the brand, the movie's box ({@code moov}) or the picture's ({@code meta}) must be filled exactly by the boxes within
 * it, and only boxes that stand at the top of such files are followed. Where the movie's box is lost, so are the metadata,
 * and nothing is claimed.
 */
final class Mp4Carver {
    /** Boxes at the top; a fragmented film has some ten thousand. */
    private static final int MAX_BOXES = 200_000;

    /** Boxes directly within the movie's: tracks and a dozen others. */
    private static final int MAX_INNER = 2_000;

    /** Bytes of the first box: a list of brands. */
    private static final int MAX_BRANDS = 1_024;

    private static final Set<String> TOP = Set.of(
            "ftyp", "moov", "mdat", "free", "skip", "wide", "udta", "uuid", "meta", "moof", "mfra", "sidx", "styp",
            "ssix", "prft", "emsg", "pdin", "pnot", "idat", "mvex");
    private static final Set<String> HEIC = Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");
    private static final Set<String> AVIF = Set.of("avif", "avis");

    private final SpaceReader in;
    private final long start;
    private final List<Claim.Span> open = new ArrayList<>();
    private boolean movie;
    private boolean picture;
    private boolean data;
    private long good;

    /** Place behind the last header, or behind the last box whose inside was looked at. */
    private long vouched;

    private Mp4Carver(SpaceReader in, long start) {
        this.in = in;
        this.start = start;
        this.good = start;
    }

    /**
     * Says what begins at that place.
     *
     * @throws IOException where its first box cannot be read
     */
    static Optional<Claim> claim(SpaceReader in, long start) throws IOException {
        return new Mp4Carver(in, start).claim();
    }

    private Optional<Claim> claim() throws IOException {
        long size = in.u32(start);
        String brand = in.code(start + 8, 4);
        if (size < 16
                || size > MAX_BRANDS
                || size % 4 != 0
                || !brand.chars().allMatch(each -> each >= ' ' && each < 0x7F)) {
            return Optional.empty();
        }
        good = start + size;
        vouched = good;
        String fault = "";
        try {
            fault = boxes();
        } catch (IOException end) {
            fault = String.valueOf(end.getMessage());
        }
        boolean still = AVIF.contains(brand) || HEIC.contains(brand);
        if (!(still ? picture : movie)) {
            return Optional.empty();
        }
        CarvedKind kind = still ? CarvedKind.HEIF : CarvedKind.FILM;
        String extension = AVIF.contains(brand) ? "avif" : still ? "heic" : brand.equals("qt  ") ? "mov" : "mp4";
        FreeSpace space = in.space();
        Claim claim = fault.isEmpty() && data
                ? Claim.whole(
                        kind,
                        extension,
                        start,
                        good,
                        "the chain of boxes holds to the last; pictures and sound have no checksums")
                : Claim.cut(
                        kind,
                        extension,
                        start,
                        good,
                        "the chain of boxes holds up to image offset " + (space.offset(good - 1) + 1) + "; then: "
                                + (fault.isEmpty() ? "no box of pictures or sound" : fault));
        return Optional.of(claim.open(open).sureUpTo(vouched, space));
    }

    /** Returns what broke; empty where the chain ended with a box, or with the space. */
    private String boxes() throws IOException {
        for (int count = 0; count < MAX_BOXES; count++) {
            if (good + 8 > in.space().size()) {
                return "";
            }
            String type = in.code(good + 4, 4);
            long size = in.u32(good);
            long header = 8;
            if (size == 1 && TOP.contains(type)) {
                size = in.u64(good + 8);
                header = 16;
            }
            if (!TOP.contains(type) || type.equals("ftyp") || size < header) {
                return TOP.contains(type) && size == 0 ? "box " + type + " states no size" : "";
            }
            if (size > in.space().size() - good) {
                return "box " + type + " states " + size + " bytes, more than there are";
            }
            long inside = good + header;
            long end = good + size;
            switch (type) {
                case "moov" -> {
                    if (!inner(inside, end, "mvhd")) {
                        return "the movie's box holds no boxes that fill it";
                    }
                    movie = true;
                }
                case "meta" -> {
                    picture |= inner(inside + 4, end, "hdlr");
                    // A picture's bytes may lie within the same box.
                    data |= inner(inside + 4, end, "idat");
                }
                case "mdat" -> {
                    data = true;
                    open.add(new Claim.Span(inside, end));
                }
                default -> {}
            }
            in.u8(end - 1);
            good = end;
            vouched = type.equals("moov") || type.equals("meta") ? end : inside;
        }
        return "more than " + MAX_BOXES + " boxes";
    }

    /** Says whether boxes fill that part of the space exactly, one of the given type among them. */
    private boolean inner(long from, long end, String needed) throws IOException {
        boolean found = false;
        long place = from;
        for (int count = 0; count < MAX_INNER && place < end; count++) {
            if (end - place < 8) {
                // QuickTime may end a list with a zero.
                return found && end - place == 4 && in.u32(place) == 0;
            }
            long size = in.u32(place);
            found |= in.code(place + 4, 4).equals(needed);
            if (size < 8 || size > end - place) {
                return false;
            }
            place += size;
        }
        return found && place == end;
    }
}
