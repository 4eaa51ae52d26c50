package org.latentprint.container;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.latentprint.container.ExifRepair.Run;

/**
 * Finds whole texts in an EXIF block without its directories: JSON objects, with the word that ComfyUI's savers put before
 * them ({@code workflow:}), and the settings text of A1111 and its kin.
 */
final class ExifRuns {
    /** A word before a JSON object is short. */
    private static final int LABEL = 64;

    /** Shorter texts are found by accident. */
    private static final int SHORTEST = 8;

    private static final int SHORTEST_SETTINGS = 32;

    /** A block holds a handful. */
    private static final int MAX_RUNS = 64;

    /** Attempts that end without a closed object, so that a block full of opening braces costs little. */
    private static final int MAX_FAILURES = 256;

    private static final List<String> LABELS = List.of("workflow:", "prompt:", "workflow: ", "prompt: ");
    private static final byte[] SETTINGS = "Steps: ".getBytes(StandardCharsets.US_ASCII);

    private ExifRuns() {}

    /** Returns the texts in the order of their places; they do not overlap. */
    static List<Run> in(byte[] block) {
        List<Run> runs = new ArrayList<>();
        int failures = 0;
        int at = 0;
        while (at < block.length && runs.size() < MAX_RUNS && failures < MAX_FAILURES) {
            if (TextDecoder.isControl(block[at] & 0xFF)) {
                at++;
                continue;
            }
            int end = at;
            while (end < block.length && !TextDecoder.isControl(block[end] & 0xFF)) {
                end++;
            }
            int brace = end - at < SHORTEST ? -1 : brace(block, at, end);
            int close = brace < 0 ? -1 : JsonRun.end(block, brace);
            if (close - brace >= SHORTEST) {
                runs.add(new Run(labelled(block, at, brace), close, ""));
                at = close;
                continue;
            }
            failures += brace < 0 ? 0 : 1;
            if (end - at >= SHORTEST_SETTINGS && hasSettings(block, at, end)) {
                runs.add(new Run(at, end, ""));
            }
            at = end;
        }
        return runs;
    }

    /**
     * Returns the index of the brace that opens a JSON object, behind a short word at most; -1 where there is none. Prompts
     * hold braces too, but no quotation mark directly behind them.
     */
    static int brace(byte[] block, int from, int to) {
        int last = Math.min(to, from + LABEL);
        for (int i = from; i < last; i++) {
            if (block[i] == '{' && opensWithName(block, i + 1, to)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean opensWithName(byte[] block, int from, int to) {
        for (int i = from; i < to; i++) {
            switch (block[i]) {
                case ' ', '\n', '\r', '\t' -> {}
                case '"' -> {
                    return true;
                }
                default -> {
                    return false;
                }
            }
        }
        return false;
    }

    /** Returns where a word that ComfyUI's savers write begins, if it stands directly before the brace. */
    static OptionalInt knownLabel(byte[] block, int from, int brace) {
        int first = Math.max(from, brace - LABEL);
        String before = new String(block, first, brace - first, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        for (String label : LABELS) {
            if (before.endsWith(label)) {
                return OptionalInt.of(brace - label.length());
            }
        }
        return OptionalInt.empty();
    }

    /** Returns where the word before a brace begins: at a known word, else at the letters directly before it. */
    private static int labelled(byte[] block, int from, int brace) {
        OptionalInt known = knownLabel(block, from, brace);
        if (known.isPresent()) {
            return known.getAsInt();
        }
        int start = brace;
        while (start > from && isLabel(block[start - 1])) {
            start--;
        }
        return start;
    }

    private static boolean isLabel(byte each) {
        return (each >= 'a' && each <= 'z')
                || (each >= 'A' && each <= 'Z')
                || each == '_'
                || each == ':'
                || each == ' ';
    }

    private static boolean hasSettings(byte[] block, int from, int to) {
        for (int i = from; i + SETTINGS.length <= to; i++) {
            if (block[i] == 'S' && matches(block, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] block, int at) {
        for (int i = 0; i < SETTINGS.length; i++) {
            if (block[at + i] != SETTINGS[i]) {
                return false;
            }
        }
        return true;
    }
}
