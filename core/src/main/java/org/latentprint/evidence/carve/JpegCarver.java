package org.latentprint.evidence.carve;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Follows a JPEG's segments and scans to its end marker (ITU-T T.81, annex B). A frame header, a quantisation table, Huffman tables
 * where the frame needs them and a scan header must stand there, each with lengths and numbers that agree; within a scan
 * nothing may follow FF but 00 and the restart marker whose turn it is. In random bytes the first FF breaks that 254 times
 * in 256, so a scan that was overwritten ends with the sector before this shows, a few hundred bytes behind the true end.
 */
final class JpegCarver {
    /** Bytes of a file; large ones have some 50 MB. */
    private static final long MAX_FILE = 512L << 20;

    /** A large file has some hundreds of segments; C2PA and extended XMP cut their data into such of 64 KiB. */
    private static final int MAX_SEGMENTS = 100_000;

    /** Bytes of a scan in which one FF must stand: real ones have one in some hundred, wide plain areas a few. */
    private static final long MAX_WITHOUT_FF = 1 << 20;

    private static final int BLOCK = 64 << 10;

    /** Bytes FF that must be followed as the rules say behind a gap, so that what lies there is taken for the scan. */
    private static final int STUFFED_BEHIND_GAP = 4;

    private static final int START = 0xD8;
    private static final int END = 0xD9;
    private static final int SCAN = 0xDA;
    private static final int TABLES = 0xDB;
    private static final int HUFFMAN = 0xC4;
    private static final int RESTART_INTERVAL = 0xDD;
    private static final int LINES = 0xDC;
    private static final int COMMENT = 0xFE;
    private static final int ARITHMETIC = 0xCC;
    private static final int FIRST_RESTART = 0xD0;
    private static final Set<Integer> BETWEEN_SCANS =
            Set.of(SCAN, TABLES, HUFFMAN, RESTART_INTERVAL, LINES, COMMENT, ARITHMETIC);

    private final SpaceReader in;
    private final long start;
    private final long most;
    private boolean frame;
    private boolean named;
    private boolean quantised;
    private boolean huffman;
    private boolean needsHuffman;
    private int components;
    private int restartInterval;
    private int scans;
    private long scanStart;

    /** Place behind what is known to be the file's. */
    private long good;

    /** Place of the last marker that stood where it must. */
    private long confirmed;

    /** Place behind the last byte of a scan whose FF bytes followed the rules often enough since the last gap. */
    private long vouched;

    private String fault = "";

    private JpegCarver(SpaceReader in, long start) {
        this.in = in;
        this.start = start;
        this.most = Math.min(in.space().size(), start + MAX_FILE);
        this.good = start + 2;
        this.vouched = good;
    }

    /** Says what begins at that place. */
    static Optional<Claim> claim(SpaceReader in, long start) {
        return new JpegCarver(in, start).claim();
    }

    private Optional<Claim> claim() {
        boolean whole = false;
        try {
            whole = in.u16(start) == (0xFF00 | START) && toEnd();
        } catch (IOException end) {
            fault = String.valueOf(end.getMessage());
        }
        if (whole) {
            return Optional.of(Claim.whole(
                            CarvedKind.JPEG,
                            "jpg",
                            start,
                            good,
                            "markers, segments and scans hold up to the end marker; the format has no checksums")
                    .sureUpTo(vouched, in.space()));
        }
        if (!frame && !named) {
            return Optional.empty();
        }
        return Optional.of(Claim.cut(
                        CarvedKind.JPEG,
                        "jpg",
                        start,
                        good,
                        "markers and segments hold up to image offset " + (in.space().offset(good - 1) + 1) + "; then: "
                                + fault)
                .sureUpTo(vouched, in.space()));
    }

    private boolean toEnd() throws IOException {
        for (int count = 0; count < MAX_SEGMENTS && good < most; count++) {
            long place = good;
            if (in.u8(place) != 0xFF) {
                return unconfirmed("no marker");
            }
            while (in.u8(place + 1) == 0xFF && place < most) {
                place++;
            }
            int marker = in.u8(place + 1);
            if (marker == END) {
                good = place + 2;
                if (scans > 0) {
                    vouched = Math.max(vouched, behindGap(good) ? vouched : good);
                }
                return scans > 0 || fault("the end marker before any scan");
            }
            if (!isSegment(marker)) {
                return unconfirmed("no marker that may stand here");
            }
            confirmed = place;
            long data = place + 4;
            int length = in.u16(place + 2) - 2;
            if (length < 0 || !holds(marker, data, length)) {
                return scans == 0 ? fault("a segment whose numbers do not agree") : unconfirmed("bytes that are no scan");
            }
            in.u8(data + length - 1);
            good = data + length;
            vouched = Math.max(vouched, data);
            if (marker == SCAN) {
                scans++;
                if (!scan()) {
                    return false;
                }
            }
        }
        return fault("longer than pictures are");
    }

    private boolean behindGap(long place) {
        return in.space().rangeEnd(Math.max(start, vouched - 1)) < place;
    }

    /** Cuts before the last segment: what stands behind it shows that its end is not where it says. */
    private boolean unconfirmed(String what) throws IOException {
        good = Math.max(confirmed, start + 2);
        if (scans == 0) {
            return fault(what);
        }
        // The marker that seemed to end the scan was a chance of foreign bytes.
        good = scanStart;
        return broken(Math.max(scanStart, confirmed), what);
    }

    private boolean fault(String what) {
        fault = what;
        return false;
    }

    private static boolean isSegment(int marker) {
        return (marker >= 0xE0 && marker <= 0xEF)
                || marker == TABLES
                || marker == HUFFMAN
                || marker == SCAN
                || marker == RESTART_INTERVAL
                || marker == LINES
                || marker == COMMENT
                || marker == ARITHMETIC
                || isFrame(marker);
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != HUFFMAN && marker != 0xC8 && marker != ARITHMETIC;
    }

    private boolean holds(int marker, long data, int length) throws IOException {
        if (isFrame(marker)) {
            return !frame && frame(marker, data, length);
        }
        return switch (marker) {
            case TABLES -> tables(data, length);
            case HUFFMAN -> huffman(data, length);
            case SCAN -> scanHeader(data, length);
            case RESTART_INTERVAL -> length == 2 && interval(in.u16(data));
            case LINES -> length == 2;
            case 0xE0 -> named(length >= 5 && in.code(data, 5).matches("JFIF\0|JFXX\0"));
            case 0xE1 -> named(length >= 6 && in.code(data, 6).matches("Exif\0\0|http:/"));
            default -> true;
        };
    }

    private boolean named(boolean known) {
        named |= known;
        return true;
    }

    private boolean interval(int value) {
        restartInterval = value;
        return true;
    }

    private boolean frame(int marker, long data, int length) throws IOException {
        if (length < 9) {
            return false;
        }
        int precision = in.u8(data);
        components = in.u8(data + 5);
        boolean holds = (precision == 8 || precision == 12 || (precision >= 2 && precision <= 16 && marker == 0xC3))
                && in.u16(data + 3) > 0
                && components >= 1
                && components <= 4
                && length == 6 + 3 * components;
        for (int i = 0; holds && i < components; i++) {
            int sampling = in.u8(data + 7 + 3L * i);
            holds = sampling >> 4 >= 1 && sampling >> 4 <= 4 && (sampling & 15) >= 1 && (sampling & 15) <= 4
                    && in.u8(data + 8 + 3L * i) <= 3;
        }
        frame = holds;
        needsHuffman = marker < 0xC8;
        return holds;
    }

    private boolean tables(long data, int length) throws IOException {
        int at = 0;
        while (at < length) {
            int head = in.u8(data + at);
            if (head >> 4 > 1 || (head & 15) > 3) {
                return false;
            }
            at += head >> 4 == 0 ? 65 : 129;
        }
        quantised = true;
        return at == length;
    }

    private boolean huffman(long data, int length) throws IOException {
        int at = 0;
        while (at + 17 <= length) {
            int head = in.u8(data + at);
            int codes = 0;
            // Codes of a length must fit beside those of the shorter ones.
            int room = 1;
            for (int bits = 1; bits <= 16; bits++) {
                int more = in.u8(data + at + bits);
                codes += more;
                room = 2 * room - more;
                if (room < 0) {
                    return false;
                }
            }
            if (head >> 4 > 1 || (head & 15) > 3 || codes > 256) {
                return false;
            }
            at += 17 + codes;
        }
        huffman = true;
        return at == length;
    }

    private boolean scanHeader(long data, int length) throws IOException {
        int inScan = in.u8(data);
        return frame
                && (quantised || !needsHuffman)
                && (huffman || !needsHuffman)
                && inScan >= 1
                && inScan <= components
                && length == 4 + 2 * inScan;
    }

    /** Goes on to the marker that ends the scan; false where the scan breaks, with {@code good} before the break. */
    private boolean scan() throws IOException {
        long place = good;
        scanStart = good;
        int turn = 0;
        int stuffed = 0;
        long gap = in.space().rangeEnd(place);
        try {
            while (true) {
                long stop = Math.min(most, place + MAX_WITHOUT_FF);
                long found = in.find(0xFF, place, stop);
                if (found >= stop) {
                    return broken(stop, "the scan does not end");
                }
                if (found >= gap) {
                    stuffed = 0;
                    gap = in.space().rangeEnd(found);
                }
                int next = in.u8(found + 1);
                boolean restart = restartInterval > 0 && next == FIRST_RESTART + turn;
                if (next == 0 || restart) {
                    turn = restart ? turn + 1 & 7 : turn;
                    stuffed++;
                    place = found + 2;
                    if (stuffed >= STUFFED_BEHIND_GAP || !behindGap(place)) {
                        vouched = place;
                    }
                } else if (next == 0xFF) {
                    place = found + 1;
                } else if (next == END || BETWEEN_SCANS.contains(next)) {
                    good = found;
                    confirmed = found;
                    return true;
                } else {
                    return broken(found, "bytes that are no scan");
                }
            }
        } catch (IOException end) {
            return broken(place, String.valueOf(end.getMessage()));
        }
    }

    /** Cuts at the beginning of the sector in which the break showed, and leaves off the zeros before it. */
    private boolean broken(long place, String what) throws IOException {
        long inSector = in.space().offset(place) & (WindowScan.SECTOR - 1);
        long end = Math.max(good, place - inSector);
        while (end > good) {
            byte[] before = in.bytes(Math.max(good, end - BLOCK), (int) Math.min(BLOCK, end - good));
            int left = before.length;
            while (left > 0 && before[left - 1] == 0) {
                left--;
            }
            end -= before.length - left;
            if (left > 0) {
                break;
            }
        }
        good = end;
        return fault(what);
    }
}
