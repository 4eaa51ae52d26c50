package org.latentprint.container;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says what a file's name promises, so that a file whose content is something else is noticed. A name alone is never taken
 * as a statement about the content.
 */
public final class TypeByName {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("png", "image/png"),
            Map.entry("apng", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("jpe", "image/jpeg"),
            Map.entry("jfif", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("m4v", "video/mp4"),
            Map.entry("mov", "video/quicktime"),
            Map.entry("qt", "video/quicktime"),
            Map.entry("3gp", "video/3gpp"),
            Map.entry("3g2", "video/3gpp2"),
            Map.entry("gif", "image/gif"),
            Map.entry("bmp", "image/bmp"),
            Map.entry("dib", "image/bmp"),
            Map.entry("tif", "image/tiff"),
            Map.entry("tiff", "image/tiff"),
            Map.entry("btf", "image/tiff"),
            Map.entry("avif", "image/avif"),
            Map.entry("heic", "image/heic"),
            Map.entry("heif", "image/heif"),
            Map.entry("hif", "image/heif"),
            Map.entry("heics", "image/heic"),
            Map.entry("avifs", "image/avif"),
            Map.entry("jxl", "image/jxl"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("webm", "video/webm"),
            Map.entry("mkv", "video/x-matroska"),
            Map.entry("mka", "video/x-matroska"),
            Map.entry("mk3d", "video/x-matroska"),
            Map.entry("weba", "video/webm"),
            Map.entry("avi", "video/x-msvideo"),
            Map.entry("flac", "audio/flac"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("wav", "audio/wav"),
            Map.entry("wave", "audio/wav"),
            Map.entry("bwf", "audio/wav"),
            Map.entry("rf64", "audio/wav"),
            Map.entry("aif", "audio/aiff"),
            Map.entry("aiff", "audio/aiff"),
            Map.entry("aifc", "audio/aiff"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("oga", "audio/ogg"),
            Map.entry("opus", "audio/ogg"),
            Map.entry("spx", "audio/ogg"),
            Map.entry("ogv", "video/ogg"),
            Map.entry("ogx", "application/ogg"),
            Map.entry("m4a", "audio/mp4"),
            Map.entry("m4b", "audio/mp4"),
            Map.entry("glb", "model/gltf-binary"),
            Map.entry("gltf", "model/gltf+json"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("zip", "application/zip"),
            Map.entry("7z", "application/x-7z-compressed"),
            Map.entry("rar", "application/vnd.rar"),
            Map.entry("tar", "application/x-tar"),
            Map.entry("gz", "application/gzip"),
            Map.entry("tgz", "application/gzip"),
            Map.entry("bz2", "application/x-bzip2"),
            Map.entry("xz", "application/x-xz"),
            Map.entry("lzma", "application/x-lzma"),
            Map.entry("lz4", "application/x-lz4"),
            Map.entry("zst", "application/zstd"),
            Map.entry("txt", "text/plain"),
            Map.entry("html", "text/html"),
            Map.entry("json", "application/json"),
            Map.entry("xml", "application/xml"),
            Map.entry("doc", "application/msword"),
            Map.entry("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            Map.entry("exe", "application/vnd.microsoft.portable-executable"),
            Map.entry("dll", "application/vnd.microsoft.portable-executable"));

    /** One family: programs name these files by either ending, and a phone's MOV is often an MP4. */
    private static final Set<String> FILMS =
            Set.of("video/mp4", "audio/mp4", "video/quicktime", "video/3gpp", "video/3gpp2");

    /** One format: which of these it is depends on what is in it, and any of the endings is given to it. */
    private static final Set<String> OGG = Set.of("audio/ogg", "video/ogg", "application/ogg");

    /** One format, of which WebM is a part. */
    private static final Set<String> MATROSKA = Set.of("video/x-matroska", "video/webm");

    /** The second is the format, the first the same format with the coding that it mostly has. */
    private static final Set<String> PHONE_PICTURES = Set.of("image/heic", "image/heif");

    /** By their bytes, the documents of these types are zips. */
    private static final String ZIP = "application/zip";

    private static final String ZIP_DOCUMENT = "application/vnd.openxmlformats-";

    /** JSON is text, and some programs name their settings so. */
    private static final String JSON = "application/json";

    private static final String PLAIN_TEXT = "text/plain";

    /** Types whose bytes this version knows, so that their absence means something. */
    private static final Set<String> KNOWN = Set.of(
            "image/png",
            "image/jpeg",
            "image/webp",
            "image/avif",
            "image/heic",
            "image/heif",
            "image/gif",
            "image/tiff",
            "image/bmp",
            "image/jxl",
            "model/gltf-binary",
            "audio/flac",
            "audio/aiff",
            "audio/wav",
            "audio/ogg",
            "video/ogg",
            "video/x-msvideo",
            "application/vnd.rar",
            "application/zstd");

    private TypeByName() {}

    /**
     * Returns the media type that a name's ending promises.
     *
     * @param name of a file, with or without folders
     * @return empty where the ending promises none, such as {@code .dat}
     */
    public static Optional<String> promised(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        return dot < 0
                ? Optional.empty()
                : Optional.ofNullable(TYPES.get(last.substring(dot + 1).toLowerCase(Locale.ROOT)));
    }

    /**
     * Compares a name with the content.
     *
     * @param name of a file, with or without folders
     * @param mediaType by its bytes; empty where no reader knows them
     * @return in words, what does not agree; empty where they agree or nothing can be said
     */
    public static Optional<String> mismatch(String name, Optional<String> mediaType) {
        Optional<String> promised = promised(name);
        if (promised.isEmpty()) {
            return Optional.empty();
        }
        String expected = promised.get();
        if (mediaType.isEmpty()) {
            return KNOWN.contains(expected)
                    ? Optional.of("the name promises " + expected + ", the bytes do not begin like that")
                    : Optional.empty();
        }
        String actual = mediaType.get();
        boolean agree = expected.equals(actual)
                || (FILMS.contains(expected) && FILMS.contains(actual))
                || (OGG.contains(expected) && OGG.contains(actual))
                || (MATROSKA.contains(expected) && MATROSKA.contains(actual))
                || (PHONE_PICTURES.contains(expected) && PHONE_PICTURES.contains(actual))
                || (actual.equals(JSON) && expected.equals(PLAIN_TEXT))
                || (actual.equals(ZIP) && expected.startsWith(ZIP_DOCUMENT));
        return agree ? Optional.empty() : Optional.of("the name promises " + expected + ", the bytes are " + actual);
    }
}
