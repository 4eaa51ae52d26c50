package org.latentprint.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.HeapBytes;

/** Reads a test's file with all readers, from bytes to generations. */
final class Readings {
    /** What the fixtures and the formats themselves put into a file. */
    private static final Set<String> OF_THE_FORMAT = Set.of("jpeg/APP0", "matroska/info", "matroska/track");

    private Readings() {}

    static ItemMetadata extract(String name, byte[] bytes) {
        return MetadataExtractor.extract(name, HeapBytes.wrap(bytes));
    }

    static Reading of(String name, byte[] bytes) {
        return GeneratorReaders.readAll(extract(name, bytes));
    }

    /** Returns the one generation of a file that is read without a problem and leaves no block unexplained. */
    static Generation only(String name, byte[] bytes) {
        ItemMetadata metadata = extract(name, bytes);
        Reading reading = GeneratorReaders.readAll(metadata);
        assertThat(metadata.problems()).isEmpty();
        assertThat(reading.problems()).isEmpty();
        assertThat(metadata.blocks().stream()
                        .filter(block -> !OF_THE_FORMAT.contains(block.container()))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(reading.claimed());
        assertThat(reading.generations()).hasSize(1);
        return reading.generations().getFirst();
    }

    static Generation only(String name, String text) {
        return only(name, text.getBytes(UTF_8));
    }
}
