package org.latentprint.container.c2pa;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads statements on how a file came to be out of assertions that hold metadata. Sources: the IPTC's Photo
 * Metadata Standard, {@code DigitalSourceType}, which C2PA's metadata assertions hold as JSON-LD; schema.org, {@code digitalSourceType}; the Content Authenticity
 * Initiative's c2pa-js, {@code selectGenerativeInfo}, for Adobe's {@code com.adobe.generative-ai}, whose description it shows
 * as the model's name. An assertion on training and data mining states a permission and is none of these.
 */
final class StatementReader {
    private static final String ADOBE = "com.adobe.generative-ai";

    private static final Set<String> METADATA = Set.of(
            "c2pa.metadata", "cawg.metadata", "stds.iptc", "stds.iptc.photo-metadata", "stds.schema-org.CreativeWork");

    private static final String NAME = "digitalsourcetype";

    private StatementReader() {}

    static boolean reads(Assertions.Named assertion) {
        return assertion.isOf(ADOBE) || METADATA.stream().anyMatch(assertion::isOf);
    }

    /** Reads an assertion's statement; empty where it makes none. */
    static Optional<SourceStatement> read(Assertions.Named assertion, CborValue content) {
        if (assertion.isOf(ADOBE)) {
            return content.get("description")
                    .text()
                    .map(name -> new SourceStatement(
                            assertion.label(),
                            Optional.empty(),
                            Optional.of(name),
                            content.get("version").text(),
                            content.get("prompt").text()));
        }
        return content.entries().entrySet().stream()
                .filter(entry -> isSourceType(entry.getKey()))
                .map(Map.Entry::getValue)
                .map(StatementReader::address)
                .flatMap(Optional::stream)
                .findFirst()
                .map(type -> new SourceStatement(
                        assertion.label(), Optional.of(type), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /** A key of JSON-LD may have a prefix, such as {@code Iptc4xmpExt:}. */
    private static boolean isSourceType(String key) {
        return key.substring(key.lastIndexOf(':') + 1).equalsIgnoreCase(NAME);
    }

    private static Optional<String> address(CborValue value) {
        return value.text()
                .or(() -> value.get("@id").text())
                .or(() -> value.get("@value").text());
    }
}
