package org.latentprint.casefile;

import java.util.Locale;

/**
 * Makes a line of JSON one that every program takes for a line and a terminal shows as it is. JSON itself escapes the first
 * control characters only: a terminal obeys others, some programs end a line at U+0085 or U+2028, and marks of direction show
 * text in another order.
 */
public final class PlainJson {
    private static final int FIRST_TO_LOOK_AT = 0x7F;

    private PlainJson() {}

    /**
     * Writes such characters as escapes, which mean the same to every reader of JSON.
     *
     * @param json valid, without line ends between its parts; such a character can then stand within a text only
     */
    public static String of(String json) {
        int at = 0;
        while (at < json.length() && !isEscaped(json, at)) {
            at++;
        }
        if (at == json.length()) {
            return json;
        }
        StringBuilder plain = new StringBuilder(json.length() + 64).append(json, 0, at);
        for (; at < json.length(); at++) {
            if (isEscaped(json, at)) {
                plain.append(String.format(Locale.ROOT, "\\u%04x", (int) json.charAt(at)));
            } else {
                plain.append(json.charAt(at));
            }
        }
        return plain.toString();
    }

    /** Says so of both halves of a pair, since an escape in JSON stands for one of them. */
    private static boolean isEscaped(String json, int at) {
        char c = json.charAt(at);
        if (c < FIRST_TO_LOOK_AT) {
            return false;
        }
        int point = Character.isLowSurrogate(c) && at > 0 && Character.isHighSurrogate(json.charAt(at - 1))
                ? json.codePointAt(at - 1)
                : json.codePointAt(at);
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
