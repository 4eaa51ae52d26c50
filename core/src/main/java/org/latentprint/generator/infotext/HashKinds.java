package org.latentprint.generator.infotext;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the hash kinds of infotexts apart. Programs of this family write prefixes of one length for each kind, so the length
 * decides. Forge of 2024-08-10 to 2025-02-17 wrote the digest of the file's <em>name</em> in the same lengths; its version
 * text does not date a build to the day, so its values keep the kind by length.
 */
public final class HashKinds {
    /** First 8 digits: SHA-256 over 64 KiB at 1 MiB. */
    public static final String AUTOV1 = "autov1";
    /** First 10 digits: SHA-256 of the file. */
    public static final String AUTOV2 = "autov2";
    /** First 12 digits: SHA-256 of the tensor data. */
    public static final String AUTOV3 = "autov3";
    /** All 64 digits: SHA-256 of the file. */
    public static final String SHA256 = "sha256";
    /** First 12 digits of the SHA-256 of the file, as A1111 writes them for embeddings. */
    public static final String SHA256_12 = "sha256_12";
    /** A value that fits none of the kinds. */
    public static final String UNKNOWN = "unknown";

    private static final Pattern HEX = Pattern.compile("(?:0x)?([0-9a-fA-F]{4,64})");
    private static final Pattern BRACKETED =
            Pattern.compile("(.*\\S)\\s*[\\[(]([0-9a-fA-F]{4,64})[\\])]", Pattern.DOTALL);

    /** Names of files end at 255 bytes. */
    private static final int MAX_NAME = 300;

    private HashKinds() {}

    /**
     * Returns the hash with its kind.
     *
     * @param value as recorded
     * @return one entry, the value as recorded; nothing where the value is no hash, such as {@code NOFILE}
     */
    public static Map<String, String> of(String value) {
        String trimmed = value.strip();
        Matcher hex = HEX.matcher(trimmed);
        if (trimmed.length() > MAX_NAME || !hex.matches()) {
            return Map.of();
        }
        String kind = switch (hex.group(1).length()) {
            case 8 -> AUTOV1;
            case 10 -> AUTOV2;
            case 12 -> AUTOV3;
            case 64 -> SHA256;
            default -> UNKNOWN;
        };
        return Map.of(kind, trimmed);
    }

    /** A name with its hash, as in {@code sd_xl_refiner_1.0 [7440042bbd]}. */
    record NameAndHash(String name, Map<String, String> hashes) {}

    /** Splits a name from the hash in brackets behind it; empty where the text names nothing. */
    static Optional<NameAndHash> bracketed(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty() || trimmed.toLowerCase(Locale.ROOT).equals("none")) {
            return Optional.empty();
        }
        if (trimmed.length() <= MAX_NAME) {
            Matcher matcher = BRACKETED.matcher(trimmed);
            if (matcher.matches()) {
                return Optional.of(new NameAndHash(matcher.group(1), of(matcher.group(2))));
            }
        }
        return Optional.of(new NameAndHash(trimmed, Map.of()));
    }
}
