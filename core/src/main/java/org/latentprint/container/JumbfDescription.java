package org.latentprint.container;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a JUMBF superbox says of itself: the type of its content and a label. Source: ISO 19566-5 by way of ExifTool
 * ({@code Jpeg2000.pm}, JUMD); C2PA 2.1 for its own type.
 *
 * @param type 32 hex digits
 * @param label empty where it has none
 */
record JumbfDescription(String type, String label) {
    private static final int HEADER_LENGTH = 8;
    private static final int LONG_HEADER_LENGTH = 16;
    private static final int TYPE_LENGTH = 16;

    /** Labels of C2PA are paths of some dozen characters. */
    private static final int MAX_LABEL = 256;

    private static final int HAS_LABEL = 2;

    /** First letters of the type of a C2PA store, {@code c2pa}. */
    private static final String STORE = "63327061";

    /**
     * Reads the description at the beginning of a superbox.
     *
     * @param start of the superbox's header
     * @param end of what is known to belong to it, in one run
     * @return empty where no superbox with a description stands there
     */
    static Optional<JumbfDescription> read(ByteWindow window, long start, long end) throws IOException {
        if (end - start < HEADER_LENGTH || !window.code(start + 4).equals("jumb")) {
            return Optional.empty();
        }
        long box = start + (window.u32(start) == 1 ? LONG_HEADER_LENGTH : HEADER_LENGTH);
        long type = box + HEADER_LENGTH;
        if (end - type < TYPE_LENGTH + 1 || !window.code(box + 4).equals("jumd")) {
            return Optional.empty();
        }
        String hex = HexFormat.of().formatHex(window.bytes(type, TYPE_LENGTH));
        long toggles = type + TYPE_LENGTH;
        long limit = Math.min(Math.min(end, box + window.u32(box)), toggles + 1 + MAX_LABEL);
        StringBuilder label = new StringBuilder();
        if ((window.u8(toggles) & HAS_LABEL) != 0) {
            for (long at = toggles + 1; at < limit && window.u8(at) != 0; at++) {
                label.append((char) window.u8(at));
            }
        }
        return Optional.of(new JumbfDescription(hex, label.toString()));
    }

    /** Says whether the superbox is a store of Content Credentials. */
    boolean isCredentials() {
        return type.startsWith(STORE) || label.equals("c2pa");
    }

    /** Returns type and label as one key. */
    String key() {
        return label.isEmpty() ? type : type + " " + label;
    }
}
