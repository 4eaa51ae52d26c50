package org.latentprint.report;

import java.util.List;
import java.util.Locale;

/**
 * The first rows of a table, and how many there are.
 *
 * @param rows those that are printed
 * @param total how many rows the case has
 * @param order in words, what the rows are ordered by
 * @param <T> one row
 */
public record Capped<T>(List<T> rows, long total, String order) {
    public Capped {
        rows = List.copyOf(rows);
    }

    /** Says whether there is no row at all. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Returns how much of the table is printed and in which order, in words. */
    public String statement() {
        return total > rows.size()
                ? String.format(
                        Locale.ROOT,
                        "First %,d of %,d, ordered by %s; the rest is in the export.",
                        rows.size(),
                        total,
                        order)
                : String.format(Locale.ROOT, "All %,d, ordered by %s.", total, order);
    }
}
