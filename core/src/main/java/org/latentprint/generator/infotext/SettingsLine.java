package org.latentprint.generator.infotext;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Splits {@code Key: value, Key: value}. A value may be a JSON string (A1111's {@code quote()} in
 * {@code modules/infotext_utils.py}), may be or hold JSON objects and arrays without quotes (Civitai, stable-diffusion.cpp),
 * or runs to the next comma. Text after a comma that is no {@code Key:} belongs to the value before it, since old writers put
 * lists there without quotes. Quoted values may span lines: writers of 2022 did not escape line ends.
 */
final class SettingsLine {
    /** The most talkative real file has 140 settings; a hostile one could have millions. */
    static final int MAX_PAIRS = 2_000;

    /** No extension seen names a setting with more than 60 characters. */
    private static final int MAX_KEY = 100;

    /** Each quote or bracket that never closes costs a walk to the end of the text; after so many, commas alone count. */
    private static final int MAX_OPEN_ENDED = 8;

    private final String text;
    private final List<Pair> pairs = new ArrayList<>();
    private int position;
    private int openEnded;
    private boolean cut;

    private SettingsLine(String text, int start) {
        this.text = text;
        this.position = start;
    }

    /**
     * What was read.
     *
     * @param pairs in the order of the text
     * @param end where reading stopped: at a line end outside of quotes, or at the end of the text
     * @param cut whether there were more than {@link #MAX_PAIRS}
     */
    record Result(List<Pair> pairs, int end, boolean cut) {}

    /** Reads the pairs from the given position to the end of their line. */
    static Result read(String text, int start) {
        SettingsLine line = new SettingsLine(text, start);
        line.read();
        return new Result(List.copyOf(line.pairs), line.position, line.cut);
    }

    private void read() {
        StringBuilder open = new StringBuilder();
        String key = "";
        boolean inPair = false;
        while (position < text.length() && text.charAt(position) != '\n') {
            skipBlanks();
            int keyEnd = keyEnd();
            if (keyEnd > position) {
                if (inPair && !add(key, open)) {
                    return;
                }
                key = text.substring(position, keyEnd).strip();
                inPair = true;
                position = keyEnd + 1;
                skipBlanks();
                open.setLength(0);
                open.append(value());
            } else {
                String more = text.substring(position, plainEnd(position));
                position += more.length();
                if (!inPair) {
                    return;
                }
                if (!more.isBlank()) {
                    open.append(", ").append(more.strip());
                }
            }
            if (position < text.length() && text.charAt(position) == ',') {
                position++;
            }
        }
        if (inPair) {
            add(key, open);
        }
    }

    private boolean add(String key, StringBuilder value) {
        if (pairs.size() >= MAX_PAIRS) {
            cut = true;
            return false;
        }
        pairs.add(new Pair(key, value.toString()));
        return true;
    }

    private void skipBlanks() {
        while (position < text.length()
                && (text.charAt(position) == ' ' || text.charAt(position) == '\t' || text.charAt(position) == '\r')) {
            position++;
        }
    }

    /** Returns where the colon of a key stands that starts here, or a place not after {@code position}. */
    private int keyEnd() {
        int end = position;
        int limit = Math.min(text.length(), position + MAX_KEY);
        while (end < limit && isKeyCharacter(text.charAt(end), end == position)) {
            end++;
        }
        return end < limit && text.charAt(end) == ':' && end - position >= 2 ? end : -1;
    }

    private static boolean isKeyCharacter(char character, boolean first) {
        return Character.isLetterOrDigit(character)
                || character == '_'
                || (!first && " -/.()+#'&".indexOf(character) >= 0);
    }

    /** Reads the value that starts at the position and leaves the position behind it. */
    private String value() {
        if (position < text.length() && text.charAt(position) == '"') {
            int end = quoteEnd(position);
            if (end > 0 && endsHere(end)) {
                String quoted = text.substring(position, end);
                position = skipTo(end);
                return unquote(quoted);
            }
        }
        int end = plainEnd(position);
        String plain = text.substring(position, end).strip();
        position = end;
        return plain;
    }

    /** Says whether nothing but blanks stands between the place and the next comma or line end. */
    private boolean endsHere(int place) {
        int next = skipTo(place);
        return next == text.length() || text.charAt(next) == ',' || text.charAt(next) == '\n';
    }

    private int skipTo(int place) {
        int next = place;
        while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\r')) {
            next++;
        }
        return next;
    }

    /** Returns the next comma or line end that stands outside of brackets. */
    private int plainEnd(int start) {
        int end = start;
        while (end < text.length()) {
            char character = text.charAt(end);
            if (character == ',' || character == '\n') {
                return end;
            }
            if (character == '{' || character == '[') {
                int close = bracketEnd(end);
                end = close > 0 ? close : end + 1;
            } else {
                end++;
            }
        }
        return end;
    }

    /** Returns the place behind the quote that closes the one here, or -1 where none does. */
    private int quoteEnd(int start) {
        if (openEnded >= MAX_OPEN_ENDED) {
            return -1;
        }
        for (int at = start + 1; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '\\') {
                at++;
            } else if (character == '"') {
                return at + 1;
            }
        }
        openEnded++;
        return -1;
    }

    /** Returns the place behind the bracket that closes the one here, or -1 where none does on this line. */
    private int bracketEnd(int start) {
        if (openEnded >= MAX_OPEN_ENDED) {
            return -1;
        }
        int depth = 0;
        boolean quoted = false;
        for (int at = start; at < text.length() && text.charAt(at) != '\n'; at++) {
            char character = text.charAt(at);
            if (quoted) {
                if (character == '\\') {
                    at++;
                } else if (character == '"') {
                    quoted = false;
                }
            } else if (character == '"') {
                quoted = true;
            } else if (character == '{' || character == '[') {
                depth++;
            } else if ((character == '}' || character == ']') && --depth == 0) {
                return at + 1;
            }
        }
        openEnded++;
        return -1;
    }

    /** Undoes A1111's quoting; a text that is no JSON string (writers of 2022 left line ends as they were) is mended first. */
    private static String unquote(String quoted) {
        return Json.parse(quoted)
                .or(() -> Json.parse(
                        quoted.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t")))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .orElseGet(() -> Optional.of(quoted)
                        .map(raw -> raw.substring(1, raw.length() - 1))
                        .orElse(""));
    }
}
