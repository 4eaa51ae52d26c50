package org.latentprint.container;

/** Finds where a JSON object ends among other bytes, without building it. */
final class JsonRun {
    private JsonRun() {}

    /**
     * Returns the index behind the brace that closes the object which opens at that index; -1 where it is not closed, or
     * where a control character shows that the bytes are no text.
     */
    static int end(byte[] bytes, int open) {
        int depth = 0;
        boolean quoted = false;
        for (int i = open; i < bytes.length; i++) {
            int each = bytes[i] & 0xFF;
            if (TextDecoder.isControl(each)) {
                return -1;
            }
            if (quoted) {
                if (each == '\\') {
                    i++;
                } else if (each == '"') {
                    quoted = false;
                }
            } else {
                switch (each) {
                    case '"' -> quoted = true;
                    case '{', '[' -> depth++;
                    case '}', ']' -> {
                        depth--;
                        if (depth == 0) {
                            return i + 1;
                        }
                    }
                    default -> {}
                }
            }
        }
        return -1;
    }
}
