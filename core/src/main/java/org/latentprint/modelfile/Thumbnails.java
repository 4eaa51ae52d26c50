package org.latentprint.modelfile;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Images that a model's metadata hold: counted and hashed, so that they can be looked up, and never shown
 * (Stability-AI/ModelSpec: thumbnail as a data URL; kohya-ss/sd-webui-additional-networks: ssmd_cover_images, a list in
 * Base64).
 */
final class Thumbnails {
    /** A model has one or two. */
    private static final int MAX_IMAGES = 100;

    private Thumbnails() {}

    /** Returns number and SHA-256 of the images; nothing where there are none. */
    static Map<String, String> facts(Map<String, String> metadata) {
        List<String> images = new ArrayList<>();
        String url = metadata.getOrDefault("modelspec.thumbnail", "");
        int comma = url.indexOf(";base64,");
        if (url.startsWith("data:") && comma > 0) {
            images.add(url.substring(comma + ";base64,".length()));
        }
        Optional.ofNullable(metadata.get("ssmd_cover_images")).ifPresent(list -> covers(list, images));
        Map<String, String> facts = new LinkedHashMap<>();
        if (!images.isEmpty()) {
            facts.put("thumbnails", Integer.toString(images.size()));
            List<String> hashes =
                    images.stream().flatMap(image -> sha256(image).stream()).toList();
            facts.put("thumbnailSha256", String.join(" ", hashes));
        }
        return facts;
    }

    private static void covers(String list, List<String> images) {
        try (JsonParser json = BoundedJson.FACTORY.createParser(ObjectReadContext.empty(), new StringReader(list))) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING && images.size() < MAX_IMAGES) {
                    images.add(json.getString());
                }
            }
        } catch (JacksonException broken) {
            // What was read before the break is counted.
            return;
        }
    }

    private static Optional<String> sha256(String base64) {
        try {
            byte[] image = Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
            return Optional.of(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(image)));
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
