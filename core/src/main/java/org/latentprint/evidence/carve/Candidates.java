package org.latentprint.evidence.carve;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Looks at hits in the order of their places, and gives what holds to the sink. What lies within an item is not looked at again,
 * but for parts whose bytes no structure vouches for. A candidate that turns out to be nothing has cost reading; what all such
 * may cost together is bound to the size of what was searched, so that bytes made to look like many beginnings cannot make
 * the carving read the image again and again.
 */
final class Candidates {
    /** Bytes that candidates may read for nothing, for each byte of the space up to the candidate. */
    private static final long MAX_WASTE = 4;

    /** Bytes that candidates may read for nothing in any case: one large picture that was overwritten near its end. */
    private static final long MAX_WASTE_BASE = 1L << 30;

    /** Bytes that each candidate may read when the others have used up what there was: enough for a head. */
    private static final long MAX_HEAD = 128 << 10;

    private final FreeSpace space;
    private final SpaceReader in;
    private final CarvedSink sink;
    private long wasted;

    /** Everything before is known, but for what {@code open} holds. */
    private long covered;

    private List<Claim.Span> open = List.of();

    /** The item in whose open parts other files may lie: its end and its words. */
    private long around;

    private String aroundWhat = "";

    /** Text before was looked at for JSON. */
    private long judged;

    /** Items that were found with another one before them, and whose turn has not come. */
    private final Deque<Claim> later = new ArrayDeque<>();

    Candidates(FreeSpace space, CarvedSink sink) {
        this.space = space;
        this.in = new SpaceReader(space);
        this.sink = sink;
    }

    /** Looks at a hit. */
    void look(long packed) throws InterruptedException {
        long place = Hit.place(packed);
        takeLater(place);
        if (isKnown(place)) {
            return;
        }
        in.grant(Math.max(MAX_HEAD, MAX_WASTE_BASE + MAX_WASTE * place - wasted));
        long used = 0;
        try {
            used = switch (Hit.of(packed)) {
                case PNG -> take(PngCarver.claim(in, place));
                case JPEG -> take(JpegCarver.claim(in, place));
                case RIFF -> take(RiffCarver.claim(in, place));
                case GIF -> take(GifCarver.claim(in, place));
                case MP4 -> take(Mp4Carver.claim(in, place));
                case SAFETENSORS -> take(SafetensorsCarver.claim(in, place));
                case PNG_TEXT -> take(pngText(place));
                case SETTINGS -> take(InfotextCarver.claim(in, place, floor(place)));
                case JSON -> json(place);
            };
        } catch (IOException nothing) {
            // The bytes end, cannot be read (which the search says), or may not be read: no item begins here.
            used = 0;
        }
        wasted += Math.max(0, in.spent() - used);
    }

    private boolean isKnown(long place) {
        return place < covered && open.stream().noneMatch(span -> span.start() <= place && place < span.end());
    }

    /** Returns the place before which nothing may be taken for an item that is found at the place given. */
    private long floor(long place) {
        return place >= covered
                ? covered
                : open.stream()
                        .filter(span -> span.start() <= place && place < span.end())
                        .mapToLong(Claim.Span::start)
                        .findFirst()
                        .orElse(place);
    }

    private Optional<Claim> pngText(long place) throws IOException {
        long begin = place - PngCarver.BEFORE_TEXT;
        if (begin >= floor(place)) {
            Optional<Claim> whole = PngCarver.claim(in, begin);
            if (whole.isPresent()) {
                return whole;
            }
        }
        return PngTextCarver.claim(in, place);
    }

    private long json(long place) throws IOException, InterruptedException {
        if (place < judged) {
            return 0;
        }
        JsonCarver.Judged result = JsonCarver.judge(in, place, Math.max(judged, floor(place)));
        judged = result.end();
        later.addAll(result.claims());
        takeLater(place);
        return result.end() - place;
    }

    /** Takes the items among text that was looked at as a whole, as far as they begin before that place or at it. */
    private void takeLater(long place) throws InterruptedException {
        while (!later.isEmpty() && later.getFirst().start() <= place) {
            Claim next = later.removeFirst();
            if (!isKnown(next.start())) {
                take(Optional.of(next));
            }
        }
    }

    /** Takes what is left when there are no more hits. */
    void end() throws InterruptedException {
        takeLater(Long.MAX_VALUE);
    }

    /** Gives an item to the sink, and returns how many bytes of reading it accounts for. */
    private long take(Optional<Claim> claim) throws InterruptedException {
        if (claim.isEmpty()) {
            return 0;
        }
        Claim found = claim.get();
        String reason = found.reason();
        List<ByteRange> runs = space.runs(found.start(), found.end());
        if (runs.size() > 1) {
            reason += "; in " + runs.size() + " pieces, between which allocated clusters lie";
        }
        if (found.start() < around) {
            reason += "; within the range of " + aroundWhat;
        }
        sink.item(new CarvedItem(found.kind(), found.extension(), runs, found.completeness(), reason));
        cover(found);
        return found.end() - found.start();
    }

    private void cover(Claim found) {
        if (found.start() < covered) {
            // It lies in an open part of another: from here on, that part is open only behind it.
            open = open.stream()
                    .map(span -> new Claim.Span(Math.max(span.start(), Math.min(found.end(), span.end())), span.end()))
                    .toList();
            return;
        }
        covered = found.end();
        open = found.open();
        if (!open.isEmpty()) {
            around = found.end();
            aroundWhat = "what was found at image offset " + space.offset(found.start());
        }
    }
}
