package org.latentprint.container;

/** Puts characters in the place of the references that XML itself defines; entities of a document stay as written. */
final class XmlText {
    /** The longest is the number of the last code point in hex, ten characters, with a few zeros before it. */
    private static final int MAX_REFERENCE = 16;

    private XmlText() {}

    /** Returns the text with its references replaced, each once: what comes of one is not looked at again. */
    static String decoded(String text) {
        int reference = text.indexOf('&');
        if (reference < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        int from = 0;
        while (reference >= 0) {
            decoded.append(text, from, reference);
            int end = end(text, reference);
            String character = end < 0 ? "" : character(text.substring(reference + 1, end));
            decoded.append(character.isEmpty() ? "&" : character);
            from = character.isEmpty() ? reference + 1 : end + 1;
            reference = text.indexOf('&', from);
        }
        return decoded.append(text, from, text.length()).toString();
    }

    private static int end(String text, int reference) {
        int limit = Math.min(text.length(), reference + MAX_REFERENCE);
        for (int i = reference + 1; i < limit; i++) {
            if (text.charAt(i) == ';') {
                return i;
            }
        }
        return -1;
    }

    private static String character(String name) {
        return switch (name) {
            case "amp" -> "&";
            case "lt" -> "<";
            case "gt" -> ">";
            case "quot" -> "\"";
            case "apos" -> "'";
            default -> name.startsWith("#") ? number(name.substring(1)) : "";
        };
    }

    private static String number(String digits) {
        boolean hex = digits.startsWith("x");
        try {
            int code = hex ? Integer.parseInt(digits.substring(1), 16) : Integer.parseInt(digits);
            return Character.isValidCodePoint(code) && code > 0 ? Character.toString(code) : "";
        } catch (NumberFormatException noNumber) {
            return "";
        }
    }
}
