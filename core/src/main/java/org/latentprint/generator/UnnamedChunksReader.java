package org.latentprint.generator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;

/**
 * PNG text chunks, one for each setting, that together describe a generation by a program that is not known here. It stands
 * behind all readers of known programs. What the keys mean is concluded from their names: see {@link UnnamedRecord}.
 */
final class UnnamedChunksReader implements GeneratorReader {
    private static final String ID = "unnamed-chunks/1";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        Map<String, MetadataBlock> known = new LinkedHashMap<>();
        PngRecord.of(metadata, "").chunks().forEach((key, block) -> {
            String normal = UnnamedRecord.normal(key);
            if (UnnamedRecord.isKnown(normal)) {
                known.putIfAbsent(normal, block);
            }
        });
        PngRecord chunks = new PngRecord(known);
        if (!UnnamedRecord.isGeneration(chunks.json())) {
            return Reading.NONE;
        }
        GenerationBuilder builder = chunks.start(UnnamedRecord.NAME, ID);
        UnnamedRecord.fill(new JsonRecord(chunks.json()), builder);
        return Reading.of(List.of(builder.build()), chunks.blocks());
    }

    @Override
    public boolean readsGraphs() {
        return true;
    }
}
