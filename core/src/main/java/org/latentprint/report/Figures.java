package org.latentprint.report;

import java.time.Instant;
import java.util.Locale;

/** Numbers and times as the report prints them, the same on every machine. */
public final class Figures {
    private static final int PER_CENT = 100;

    private Figures() {}

    /** Returns a number with a comma between thousands. */
    public static String of(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Returns a number and its noun, such as "1 item" or "2 items". */
    public static String of(long number, String one, String many) {
        return of(number) + " " + (number == 1 ? one : many);
    }

    /** Returns a time in UTC, ISO 8601, with the precision it has. */
    public static String time(Instant time) {
        return time.toString();
    }

    /** Returns the day of a time, UTC, ISO 8601. */
    public static String day(Instant time) {
        return time.toString().substring(0, time.toString().indexOf('T'));
    }

    /** Returns the share of the greatest value in whole per cent, at least 1 for a value above 0: the length of a bar. */
    public static int share(long value, long greatest) {
        if (value <= 0 || greatest <= 0) {
            return 0;
        }
        return (int) Math.max(1, Math.round((double) value * PER_CENT / greatest));
    }
}
