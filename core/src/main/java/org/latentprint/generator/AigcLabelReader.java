package org.latentprint.generator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Grade;
import org.latentprint.evidence.Problem;
import tools.jackson.databind.JsonNode;

/**
 * China's mandatory label in a file's metadata: a JSON object {@code AIGC} with {@code Label}, {@code ContentProducer},
 * {@code ProduceID}, {@code ContentPropagator} and others (GB 45438-2025, appendix E; TC260-PG-20258A for pictures). It stands
 * in XMP ({@code TC260:AIGC}), in a PNG text of that name, in EXIF {@code UserComment} as {@code {"AIGC": {...}}}, behind the
 * bare word {@code AIGC}, or in a film's key of that name.
 *
 * <p>The producer is mostly a code that names a legal person, which is no program's name: it stays a setting, and the
 * label a {@link Declaration}. The label says less than a program's own record, so that it counts only where there is none. Label 1
 * says that the content is generated; 2 (possibly) and 3 (suspected) are somebody's opinion on a file that need not be
 * generated at all, so the whole record is then inferred. The standard's text was read in published extracts only, and no
 * original file was at hand.
 */
final class AigcLabelReader implements GeneratorReader {
    private static final String ID = "aigc-label/2";
    private static final String NAME = "AIGC";
    private static final String PRODUCER = "ContentProducer";
    private static final String XMP_NAMESPACE = "http://www.tc260.org.cn/ns/AIGC";

    /** Those who pass a file on may add a label of their own. */
    private static final int MAX_LABELS = 16;

    /** A label has some hundred characters, its reserved fields some thousand. */
    private static final int MAX_LENGTH = 100_000;

    /** What the values of the label mean by the standard. */
    private static final Map<String, String> MEANINGS =
            Map.of("1", "generated", "2", "possibly generated", "3", "suspected to be generated");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean yields() {
        return true;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        Map<JsonNode, List<MetadataBlock>> labels = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        List<MetadataBlock> claimed = new ArrayList<>();
        for (MetadataBlock block : metadata.blocks()) {
            block.text()
                    .filter(text -> text.length() <= MAX_LENGTH)
                    .filter(text -> block.key().equals(NAME) || text.contains(NAME))
                    .flatMap(text -> label(text, block.key().equals(NAME)))
                    .ifPresent(label -> {
                        labels.computeIfAbsent(label, any -> new ArrayList<>()).add(block);
                        claimed.add(block);
                    });
        }
        for (ItemXmp found : ItemXmp.mentioning(metadata, XMP_NAMESPACE)) {
            found.problem(ID).ifPresent(problems::add);
            found.packet().properties().entrySet().stream()
                    .filter(property -> property.getKey().namespace().startsWith(XMP_NAMESPACE)
                            && property.getKey().local().equals(NAME))
                    .flatMap(property -> property.getValue().stream())
                    .flatMap(text -> label(text, true).stream())
                    .forEach(label -> labels.computeIfAbsent(label, any -> new ArrayList<>())
                            .add(found.block()));
            if (found.packet().names().stream()
                    .allMatch(name -> name.namespace().startsWith(XMP_NAMESPACE))) {
                claimed.add(found.block());
            }
        }
        List<Generation> generations = labels.entrySet().stream()
                .limit(MAX_LABELS)
                .map(entry -> generation(entry.getKey(), entry.getValue()))
                .toList();
        return generations.isEmpty()
                ? new Reading(List.of(), List.of(), problems)
                : new Reading(generations, claimed, problems);
    }

    /**
     * Finds the label in a text.
     *
     * @param named whether the text's place says that it is a label
     * @return the label where its value is one of the standard's; empty for other texts
     */
    private static Optional<JsonNode> label(String text, boolean named) {
        String trimmed = text.strip();
        boolean word = trimmed.startsWith(NAME);
        Optional<JsonNode> object = GeneratorJson.object(word ? trimmed.substring(NAME.length()) : trimmed);
        Optional<JsonNode> inner = object.map(json -> json.path(NAME))
                .filter(value -> !value.isMissingNode())
                .flatMap(value -> value.isString() ? GeneratorJson.object(value.stringValue()) : Optional.of(value))
                .filter(JsonNode::isObject);
        return inner.or(() -> named || word ? object : Optional.empty())
                .filter(label -> MEANINGS.containsKey(value(label)));
    }

    private static String value(JsonNode label) {
        return GeneratorJson.text(label, "Label").map(String::strip).orElse("");
    }

    private static Generation generation(JsonNode label, List<MetadataBlock> blocks) {
        String value = value(label);
        JsonRecord record = new JsonRecord(label);
        Optional<String> producer = record.text(PRODUCER).map(String::strip).filter(text -> !text.isEmpty());
        GenerationBuilder builder = Generation.declared(
                        new Declaration(Declaration.Mark.LABEL, "AIGC Label", value),
                        blocks.getFirst().origin().readBy(ID))
                .setting("label_meaning", MEANINGS.getOrDefault(value, value));
        producer.ifPresent(text -> builder.setting(PRODUCER, text));
        producer.flatMap(AigcProducer::creditCode)
                .ifPresent(code -> builder.setting("unified_social_credit_code", code));
        record.keepRest(builder);
        if (!value.equals("1")) {
            builder.grade(Grade.INFERRED)
                    .inferred("generator", "the label says only: " + MEANINGS.getOrDefault(value, value));
        }
        for (MetadataBlock block : blocks) {
            builder.alsoFrom(block.origin().readBy(ID));
            if (block.repaired().isPresent()) {
                builder.grade(Grade.DERIVED);
            }
        }
        return builder.build();
    }
}
