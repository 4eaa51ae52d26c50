package org.latentprint.generator.infotext;

import java.util.List;
import java.util.stream.Collectors;

/** Writes infotexts as A1111 does: {@code create_infotext} in {@code modules/processing.py}, {@code quote} in infotext_utils. */
final class InfotextWriter {
    private InfotextWriter() {}

    static String write(String positive, String negative, List<Pair> pairs) {
        String settings = pairs.stream()
                .map(pair -> pair.key() + ": " + quote(pair.value()))
                .collect(Collectors.joining(", "));
        return positive + (negative.isEmpty() ? "" : "\nNegative prompt: " + negative) + "\n" + settings;
    }

    /** Quotes as {@code json.dumps(text, ensure_ascii=False)} where a comma, a line end or a colon is in the text. */
    static String quote(String text) {
        if (text.indexOf(',') < 0 && text.indexOf('\n') < 0 && text.indexOf(':') < 0) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(character);
            }
        }
        return quoted.append('"').toString();
    }
}
