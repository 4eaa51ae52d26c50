package org.latentprint.evidence.carve;

import java.util.List;

/**
 * What a candidate turned out to be.
 *
 * @param start first place
 * @param end place behind the last one
 * @param open parts within, whose bytes no structure vouches for: other files may lie there, and are looked for
 */
record Claim(
        CarvedKind kind,
        String extension,
        long start,
        long end,
        Completeness completeness,
        String reason,
        List<Span> open) {

    /** A part of the space. */
    record Span(long start, long end) {}

    Claim {
        open = List.copyOf(open);
    }

    static Claim whole(CarvedKind kind, String extension, long start, long end, String reason) {
        return new Claim(kind, extension, start, end, Completeness.WHOLE, reason, List.of());
    }

    static Claim cut(CarvedKind kind, String extension, long start, long end, String reason) {
        return new Claim(kind, extension, start, end, Completeness.CUT, reason, List.of());
    }

    static Claim fragment(CarvedKind kind, String extension, long start, long end, String reason) {
        return new Claim(kind, extension, start, end, Completeness.FRAGMENT, reason, List.of());
    }

    Claim open(List<Span> spans) {
        return new Claim(kind, extension, start, end, completeness, reason, spans);
    }

    /**
     * Returns the claim, cut at the first gap behind the last place that the structure vouches for: what follows a gap is a
     * guess until something of the file shows up there.
     *
     * @param vouched place behind the last bytes that can only be the file's
     */
    Claim sureUpTo(long vouched, FreeSpace space) {
        long gap = space.rangeEnd(Math.max(start, vouched - 1));
        if (gap >= end) {
            return this;
        }
        return new Claim(
                kind,
                extension,
                start,
                gap,
                Completeness.CUT,
                "cut where allocated clusters follow, at image offset " + (space.offset(gap - 1) + 1)
                        + ": nothing shows that the next unallocated bytes go on with it",
                open.stream()
                        .map(span -> new Span(span.start(), Math.min(span.end(), gap)))
                        .filter(span -> span.start() < span.end())
                        .toList());
    }
}
