package org.latentprint.generator;

import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import tools.jackson.databind.JsonNode;

/**
 * Stable UI, a page for the AI Horde ({@code aqualxx/stable-ui}, {@code src/utils/download.ts} and {@code
 * src/stores/outputs.ts}): a JSON file beside each picture of a download, of the same name; the pictures themselves have no
 * metadata. The record names no program. The model is what the Horde calls it; the worker is the machine that ran it.
 *
 * <p>Untested ground: no file of the program was at hand.
 */
final class StableUiReader extends ProgramRecordReader {
    private static final String WORKER = "workerName";
    private static final String MODEL = "modelName";

    StableUiReader() {
        super("stable-ui/1", "Stable UI");
    }

    @Override
    boolean promises(String text) {
        return text.contains('"' + WORKER + '"') && text.contains('"' + MODEL + '"');
    }

    @Override
    boolean isOurs(JsonNode json) {
        return json.has(WORKER) && json.has(MODEL) && json.has("sampler_name") && json.has("prompt");
    }

    @Override
    void fill(JsonRecord record, GenerationBuilder builder, ItemMetadata metadata) {
        String prompt = record.text("prompt").orElse("");
        // The Horde takes both in one text, with this between them.
        int border = prompt.indexOf("###");
        builder.inferred("generator", "keys of the record that Stable UI writes; no program is named")
                .positivePrompt(Optional.of(
                        border < 0 ? prompt : prompt.substring(0, border).strip()))
                .negativePrompt(
                        border < 0
                                ? Optional.empty()
                                : Optional.of(prompt.substring(border + 3).strip()))
                .seed(record.seed("seed"))
                .steps(record.positive("steps"))
                .sampler(record.name("sampler_name"))
                .cfgScale(record.decimal("cfg_scale"))
                .width(record.positive("width"))
                .height(record.positive("height"));
        record.name(MODEL).ifPresent(name -> builder.model(NamedModel.named("checkpoint", name)));
        record.keepRest(builder);
    }
}
