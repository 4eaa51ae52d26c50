package org.latentprint.evidence.carve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows a JPEG's segments and scans to its end marker (ITU-T T.81, annex B). A frame header, a quantisation table, Huffman tables
 * where the frame needs them and a scan header must stand there, each with lengths and numbers that agree; within a scan
 * nothing may follow FF but 00 and the restart marker whose turn it is. In random bytes the first FF breaks that 254 times
 * in 256, so a scan that was overwritten ends with the sector before this shows, a few hundred bytes behind the true end. The
 * codes of a sequential scan are decoded, too; a progressive picture is followed by its markers alone.
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
    private Optional<JpegFrame> frame = Optional.empty();
    private boolean named;
    private boolean quantised;
    private final Map<Integer, HuffmanTable> codes = new HashMap<>();
    private final List<JpegScan.Part> parts = new ArrayList<>();
    private long units;
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
        if (frame.isEmpty() && !named) {
            return Optional.empty();
        }
        return Optional.of(Claim.cut(
                        CarvedKind.JPEG,
                        "jpg",
                        start,
                        good,
                        "markers and segments hold up to image offset "
                                + (in.space().offset(good - 1) + 1) + "; then: " + fault)
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
                return scans == 0
                        ? fault("a segment whose numbers do not agree")
                        : unconfirmed("bytes that are no scan");
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
                || JpegFrame.isFrame(marker);
    }

    private boolean holds(int marker, long data, int length) throws IOException {
        if (JpegFrame.isFrame(marker)) {
            boolean first = frame.isEmpty();
            frame = JpegFrame.read(in, marker, data, length);
            return first && frame.isPresent();
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
        while (at + 1 + HuffmanTable.LONGEST_CODE <= length) {
            int head = in.u8(data + at);
            Optional<HuffmanTable> table = HuffmanTable.read(in, data + at + 1);
            if (head >> 4 > 1 || (head & 15) > 3 || table.isEmpty()) {
                return false;
            }
            codes.put(head, table.get());
            at += 1 + table.get().size();
        }
        return at == length;
    }

    private boolean scanHeader(long data, int length) throws IOException {
        if (frame.isEmpty()) {
            return false;
        }
        JpegFrame known = frame.get();
        int inScan = in.u8(data);
        boolean holds = (!known.needsHuffman() || (quantised && !codes.isEmpty()))
                && inScan >= 1
                && inScan <= known.components().size()
                && length == 4 + 2 * inScan;
        parts.clear();
        for (int i = 0; holds && known.sequential() && i < inScan; i++) {
            Optional<JpegFrame.Component> component = known.component(in.u8(data + 1 + 2L * i));
            int tables = in.u8(data + 2 + 2L * i);
            Optional<HuffmanTable> dc = Optional.ofNullable(codes.get(tables >> 4));
            Optional<HuffmanTable> ac = Optional.ofNullable(codes.get(0x10 | (tables & 15)));
            holds = component.isPresent() && dc.isPresent() && ac.isPresent();
            if (holds) {
                int blocks = inScan == 1
                        ? 1
                        : component.get().across() * component.get().down();
                parts.add(new JpegScan.Part(blocks, dc.get(), ac.get()));
                units = known.units(component.get(), inScan == 1);
            }
        }
        return holds;
    }

    /** Follows a scan to the marker that ends it, and its codes; false where it breaks, with {@code good} before the break. */
    private boolean scan() throws IOException {
        if (!markers()) {
            return false;
        }
        if (frame.filter(JpegFrame::sequential).isPresent()) {
            Optional<Long> broken = JpegScan.breaks(in, scanStart, good, parts, units, restartInterval);
            if (broken.isPresent()) {
                long place = broken.get();
                good = scanStart;
                return broken(place, "bytes that are no codes of the scan");
            }
        }
        return true;
    }

    private boolean markers() throws IOException {
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
                    turn = restart ? (turn + 1) & 7 : turn;
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
