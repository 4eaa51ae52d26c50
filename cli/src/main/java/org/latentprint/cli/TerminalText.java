package org.latentprint.cli;

import java.util.Locale;

/**
 * Makes text from evidence safe to show on a terminal. A file name or prompt may hold control sequences that would change
 * what an examiner sees, or marks that reverse the order in which letters are shown.
 */
final class TerminalText {
    private TerminalText() {}

    /**
     * Replaces every character that a terminal would obey instead of showing: controls, formatting marks, lone surrogates,
     * line and paragraph separators.
     *
     * @param text from evidence
     * @return one line; each such character stands as its code point, such as {@code \\u001b}
     */
    static String safe(String text) {
        StringBuilder shown = null;
        for (int index = 0; index < text.length(); ) {
            int codePoint = text.codePointAt(index);
            int length = Character.charCount(codePoint);
            if (obeyed(codePoint)) {
                if (shown == null) {
                    shown = new StringBuilder(text.length() + 16).append(text, 0, index);
                }
                shown.append(
                        codePoint > 0xFFFF
                                ? String.format(Locale.ROOT, "\\U%08x", codePoint)
                                : String.format(Locale.ROOT, "\\u%04x", codePoint));
            } else if (shown != null) {
                shown.appendCodePoint(codePoint);
            }
            index += length;
        }
        return shown == null ? text : shown.toString();
    }

    private static boolean obeyed(int codePoint) {
        return switch (Character.getType(codePoint)) {
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
