package org.latentprint.container;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tells films and sound from the other things that begin with an {@code ftyp} box: pictures (AVIF, HEIC, camera raw). Source:
 * the brands registered at mp4ra.org.
 */
final class Mp4Brands {
    private static final int HEADER_LENGTH = 8;

    /** More are never read; a real file names up to a dozen. */
    private static final int MAX_BRANDS = 64;

    private static final Set<String> NOT_FILM = Set.of(
            "avif", "avis", "mif1", "mif2", "miaf", "msf1", "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm",
            "hevs", "jpeg", "jpgs", "jxl ", "crx ", "j2ki", "j2is", "aax ", "aaxc", "jp2 ", "jpx ", "jpm ", "mjp2");

    private static final Set<String> SOUND = Set.of("M4A ", "M4B ", "M4P ", "F4A ", "F4B ");

    private static final Set<String> FILM = Set.of(
            "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "isoa", "isob", "isoc", "mp41",
            "mp42", "mp71", "avc1", "hvc1", "hev1", "av01", "M4V ", "M4VH", "M4VP", "dash", "msdh", "msix", "MSNV",
            "mmp4", "f4v ", "F4V ", "F4P ", "XAVC", "cmfc", "cmfs", "cmff", "cmfl", "NDSC", "NDSH", "NDSM", "NDSP",
            "NDSS", "NDXC", "NDXH", "NDXM", "NDXP", "NDXS", "dby1", "MP4 ", "mp4v", "nvr1", "CAEP", "pana");

    private static final Set<String> AVIF = Set.of("avif", "avis");
    private static final Set<String> HEIC = Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs");

    /** Pictures whose coding only the other brands tell. */
    private static final Set<String> HEIF = Set.of("mif1", "mif2", "miaf", "msf1");

    private Mp4Brands() {}

    /**
     * Returns {@code image/avif}, {@code image/heic}, or {@code image/heif} where the brands name no coding that is known
     * here; empty for what is no such picture.
     */
    static Optional<String> recognisePicture(byte[] head) {
        if (head.length < HEADER_LENGTH + 4
                || !code(head, 4).equals("ftyp")
                || recognise(head).isPresent()) {
            return Optional.empty();
        }
        Set<String> brands = brands(head);
        if (brands.isEmpty()) {
            return Optional.empty();
        }
        String major = brands.iterator().next();
        if (AVIF.contains(major)) {
            return Optional.of("image/avif");
        }
        if (HEIC.contains(major)) {
            return Optional.of("image/heic");
        }
        if (!HEIF.contains(major) && NOT_FILM.contains(major)) {
            return Optional.empty();
        }
        if (brands.stream().anyMatch(AVIF::contains)) {
            return Optional.of("image/avif");
        }
        if (brands.stream().anyMatch(HEIC::contains)) {
            return Optional.of("image/heic");
        }
        return brands.stream().anyMatch(HEIF::contains) ? Optional.of("image/heif") : Optional.empty();
    }

    /**
     * Returns {@code video/mp4}, {@code audio/mp4}, {@code video/quicktime} or a 3GPP type; empty for what is neither film nor
     * sound.
     */
    static Optional<String> recognise(byte[] head) {
        if (head.length < HEADER_LENGTH + 4) {
            return Optional.empty();
        }
        return switch (code(head, 4)) {
            case "ftyp" -> byBrands(brands(head));
            // QuickTime from before the brands: what a film began with then, checked by what stands behind it.
            case "moov" -> when(Set.of("mvhd", "cmov", "rmra").contains(code(head, 12)));
            case "wide" -> when(size(head, 0) == HEADER_LENGTH && code(head, 12).equals("mdat"));
            case "mdat" -> when(size(head, 0) == 1 || size(head, 0) > HEADER_LENGTH);
            default -> Optional.empty();
        };
    }

    private static Optional<String> when(boolean quickTime) {
        return quickTime ? Optional.of("video/quicktime") : Optional.empty();
    }

    private static Optional<String> byBrands(Set<String> brands) {
        if (brands.isEmpty()) {
            return Optional.empty();
        }
        String major = brands.iterator().next();
        if (major.equals("qt  ")) {
            return Optional.of("video/quicktime");
        }
        if (NOT_FILM.contains(major)) {
            return Optional.empty();
        }
        if (SOUND.contains(major)) {
            return Optional.of("audio/mp4");
        }
        if (major.startsWith("3gp") || major.startsWith("3gr") || major.startsWith("3gs")) {
            return Optional.of("video/3gpp");
        }
        if (major.startsWith("3g2")) {
            return Optional.of("video/3gpp2");
        }
        boolean film = FILM.contains(major)
                || (brands.stream().anyMatch(FILM::contains) && brands.stream().noneMatch(NOT_FILM::contains));
        return film ? Optional.of("video/mp4") : Optional.empty();
    }

    private static Set<String> brands(byte[] head) {
        Set<String> brands = new LinkedHashSet<>();
        long end = Math.min(head.length, size(head, 0));
        if (end >= HEADER_LENGTH + 4) {
            brands.add(code(head, HEADER_LENGTH));
        }
        for (int at = HEADER_LENGTH + 8; at + 4 <= end && brands.size() < MAX_BRANDS; at += 4) {
            brands.add(code(head, at));
        }
        return brands;
    }

    private static long size(byte[] head, int at) {
        return (head[at] & 0xFFL) << 24
                | (head[at + 1] & 0xFFL) << 16
                | (head[at + 2] & 0xFFL) << 8
                | (head[at + 3] & 0xFFL);
    }

    private static String code(byte[] head, int at) {
        return head.length < at + 4 ? "" : new String(head, at, 4, StandardCharsets.ISO_8859_1);
    }
}
