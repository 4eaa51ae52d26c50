package org.latentprint.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The geometry of a chart of upright bars; a template draws it. All lengths are in units of the drawing, rounded to tenths,
 * so that the same figures always give the same text.
 *
 * @param id unique in the page
 * @param axis what the upright axis counts
 * @param bars from left to right
 * @param ticks of the upright axis, from 0
 */
public record SvgBarChart(String id, String axis, List<Bar> bars, List<Tick> ticks) {
    /** Width of the drawing. */
    public static final int WIDTH = 960;

    /** Height of the drawing. */
    public static final int HEIGHT = 250;

    private static final int LEFT = 64;
    private static final int RIGHT = 8;
    private static final int TOP = 22;
    private static final int BOTTOM = 34;
    private static final int TICKS_WANTED = 4;
    private static final double WIDEST_BAR = 46;
    private static final double BAR_SHARE = 0.68;
    private static final int NARROWEST_LABEL = 62;

    public SvgBarChart {
        bars = List.copyOf(bars);
        ticks = List.copyOf(ticks);
    }

    /** One value and the name of its period. */
    public record Value(String label, double value) {}

    /**
     * One bar.
     *
     * @param label name of its period
     * @param figure its value in words
     * @param x left edge
     * @param y upper edge
     * @param width of the bar
     * @param height of the bar
     * @param centre middle of the bar
     * @param labelled whether its label is drawn; of many bars only each second, third ... is
     */
    public record Bar(
            String label,
            String figure,
            double x,
            double y,
            double width,
            double height,
            double centre,
            boolean labelled) {}

    /** One tick of the upright axis. */
    public record Tick(String label, double y) {}

    /** Lays out values that are 0 or greater, at least one of them. */
    public static SvgBarChart of(String id, String axis, List<Value> values) {
        double greatest = values.stream().mapToDouble(Value::value).max().orElse(0);
        double step = niceStep(greatest / TICKS_WANTED);
        double top = Math.max(step, Math.ceil(greatest / step) * step);
        double slot = (double) (WIDTH - LEFT - RIGHT) / values.size();
        double width = Math.min(WIDEST_BAR, slot * BAR_SHARE);
        int every = Math.max(1, (int) Math.ceil(NARROWEST_LABEL / slot));
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Value value = values.get(i);
            double centre = LEFT + slot * (i + 0.5);
            double y = y(value.value(), top);
            bars.add(new Bar(
                    value.label(),
                    figure(value.value()),
                    round(centre - width / 2),
                    round(y),
                    round(width),
                    round(HEIGHT - BOTTOM - y),
                    round(centre),
                    i % every == 0));
        }
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i * step <= top + step / 2; i++) {
            ticks.add(new Tick(figure(i * step), round(y(i * step, top))));
        }
        return new SvgBarChart(id, axis, bars, ticks);
    }

    /** Returns the left end of the axis. */
    public int left() {
        return LEFT;
    }

    /** Returns the right end of the axis. */
    public int right() {
        return WIDTH - RIGHT;
    }

    /** Returns the height of the base line. */
    public int base() {
        return HEIGHT - BOTTOM;
    }

    /** Says whether each bar has room for its figure above it. */
    public boolean hasFigures() {
        return bars.size() <= WIDTH / 30;
    }

    private static double y(double value, double top) {
        return TOP + (HEIGHT - BOTTOM - TOP) * (1 - value / top);
    }

    /** Returns the least of 1, 2, 5, 10, 20, 50 ... that is not less than the step wanted. */
    private static double niceStep(double wanted) {
        double power = 1;
        while (power * 10 < wanted) {
            power *= 10;
        }
        for (int factor : new int[] {1, 2, 5}) {
            if (factor * power >= wanted) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static String figure(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.format(Locale.ROOT, "%,.1f", value);
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
