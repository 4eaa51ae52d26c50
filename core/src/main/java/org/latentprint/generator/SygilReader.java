package org.latentprint.generator;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.ItemMetadata;

/**
 * Sygil WebUI, before that hlky's {@code stable-diffusion-webui} ({@code save_sample} in {@code scripts/webui.py} and
 * {@code scripts/sd_utils}): PNG text chunks with the prefix {@code SD:}. A start picture is not named; that there was one
 * shows by {@code denoising_strength}, which is written then only.
 *
 * <p>Untested ground: no file of the program was at hand.
 */
final class SygilReader implements GeneratorReader {
    private static final String ID = "sygil/1";
    private static final Set<String> TELLING = Set.of("prompt", "seed", "steps", "cfg_scale");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        PngRecord chunks = PngRecord.of(metadata, "SD:");
        if (!chunks.has(TELLING)) {
            return Reading.NONE;
        }
        JsonRecord record = chunks.record();
        GenerationBuilder builder = chunks.start("Sygil WebUI", ID)
                .inferred("generator", "keys with the prefix SD:, which this program writes; no program is named")
                .positivePrompt(record.text("prompt"))
                .negativePrompt(record.text("negative_prompt"))
                .seed(record.seed("seed"))
                .steps(record.positive("steps"))
                .sampler(record.name("sampler_name"))
                .cfgScale(record.decimal("cfg_scale"))
                .width(record.positive("width"))
                .height(record.positive("height"));
        if (record.has("denoising_strength")) {
            builder.task(Optional.of(Task.IMG2IMG))
                    .inferred("task", "denoising_strength is written with a start picture only; it is not named");
        }
        record.keepRest(builder);
        return Reading.of(List.of(builder.build()), chunks.blocks());
    }
}
