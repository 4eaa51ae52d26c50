package org.latentprint.generator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Values too long to be a name: some programs put the whole input picture into their record as Base64. The record keeps a
 * short mark with the length and digest of the text, which an examiner can find again at the block's origin.
 */
final class EmbeddedData {
    /** The longest path of the usual file systems has 4,096 bytes; names of pictures are much shorter. */
    private static final int MAX_NAME = 1_024;

    /** A setting longer than this is no setting for reading; prompts have fields of their own. */
    private static final int MAX_SETTING = 20_000;

    private EmbeddedData() {}

    /** Returns a name as it is, and embedded data as their mark; empty for a blank text. */
    static Optional<String> name(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(text.length() > MAX_NAME || text.startsWith("data:") ? mark(text) : text);
    }

    /** Returns a value for the settings. */
    static String shortened(JsonNode value) {
        return shortened(value.isValueNode() ? value.asString() : value.toString());
    }

    /** Returns a text for the settings. */
    static String shortened(String text) {
        return text.length() > MAX_SETTING ? mark(text) : text;
    }

    private static String mark(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "embedded data, " + text.length() + " characters, sha256 of the text "
                    + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
