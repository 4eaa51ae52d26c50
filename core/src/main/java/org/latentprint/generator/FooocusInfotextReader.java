package org.latentprint.generator;

import java.util.Optional;
import org.latentprint.generator.infotext.Infotext;

/** Fooocus with its metadata scheme {@code a1111} ({@code A1111MetadataParser} in {@code modules/meta_parser.py}). */
final class FooocusInfotextReader extends InfotextReader {
    FooocusInfotextReader() {
        super("fooocus-infotext/2");
    }

    @Override
    Optional<String> generator(Infotext infotext) {
        return infotext.filled("Version")
                .filter(version -> version.contains("Fooocus"))
                .map(version -> "Fooocus");
    }

    @Override
    void refine(Infotext infotext, GenerationBuilder builder) {
        builder.variant(FooocusFields.fork(infotext.filled("Version")));
    }
}
