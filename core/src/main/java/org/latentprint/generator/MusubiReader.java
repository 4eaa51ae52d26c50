package org.latentprint.generator;

import org.latentprint.container.ItemMetadata;
import tools.jackson.databind.JsonNode;

/**
 * The scripts of {@code kohya-ss/musubi-tuner} that make pictures and films ({@code save_latent} in {@code
 * wan_generate_video.py}, {@code hv_generate_video.py} and others): the metadata of a saved latent, all values as text. They name
 * neither program nor model, and not what was fed in. The pictures and films themselves get no metadata.
 *
 * <p>Untested ground: no file of the scripts was at hand.
 */
final class MusubiReader extends ProgramRecordReader {
    private static final String SEEDS = "seeds";
    private static final String STEPS = "infer_steps";

    MusubiReader() {
        super("musubi-tuner/1", "musubi-tuner");
    }

    @Override
    boolean promises(String text) {
        return text.contains('"' + SEEDS + '"') && text.contains('"' + STEPS + '"');
    }

    @Override
    boolean isOurs(JsonNode json) {
        return json.has(SEEDS) && json.has(STEPS) && json.has("prompt");
    }

    @Override
    void fill(JsonRecord record, GenerationBuilder builder, ItemMetadata metadata) {
        builder.inferred("generator", "keys of the record that musubi-tuner's scripts write; no program is named")
                .positivePrompt(record.text("prompt"))
                .negativePrompt(record.text("negative_prompt"))
                .seed(record.seed(SEEDS))
                .steps(record.positive(STEPS))
                .cfgScale(record.decimal("guidance_scale"))
                .width(record.positive("width"))
                .height(record.positive("height"));
        record.keepRest(builder);
    }
}
