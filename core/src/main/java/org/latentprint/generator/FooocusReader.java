package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Grade;
import tools.jackson.databind.JsonNode;

/**
 * Fooocus and its relatives where they write JSON: the metadata scheme {@code fooocus} ({@code FooocusMetadataParser} in
 * {@code modules/meta_parser.py}; in PNG {@code parameters} beside {@code fooocus_scheme}, in JPEG and WebP {@code UserComment} beside
 * the scheme in {@code MakerNote}), the scheme {@code simple} of SimpleSDXL and FooocusPlus ({@code SIMPLEMetadataParser}, in PNG
 * {@code Comment}), and the records of RuinedFooocus and Fooocus-MRE.
 */
final class FooocusReader implements GeneratorReader {
    private static final String ID = "fooocus/2";
    private static final String NAME = "Fooocus";
    private static final String SCHEME = "fooocus_scheme";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        List<Generation> generations = new ArrayList<>();
        List<MetadataBlock> claimed = new ArrayList<>();
        boolean scheme = metadata.withKey(SCHEME).findAny().isPresent();
        for (MetadataBlock block : metadata.blocks()) {
            Optional<JsonNode> json = block.text()
                    .filter(text -> text.contains("base_model") || text.contains("Base Model") || text.contains(NAME))
                    .flatMap(GeneratorJson::object);
            json.flatMap(object -> generation(object, block, scheme)).ifPresent(generation -> {
                generations.add(generation);
                claimed.add(block);
            });
        }
        if (!generations.isEmpty()) {
            metadata.withKey(SCHEME).forEach(claimed::add);
        }
        return Reading.of(generations, claimed);
    }

    private static Optional<Generation> generation(JsonNode json, MetadataBlock block, boolean scheme) {
        GenerationBuilder builder = Generation.builder(NAME, block.origin().readBy(ID));
        if (block.repaired().isPresent()) {
            builder.grade(Grade.DERIVED);
        }
        if (RuinedFooocusFields.isIn(json)) {
            RuinedFooocusFields.fill(json, builder);
        } else if (FooocusMreFields.isIn(json)) {
            FooocusMreFields.fill(json, builder);
        } else if (json.has("base_model") || json.has("Base Model")) {
            JsonNode normal = FooocusFields.normal(json);
            if (!scheme && !isFooocus(normal)) {
                return Optional.empty();
            }
            FooocusFields.fill(normal, builder);
        } else {
            return Optional.empty();
        }
        return Optional.of(builder.build());
    }

    private static boolean isFooocus(JsonNode json) {
        return json.has("metadata_scheme")
                || GeneratorJson.text(json, "version")
                        .filter(version -> version.contains(NAME))
                        .isPresent();
    }
}
