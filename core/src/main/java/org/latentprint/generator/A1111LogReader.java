package org.latentprint.generator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;

/**
 * The rows of AUTOMATIC1111's {@code log.csv} ({@code save_files} in {@code modules/ui_common.py}, before it in {@code modules/ui.py}):
 * one for each press of the button, with the name of the first picture that it saved and the settings of the batch, so that
 * the seed may be that of another picture of it. Each speaks of the picture that the setting {@code describes} names, whether or not
 * it still exists. The columns for the model were held against no version of the writer.
 */
final class A1111LogReader extends BlockReader {
    A1111LogReader() {
        super("a1111-log/2");
    }

    @Override
    Reading read(MetadataBlock block, ItemMetadata metadata) {
        if (!block.container().equals("csv/a1111-log")) {
            return Reading.NONE;
        }
        List<String> columns = cells(block.key());
        List<String> cells = cells(block.textOrEmpty());
        // The program adds rows of new versions under the column names of old ones; what is behind them has no name.
        if (cells.size() < columns.size()) {
            return Reading.NONE;
        }
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), cells.get(i));
        }
        return Reading.of(List.of(generation(row, block)), List.of(block));
    }

    private Generation generation(Map<String, String> row, MetadataBlock block) {
        GenerationBuilder builder = start("A1111", block)
                .positivePrompt(Optional.ofNullable(row.get("prompt")))
                .negativePrompt(Optional.ofNullable(row.get("negative_prompt")))
                .seed(matching(row, "seed", "-?\\d{1,20}"))
                .steps(whole(row, "steps"))
                .sampler(matching(row, "sampler", "(?s).*\\S.*"))
                .cfgScale(matching(row, "cfgs", "\\d{1,9}(\\.\\d{1,20})?").map(BigDecimal::new))
                .width(whole(row, "width"))
                .height(whole(row, "height"));
        matching(row, "filename", "(?s).+").ifPresent(name -> builder.setting("describes", name));
        if (row.containsKey("seed")) {
            builder.inferred("seed", "the row has the batch's first seed, the picture may be another of the batch");
        }
        Optional<String> model = matching(row, "sd_model_name", "(?s).*\\S.*");
        Optional<String> hash = matching(row, "sd_model_hash", "[0-9a-fA-F]{10}");
        if (model.isPresent() || hash.isPresent()) {
            builder.model(new NamedModel(
                    "checkpoint",
                    model,
                    hash.map(value -> Map.of("autov2", value)).orElse(Map.of()),
                    Map.of()));
        }
        return builder.build();
    }

    private static Optional<String> matching(Map<String, String> row, String column, String pattern) {
        return Optional.ofNullable(row.get(column)).filter(value -> value.matches(pattern));
    }

    private static Optional<Integer> whole(Map<String, String> row, String column) {
        return matching(row, column, "\\d{1,9}").map(Integer::valueOf).filter(number -> number > 0);
    }

    /** Splits a row as Python's {@code csv} writes it: quotes around a cell, doubled inside it. */
    private static List<String> cells(String row) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < row.length(); i++) {
            char character = row.charAt(i);
            if (character == '"') {
                if (quoted && i + 1 < row.length() && row.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (character == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(character);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
