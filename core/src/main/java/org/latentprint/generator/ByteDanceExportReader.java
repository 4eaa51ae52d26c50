package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Grade;
import org.latentprint.evidence.Origin;
import tools.jackson.databind.JsonNode;

/**
 * Exports of ByteDance's programs: a JSON object in EXIF {@code UserComment}, or in a film's tags, whose {@code data} names the
 * {@code product} and the {@code exportType}, and whose {@code aigc_info} a label and the program the file came from. Sources:
 * published dumps of a Dreamina picture, and public readers of Dreamina and TikTok films (there the objects {@code data} and
 * {@code aigc_info} stand in tags of their own).
 *
 * <p>The export type {@code generation}, or a source that does nothing but generate ({@code dreamina}), claims a generation:
 * editors of the same house write the object, too. A label
 * above 0 without it is a platform's opinion, and the record is then inferred. No original file was at hand.
 */
final class ByteDanceExportReader implements GeneratorReader {
    private static final String ID = "bytedance-export/2";
    private static final String LABEL = "aigc_label_type";
    private static final String SOURCE = "source_info";
    private static final Map<String, String> NAMES = Map.of("dreamina", "Dreamina");

    /** The object has some hundred characters. */
    private static final int MAX_LENGTH = 100_000;

    /** What one block says. */
    private record Export(MetadataBlock block, JsonNode data, JsonNode info, JsonNode trace) {
        Optional<String> product() {
            return GeneratorJson.text(data, "product")
                    .filter(product -> !product.isBlank())
                    .filter(product -> GeneratorJson.text(data, "exportType")
                            .filter("generation"::equals)
                            .isPresent())
                    .or(() -> GeneratorJson.text(info, SOURCE).filter(NAMES::containsKey));
        }

        Optional<String> label() {
            return GeneratorJson.text(info, LABEL).filter(label -> label.matches("[1-9]\\d?"));
        }
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        List<Export> exports = metadata.blocks().stream()
                .flatMap(block -> export(block).stream())
                .toList();
        Optional<Export> generating =
                exports.stream().filter(export -> export.product().isPresent()).findFirst();
        Optional<Export> labelled =
                exports.stream().filter(export -> export.label().isPresent()).findFirst();
        Optional<Export> first = generating.or(() -> labelled);
        if (first.isEmpty()) {
            return Reading.NONE;
        }
        Optional<String> product = generating
                .flatMap(Export::product)
                .or(() -> GeneratorJson.text(first.get().info(), SOURCE).filter(source -> !source.isBlank()));
        Origin origin = first.get().block().origin().readBy(ID);
        GenerationBuilder builder = product.map(name -> NAMES.getOrDefault(name, name))
                .map(name -> Generation.builder(name, origin))
                .orElseGet(() -> Generation.declared(
                        new Declaration(
                                Declaration.Mark.LABEL,
                                LABEL,
                                first.get().label().orElse("")),
                        origin));
        if (generating.isEmpty()) {
            builder.grade(Grade.INFERRED)
                    .inferred(
                            "generator",
                            "a platform's label (" + LABEL + " "
                                    + first.get().label().orElse("") + ") says so, no program");
        }
        for (Export export : exports) {
            List.of(export.data(), export.info(), export.trace())
                    .forEach(part -> new JsonRecord(part).keepRest(builder));
            builder.alsoFrom(export.block().origin().readBy(ID));
            if (export.block().repaired().isPresent()) {
                builder.grade(Grade.DERIVED);
            }
        }
        return Reading.of(
                List.of(builder.build()),
                new ArrayList<>(exports.stream().map(Export::block).toList()));
    }

    private static Optional<Export> export(MetadataBlock block) {
        return block.text()
                .filter(text -> text.length() <= MAX_LENGTH
                        && (text.contains("\"exportType\"")
                                || text.contains("\"" + LABEL + "\"")
                                || text.contains("\"" + SOURCE + "\"")))
                .flatMap(GeneratorJson::object)
                .map(json -> new Export(
                        block,
                        part(json, "data", "exportType"),
                        part(json, "aigc_info", LABEL),
                        json.path("trace_info")))
                .filter(export -> export.data().has("exportType")
                        || export.info().has(LABEL)
                        || export.info().has(SOURCE));
    }

    /** Returns an inner object, or the whole one where it has the telling field itself. */
    private static JsonNode part(JsonNode json, String inner, String telling) {
        return json.path(inner).isObject() ? json.path(inner) : json.has(telling) ? json : json.path(inner);
    }
}
