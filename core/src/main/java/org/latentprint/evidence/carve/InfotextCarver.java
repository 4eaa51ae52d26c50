package org.latentprint.evidence.carve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes AUTOMATIC1111's text where it stands alone ({@code modules/processing.py}, {@code create_infotext}): a line of settings that
 * begins with {@code Steps: N,} and names a seed and one more of its usual settings, and the prompt before it. The line must
 * begin a line. No byte marks where the prompt begins, so it is taken from the last byte that is no text.
 */
final class InfotextCarver {
    /** Bytes of prompt and settings: what the reader of such texts takes. */
    private static final int MAX_TEXT = 64 << 10;

    /** Bytes of a line of settings; the most talkative have some thousand. */
    private static final int MAX_SETTINGS = 16 << 10;

    /** Bytes that may by chance be text at the edge of a file's own sector: twelve in a row are so once in 100,000 times. */
    private static final int MAX_STRAY = 12;

    private static final Pattern STEPS = Pattern.compile("Steps: \\d{1,6}, ");
    private static final Pattern SEED = Pattern.compile(", Seed: -?\\d{1,20}(,|$)");
    private static final Pattern USUAL =
            Pattern.compile(", (Sampler|Schedule type|CFG scale|Size|Model|Model hash|Version): [^ ,]");

    private InfotextCarver() {}

    /**
     * Says what the settings at that place belong to.
     *
     * @param floor place before which everything is known already
     */
    static Optional<Claim> claim(SpaceReader in, long place, long floor) throws IOException {
        if (!mayBeginLine(in, place) || !isSettings(in, place)) {
            return Optional.empty();
        }
        TextRun run = TextRun.around(in, place, floor, MAX_TEXT - MAX_SETTINGS, MAX_SETTINGS);
        int settings = (int) (place - run.start());
        int end = lineEnd(run, settings);
        boolean openEnd = end == run.bytes().length || run.utf8Length(end) == 0;
        if (openEnd && run.start() + end < in.space().rangeEnd(place)) {
            int sector = sectorBefore(in, run.start() + end, end - settings);
            boolean zero = in.u8(run.start() + end) == 0;
            end -= zero ? 0 : sector;
            openEnd = !zero && sector == 0;
        }
        int begin = begin(in, run, settings);
        boolean startsLine = settings == begin || run.bytes()[settings - 1] == '\n';
        String line = new String(run.bytes(), settings, end - settings, StandardCharsets.UTF_8);
        if (!startsLine
                || !STEPS.matcher(line).lookingAt()
                || !SEED.matcher(line).find()
                || !USUAL.matcher(line).find()) {
            return Optional.empty();
        }
        boolean prompt = begin < settings;
        return Optional.of(Claim.fragment(
                CarvedKind.INFOTEXT,
                "txt",
                run.start() + begin,
                run.start() + end,
                (prompt
                                ? "a line of settings and the text before it, up to the last byte that is no text"
                                : "a line of settings; what stands before it is no prompt")
                        + (prompt && isDoubtful(in.space(), run.start() + begin)
                                ? "; a sector begins soon behind its first character, so those before may be foreign"
                                : "")
                        + (openEnd ? "; no line end or zero follows, so its last characters may be foreign" : "")));
    }

    /** Looks at the byte before, so that a text full of the word costs little. */
    private static boolean mayBeginLine(SpaceReader in, long place) throws IOException {
        if (place == in.space().rangeStart(place) || toSector(in.space(), place) == 0) {
            return true;
        }
        int before = in.u8(place - 1);
        return before < ' ' || before >= 0x7F;
    }

    /** Looks at the line alone before the text around it is read. */
    private static boolean isSettings(SpaceReader in, long place) throws IOException {
        StringBuilder line = new StringBuilder();
        long most = Math.min(place + MAX_SETTINGS, in.space().rangeEnd(place));
        for (long at = place; at < most; at++) {
            int each = in.u8(at);
            if (each < ' ' && each != '\t') {
                break;
            }
            line.append((char) each);
        }
        // Foreign bytes may follow the last setting here, so only the beginning of the seed is asked.
        return STEPS.matcher(line).lookingAt()
                && line.indexOf(", Seed: ") > 0
                && USUAL.matcher(line).find();
    }

    /** Says whether a sector begins behind the first few characters: then these may be the end of what lay before. */
    private static boolean isDoubtful(FreeSpace space, long first) {
        int toSector = toSector(space, first);
        return toSector > 0 && toSector <= MAX_STRAY;
    }

    private static int toSector(FreeSpace space, long place) {
        return (int) (-space.offset(place) & (WindowScan.SECTOR - 1));
    }

    private static int lineEnd(TextRun run, int from) {
        byte[] bytes = run.bytes();
        int at = from;
        while (at < bytes.length && bytes[at] != '\n' && bytes[at] != '\r') {
            int length = run.utf8Length(at);
            if (length == 0) {
                break;
            }
            at += length;
        }
        return at;
    }

    /** Returns how many bytes before that place a sector began, where they are few; else 0. */
    private static int sectorBefore(SpaceReader in, long place, int most) {
        int stray = (int) (in.space().offset(place) & (WindowScan.SECTOR - 1));
        return stray <= MAX_STRAY && stray < most ? stray : 0;
    }

    /** Returns where the prompt begins within the run. */
    private static int begin(SpaceReader in, TextRun run, int settings) throws IOException {
        int begin = 0;
        for (int at = 0; at < settings; ) {
            int length = run.utf8Length(at);
            begin = length == 0 ? at + 1 : begin;
            at += Math.max(1, length);
        }
        FreeSpace space = in.space();
        long first = run.start() + begin;
        boolean bounded = first == space.rangeStart(run.start()) || in.u8(first - 1) == 0;
        int toSector = toSector(space, first);
        if (!bounded && toSector <= MAX_STRAY && begin + toSector <= settings) {
            begin += toSector;
        }
        while (begin < settings && run.bytes()[begin] <= ' ' && run.bytes()[begin] >= 0) {
            begin++;
        }
        // A text that is longer than what was read has no known beginning.
        return begin == 0 && settings == MAX_TEXT - MAX_SETTINGS ? settings : begin;
    }
}
