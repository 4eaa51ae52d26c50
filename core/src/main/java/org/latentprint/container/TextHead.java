package org.latentprint.container;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Looks at the first bytes of what may be a text file. */
final class TextHead {
    private TextHead() {}

    /**
     * Returns the bytes as text for the search of ASCII words; empty where a control byte shows that they are no text. Bytes
     * beyond ASCII stand as single characters, so that places in the text are places in the bytes.
     */
    static Optional<String> of(byte[] head) {
        for (byte value : head) {
            if (value >= 0 && TextDecoder.isControl(value)) {
                return Optional.empty();
            }
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        return Optional.of(text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text);
    }
}
