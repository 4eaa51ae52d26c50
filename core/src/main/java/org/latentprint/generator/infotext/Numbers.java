package org.latentprint.generator.infotext;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the numbers of settings, within bounds; what is no number is empty. */
final class Numbers {
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][-+]?\\d{1,2})?");
    private static final Pattern INTEGER = Pattern.compile("\\d{1,9}");
    private static final Pattern SEED = Pattern.compile("-?\\d{1,40}");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})\\s?[xX]\\s?(\\d{1,6})");

    private Numbers() {}

    /** Width and height in pixels. */
    record Size(int width, int height) {}

    static Optional<BigDecimal> decimal(String text) {
        String trimmed = text.strip();
        return DECIMAL.matcher(trimmed).matches() ? Optional.of(new BigDecimal(trimmed)) : Optional.empty();
    }

    static Optional<Integer> integer(String text) {
        String trimmed = text.strip();
        return INTEGER.matcher(trimmed).matches() ? Optional.of(Integer.valueOf(trimmed)) : Optional.empty();
    }

    /** Returns a seed as text; -1 stands for "at random" and is kept where it is recorded. */
    static Optional<String> seed(String text) {
        String trimmed = text.strip();
        return SEED.matcher(trimmed).matches() ? Optional.of(trimmed) : Optional.empty();
    }

    /** Returns the size; empty for 0x0, which programs write for "not set". */
    static Optional<Size> size(String text) {
        Matcher matcher = SIZE.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Size size = new Size(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        return size.width() > 0 && size.height() > 0 ? Optional.of(size) : Optional.empty();
    }
}
