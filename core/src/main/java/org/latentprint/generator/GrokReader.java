package org.latentprint.generator;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Grade;

/**
 * xAI's Grok: JPEG files whose EXIF has two texts, {@code ImageDescription} with {@code Signature:} and Base64, and
 * {@code Artist} with a UUID, by which the service's address of the picture names it. The pair names no program; that it is
 * Grok's is known from public observers of its files ({@code grok_imagine_downloader.js} of
 * a-l-e-x-d-s-9/stable_diffusion_tools, and detectors that ask for both), so the generator is inferred. What the signature
 * signs is not published, and it is not checked. No original file was at hand.
 */
final class GrokReader implements GeneratorReader {
    private static final String ID = "grok/1";
    private static final String SIGNATURE = "Signature:";

    /** Observed signatures have 300 to 1,004 characters. */
    private static final int MIN_SIGNATURE = 64;

    /** A signature has a few hundred characters. */
    private static final int MAX_SIGNATURE = 8_192;

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]++={0,2}");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        Optional<MetadataBlock> description = exif(metadata, "ImageDescription")
                .filter(block -> signature(block.textOrEmpty()).isPresent());
        Optional<MetadataBlock> artist = exif(metadata, "Artist")
                .filter(block -> UUID.matcher(block.textOrEmpty().strip()).matches());
        if (description.isEmpty() || artist.isEmpty()) {
            return Reading.NONE;
        }
        List<MetadataBlock> claimed = List.of(description.get(), artist.get());
        GenerationBuilder builder = Generation.builder(
                        "xAI Grok", claimed.getFirst().origin().readBy(ID))
                .inferred(
                        "generator",
                        "EXIF has a signature as description and a UUID as artist, the pair that Grok writes")
                .setting("image_id", artist.get().textOrEmpty().strip())
                .setting("signature", signature(description.get().textOrEmpty()).orElse(""))
                .setting("signature_check", "not checked: its key is not published");
        for (MetadataBlock block : claimed) {
            builder.alsoFrom(block.origin().readBy(ID));
            if (block.repaired().isPresent()) {
                builder.grade(Grade.DERIVED);
            }
        }
        return Reading.of(List.of(builder.build()), claimed);
    }

    private static Optional<MetadataBlock> exif(ItemMetadata metadata, String key) {
        return metadata.withKey(key)
                .filter(block -> block.container().endsWith("/exif"))
                .findFirst();
    }

    private static Optional<String> signature(String text) {
        if (!text.startsWith(SIGNATURE) || text.length() > MAX_SIGNATURE) {
            return Optional.empty();
        }
        String signature = text.substring(SIGNATURE.length()).strip();
        return signature.length() >= MIN_SIGNATURE && BASE64.matcher(signature).matches()
                ? Optional.of(signature)
                : Optional.empty();
    }
}
