package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Origin;

/** What the tests of services' marks share: reading a file or a single block with all readers. */
final class MarkedFiles {
    static final String TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/";
    static final String UUID = "a7421d2f-b262-44f9-977c-ac23e9c7d3e3";

    private MarkedFiles() {}

    static Reading read(byte[] file) {
        ItemMetadata metadata = MetadataExtractor.extract("marked", HeapBytes.wrap(file));
        assertThat(metadata.blocks()).isNotEmpty();
        return sound(GeneratorReaders.readAll(metadata));
    }

    static Reading read(String container, String key, String text) {
        return read(List.of(block(container, key, text)));
    }

    static Reading read(List<MetadataBlock> blocks) {
        return sound(GeneratorReaders.readAll(item(blocks)));
    }

    static ItemMetadata item(List<MetadataBlock> blocks) {
        return new ItemMetadata("marked", Optional.of("image/jpeg"), 8, 8, blocks, Optional.empty(), List.of());
    }

    static MetadataBlock block(String container, String key, String text) {
        Origin origin = new Origin("marked", 10 + Math.abs(key.hashCode() % 1000), text.length(), "00", "jpeg/1");
        return new MetadataBlock(
                container,
                key,
                origin,
                MetadataBlock.Crc.NONE,
                Optional.of(text),
                Optional.of("utf-8"),
                Optional.empty());
    }

    static Generation only(Reading reading) {
        assertThat(reading.generations()).hasSize(1);
        return reading.generations().getFirst();
    }

    private static Reading sound(Reading reading) {
        assertThat(reading.problems()).noneMatch(problem -> problem.message().startsWith("the reader failed"));
        return reading;
    }
}
