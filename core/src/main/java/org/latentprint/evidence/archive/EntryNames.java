package org.latentprint.evidence.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Brings the names of archive formats into one form. */
final class EntryNames {
    private EntryNames() {}

    /**
     * Returns the bytes of a name that a library gave as text. Halves of surrogate pairs, which UTF-16 names of 7z may hold
     * alone, become three bytes each, so that they are not lost.
     */
    static byte[] bytes(@Nullable String name) {
        String text = name == null ? "" : name;
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 8);
        int position = 0;
        while (position < text.length()) {
            int character = text.codePointAt(position);
            if (Character.MIN_SURROGATE <= character && character <= Character.MAX_SURROGATE) {
                out.write(0xE0 | character >> 12);
                out.write(0x80 | (character >> 6 & 0x3F));
                out.write(0x80 | (character & 0x3F));
            } else {
                out.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
            }
            position += Character.charCount(character);
        }
        return out.toByteArray();
    }
}
