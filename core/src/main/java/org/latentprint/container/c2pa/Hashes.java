package org.latentprint.container.c2pa;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The hash algorithms that Content Credentials allow (C2PA 2.1). */
final class Hashes {
    private Hashes() {}

    /** Returns the digest of that name; empty for one that the specification does not allow. */
    static Optional<MessageDigest> named(String algorithm) {
        return switch (algorithm.toLowerCase(Locale.ROOT)) {
            case "sha256" -> Optional.of(digest("SHA-256"));
            case "sha384" -> Optional.of(digest("SHA-384"));
            case "sha512" -> Optional.of(digest("SHA-512"));
            default -> Optional.empty();
        };
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest("SHA-256").digest(bytes));
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has " + name, impossible);
        }
    }
}
