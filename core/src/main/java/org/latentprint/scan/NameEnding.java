package org.latentprint.scan;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The media types that endings of names stand for. Endings that several types share are left out. */
final class NameEnding {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("jpe", "image/jpeg"),
            Map.entry("jfif", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("gif", "image/gif"),
            Map.entry("avif", "image/avif"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("mov", "video/quicktime"));

    private NameEnding() {}

    /**
     * Says in words that a name's ending stands for another type than the bytes have.
     *
     * @param name of the item
     * @param mediaType by its bytes
     * @return empty where they agree, or where the ending says nothing
     */
    static Optional<String> mismatch(String name, String mediaType) {
        int dot = name.lastIndexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String ending = name.substring(dot + 1).toLowerCase(Locale.ROOT);
        return Optional.ofNullable(TYPES.get(ending))
                .filter(expected -> !expected.equals(mediaType))
                .map(expected -> "the name ends in ." + ending + ", which stands for " + expected + "; the bytes are "
                        + mediaType);
    }
}
