package org.latentprint.container.c2pa;

import java.io.IOException;

/**
 * The segments of a JPEG by their symbols (ISO 10918-1, table B.1). The data behind a scan's header and behind a restart
 * belong to it (C2PA Technical Specification 2.x, "JPEG-specific Handling").
 */
final class JpegBoxes {
    private static final int START = 0xD8;
    private static final int END = 0xD9;
    private static final int SCAN = 0xDA;
    private static final int RESTART = 0xD0;

    private JpegBoxes() {}

    static void read(ItemBytes item, NamedBoxes.Found found) throws IOException {
        long at = 0;
        while (at + 1 < item.size() && item.u8(at) == 0xFF) {
            int marker = item.u8(at + 1);
            if (marker == 0xFF) {
                // Fill bytes before a marker are no part of its segment.
                at++;
                continue;
            }
            long end = at + 2;
            if (hasLength(marker)) {
                end += item.u16(at + 2);
            }
            if (end > item.size()) {
                throw new IOException("the segment at " + at + " is cut off");
            }
            if (marker == SCAN || isRestart(marker)) {
                end = dataEnd(item, end);
            }
            found.add(symbol(marker), at, end);
            at = end;
        }
    }

    private static boolean hasLength(int marker) {
        return marker != START && marker != END && marker != 0x01 && !isRestart(marker);
    }

    private static boolean isRestart(int marker) {
        return marker >= RESTART && marker < START;
    }

    /** Returns the place of the next marker; a zero behind FF is data. */
    private static long dataEnd(ItemBytes item, long from) throws IOException {
        long at = from;
        while (at + 1 < item.size()) {
            if (item.u8(at) == 0xFF && item.u8(at + 1) != 0 && item.u8(at + 1) != 0xFF) {
                return at;
            }
            at++;
        }
        return item.size();
    }

    private static String symbol(int marker) {
        return switch (marker) {
            case 0x01 -> "TEM";
            case 0xC4 -> "DHT";
            case 0xC8 -> "JPG";
            case 0xCC -> "DAC";
            case START -> "SOI";
            case END -> "EOI";
            case SCAN -> "SOS";
            case 0xDB -> "DQT";
            case 0xDC -> "DNL";
            case 0xDD -> "DRI";
            case 0xDE -> "DHP";
            case 0xDF -> "EXP";
            case 0xFE -> "COM";
            default -> {
                if (isRestart(marker)) {
                    yield "RST" + (marker - RESTART);
                }
                if (marker >= 0xC0 && marker <= 0xCF) {
                    yield "SOF" + (marker - 0xC0);
                }
                if (marker >= 0xE0 && marker <= 0xEF) {
                    yield "APP" + (marker - 0xE0);
                }
                yield marker >= 0xF0 ? "JPG" + (marker - 0xF0) : "RES";
            }
        };
    }
}
