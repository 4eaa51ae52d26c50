package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The entries of Fooocus' {@code log.html} ({@code modules/private_logger.py}; their fields are those of
 * {@code modules/async_worker.py}): the JSON of the copy button where there is one, else the lines of the page. Each entry speaks of
 * the picture that the setting {@code describes} names, whether or not it still exists.
 */
final class FooocusLogReader implements GeneratorReader {
    private static final String ID = "fooocus-log/2";
    private static final String CONTAINER = "html/fooocus-log";
    private static final Pattern SIZE = Pattern.compile("\\(?(\\d{1,6}), ?(\\d{1,6})\\)?");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        List<Generation> generations = new ArrayList<>();
        List<MetadataBlock> claimed = new ArrayList<>();
        List<MetadataBlock> entry = new ArrayList<>();
        for (MetadataBlock block : metadata.blocks()) {
            if (!block.container().equals(CONTAINER)) {
                continue;
            }
            if (block.key().equals("image")) {
                add(entry, generations, claimed);
                entry.clear();
            }
            entry.add(block);
        }
        add(entry, generations, claimed);
        return Reading.of(generations, claimed);
    }

    private static void add(List<MetadataBlock> entry, List<Generation> generations, List<MetadataBlock> claimed) {
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>();
        Optional<MetadataBlock> image = withKey(entry, "image");
        Optional<MetadataBlock> button = withKey(entry, "parameters");
        Optional<MetadataBlock> table = withKey(entry, "table");
        button.flatMap(block -> GeneratorJson.object(block.textOrEmpty()))
                .ifPresent(json -> fields.addAll(json.properties()));
        boolean fromButton = !fields.isEmpty();
        List<Map.Entry<String, JsonNode>> rows =
                table.map(block -> rows(block.textOrEmpty())).orElse(List.of());
        if (!fromButton) {
            fields.addAll(rows);
        } else if (rows.stream().anyMatch(FooocusLogReader::isUnnumbered)) {
            // An object holds one of several LoRAs of the same key; the page holds them all
            fields.removeIf(FooocusLogReader::isUnnumbered);
            rows.stream().filter(FooocusLogReader::isUnnumbered).forEach(fields::add);
        }
        JsonNode json = FooocusFields.normal(fields);
        if (!json.has("prompt")) {
            return;
        }
        MetadataBlock first = fromButton ? button.orElseThrow() : table.orElseThrow();
        GenerationBuilder builder = Generation.builder("Fooocus", first.origin().readBy(ID));
        FooocusFields.fill(json, builder);
        size(json, builder);
        GeneratorJson.text(json, "software")
                .ifPresent(software ->
                        builder.version(Optional.of(software)).variant(FooocusFields.fork(Optional.of(software))));
        image.ifPresent(named -> builder.setting("describes", named.textOrEmpty()));
        entry.forEach(block -> builder.alsoFrom(block.origin().readBy(ID)));
        generations.add(builder.build());
        claimed.addAll(entry);
    }

    private static List<Map.Entry<String, JsonNode>> rows(String table) {
        List<Map.Entry<String, JsonNode>> rows = new ArrayList<>();
        FooocusLogTable.rows(table)
                .forEach(row -> rows.add(Map.entry(row.getKey(), JsonNodeFactory.instance.stringNode(row.getValue()))));
        return rows;
    }

    private static boolean isUnnumbered(Map.Entry<String, JsonNode> field) {
        return field.getKey().equals(FooocusLogTable.LORA);
    }

    private static Optional<MetadataBlock> withKey(List<MetadataBlock> entry, String key) {
        return entry.stream().filter(block -> block.key().equals(key)).findFirst();
    }

    /** The log has no picture whose own size would stand beside the requested one. */
    private static void size(JsonNode json, GenerationBuilder builder) {
        GeneratorJson.text(json, "resolution")
                .map(SIZE::matcher)
                .filter(Matcher::matches)
                .ifPresent(size -> builder.width(
                                Optional.of(Integer.valueOf(size.group(1))).filter(pixels -> pixels > 0))
                        .height(Optional.of(Integer.valueOf(size.group(2))).filter(pixels -> pixels > 0)));
    }
}
