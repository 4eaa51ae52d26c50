package org.latentprint.container;

import java.util.Optional;

/**
 * A text and how it was got from bytes.
 *
 * @param text the characters
 * @param encoding such as {@code utf-8}, {@code latin-1}, {@code utf-16be}, {@code utf-16le}
 * @param repaired what the file stated wrongly and was mended, see {@link MetadataBlock}
 */
public record DecodedText(String text, String encoding, Optional<String> repaired) {

    /** Makes a text that was decoded as the file says. */
    public static DecodedText of(String text, String encoding) {
        return new DecodedText(text, encoding, Optional.empty());
    }
}
