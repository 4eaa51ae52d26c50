package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import tools.jackson.databind.JsonNode;

/**
 * The pictures that WanGP put into a film ({@code shared/utils/video_metadata.py}): in MP4 the values of the free-form tag
 * {@code EMBEDDED_IMAGES}, with {@code IMAGE_METADATA} saying which is what and what its file was called; in Matroska
 * attachments, which say the name only. The pictures are the program's own coding of what was fed in, so that their bytes
 * differ from the file's; for a picture that came without a file the program makes up a name such as {@code image_start.png}.
 */
final class WanGpPictures {
    private static final String PICTURES = "EMBEDDED_IMAGES";
    private static final String LIST = "IMAGE_METADATA";
    private static final String ATTACHMENT = "matroska/attachment";
    private static final Map<String, String> ROLES =
            Map.of("image_start", "init", "image_end", "end", "image_refs", "reference");

    /** The program takes some dozens of reference pictures at most. */
    private static final int MAX_PICTURES = 200;

    /** The attachments are added to each record of an item, of which a hostile one may have thousands. */
    private static final int MAX_ATTACHMENTS = 64;

    private WanGpPictures() {}

    /** Adds the pictures to the generation and returns the blocks that are explained thereby. */
    static List<MetadataBlock> add(ItemMetadata metadata, String reader, GenerationBuilder builder) {
        List<MetadataBlock> pictures = new ArrayList<>();
        List<MetadataBlock> claimed = new ArrayList<>();
        int attachments = 0;
        for (MetadataBlock block : metadata.blocks()) {
            if (block.key().equals(PICTURES)) {
                pictures.add(block);
                claimed.add(block);
            } else if (block.key().equals(LIST)) {
                claimed.add(block);
            } else if (block.container().equals(ATTACHMENT)
                    && !block.key().isBlank()
                    && attachments++ < MAX_ATTACHMENTS) {
                claimed.add(block);
                builder.input(new InputMedia("input", block.key()));
                place(block, "embedded picture " + block.key(), builder);
            }
        }
        metadata.withKey(LIST)
                .findFirst()
                .flatMap(list -> GeneratorJson.object(list.textOrEmpty()))
                .ifPresent(list -> builder.first(list.properties().stream(), MAX_PICTURES, "kinds of pictures")
                        .forEach(entry -> named(entry.getKey(), entry.getValue(), pictures, builder)));
        claimed.forEach(block -> builder.alsoFrom(block.origin().readBy(reader)));
        return claimed;
    }

    /** Returns which of the program's fields the file has pictures of. */
    static Set<String> fields(ItemMetadata metadata) {
        return metadata.withKey(LIST)
                .findFirst()
                .flatMap(list -> GeneratorJson.object(list.textOrEmpty()))
                .map(list -> list.properties().stream()
                        .limit(MAX_PICTURES)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }

    private static void named(String tag, JsonNode list, List<MetadataBlock> pictures, GenerationBuilder builder) {
        builder.first(list.valueStream(), MAX_PICTURES, "pictures").forEach(picture -> {
            Optional<String> name = GeneratorJson.text(picture, "filename").flatMap(EmbeddedData::name);
            name.ifPresent(text -> builder.input(new InputMedia(ROLES.getOrDefault(tag, "input"), text)));
            int index = picture.path("index").asInt(-1);
            if (index >= 0 && index < pictures.size()) {
                place(pictures.get(index), "embedded " + tag + " " + name.orElse("without a name"), builder);
            }
        });
    }

    private static void place(MetadataBlock picture, String key, GenerationBuilder builder) {
        builder.setting(
                key,
                picture.origin().length() + " bytes at offset "
                        + picture.origin().offset() + ", sha256 "
                        + picture.origin().sha256());
    }
}
