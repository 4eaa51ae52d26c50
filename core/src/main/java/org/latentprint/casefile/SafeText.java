package org.latentprint.casefile;

/** Makes texts fit for the database, which takes valid Unicode only. */
final class SafeText {
    private SafeText() {}

    /** Returns the text with U+FFFD for each surrogate that has no partner; such a text has no UTF-8 form. */
    static String of(String text) {
        int length = text.length();
        int wrong = firstUnpaired(text, 0);
        if (wrong == length) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text);
        while (wrong < length) {
            safe.setCharAt(wrong, '\ufffd');
            wrong = firstUnpaired(text, wrong + 1);
        }
        return safe.toString();
    }

    /** Returns at most that many characters of the text, never half of a pair. */
    static String cut(String text, int maximum) {
        if (text.length() <= maximum) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(maximum - 1)) ? maximum - 1 : maximum;
        return text.substring(0, end);
    }

    private static int firstUnpaired(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else {
                return i;
            }
        }
        return text.length();
    }
}
